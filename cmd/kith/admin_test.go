package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kith"
	"kith/internal/app"
)

// admin runs `kith admin` on a database and gives what it prints.
func admin(t *testing.T, db string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	c := adminCommand()
	c.SetOut(&out)
	c.SetErr(&out)
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetArgs(append(args, "--db", db, "--url", "https://kith.example/"))
	err := c.ExecuteContext(t.Context())
	return out.String(), err
}

func TestAdmin(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "kith.db")
	if _, err := admin(t, db, "member", "list"); kith.KindOf(err) != kith.NotFound {
		t.Errorf("a database that is not there: %v", err)
	}
	a, err := app.Open(t.Context(), db, app.Config{})
	if err != nil {
		t.Fatal(err)
	}
	first, _, err := a.FirstLink(t.Context())
	if err == nil {
		_, err = a.SignUp(t.Context(), app.SignUpForm{Name: "Ada Brandt", Email: "ada@mail.example", Password: "nine blue kettles", First: first})
	}
	if err = errors.Join(err, a.Close()); err != nil {
		t.Fatal(err)
	}
	const ada = "ada@mail.example"
	for _, step := range []struct {
		args, want string
		kind       kith.Kind
	}{
		{args: "member list", want: `(?m)Ada Brandt +active +operator`},
		{args: "member role " + ada + " moderator", want: `^Ada Brandt is a moderator now\.\n$`},
		{args: "member role " + ada + " queen", kind: kith.Invalid},
		{args: "member role nobody@mail.example member", kind: kith.NotFound},
		{args: "token create --member " + ada + " --name backup --days 3", want: `^kith_[0-9a-f]{64}\n$`},
		{args: "token create --member " + ada + " --scopes account", kind: kith.Invalid},
		{args: "token create", kind: kith.Internal}, // a mistake on the command line,
		{args: "token list --member " + ada, want: `backup +read`},
		{args: "token revoke none --member " + ada, kind: kith.NotFound},
		{args: "member sign-out " + ada, want: `signed out everywhere`},
		{args: "member reset-link " + ada, want: `^https://kith\.example/reset\?secret=[0-9a-f]{64}\n$`},
		{args: "code create", want: `^([A-Z2-7]{4}-){3}[A-Z2-7]{4}\n$`},
		{args: "code list", want: `(?m)^[0-9a-f-]{36} .* -$`},
		{args: "member close " + ada, want: `closed`},
		{args: "token list --member " + ada, kind: kith.Conflict},
		{args: "member reopen " + ada, want: `open again`},
		{args: "member reopen " + ada, kind: kith.Conflict},
	} {
		out, err := admin(t, db, strings.Fields(step.args)...)
		if step.want == "" {
			if err == nil || kith.KindOf(err) != step.kind {
				t.Errorf("kith admin %s: %v", step.args, err)
			}
			continue
		}
		if err != nil || !regexp.MustCompile(step.want).MatchString(out) {
			t.Errorf("kith admin %s: %q, %v", step.args, out, err)
		}
	}
}
