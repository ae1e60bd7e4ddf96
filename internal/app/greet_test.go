package app

import (
	"strings"
	"testing"

	"kith"
)

// A greeting goes out with the acceptance, or nothing happens at all.
func TestGreetAcceptsWithTheFirstMessage(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		judith, anton, bo := w.member("Judith Vanderlinden"), w.member("Anton Verhulst"), w.member("Bo Reed")
		id, quiet := w.sends(anton, judith, ""), w.sends(bo, judith, "")
		if err := w.Greet(ctx, judith, id, strings.Repeat("long ", 2000)); kith.KindOf(err) != kith.Invalid {
			t.Errorf("too long a greeting: %v", err)
		}
		if err := w.Greet(ctx, bo, id, "Hello!"); kith.KindOf(err) != kith.NotFound {
			t.Errorf("somebody else's letter: %v", err)
		}
		if _, err := w.Connection(ctx, judith, anton.ID); err == nil {
			t.Error("connected without a greeting")
		}
		w.must(w.Greet(ctx, judith, id, "Which gauges are yours?"))
		w.must(w.Greet(ctx, judith, quiet, ""))
		for _, to := range []struct {
			who   Actor
			reads []string
		}{{anton, []string{"Which gauges are yours?"}}, {bo, nil}} {
			list, _, err := w.Thread(ctx, to.who, judith.ID, Cursor{}, 10)
			w.must(err)
			var got []string
			for _, m := range list {
				got = append(got, m.Text)
			}
			if strings.Join(got, "|") != strings.Join(to.reads, "|") {
				t.Errorf("they read %q, want %q", got, to.reads)
			}
		}
	})
}
