package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kith"
	"kith/internal/app"
	"kith/internal/store/storetest"
)

// sends is post with fields that may come more than once.
func (v *visitor) sends(path string, form url.Values) (int, string) {
	v.t.Helper()
	res, err := v.client.PostForm(v.server.URL+path, form)
	v.must(err)
	return v.read(res)
}

// plain gives what a page says, without its marks.
func plain(page string) string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// reads fails unless a page says something, whatever is marked in it.
func (v *visitor) reads(path, says string) {
	v.t.Helper()
	got, page := v.get(path)
	v.wants(http.StatusOK, says, got, plain(page))
}

// as gives the actor behind an account.
func (v *visitor) as(email string) app.Actor {
	v.t.Helper()
	who, err := v.app.As(v.t.Context(), v.app.Console(), v.self(email))
	v.must(err)
	return who
}

// settingCase is a form of the settings: what it holds, what the page says
// after it, and what is kept.
type settingCase struct {
	what, form, says string
	kept             func(s *app.Settings) bool
}

func settingCases(until time.Time) []settingCase {
	return []settingCase{
		{"areas", "words=river+ice,early+warning", "I want to get into river ice, early warning.",
			func(s *app.Settings) bool { return len(s.Wishes.Areas) == 2 }},
		{"topics", "words=gauges", "I write and read about gauges.",
			func(s *app.Settings) bool { return s.Wishes.Topics[0] == "gauges" }},
		{"clients", "words=towns", "I sell to towns.",
			func(s *app.Settings) bool { return s.Wishes.Clients[0] == "towns" }},
		{"competitors", "words=Pegelwerk&worry=1", "I compete with Pegelwerk, and want to be asked before one is accepted.",
			func(s *app.Settings) bool { return s.Wishes.WorryCompetitors && s.Wishes.Competitors[0] == "Pegelwerk" }},
		{"admires", "words=The+*Ice*+Society+{0}", "I look up to The *Ice* Society {0}.",
			func(s *app.Settings) bool { return s.Wishes.Admires[0] == "The *Ice* Society {0}" }},
		{"known", "when=may", "Whoever is known to be a stranger is declined, unless I say I met them.",
			func(s *app.Settings) bool { return s.Wishes.Rules.KnownOnly.When == kith.May }},
		{"note", "when=always", "A letter without a note of its own is always declined.",
			func(s *app.Settings) bool { return s.Wishes.Rules.NoteRequired.When == kith.Always }},
		{"photo", "when=may", "A profile without a photo is declined, unless I know whose it is.",
			func(s *app.Settings) bool { return s.Wishes.Rules.PhotoRequired.When == kith.May }},
		{"mutual", "when=always&value=4", "Below 4 in common is always declined.",
			func(s *app.Settings) bool {
				return s.Wishes.Rules.MinMutual == kith.MutualRule{Value: 4, When: kith.Always}
			}},
		{"country", "when=may&value=Sweden", "Whoever lives outside my country (SE) is declined, unless I know them.",
			func(s *app.Settings) bool {
				return s.Wishes.Rules.OwnCountry == kith.CountryRule{Value: "SE", When: kith.May}
			}},
		{"invites", "choice=mutual", "People with a connection in common may invite me.",
			func(s *app.Settings) bool { return s.Invites == app.FromMutual }},
		{"not-now", "until=" + until.Format(time.DateOnly), "I take no letters until " + until.Format("2 January"),
			func(s *app.Settings) bool { return s.NotNowUntil.Equal(until.Truncate(kith.Day)) }},
		{"not-now", "until=", "I take letters at any time.",
			func(s *app.Settings) bool { return s.NotNowUntil.IsZero() }},
		{"policy", "publishes=1&asks=Say+where+we+met.&stance=selective&known=off&note=always&photo=off&mutual=may&mutual-value=2&country=off",
			"Whoever wants to write is told what I ask for.",
			func(s *app.Settings) bool {
				r := &s.Policy.Rules
				return s.Publishes && s.Policy.Asks == "Say where we met." && s.Policy.Stance == kith.Selective &&
					r.NoteRequired.When == kith.Always && r.MinMutual == kith.MutualRule{Value: 2, When: kith.May}
			}},
		{"silent", "choice=part", "stays silent, Kith ends the connection.",
			func(s *app.Settings) bool { return s.RemoveSilent }},
		{"shows", "choice=nobody", "Nobody sees my connections.",
			func(s *app.Settings) bool { return app.ShowsChoices.Word(s.Shows) == "nobody" }},
		{"digest", "choice=never", "News come by mail never.",
			func(s *app.Settings) bool { return app.DigestChoices.Word(s.Digest) == "never" }},
		{"mails", "mail=answers&mail=messages", "They may be about answers, messages.",
			func(s *app.Settings) bool {
				return slices.Equal(app.Mailed(s.Unmailed), []string{"answers", "messages"})
			}},
	}
}

// Every sentence can be changed, says so at once, and is what counts from then
// on.
func TestEverySettingCanBeChanged(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		mara := v.as("mara@quillon.example")
		tried := map[string]bool{}
		for _, c := range settingCases(time.Now().UTC().Add(40 * kith.Day)) {
			tried[c.what] = true
			form, err := url.ParseQuery(c.form)
			v.must(err)
			got, page := v.sends("/settings/"+c.what, form)
			v.wants(200, c.says, got, plain(page))
			v.wants(200, "Kept.", got, page)
			set, err := v.app.Settings(t.Context(), mara)
			v.must(err)
			if !c.kept(&set) {
				t.Errorf("%s: %s is kept as %+v", c.what, c.form, set)
			}
		}
		for what := range changes {
			if !tried[what] {
				t.Errorf("nobody tries %s", what)
			}
		}
		got, page := v.post("/settings/mood", "choice", "good")
		v.wants(404, "no such setting", got, page)
	})
}

// What cannot be kept is said at its sentence, which keeps what was typed.
func TestASettingThatCannotBe(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	for _, c := range []struct{ what, form, says, stays string }{
		{"country", "when=may&value=Atlantis", "There is no such country", `value="Atlantis"`},
		{"country", "when=always&value=", "Say which country is yours", `value="always" checked`},
		{"mutual", "when=may&value=many", "as a number", "details"},
		{"mutual", "when=may&value=501", "0 to 500 connections in common", `value="501"`},
		{"invites", "choice=friends", "There is no such choice", "details"},
		{"not-now", "until=2019-01-01", "Choose a day to come", `value="2019-01-01"`},
		{"not-now", "until=soon", "year, month and day", "details"},
		{"areas", "words=" + strings.Repeat("ice", 100), "letters", "iceiceice"},
		{"policy", "publishes=1&stance=open&known=off&note=off&photo=off&mutual=off&country=off&asks=" + strings.Repeat("say+more+", 60), "letters", "say more say more"},
		{"policy", "stance=grumpy&asks=Hello", "There is no such choice", "Hello"},
	} {
		form, err := url.ParseQuery(c.form)
		v.must(err)
		got, page := v.sends("/settings/"+c.what, form)
		v.wants(422, c.says, got, page)
		_, open, _ := strings.Cut(page, ` open>`)
		if open, _, _ = strings.Cut(open, "</details>"); !strings.Contains(open+"details", c.stays) || !strings.Contains(open, c.says) {
			t.Errorf("%s: %s leaves %s", c.what, c.form, open)
		}
	}
	set, err := v.app.Settings(t.Context(), v.as("mara@quillon.example"))
	v.must(err)
	if set.Wishes.Rules != (kith.Rules{}) || set.Publishes || len(set.Wishes.Areas) > 0 {
		t.Errorf("kept: %+v", set)
	}
}

// What concerns the account needs the password, ten minutes after signing in;
// a wrong one changes nothing.
func TestTheAccountNeedsThePassword(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpByInvitation, func(t *testing.T, v *visitor) {
		v.first()
		v.pass(11 * time.Minute)
		for _, act := range []struct{ path, field, value string }{
			{"/settings/email", "email", "mara@new.example"}, {"/settings/password", "password", otherPassword},
			{"/settings/export", "", ""}, {"/settings/leave", "", ""}, {"/settings/erase", "", ""},
		} {
			got, page := v.post(act.path, act.field, act.value)
			v.wants(403, "give your password too", got, page)
			got, page = v.post(act.path, act.field, act.value, "current", "wrong wrong wrong")
			v.wants(403, "This is not your password", got, page)
			if strings.Contains(page, "wrong wrong") || act.field == "password" && strings.Contains(page, otherPassword) {
				t.Errorf("%s shows a password", act.path)
			}
			v.pass(time.Hour) // who tries often waits
		}
		got, page := v.post("/settings/tokens", "name", "feed reader", "scope", "read", "days", "30", "current", "wrong wrong wrong")
		v.wants(403, "This is not your password", got, page)
		v.wants(403, `value="feed reader"`, got, page)
		got, page = v.post("/settings/passkeys/begin", "current", "wrong wrong wrong")
		v.wants(403, `{"wrong":"This is not your password`, got, page)
		v.reads("/settings", "I sign in as mara@quillon.example.")

		got, page = v.post("/settings/email", "email", "mara@new.example", "current", goodPassword)
		v.wants(200, "A letter is on its way to the new address", got, page)
		got, page = v.post("/verify", "secret", v.secret())
		v.wants(200, "confirmed", got, page)
		v.reads("/settings", "I sign in as mara@new.example.")
		got, page = v.post("/settings/password", "password", "short", "current", goodPassword)
		v.wants(422, "too short", got, page)
		got, page = v.post("/settings/password", "password", otherPassword, "current", goodPassword)
		v.wants(200, "Your password is changed", got, page)
		v.fresh()
		got, page = v.post("/sign-in", "email", "mara@new.example", "password", goodPassword)
		v.wants(401, "The address or the password is wrong", got, page)
		got, page = v.post("/sign-in", "email", "mara@new.example", "password", otherPassword)
		v.wants(200, "Mara Quillon", got, page)
	})
}

// All of a member's own leaves with them once; and so may they.
func TestTakingEverythingAndLeaving(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		got, page := v.post("/settings/export")
		v.wants(200, "can be fetched once", got, page)
		_, rest, _ := strings.Cut(page, `name="secret" value="`)
		secret, _, _ := strings.Cut(rest, `"`)
		got, archive := v.post("/settings/archive", "secret", secret)
		v.wants(200, "PK", got, archive[:2])
		got, page = v.post("/settings/archive", "secret", secret)
		v.wants(404, "used or over", got, page)

		got, page = v.post("/settings/stay")
		v.wants(409, "not about to be erased", got, page)
		got, page = v.post("/settings/erase")
		v.wants(200, "Everything is erased in seven days", got, page)
		v.wants(200, "Call it off", got, page)
		got, page = v.post("/settings/stay")
		v.wants(200, "It is called off", got, page)
		v.reads("/settings", "I can have everything erased.")

		got, page = v.post("/settings/leave")
		v.wants(200, "Your account is closed.", got, page)
		got, page = v.get("/settings")
		v.wants(200, "Everything is where you left it.", got, page)
		got, page = v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		v.wants(200, "Mara Quillon", got, page)
		v.reads("/settings", "I can leave, and come back within 30 days.")
	})
}

// A mailbox that refused mail once is told of, and tried again when asked.
func TestARefusedMailboxIsTold(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	if got, page := v.get("/settings"); got != 200 || strings.Contains(page, "no such mailbox") {
		t.Errorf("%d: a mailbox nobody refused", got)
	}
	v.refuses.Store(true)
	got, page := v.post("/forgot", "email", "mara@quillon.example")
	v.wants(200, "Look at your mail", got, page)
	v.must(v.loop.Drain(t.Context()))
	v.reads("/settings", "Nothing comes to mara@quillon.example: its server said there is no such mailbox.")
	got, page = v.post("/settings/mailbox")
	v.wants(200, "Kith sends mail there again.", got, page)
	v.wants(200, "I sign in as mara@quillon.example.", got, plain(page))
	if strings.Contains(page, "no such mailbox") {
		t.Error("it is still refused")
	}
}
