package main

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// A case goes over the desk on the console: listed, read, decided.
func TestAdminReport(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "kith.db")
	db := storetest.Open(t, file, store.Options{})
	for _, name := range []string{"Mara Quillon", "Odd Fellow"} {
		id := kith.MemberID(strings.ToLower(name[:3]))
		if err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddMember(&store.Member{ID: id, Name: name, CreatedAt: time.Now()})
		}); err != nil {
			t.Fatal(err)
		}
	}
	a, err := app.Open(t.Context(), file, app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	mara := app.Actor{ID: "mar", Scopes: app.AllScopes(app.Ordinary)}
	report := func(words string) {
		t.Helper()
		if err := a.Report(t.Context(), mara, app.Accusation{On: app.OnProfile, ID: "odd", Reason: app.ForMoney, Words: words}); err != nil {
			t.Fatal(err)
		}
	}
	admin := func(args ...string) (string, error) {
		t.Helper()
		var out bytes.Buffer
		c := adminCommand()
		c.SilenceErrors, c.SilenceUsage = true, true
		c.SetOut(&out)
		c.SetErr(&out)
		c.SetArgs(append([]string{"report", "--db", file}, args...))
		err := c.ExecuteContext(t.Context())
		return out.String(), err
	}
	want := func(part string, args ...string) string {
		t.Helper()
		out, err := admin(args...)
		if err != nil || !strings.Contains(out, part) {
			t.Errorf("%v: %q, %v; want %q", args, out, err, part)
		}
		return regexp.MustCompile(`[0-9a-f]{32}`).FindString(out)
	}

	report("asks for a deposit\ntwice")
	id := want("reports", "list")
	want("Odd Fellow", "show", id)
	want("    asks for a deposit\n    twice\n", "show", id)
	if out, err := admin("uphold", id, "--step", "paused"); kith.KindOf(err) != kith.Invalid {
		t.Errorf("a step without weeks: %q, %v", out, err)
	}
	if out, err := admin("uphold", id, "--step", "away"); kith.KindOf(err) != kith.Invalid {
		t.Errorf("no such step: %q, %v", out, err)
	}
	want("Upheld.", "uphold", id, "--step", "paused", "--weeks", "1", "--at-once")
	want(id, "list", "--state", "upheld")
	if out, err := admin("dismiss", id); kith.KindOf(err) != kith.Conflict {
		t.Errorf("a second decision: %q, %v", out, err)
	}
	report("again")
	second := want("reports", "list")
	want("step paused until", "show", second)
	want("Earlier cases: 1 upheld", "show", second)
	want("Dismissed.", "dismiss", second, "--words", "known already")
	if out, err := admin("list", "--state", "shut"); kith.KindOf(err) != kith.Invalid {
		t.Errorf("no such state: %q, %v", out, err)
	}
}
