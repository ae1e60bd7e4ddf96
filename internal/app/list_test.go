package app

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// lists are the pages a member reads, each with how many rows it gave.
var lists = map[string]func(w *world, ctx context.Context, who Actor, other kith.MemberID) (int, error){
	"inbox": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Inbox(ctx, who, InboxQuery{Limit: 50})
		return len(l), err
	},
	"inbox by verdict": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Inbox(ctx, who, InboxQuery{Order: ByVerdict, Limit: 50})
		return len(l), err
	},
	"inbox, counted": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		n, err := w.CountInbox(ctx, who)
		return n.Left, err
	},
	"received": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Invitations(ctx, who, Received, Cursor{}, 50)
		return len(l), err
	},
	"sent": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Invitations(ctx, who, Sent, Cursor{}, 50)
		return len(l), err
	},
	"invitations, counted": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		n, err := w.CountInvitations(ctx, who)
		return n.Undecided, err
	},
	"connections": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Connections(ctx, who, Cursor{}, 50)
		return len(l), err
	},
	"connections as shown to others": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.ConnectionsOf(ctx, who, who.ID, "", 50)
		return len(l), err
	},
	"threads": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Threads(ctx, who, Cursor{}, 50)
		return len(l), err
	},
	"messages": func(w *world, ctx context.Context, who Actor, other kith.MemberID) (int, error) {
		l, _, err := w.Thread(ctx, who, other, Cursor{}, 50)
		return len(l), err
	},
	"blocks": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Blocks(ctx, who, "", 50)
		return len(l), err
	},
	"reports": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Reports(ctx, who, Cursor{}, 50)
		return len(l), err
	},
	"events": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, err := w.Events(ctx, who, 0, 50)
		return len(l), err
	},
	"notices": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, err := w.Notices(ctx, who, 0, 50)
		return len(l.Events), err
	},
	"duties": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, _, err := w.Duties(ctx, who, Cursor{}, 50)
		return len(l), err
	},
	"contacts": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, err := w.Contacts(ctx, who, "", ContactCursor{}, 50)
		return len(l), err
	},
	"elsewhere": func(w *world, ctx context.Context, who Actor, _ kith.MemberID) (int, error) {
		l, err := w.ElsewherePage(ctx, who, ElsewhereFilter{All: true}, Cursor{}, 50)
		return len(l), err
	},
}

// A page of 25 rows takes no more statements than one of a single row, and few.
func TestAListAsksNoMoreForMoreRows(t *testing.T) {
	t.Parallel()
	const most = 5
	for _, dsn := range storetest.DSNs(t) {
		t.Run(dsn.Name, func(t *testing.T) {
			t.Parallel()
			var ran atomic.Int64
			w := worldOn(t, dsn.Make(t), store.Options{Unsafe: true, Ran: func(string) { ran.Add(1) }})
			one, many := w.listed("One", 1), w.listed("Many", 25)
			for name, list := range lists {
				count := func(l listed, rows int) int64 {
					before := ran.Load()
					n, err := list(w, t.Context(), l.who, l.friend)
					if err != nil || n < rows {
						t.Errorf("%s: %d rows of %d, %v", name, n, rows, err)
					}
					return ran.Load() - before
				}
				a, b := count(one, 1), count(many, 25)
				// Contacts are read in parts: see store's bulk.
				if a != b && name != "elsewhere" || b > most {
					t.Errorf("%s: %d statements for one row, %d for 25", name, a, b)
				}
			}
		})
	}
}

// listed is a member with so many of everything that is listed.
type listed struct {
	who    Actor
	friend kith.MemberID // with whom they wrote as much
}

func (w *world) listed(name string, n int) (l listed) {
	w.t.Helper()
	ctx := w.t.Context()
	l.who = w.member(name)
	for i := range n {
		w.pass(kith.Day) // so many may be sent in a week, and reported in a day
		person := func(what string) Actor { return w.member(fmt.Sprintf("%s %s %d", what, name, i)) }
		friend := person("Friend")
		id := w.sendTo(friend, l.who)
		w.must(only(w.Accept(ctx, l.who, id, pair.Met, pair.SeePropose, "Welcome")))
		w.must(only(w.SetMemo(ctx, l.who, friend.ID, "from Delft")))
		w.must(only(w.Write(ctx, friend, l.who.ID, "Hello")))
		if l.friend == "" {
			l.friend = friend.ID
		}
		w.must(only(w.Write(ctx, l.who, l.friend, "How are you?")))
		w.sendTo(person("Sender"), l.who)
		w.sendTo(l.who, person("Recipient"))
		w.must(w.Block(ctx, l.who, person("Blocked").ID))
		w.must(w.Report(ctx, l.who, Accusation{On: OnProfile, ID: string(person("Reported").ID), Reason: ForMoney}))
	}
	w.elsewhere(l.who, n+1)
	return l
}
