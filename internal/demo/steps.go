package demo

import (
	"context"
	"time"

	"kith"
	"kith/internal/app"
	"kith/pair"
)

// When the first member did what, in days before now.
const (
	wished   = 180 // said what they want the network for
	brought  = 5   // brought their files
	lookedAt = 2   // last looked at their news
)

// steps is all that happens to the first member, in no order.
func (s *story) steps() (out []step) {
	at := func(t time.Time, do func(context.Context) error) { out = append(out, step{t, do}) }
	at(s.ago(wished), s.wish)
	at(s.ago(brought), s.bring)
	at(s.ago(lookedAt), func(ctx context.Context) error {
		const all = 1 << 40 // what has not happened yet nobody has seen
		return s.MarkSeen(ctx, s.me, all)
	})
	for i := range s.waiting {
		v := &s.waiting[i]
		at(v.at, s.sends(v, v.who, s.hero()))
		if v.letter.reported != "" {
			s.complain(at, v)
		}
	}
	for i := range s.answered {
		v := &s.answered[i]
		at(v.at, s.sends(v, v.who, s.hero()))
		at(s.ago(v.past.acted), func(ctx context.Context) error { return s.act(ctx, v, v.past.act) })
		if v.past.reply != "" {
			at(s.ago(v.past.acted-1), func(ctx context.Context) error {
				_, err := s.Reply(ctx, v.who.actor(), v.id, v.past.reply)
				return err
			})
		}
	}
	for i := range s.own {
		v := &s.own[i]
		at(v.at, s.sends(v, s.hero(), v.who))
		if v.sent.act != "" {
			at(s.ago(v.sent.ended), func(ctx context.Context) error { return s.end(ctx, v) })
		}
	}
	s.lately(at)
	return out
}

// wish says what the first member wants the network for.
func (s *story) wish(ctx context.Context) error {
	_, err := s.ChangeSettings(ctx, s.me, func(set *app.Settings) error {
		set.Goals = kith.GoalSet(kith.GrowInField, kith.StandingAtWork, kith.AvoidSpam)
		set.Stance = kith.Selective
		set.Wishes.Areas = []string{"bridge inspection", "structural monitoring", "timber structures"}
		set.Wishes.Topics = []string{"bridge inspection", "fatigue", "load testing"}
		set.Wishes.Admires = []string{"Institute for Old Bridges", "Footbridges Without Borders"}
		set.Publishes, set.Policy.Asks = true, "Please say where we met, or what you would like to know."
		return nil
	})
	return err
}

// bring imports what the first member has from elsewhere.
func (s *story) bring(ctx context.Context) error {
	names, err := s.files(s.dir)
	if err != nil {
		return err
	}
	_, err = s.ImportFiles(ctx, s.me, names, app.ReadOptions{})
	return err
}

// sends lets one invite another.
func (s *story) sends(v *invitation, from, to *person) func(context.Context) error {
	return func(ctx context.Context) error {
		sent, err := s.Send(ctx, from.actor(), app.Invite{To: to.id, Note: fill(v.note, to, from)})
		v.id = sent.ID
		return err
	}
}

// complain lets friends of the first member report a letter they had as well.
func (s *story) complain(at func(time.Time, func(context.Context) error), v *invitation) {
	for i, friend := range s.friends()[:2] {
		to, same := &s.people[friend], &invitation{note: v.note}
		sent := v.at.Add(time.Duration(i-20) * time.Minute)
		at(sent, s.sends(same, v.who, to))
		at(sent.Add(10*time.Minute), func(ctx context.Context) error {
			_, err := s.ReportInvitation(ctx, to.actor(), same.id, v.letter.reported, "")
			return err
		})
	}
}

// act lets the first member answer an invitation.
func (s *story) act(ctx context.Context, v *invitation, act string) (err error) {
	words := fill(v.past.words, v.who, s.hero())
	switch act {
	case "ask":
		_, err = s.Ask(ctx, s.me, v.id, words)
	case "see":
		_, err = s.Accept(ctx, s.me, v.id, pair.NoTie, pair.SeePropose, words)
	case "accept":
		_, err = s.Accept(ctx, s.me, v.id, pair.Met, pair.NoSee, words)
	case "decline":
		_, err = s.Decline(ctx, s.me, v.id)
	case "ignore":
		_, err = s.Ignore(ctx, s.me, v.id)
	case "unknown":
		_, err = s.DontKnow(ctx, s.me, v.id)
	case "report":
		_, err = s.ReportInvitation(ctx, s.me, v.id, words, "")
	default:
		err = wrong("past.tsv", "no act is called "+act)
	}
	return err
}

// end lets the first member's own invitation go on.
func (s *story) end(ctx context.Context, v *invitation) (err error) {
	switch v.sent.act {
	case "accept":
		_, err = s.Accept(ctx, v.who.actor(), v.id, pair.Met, pair.NoSee, "")
	case "ask":
		_, err = s.Ask(ctx, v.who.actor(), v.id, "Gladly. Which of the two papers do you mean?")
	case "withdraw":
		_, err = s.Withdraw(ctx, s.me, v.id)
	default:
		err = wrong("sent.tsv", "no act is called "+v.sent.act)
	}
	return err
}

// lately is what happened in the last days.
func (s *story) lately(at func(time.Time, func(context.Context) error)) {
	friends := s.friends()
	for i, text := range s.unread {
		from := &s.people[friends[i]]
		at(s.now.Add(-time.Duration(5+11*i)*time.Hour), func(ctx context.Context) error {
			_, err := s.Write(ctx, from.actor(), s.hero().id, fill(text, s.hero(), from))
			return err
		})
	}
	for i, text := range s.memos {
		of := &s.people[friends[len(s.unread)+i]]
		at(s.ago(20+i), func(ctx context.Context) error {
			_, err := s.SetMemo(ctx, s.me, of.id, text)
			return err
		})
	}
	at(s.now.Add(-time.Hour), func(ctx context.Context) error {
		later := &s.waiting[len(s.waiting)-1]
		return s.Snooze(ctx, s.me, later.id, s.now.Add(3*kith.Day))
	})
}
