package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/pair"
)

// duo are two members of a world of whom the first has invited the second.
type duo struct {
	*world
	t        *testing.T
	n        int
	ada, ben Actor
	id       kith.InvitationID
}

func (w *world) duo(t *testing.T, note string) *duo {
	t.Helper()
	d := &duo{world: w, t: t, ada: w.member("Ada Brandt"), ben: w.member("Ben Osei")}
	d.id = d.invite(note).ID
	return d
}

func (d *duo) invite(note string) Invitation {
	d.t.Helper()
	i, err := d.Send(d.t.Context(), d.ada, Invite{To: d.ben.ID, Note: note, Tie: pair.Met})
	d.must(err)
	return i
}

// Each answer, what both sides then see of the invitation, and what both are
// told.
func TestEachAnswer(t *testing.T) {
	t.Parallel()
	type see struct {
		course Course
		answer Answer
		undo   bool
	}
	gone := see{course: 255}
	for _, row := range []struct {
		name     string
		do       func(d *duo) (Invitation, error)
		ada, ben see
		adaTold  string
		benTold  string
	}{
		{"nothing", func(d *duo) (Invitation, error) { return d.Invitation(d.t.Context(), d.ben, d.id) },
			see{}, see{}, "you-invited", "invited"},
		{"accept", func(d *duo) (Invitation, error) {
			return d.Accept(d.t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "")
		}, see{course: pair.Fulfilled}, see{pair.Fulfilled, pair.Accepted, true}, "you-invited accepted", "invited you-accepted"},
		{"accept twice", func(d *duo) (Invitation, error) {
			_, err := d.Accept(d.t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "")
			d.must(err)
			return d.Accept(d.t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "hello again")
		}, see{course: pair.Fulfilled}, see{pair.Fulfilled, pair.Accepted, true}, "you-invited accepted", "invited you-accepted"},
		{"accept and see", func(d *duo) (Invitation, error) {
			return d.Accept(d.t.Context(), d.ben, d.id, pair.NoTie, pair.SeePropose, "Hello! What brings you here?")
		}, see{course: pair.Fulfilled}, see{pair.Fulfilled, pair.Accepted, true}, "you-invited accepted message", "invited you-accepted"},
		{"invite back", func(d *duo) (Invitation, error) {
			return d.Send(d.t.Context(), d.ben, Invite{To: d.ada.ID, Note: "Same to you"})
		}, see{course: pair.Fulfilled}, see{pair.Fulfilled, pair.Accepted, true}, "you-invited accepted message", "invited you-accepted"},
		{"ignore", func(d *duo) (Invitation, error) { return d.Ignore(d.t.Context(), d.ben, d.id) },
			see{}, see{answer: pair.Ignored, undo: true}, "you-invited", "invited you-ignored"},
		{"decline", func(d *duo) (Invitation, error) { return d.Decline(d.t.Context(), d.ben, d.id) },
			see{}, see{answer: pair.Declined, undo: true}, "you-invited", "invited you-declined"},
		{"don't know", func(d *duo) (Invitation, error) { return d.DontKnow(d.t.Context(), d.ben, d.id) },
			see{}, see{answer: pair.NotKnown, undo: true}, "you-invited", "invited you-dont-know"},
		{"report", func(d *duo) (Invitation, error) {
			return d.ReportInvitation(d.t.Context(), d.ben, d.id, "spam", "")
		}, see{}, see{answer: pair.Reported, undo: true}, "you-invited", "invited you-reported"},
		{"decline and undo", func(d *duo) (Invitation, error) {
			_, err := d.Decline(d.t.Context(), d.ben, d.id)
			d.must(err)
			return d.Reopen(d.t.Context(), d.ben, d.id)
		}, see{}, see{}, "you-invited", "invited you-declined you-reopened"},
		{"ask and reply", func(d *duo) (Invitation, error) {
			_, err := d.Ask(d.t.Context(), d.ben, d.id, "Where did we meet?")
			d.must(err)
			_, err = d.Reply(d.t.Context(), d.ada, d.id, "At the harvest fair.")
			d.must(err)
			return d.Invitation(d.t.Context(), d.ben, d.id)
		}, see{}, see{}, "you-invited asked you-replied", "invited you-asked replied"},
		{"withdraw", func(d *duo) (Invitation, error) {
			_, err := d.Withdraw(d.t.Context(), d.ada, d.id)
			d.must(err)
			if _, err := d.Invitation(d.t.Context(), d.ben, d.id); !errors.Is(err, errNoInvitation) {
				d.t.Errorf("a withdrawn invitation is still there: %v", err)
			}
			return d.Invitation(d.t.Context(), d.ada, d.id)
		}, see{course: pair.Withdrawn}, gone, "you-invited you-withdrew", "invited"},
		{"undo an acceptance", func(d *duo) (Invitation, error) {
			_, err := d.Accept(d.t.Context(), d.ben, d.id, pair.Met, pair.NoSee, "")
			d.must(err)
			return d.Reopen(d.t.Context(), d.ben, d.id)
		}, see{course: pair.Fulfilled}, gone, "you-invited accepted", "invited you-accepted you-reopened"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				d := w.duo(t, "We met at the harvest fair.")
				i, err := row.do(d)
				w.must(err)
				if i.ID != d.id || i.Note != "We met at the harvest fair." && i.Box == Sent {
					t.Errorf("the answer is %+v", i)
				}
				for _, side := range []struct {
					who  Actor
					want see
					told string
				}{{d.ada, row.ada, row.adaTold}, {d.ben, row.ben, row.benTold}} {
					i, err := w.Invitation(t.Context(), side.who, d.id)
					got := see{i.Course, i.Answer, !i.UndoUntil.IsZero()}
					if errors.Is(err, errNoInvitation) {
						got = gone
					}
					if got != side.want {
						t.Errorf("%s sees %+v (%v), want %+v", side.who.ID, got, err, side.want)
					}
					if told := w.lifeOf(side.who); told != side.told {
						t.Errorf("%s was told %q, want %q", side.who.ID, told, side.told)
					}
				}
			})
		})
	}
}

// lifeOf gives the kinds of a member's events between two members.
func (w *world) lifeOf(who Actor) string {
	ours := []string{kindMessage}
	for _, k := range noticeKinds {
		ours = append(ours, k)
	}
	for _, k := range ownKinds {
		ours = append(ours, k)
	}
	kinds := slices.DeleteFunc(w.events(who), func(k string) bool { return !slices.Contains(ours, k) })
	return strings.Join(kinds, " ")
}

// An invitation is there for its two members only, and for everybody else as
// if it had never been.
func TestNobodyElsesInvitation(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.duo(t, "Hello")
		eve, ctx := w.member("Eve Lindqvist"), t.Context()
		verbs := map[string]func(Actor, kith.InvitationID) error{
			"get":      func(a Actor, id kith.InvitationID) error { return only(w.Invitation(ctx, a, id)) },
			"withdraw": func(a Actor, id kith.InvitationID) error { return only(w.Withdraw(ctx, a, id)) },
			"reply":    func(a Actor, id kith.InvitationID) error { return only(w.Reply(ctx, a, id, "x")) },
			"accept": func(a Actor, id kith.InvitationID) error {
				return only(w.Accept(ctx, a, id, pair.Met, pair.NoSee, ""))
			},
			"ignore":    func(a Actor, id kith.InvitationID) error { return only(w.Ignore(ctx, a, id)) },
			"decline":   func(a Actor, id kith.InvitationID) error { return only(w.Decline(ctx, a, id)) },
			"dont-know": func(a Actor, id kith.InvitationID) error { return only(w.DontKnow(ctx, a, id)) },
			"report": func(a Actor, id kith.InvitationID) error {
				return only(w.ReportInvitation(ctx, a, id, "spam", ""))
			},
			"ask":    func(a Actor, id kith.InvitationID) error { return only(w.Ask(ctx, a, id, "x")) },
			"reopen": func(a Actor, id kith.InvitationID) error { return only(w.Reopen(ctx, a, id)) },
		}
		for name, verb := range verbs {
			for _, id := range []kith.InvitationID{d.id, "", "no id\x00", kith.InvitationID(w.newID()), kith.InvitationID(strings.Repeat("a", 1<<16))} {
				if err := verb(eve, id); !errors.Is(err, errNoInvitation) {
					t.Errorf("%s %.40q: %v", name, id, err)
				}
			}
			if err := verb(Actor{}, d.id); kindOf(err) != kith.SignIn {
				t.Errorf("%s by nobody: %v", name, err)
			}
			narrow := Actor{ID: d.ben.ID, Scopes: ScopeContacts}
			if err := verb(narrow, d.id); kindOf(err) != kith.Denied {
				t.Errorf("%s without a scope: %v", name, err)
			}
		}
	})
}

func kindOf(err error) kith.Kind {
	var e *kith.Error
	if !errors.As(err, &e) {
		return kith.Internal
	}
	return e.Kind
}

// What is too long, or nothing, is refused alike on both databases; what is
// cleaned is kept cleaned.
func TestWords(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 301)
	for _, row := range []struct {
		name, note, want string
		ok               bool
	}{
		{"none", "", "", true},
		{"plain", "Hello", "Hello", true},
		{"a link stays letters", "see https://example.org/?a=1", "see https://example.org/?a=1", true},
		{"300 letters", long[:600], long[:600], true},
		{"301 letters", long, "", false},
		{"few letters, many bytes", strings.Repeat("e\u0301\u0302\u0303\u0304", 299), "", false},
		{"NUL and bad UTF-8", "a\x00b\xffc", "ab\uFFFDc", true},
		{"hidden turns", "a\u202eb", "ab", true},
		{"a million letters", strings.Repeat("x", 1_000_000), "", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			got, err := noteLimit.read("note", row.note)
			if (err == nil) != row.ok || got != row.want {
				t.Errorf("%.40q %v", got, err)
			}
		})
	}
	eachWorld(t, func(t *testing.T, w *world) {
		d := w.duo(t, "a\x00b\xff")
		for _, text := range []string{"", " \n", "\u202e", strings.Repeat("x", 20_000)} {
			for name, err := range map[string]error{
				"ask":   only(w.Ask(t.Context(), d.ben, d.id, text)),
				"reply": only(w.Reply(t.Context(), d.ada, d.id, text)),
			} {
				if kindOf(err) != kith.Invalid {
					t.Errorf("%s %.20q: %v", name, text, err)
				}
			}
		}
		i, err := w.Invitation(t.Context(), d.ben, d.id)
		if w.must(err); i.Note != "ab\uFFFD" {
			t.Errorf("the note is %q", i.Note)
		}
	})
}

// Lists come whole, page by page, whatever is hidden in between.
func TestPagesOfInvitations(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ben := w.member("Ben Osei")
		var want []kith.InvitationID
		for n := range 23 {
			i, err := w.Send(t.Context(), w.member(fmt.Sprint("Member ", n)), Invite{To: ben.ID})
			w.must(err)
			if n > 5 {
				want = append(want, i.ID)
			} else if n == 5 {
				w.pass(pair.ExpiresAfter) // those run out
			}
			if n%3 == 0 { // the others have equal times
				w.pass(time.Microsecond)
			}
		}
		slices.Sort(want)
		for _, size := range []int{-1, 1, 5, 17, 18, 100} {
			var got []kith.InvitationID
			for after, more := (Cursor{}), true; more; {
				list, next, err := w.Invitations(t.Context(), ben, Received, after, size)
				w.must(err)
				for _, i := range list {
					got = append(got, i.ID)
				}
				after, more = next, next != Cursor{}
			}
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("pages of %d hold %d, want %d", size, len(got), len(want))
			}
		}
		n, err := w.CountInvitations(t.Context(), ben)
		if w.must(err); n.Undecided != len(want) {
			t.Errorf("%+v", n)
		}
	})
}
