package app

import (
	"errors"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Ending is why an invitation does not wait for the member.
type Ending string

// The endings. The zero Ending is that of an invitation that is open.
const (
	PutOff        Ending = "later"     // the member wants it out of sight for a while
	DecidedBefore Ending = "decided"   // by the member
	Parted        Ending = "parted"    // they accepted it, and the connection has ended
	TakenBack     Ending = "withdrawn" // by its sender
	RanOut        Ending = "expired"
)

// Ended says what became of an invitation.
type Ended struct {
	How Ending
	// At is until when it is put off, or when it was decided; zero otherwise.
	At time.Time
	As kith.Decision // what it was decided as
}

// Over reports whether there is nothing to decide any more.
func (e *Ended) Over() bool { return e.How != "" && e.How != PutOff }

// ended gives an invitation that is not open any more, as its recipient read it
// last, and what became of it; nil if they never had it, if its sender is not
// there for them, or if it is on hold.
func (a *App) ended(tx *store.Tx, owner kith.MemberID, id kith.InvitationID, d *Desk) (*OpenLetter, error) {
	about, err := a.personOf(tx, owner, id)
	if errors.Is(err, errNoInvitation) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	card, ok, err := tx.CardOnce(owner, id)
	if err != nil || !ok {
		return nil, err
	}
	l := &OpenLetter{Card: card}
	switch i := slices.IndexFunc(d.Aside, func(x Aside) bool { return x.Invitation == id }); {
	case i >= 0:
		l.Ended = Ended{How: PutOff, At: d.Aside[i].Until}
	case about.Contact != "":
		e, _, err := tx.Elsewhere(owner, id)
		if err != nil {
			return nil, err
		}
		l.Ended = endedThere(&e)
	default:
		events, err := tx.EventsAbout(owner, string(id))
		if err != nil {
			return nil, err
		}
		if l.Ended, l.AskedAt, ok = endedHere(events, card.SentAt, d.Now); !ok {
			return nil, nil
		}
	}
	return l, nil
}

// endedThere says what became of an invitation on another site.
func endedThere(e *Elsewhere) Ended {
	if e.Did == store.NotDone {
		return Ended{How: DecidedBefore, As: kith.Accept} // an import shows the two connected
	}
	as := store.Decided{Did: e.Did}
	return Ended{How: DecidedBefore, At: e.DidAt, As: as.As()}
}

// answeredAs are the events by which a member answered an invitation.
var answeredAs = map[string]kith.Decision{
	kindYouAccepted: kith.Accept, kindYouIgnored: kith.Decline, kindYouDeclined: kith.Decline,
	kindYouDontKnow: kith.Decline, kindYouReported: kith.Report,
}

// endedHere reads from a member's own events what became of an invitation they
// received, and when they asked its sender. ok is false if they were never told
// of it: what never reached them must not be told from what never was.
func endedHere(events []store.Event, sent, now time.Time) (out Ended, asked time.Time, ok bool) {
	accepted := false
	for i := range events {
		switch ev := &events[i]; ev.Kind {
		case kindInvited:
			ok = true
		case kindYouAsked:
			asked = ev.At
		case kindYouReopened, kindYouRemoved, kindRemoved:
			out = Ended{}
		default:
			if as, is := answeredAs[ev.Kind]; is {
				out = Ended{DecidedBefore, ev.At, as}
				accepted = accepted || as == kith.Accept
			}
		}
	}
	switch {
	case out.How != "":
	case accepted:
		out.How = Parted
	case now.Before(sent.Add(pair.ExpiresAfter)):
		out.How = TakenBack
	default:
		out.How = RanOut
	}
	return out, asked, ok
}
