package app

import (
	"context"
	"errors"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// The words of package pair that verbs speak in.
type (
	// Tie says how well a member knows another.
	Tie = pair.Tie
	// See is what follows when nothing is heard after accept and see.
	See = pair.See
	// Course is how an invitation stands or ended, as its sender sees it.
	Course = pair.Course
	// Answer is what a recipient made of an invitation.
	Answer = pair.Answer
	// Box says on which side of an invitation a member is.
	Box = store.Box
	// Cursor is a place in a list, newest first; the zero Cursor its beginning.
	Cursor = store.Cursor
	// Named is another member as lists show them.
	Named = store.Named
)

// The boxes.
const (
	Received = store.Received
	Sent     = store.Sent
)

// Invitation is an invitation as one of its two members may see it: made from
// pair.View and the words of both.
type Invitation struct {
	ID    kith.InvitationID
	Box   Box
	Other Named
	Note  string
	// Question is what the recipient asked first, Reply what the sender wrote
	// back; empty where there is none.
	Question, Reply string
	// Course is all a sender ever learns of how it stands. Answer is the
	// recipient's own; on a sent one it is empty.
	Course             Course
	Answer             Answer
	SentAt, ExpiresAt  time.Time
	EndedAt            time.Time
	AnsweredAt         time.Time
	AskedAt, RepliedAt time.Time
	// UndoUntil is until when the recipient may undo their answer, AgainAt from
	// when on a sender who took it back may send the next; zero: does not apply.
	UndoUntil, AgainAt time.Time
	// Connected says whether the two are connected by this invitation.
	Connected bool
}

// errNoInvitation answers for an invitation that is not there, not the actor's,
// never delivered to them, or of somebody whose account is gone for them.
var errNoInvitation = &kith.Error{Kind: kith.NotFound, Msg: "there is no such invitation; reload the list"}

// Invite is what an invitation is sent with.
type Invite struct {
	To   kith.MemberID
	Note string // at most 300 letters and 2 KiB; may be empty
	Tie  Tie    // how well the sender knows them; private
	// See is the way of accept and see, if this meets the other's invitation.
	See See
	// Email is the recipient's address, where they take invitations only from
	// whoever knows it, or standing asks for it. After 10 wrong ones in a day
	// none counts.
	Email string
}

// Send invites a member. If the other's invitation is open, both want the same:
// it is accepted, and the note becomes the first message. The answer is the
// invitation as the sender sees it. Refusals are those of pair.Send, and what
// the recipient publishes about who may invite them.
func (a *App) Send(ctx context.Context, who Actor, in Invite) (out Invitation, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return out, err
	}
	if in.Note, err = noteLimit.read("note", in.Note); err != nil {
		return out, err
	}
	right := a.guessing(who.ID, &in)
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		d, err := a.act(tx, deed{verb: pair.Send, by: who.ID, other: in.To, tie: in.Tie, see: in.See})
		if err != nil {
			return err
		}
		if d.sent == "" {
			return a.met(tx, &d, who.ID, &in, &out)
		}
		// Asked only now: to somebody who is blocked there is no account whose
		// wishes could be told.
		if err := a.welcome(tx, who.ID, &in); err != nil {
			return err
		}
		sent := d.pair.State.Sent[d.by]
		if err := tx.AddInvitation(&store.Invitation{ID: d.sent, Sender: who.ID, Recipient: in.To, Seq: sent.Seq,
			SentAt: sent.SentAt, Note: in.Note}); err != nil {
			return err
		}
		out, err = showInvitation(tx, who.ID, d.sent)
		return err
	})
	if !errors.Is(err, errFromMail) && !errors.Is(err, errMustKnowMail) {
		right()
	}
	if err != nil { // it may have gone well in a run that was undone
		return Invitation{}, err
	}
	return out, nil
}

// met finishes a Send that was an acceptance.
func (a *App) met(tx *store.Tx, d *done, who kith.MemberID, in *Invite, out *Invitation) (err error) {
	if in.Note != "" {
		if _, err := a.deliver(tx, d, in.Note); err != nil {
			return err
		}
	}
	*out, err = showInvitation(tx, who, d.pair.Invitation(d.sight.Seq))
	return err
}

// Withdraw takes an invitation back; the next to the same member may follow
// after 21 days.
func (a *App) Withdraw(ctx context.Context, who Actor, id kith.InvitationID) (Invitation, error) {
	return a.onInvitation(ctx, who, deed{verb: pair.Withdraw, invitation: id}, nil)
}

// Reply answers the recipient's question, once. text has at most 1,000 letters.
func (a *App) Reply(ctx context.Context, who Actor, id kith.InvitationID, text string) (Invitation, error) {
	text, err := replyLimit.readSome("text", text)
	if err != nil {
		return Invitation{}, err
	}
	return a.onInvitation(ctx, who, deed{verb: pair.Reply, invitation: id}, func(tx *store.Tx, w *store.Invitation, _ *done) error {
		return tx.SetReply(w.Sender, w.ID, text)
	})
}

// Accept connects the two. see makes it an accept and see; a greeting, which
// may be empty, is the first message. Accepting again what made the connection
// changes nothing and is no error: two open pages of one member are no reason
// to tell them that they failed.
func (a *App) Accept(ctx context.Context, who Actor, id kith.InvitationID, tie Tie, see See, greeting string) (Invitation, error) {
	greeting, err := messageLimit.read("greeting", greeting)
	if err != nil {
		return Invitation{}, err
	}
	d := deed{verb: pair.Accept, invitation: id, tie: tie, see: see}
	return a.onInvitation(ctx, who, d, func(tx *store.Tx, _ *store.Invitation, d *done) error {
		if greeting == "" {
			return nil
		}
		_, err := a.deliver(tx, d, greeting)
		return err
	})
}

// Ignore sets an invitation aside; it may still be answered.
func (a *App) Ignore(ctx context.Context, who Actor, id kith.InvitationID) (Invitation, error) {
	return a.onInvitation(ctx, who, deed{verb: pair.Ignore, invitation: id}, nil)
}

// Decline turns an invitation down; its sender cannot tell.
func (a *App) Decline(ctx context.Context, who Actor, id kith.InvitationID) (Invitation, error) {
	return a.onInvitation(ctx, who, deed{verb: pair.Decline, invitation: id}, nil)
}

// DontKnow turns an invitation down and refuses its sender for ever; they
// cannot tell.
func (a *App) DontKnow(ctx context.Context, who Actor, id kith.InvitationID) (Invitation, error) {
	return a.onInvitation(ctx, who, deed{verb: pair.DontKnow, invitation: id}, nil)
}

// Ask asks the sender something first; the invitation stays open. text has at
// most 300 letters. The member is reminded after 7 days, and the invitation is
// judged again after 14.
func (a *App) Ask(ctx context.Context, who Actor, id kith.InvitationID, text string) (Invitation, error) {
	text, err := questionLimit.readSome("text", text)
	if err != nil {
		return Invitation{}, err
	}
	return a.onInvitation(ctx, who, deed{verb: pair.Ask, invitation: id}, func(tx *store.Tx, w *store.Invitation, _ *done) error {
		return tx.SetQuestion(w.Sender, w.ID, text)
	})
}

// Reopen undoes an answer for 7 days. An acceptance cannot be unseen: its undo
// is a silent removal.
func (a *App) Reopen(ctx context.Context, who Actor, id kith.InvitationID) (Invitation, error) {
	return a.onInvitation(ctx, who, deed{verb: pair.Reopen, invitation: id}, nil)
}

// onInvitation does a deed on one invitation, then what also does with its
// words, and gives the invitation as the actor sees it then.
func (a *App) onInvitation(ctx context.Context, who Actor, d deed, also func(*store.Tx, *store.Invitation, *done) error) (out Invitation, err error) {
	if err := who.may(ScopeInvitations); err != nil {
		return out, err
	}
	err = a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		w, err := toldTo(tx, who.ID, d.invitation)
		if err != nil {
			return err
		}
		d.by, d.other = who.ID, across(&w.Invitation, who.ID)
		did, err := a.act(tx, d)
		switch {
		case errors.Is(err, pair.ErrNoAccount):
			return errNoInvitation // there is none of somebody who is not there
		case errors.Is(err, pair.ErrClosed) && d.verb == pair.Accept:
			if out, err = showInvitation(tx, who.ID, w.ID); err != nil || !out.Connected || out.Box != Received {
				return pair.ErrClosed
			}
			return nil
		case err != nil:
			return err
		}
		if also != nil {
			if err := also(tx, &w.Invitation, &did); err != nil {
				return err
			}
		}
		out, err = a.after(tx, who.ID, w.ID)
		return err
	})
	return out, err
}

// after shows an invitation after a deed. One that the deed took out of the
// actor's sight, by ending the connection it had made, is shown as that.
func (a *App) after(tx *store.Tx, who kith.MemberID, id kith.InvitationID) (Invitation, error) {
	out, err := showInvitation(tx, who, id)
	if !errors.Is(err, errNoInvitation) {
		return out, err
	}
	w, err := toldTo(tx, who, id)
	if err != nil {
		return Invitation{}, err
	}
	return withWords(who, &w, Invitation{Course: pair.Fulfilled, SentAt: w.SentAt, ExpiresAt: w.SentAt.Add(pair.ExpiresAfter)}), nil
}

// ReportInvitation is DontKnow and tells the moderation desk why: a reason of
// its list, and words of at most 1,000 letters, which may be empty. Of an
// invitation that made a connection it ends that. Its sender cannot tell.
func (a *App) ReportInvitation(ctx context.Context, who Actor, id kith.InvitationID, reason, words string) (Invitation, error) {
	explain, err := explained(reason, words)
	if err != nil {
		return Invitation{}, err
	}
	return a.onInvitation(ctx, who, deed{verb: pair.Report, invitation: id}, explain)
}
