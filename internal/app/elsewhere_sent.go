package app

import (
	"cmp"
	"slices"
	"time"

	"kith"
	"kith/internal/store"
)

// sameInvitation is how far apart two sources may date one invitation: archives
// give local minutes without a zone, mails their own time (as in gather).
const sameInvitation = 36 * time.Hour

// sentFrom is an invitation as one source tells it.
func sentFrom(v *kith.Invitation) store.Elsewhere {
	at := unpackTime(packTime(v.SentAt))
	e := store.Elsewhere{Direction: v.Direction, SentAt: at, LastAt: at, DateOnly: v.DateOnly, Source: v.Source}
	if v.Note.Known() {
		e.Note, e.NoteState = v.Note.Val, v.Note.State
	}
	return e
}

// settle makes of everything the sources say about invitations between the
// member and one contact the invitations there were, earliest first: those less
// than 36 hours apart, one after the other, are one. One without a date, a
// reminder's, is the latest there is. The outcome does not depend on
// the order. gone are ids that are no longer needed.
func settle(rows []store.Elsewhere) (out []store.Elsewhere, gone []kith.InvitationID) {
	slices.SortStableFunc(rows, func(a, b store.Elsewhere) int {
		undated := func(e *store.Elsewhere) int {
			if e.SentAt.IsZero() {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.Direction, b.Direction), cmp.Compare(undated(&a), undated(&b)), a.SentAt.Compare(b.SentAt), cmp.Compare(a.ID, b.ID))
	})
	for i := range rows {
		e, last := &rows[i], len(out)-1
		switch {
		case last < 0 || out[last].Direction != e.Direction || !e.SentAt.IsZero() && e.SentAt.Sub(out[last].LastAt) > sameInvitation:
			out = append(out, *e)
		case e.SentAt.IsZero() && !out[last].SentAt.IsZero():
			// The reminder says nothing a dated source does not say better.
			gone = append(gone, mark(&out[last], e)...)
		default:
			gone = append(gone, same(&out[last], e)...)
		}
	}
	return out, gone
}

// same adds to an invitation what another source says of it. a is the earlier.
func same(a, b *store.Elsewhere) (gone []kith.InvitationID) {
	if a.SentAt.Equal(b.SentAt) {
		a.DateOnly = a.DateOnly && b.DateOnly
	}
	a.LastAt = later(a.LastAt, b.LastAt)
	if cmp.Or(cmp.Compare(noteRank[a.NoteState], noteRank[b.NoteState]), cmp.Compare(len(a.Note), len(b.Note)), cmp.Compare(a.Note, b.Note)) < 0 {
		a.Note, a.NoteState = b.Note, b.NoteState
	}
	a.Source = min(a.Source, b.Source)
	return mark(a, b)
}

// noteRank orders what is known of a note: a text says more than none, and a
// longer one, which no mail has cut, more than a shorter.
var noteRank = map[kith.State]int{kith.Unknown: 0, kith.Absent: 1, kith.Present: 2}

// mark gives an invitation the id of another and what the member said of it,
// whichever they said last.
func mark(a, b *store.Elsewhere) (gone []kith.InvitationID) {
	if said(b).After(said(a)) {
		a.Did, a.DidAt, a.AskedAt, a.Answer, a.AnsweredAt = b.Did, b.DidAt, b.AskedAt, b.Answer, b.AnsweredAt
	}
	a.SnoozedUntil = later(a.SnoozedUntil, b.SnoozedUntil)
	switch {
	case b.ID == "" || b.ID == a.ID:
	case a.ID == "":
		a.ID = b.ID
	default:
		gone = append(gone, max(a.ID, b.ID))
		a.ID = min(a.ID, b.ID)
	}
	return gone
}

// said is when the member last said something of an invitation.
func said(e *store.Elsewhere) time.Time { return later(later(e.DidAt, e.AskedAt), e.AnsweredAt) }

// inherit gives invitations the ids of earlier rows of the same ones, and what
// the member said of them; it gives back the rows nobody took.
func inherit(rows, left []store.Elsewhere) []store.Elsewhere {
	for i := range rows {
		e := &rows[i]
		if e.ID != "" {
			continue
		}
		k := slices.IndexFunc(left, func(was store.Elsewhere) bool {
			return was.Direction == e.Direction && (was.SentAt.IsZero() || e.SentAt.IsZero() ||
				!e.SentAt.After(was.LastAt.Add(sameInvitation)) && !was.SentAt.After(e.LastAt.Add(sameInvitation)))
		})
		if k >= 0 {
			mark(e, &left[k])
			left = slices.Delete(slices.Clone(left), k, k+1)
		}
	}
	return left
}

// follow takes over from a contact what settles an invitation: the two are
// connected, and not since before it was sent; or they wrote after the member
// had asked.
func follow(e *store.Elsewhere, c *store.Contact) {
	e.Connected = c.Connected && (c.ConnectedAt.IsZero() || e.SentAt.IsZero() || !c.ConnectedAt.Before(e.SentAt.Add(-sameInvitation)))
	e.RepliedAt = time.Time{}
	if !e.AskedAt.IsZero() && c.HeardAt.After(e.AskedAt) {
		e.RepliedAt = c.HeardAt
	}
}
