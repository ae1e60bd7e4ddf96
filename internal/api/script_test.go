package api

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// script is some requests of three new members, drawn from a seed, with all
// answers.
type script struct {
	*rand.Rand
	w            *world
	members      []*caller // the last is an operator
	said         strings.Builder
	writes, done int // how many writes were asked for and not refused
}

// newScript lets three members be there, who may know each other already, and of
// whom one may have a bit of everything.
func newScript(w *world, seed uint64) *script {
	w.rewind()
	s := &script{Rand: rand.New(rand.NewPCG(seed, 7)), w: w}
	name := func(first string) string { return fmt.Sprintf("%s %s", first, letters(int64(seed))) }
	s.members = []*caller{w.member(name("Ada")), w.member(name("Bo")), w.memberAs(name("Chiara"), app.Operator)}
	for i, c := range s.members[1:] {
		relations[s.IntN(4)].arrange(w, c, s.members[i])
	}
	if s.IntN(4) == 0 {
		s.members[0].gather(w.t.Context())
	}
	return s
}

// play sends a dozen requests.
func (s *script) play() *script {
	for sent := 0; sent < 12; {
		if s.IntN(6) == 0 {
			s.w.pass(time.Duration(1+s.IntN(30)) * 12 * time.Hour)
			for _, c := range s.members {
				c.signIn() // sessions end
			}
		}
		p := &policies[s.IntN(len(policies))]
		if slices.Contains(unscripted, p.id) {
			continue
		}
		who, path := s.aim(p)
		if who == nil {
			continue
		}
		sent++
		s.ask(who, p, path, s.body(p, who))
		if p.tag == "sessions" && p.writes() || p.path == "/leave" {
			who.signIn()
		}
		if p.writes() {
			s.w.drain()
		}
	}
	return s
}

// chance finds what is drawn by chance in an answer: secrets, and how many
// answers count against somebody by now.
var chance = regexp.MustCompile(`"secret":"[^"]*"|"complaints":[0-9]+`)

func (s *script) ask(who *caller, p *policy, path string, body any) {
	a := who.do(p.method, path, body)
	if p.writes() {
		s.writes++
		if a.status < http.StatusBadRequest {
			s.done++
		}
	}
	fmt.Fprintf(&s.said, "%s %s\n%s\n", p.method, path, chance.ReplaceAllString(a.String(), "chance"))
}

func (s *script) of(list ...string) string { return list[s.IntN(len(list))] }

// some gives one of the members who is not who.
func (s *script) other(who *caller) *caller {
	for {
		if c := s.members[s.IntN(len(s.members))]; c != who {
			return c
		}
	}
}

var hole = regexp.MustCompile(`\{[a-z]+\}`)

// aim finds somebody for whom a route has something to do, and its path then. It
// looks into the list that shows such things, and finds nobody if there are none;
// one in eight times it asks for what is not there.
func (s *script) aim(p *policy) (who *caller, path string) {
	turns := s.Perm(len(s.members))
	if s.IntN(8) > 0 && p.scope >= app.ScopeModerate {
		turns = []int{len(turns) - 1}
	}
	who = s.members[turns[0]]
	named := hole.FindString(p.path)
	id := noSuchID
	if list := s.shelf(p); list != "" && s.IntN(8) > 0 {
		if who, id = s.find(list, turns); who == nil {
			return nil, ""
		}
	} else if named == "{member}" {
		id = s.other(who).id
	}
	path = strings.ReplaceAll(p.path, "{question}", s.question())
	if named != "{question}" {
		path = hole.ReplaceAllString(path, id)
	}
	if p.path == "/people" {
		path += "?name=" + s.of("Ada", "bo", "Chiara")
	}
	return who, path
}

// find gives the first member in whose list something is.
func (s *script) find(list string, turns []int) (who *caller, id string) {
	for _, i := range turns {
		if ids := s.members[i].shown(list); len(ids) > 0 {
			return s.members[i], s.of(ids...)
		}
	}
	return nil, ""
}

func (s *script) question() string {
	all := kith.Questions()
	return all[s.IntN(len(all))].String()
}

// shelf gives the list that shows what a route's path may name, if one does.
func (s *script) shelf(p *policy) string {
	list, _, named := strings.Cut(p.path, "/{")
	switch {
	case p.id == "withdraw-invitation", p.id == "reply-invitation":
		return "/invitations?box=sent"
	case list == "/elsewhere":
		return list + "?state=all"
	case list == "/messages":
		return "/connections"
	case !named, list == "/people", list == "/operator/members", list == "/questions", p.id == "block":
		return ""
	}
	return list
}

// shown gives the ids in a list, or whom its rows are with.
func (c *caller) shown(list string) (ids []string) {
	var page map[string]json.RawMessage
	if json.Unmarshal(c.do(http.MethodGet, list, nil).body, &page) != nil {
		return nil
	}
	for _, rows := range page {
		var all []struct {
			ID    string
			Other json.RawMessage
		}
		if json.Unmarshal(rows, &all) != nil {
			continue // no rows, but the cursor, say
		}
		for _, row := range all {
			var with client.Named
			if row.ID == "" && json.Unmarshal(row.Other, &with) == nil {
				row.ID = with.ID
			}
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// body gives what a route is sent: from the table, or nothing.
func (s *script) body(p *policy, who *caller) any {
	if make := bodies[p.id]; make != nil {
		return make(s, who)
	}
	if p.writes() && s.IntN(2) == 0 {
		return map[string]any{}
	}
	return nil
}

// text draws one, of which some are too long or hold what must not stay.
func (s *script) text() string {
	return s.of("Good morning.", "We met in Delft; how did the gauges do?", "=1+1", "é̄é\u202e ✉", strings.Repeat("long ", 100))
}

func (s *script) tie() string { return s.of("network", "met", "close") }

func (s *script) soon() time.Time {
	return s.w.now().Add(time.Duration(1+s.IntN(80)) * kith.Day)
}

// bodies are what routes are sent that need words.
var bodies = map[string]func(*script, *caller) any{
	"accept-invitation": func(s *script, _ *caller) any {
		return client.Acceptance{Tie: s.tie(), Greeting: s.of("", s.text()), See: s.of("", "propose", "remove")}
	},
	"answer": func(s *script, _ *caller) any { return client.Answer{Answer: s.of("yes", "no", "unsure", "none")} },
	"answer-many": func(s *script, who *caller) any {
		all := client.Answers{Answers: []client.AnswerFor{}}
		for _, id := range who.shown("/invitations") {
			all.Answers = append(all.Answers, client.AnswerFor{Invitation: id, Answer: s.of("yes", "no", "unsure")})
		}
		return all
	},
	"answered-elsewhere": func(s *script, _ *caller) any { return client.ElsewhereAnswered{Came: s.IntN(2) == 0} },
	"ended-see-elsewhere": func(s *script, _ *caller) any {
		return client.ElsewhereSeen{How: []string{"heard", "parted", "kept"}[s.IntN(3)]}
	},
	"appeal":         func(s *script, _ *caller) any { return client.Plea{Words: s.text()} },
	"ask-invitation": func(s *script, _ *caller) any { return client.Text{Text: s.text()} },
	"change-settings": func(s *script, _ *caller) any {
		return map[string]any{"goals": []string{s.of("grow-in-field", "share-expertise", "reach")}, "stance": s.of("open", "balanced", "selective"),
			"invites": s.of("everyone", "everyone", "mail", "mutual"), "shows_connections": s.of("connections", "members", "nobody"), "digest": s.of("weekly", "daily", "never")}
	},
	"create-token": func(s *script, _ *caller) any {
		return client.NewToken{Name: s.of("Laptop", "é"), Scopes: s.of("read", "read messages")}
	},
	"dismiss-case": func(s *script, _ *caller) any { return client.Remark{Words: s.text()} },
	"done-elsewhere": func(s *script, _ *caller) any {
		return client.ElsewhereDone{Did: s.of("accepted", "declined", "reported")}
	},
	"draft-note": func(s *script, who *caller) any {
		return client.DraftRequest{To: s.other(who).id, MetWhere: s.of("", "the gauge fair"), MetAt: s.w.now().Add(-kith.Day)}
	},
	"judge": func(s *script, _ *caller) any {
		return map[string]any{"side": s.of("receive", "send"), "note": map[string]any{"text": s.text()}, "relation": map[string]any{"mutual": s.IntN(9)}}
	},
	"mark-read": func(s *script, who *caller) any {
		for _, with := range who.shown("/connections") {
			if ids := who.shown("/messages/" + with); len(ids) > 0 {
				return client.ReadUpTo{UpTo: s.of(ids...)}
			}
		}
		return client.ReadUpTo{UpTo: noSuchID}
	},
	"mark-seen": func(s *script, _ *caller) any { return client.Seen{Cursor: s.of("1", "2", "3")} },
	"preflight": func(s *script, who *caller) any {
		note := s.text()
		return client.PreflightRequest{To: s.other(who).id, Note: &note}
	},
	"rename-passkey":   func(s *script, _ *caller) any { return client.Name{Name: s.of("Key", "é")} },
	"reply-invitation": func(s *script, _ *caller) any { return client.Text{Text: s.text()} },
	"report": func(s *script, who *caller) any {
		return client.Accusation{On: "profile", ID: s.other(who).id, Reason: s.of("spam", "money", "abuse"), Words: s.of("", s.text())}
	},
	"report-invitation": func(s *script, _ *caller) any {
		return client.Complaint{Reason: s.of("spam", "money", "abuse"), Words: s.of("", s.text())}
	},
	"send-invitation": func(s *script, who *caller) any {
		return client.Invite{To: s.other(who).id, Note: s.text(), Tie: s.of("", s.tie())}
	},
	"set-memo": func(s *script, _ *caller) any { return client.Memo{Memo: s.text()} },
	"set-profile": func(s *script, _ *caller) any {
		return client.Profile{Name: s.of("Ada Brandt", "Bo Lindqvist"), Headline: s.text(), Location: s.of("Delft, Netherlands", "é"),
			Positions: []client.Position{{Title: "Hydrologist", Organisation: s.of("Waterschap", "Delta"), From: "2016"}}, Links: []string{"https://ada.example"}}
	},
	"set-role":          func(s *script, _ *caller) any { return client.Role{Role: s.of("member", "moderator")} },
	"set-tie":           func(s *script, _ *caller) any { return client.Tie{Tie: s.tie()} },
	"snooze-elsewhere":  func(s *script, _ *caller) any { return client.ElsewhereSnooze{Until: s.soon()} },
	"snooze-invitation": func(s *script, _ *caller) any { return client.Snooze{Until: s.soon()} },
	"uphold-case": func(s *script, _ *caller) any {
		return client.Ruling{Step: s.of("know-mail", "paused"), Weeks: 1 + s.IntN(4), AtOnce: s.IntN(2) == 0}
	},
	"write-message": func(s *script, _ *caller) any { return client.Text{Text: s.text()} },
}
