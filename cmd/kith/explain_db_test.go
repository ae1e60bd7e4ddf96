package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
	"kith/internal/jobs"
)

// Everything about one imported invitation, from the console.
func TestExplainOnADatabase(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "kith.db")
	a, err := app.Open(t.Context(), db, app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := a.FirstLink(t.Context())
	if err == nil {
		_, err = a.SignUp(t.Context(), app.SignUpForm{Name: "Judith Vanderlinden", Email: "judith@mail.example", Password: "nine blue kettles", First: first})
	}
	if err != nil {
		t.Fatal(err)
	}
	m, err := a.FindMember(t.Context(), a.Console(), "judith@mail.example")
	if err != nil {
		t.Fatal(err)
	}
	judith, err := a.As(t.Context(), a.Console(), m.ID)
	if err == nil {
		_, err = a.ImportFiles(t.Context(), judith, []string{filepath.Join("..", "..", "examples", "judith", "invitations.mbox")}, app.ReadOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := jobs.New(a, jobs.Options{}).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	cards, _, err := a.Inbox(t.Context(), judith, app.InboxQuery{Limit: 1})
	if err = errors.Join(err, a.Close()); err != nil || len(cards) != 1 {
		t.Fatalf("%d cards, %v", len(cards), err)
	}
	explain := func(id string) (string, error) {
		var out bytes.Buffer
		c := explainCommand()
		c.SetOut(&out)
		c.SilenceErrors, c.SilenceUsage = true, true
		c.SetArgs([]string{id, "--db", db, "--member", "judith@mail.example"})
		err := c.ExecuteContext(t.Context())
		return out.String(), err
	}
	out, err := explain(string(cards[0].Invitation))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{cards[0].Name, "Genuine?", "Facts\n", "history.sent_at", "the invitation mail", "Sources\n", "your imports: read", "Signals\n",
		"What happened\n", "decided"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if _, err := explain("not-there"); kith.KindOf(err) != kith.NotFound {
		t.Errorf("one that is not there: %v", err)
	}
}
