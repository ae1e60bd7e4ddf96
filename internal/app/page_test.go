package app

import (
	"context"
	"testing"

	"kith"
)

// pagedLists are the lists that are read page by page: each gives how many rows
// a page had, and whether more is said to come. A look begins with the zero
// cursor and goes on with the one given back.
var pagedLists = map[string]func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (rows int, next Cursor, err error){
	"sent": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Invitations(ctx, l.who, Sent, at, limit)
		return len(list), next, err
	},
	"connections": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Connections(ctx, l.who, at, limit)
		return len(list), next, err
	},
	"connections as shown": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.ConnectionsOf(ctx, l.who, l.who.ID, kith.MemberID(at.ID), limit)
		return len(list), Cursor{ID: string(next)}, err
	},
	"threads": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Threads(ctx, l.who, at, limit)
		return len(list), next, err
	},
	"messages": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Thread(ctx, l.who, l.friend, at, limit)
		return len(list), next, err
	},
	"blocks": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Blocks(ctx, l.who, kith.MemberID(at.ID), limit)
		return len(list), Cursor{ID: string(next)}, err
	},
	"reports": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Reports(ctx, l.who, at, limit)
		return len(list), next, err
	},
	"members": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		list, next, err := w.Members(ctx, l.who, at, limit)
		return len(list), next, err
	},
	"cases": func(w *world, ctx context.Context, l *listed, at Cursor, limit int) (int, Cursor, error) {
		judge := Actor{ID: l.friend, Scopes: AllScopes(Operator), Role: Operator} // nobody decides what they reported
		list, next, err := w.Cases(ctx, judge, CaseOpen, at, limit)
		return len(list), next, err
	},
}

// However long a page is: the last one is not empty, and says that it is the
// last.
func TestAListEndsWithItsLastRow(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		l := w.listed("Ada Brandt", 4)
		for name, list := range pagedLists {
			all, next, err := list(w, t.Context(), &l, Cursor{}, 1000)
			if err != nil || all < 4 || next != (Cursor{}) {
				t.Errorf("%s: %d rows, next %v, %v", name, all, next, err)
			}
			for _, limit := range []int{1, 2, all, all - 1} {
				pages, rows, at := 0, 0, Cursor{}
				for pages == 0 || at != (Cursor{}) {
					var n int
					n, at, err = list(w, t.Context(), &l, at, limit)
					w.must(err)
					pages, rows = pages+1, rows+n
				}
				if want := (all + limit - 1) / limit; rows != all || pages != want {
					t.Errorf("%s by %d: %d rows on %d pages, want %d on %d", name, limit, rows, pages, all, want)
				}
			}
		}
	})
}
