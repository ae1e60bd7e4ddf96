package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// everything gives all that a member can ask for about their standing and what
// they sent, their export too, with ids as numbers in the order they come up.
func (w *world) everything(who Actor, sent []kith.InvitationID) string {
	ctx := w.t.Context()
	var out []any
	keep := func(v any, err error) {
		w.must(err)
		out = append(out, v)
	}
	keep(w.Standing(ctx, who))
	list, next, err := w.Invitations(ctx, who, Sent, Cursor{}, 100)
	keep([]any{list, next}, err)
	keep(w.CountInvitations(ctx, who))
	for _, id := range sent {
		keep(w.Invitation(ctx, who, id))
	}
	keep(w.Events(ctx, who, 0, 1000))
	reports, next, err := w.Reports(ctx, who, Cursor{}, 100)
	keep([]any{reports, next}, err)
	looks, next, err := w.Audit(ctx, who, Cursor{}, 100)
	keep([]any{looks, next}, err)
	w.must(w.read(ctx, func(tx *store.Tx) error {
		parts := store.Parts()
		for i := range parts {
			err := tx.Export(who.ID, &parts[i], func(values []any) error {
				if parts[i].Name == "duties" && values[0] == "digest" {
					return nil // comes at an hour made from the member's id
				}
				row, err := json.Marshal(values)
				out = append(out, parts[i].Name, string(row))
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	data, err := json.Marshal(out)
	w.must(err)
	numbers := map[string]string{}
	return anyID.ReplaceAllStringFunc(string(data), func(id string) string {
		if numbers[id] == "" {
			numbers[id] = fmt.Sprint("#", len(numbers))
		}
		return numbers[id]
	})
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// sender is a member who invited eight, of whom some answered in one way.
type sender struct {
	Actor
	name string
	sent []kith.InvitationID
	seen []string // all they could see, week by week
}

// Fewer than five people's answers change not a byte of what a sender sees;
// five do, or the test would prove nothing.
func TestFewerThanFiveAnswersDoNotShow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		recipients := w.strangers(8)
		var senders []*sender
		begin := func(name string, answers int, answer func(Actor, kith.InvitationID) error) {
			s := &sender{Actor: w.memberAt("Sen Der", w.newID()+"@mail.example"), name: name}
			for i, to := range recipients {
				id := w.sendTo(s.Actor, to)
				s.sent = append(s.sent, id)
				if i < answers {
					w.must(answer(to, id))
				}
			}
			_, err := w.Accept(ctx, recipients[7], s.sent[7], pair.Met, pair.NoSee, "")
			w.must(err)
			senders = append(senders, s)
		}
		plain := func(verb func(context.Context, Actor, kith.InvitationID) (Invitation, error)) func(Actor, kith.InvitationID) error {
			return func(who Actor, id kith.InvitationID) error { _, err := verb(ctx, who, id); return err }
		}
		report := func(who Actor, id kith.InvitationID) error {
			_, err := w.ReportInvitation(ctx, who, id, ForMoney, "asked for a deposit")
			return err
		}
		begin("nothing", 0, nil)
		begin("ignored", enough-1, plain(w.Ignore))
		begin("declined", enough-1, plain(w.Decline))
		begin("don't know", enough-1, plain(w.DontKnow))
		begin("reported", enough-1, report)
		begin("undone", enough-1, func(who Actor, id kith.InvitationID) error {
			return errors.Join(report(who, id), plain(w.Reopen)(who, id))
		})
		begin("five", enough, plain(w.DontKnow))
		for range 10 {
			for _, s := range senders {
				w.beginWeek(s.Actor)
				s.seen = append(s.seen, w.everything(s.Actor, s.sent))
			}
			w.pass(week)
		}
		for _, s := range senders {
			for _, id := range s.sent {
				_, err := w.Withdraw(ctx, s.Actor, id)
				s.seen = append(s.seen, fmt.Sprint(err))
			}
			w.sendTo(s.Actor, w.memberAt("Last One", w.newID()+"@mail.example"))
			s.seen = append(s.seen, w.everything(s.Actor, s.sent))
		}
		for _, s := range senders {
			first := senders[0].seen
			for i := range first {
				if s.name != "five" && s.seen[i] != first[i] {
					at := 0
					for at < min(len(s.seen[i]), len(first[i])) && s.seen[i][at] == first[i][at] {
						at++
					}
					t.Errorf("%s shows at %d, from byte %d on:\n%.200s\n%.200s", s.name, i, at, s.seen[i][at:], first[i][at:])
					break
				}
			}
			if s.name == "five" && slices.Equal(s.seen, first) {
				t.Error("five complaints changed nothing")
			}
		}
	})
}

// What a recipient makes of a connection afterwards does not show either.
func TestAnAcceptanceStaysCounted(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		recipients := w.strangers(5)
		ends := map[string]func(to, from Actor, id kith.InvitationID) error{
			"removed": func(to, from Actor, _ kith.InvitationID) error { return w.RemoveConnection(ctx, to, from.ID) },
			"undone":  func(to, _ Actor, id kith.InvitationID) error { _, err := w.Reopen(ctx, to, id); return err },
			"reported": func(to, from Actor, _ kith.InvitationID) error {
				return w.Report(ctx, to, Accusation{On: OnConnection, ID: string(from.ID), Reason: ForSpam})
			},
		}
		senders := map[string]Actor{}
		for name, end := range ends {
			senders[name] = w.member(name)
			for _, to := range recipients {
				id := w.sendTo(senders[name], to)
				_, err := w.Accept(ctx, to, id, pair.Met, pair.NoSee, "")
				w.must(err)
				w.must(end(to, senders[name], id))
			}
		}
		w.pass(2 * week)
		for name, who := range senders {
			if s := w.standingOf(who); s.Accepted != "nearly all" || s.Budget != startBudget+5*perAcceptance || s.Step != Free {
				t.Errorf("%s: %+v", name, s)
			}
		}
	})
}
