package api

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

var (
	hiddenLength  = flag.Int("hidden-length", 2, "play every sequence of a sender's acts up to this length")
	hiddenSeeded  = flag.Int("hidden-seeded", 40, "and so many longer ones")
	parityScripts = flag.Int("parity-scripts", 150, "send so many request scripts to both databases")
)

// Both databases answer the same requests with the same bytes.
func TestBothDatabasesAnswerAlike(t *testing.T) {
	t.Parallel()
	scripts := *parityScripts
	if testing.Short() {
		scripts = 50
	}
	dsns := storetest.DSNs(t)
	if len(dsns) < 2 {
		t.Log("nothing to compare with")
		return
	}
	var worlds []*world
	for _, dsn := range dsns {
		worlds = append(worlds, newWorld(t, dsn.Make(t), app.Config{SignUp: app.SignUpOpen}))
	}
	for n := range scripts {
		told := make(chan string, len(worlds))
		for _, w := range worlds {
			go func() { told <- script(w, uint64(n)) }()
		}
		a, b := <-told, <-told
		if a != b {
			t.Fatalf("script %d differs:\n%s", n, difference(a, b))
		}
	}
}

// lone are routes whose answers hold a secret made by chance.
var lone = map[string]bool{}

// script sends a dozen requests of three new members, drawn from a seed, and
// gives all answers.
func script(w *world, seed uint64) string {
	r := rand.New(rand.NewPCG(seed, 7))
	d := &draw{r: r, w: w}
	for _, name := range []string{"Ada Brandt", "Bo Lindqvist", "Chiara Fonti"} {
		d.members = append(d.members, w.member(name+" "+fmt.Sprint(seed)))
	}
	d.ids = append(d.ids, "00000000-0000-7000-8000-ffffffffffff")
	var b strings.Builder
	for range 12 {
		if r.IntN(6) == 0 {
			w.pass(time.Duration(1+r.IntN(30)) * 12 * time.Hour)
		}
		p := &policies[r.IntN(len(policies))]
		if r.IntN(3) == 0 { // half the routes matter little; an invitation is worth more
			p = policyOf("send-invitation")
		}
		if p.rate == guessing || p.rate == uploading || lone[p.id] {
			continue
		}
		who := d.members[r.IntN(len(d.members))]
		path := d.path(p.path)
		a := who.do(p.method, path, d.body(p))
		fmt.Fprintf(&b, "%s %s\n%s\n", p.method, path, a)
		d.learn(string(a.body))
		w.drain()
	}
	return b.String()
}

func policyOf(id string) *policy {
	for i := range policies {
		if policies[i].id == id {
			return &policies[i]
		}
	}
	return &policies[0]
}

// draw fills requests with what the answers so far have shown.
type draw struct {
	r       *rand.Rand
	w       *world
	members []*caller
	ids     []string
}

var shownID = regexp.MustCompile(`"id":"([^"]+)"`)

// learn remembers ids that an answer shows.
func (d *draw) learn(body string) {
	for _, m := range shownID.FindAllStringSubmatch(body, 20) {
		d.ids = append(d.ids, m[1])
	}
}

var hole = regexp.MustCompile(`\{[a-z]+\}`)

func (d *draw) path(path string) string {
	return hole.ReplaceAllStringFunc(path, func(name string) string {
		if name == "{member}" {
			return d.members[d.r.IntN(len(d.members))].id
		}
		return d.ids[d.r.IntN(len(d.ids))]
	})
}

// body gives what a write sends: from a table for what needs words, else
// nothing.
func (d *draw) body(p *policy) any {
	if p.method == http.MethodGet {
		return nil
	}
	texts := []string{"", "Good morning.", "We met in Delft; how did the gauges do?", "=1+1", "é̄é\u202e ✉", strings.Repeat("long ", 100)}
	text := texts[d.r.IntN(len(texts))]
	to := d.members[d.r.IntN(len(d.members))].id
	tie := []string{"", "network", "met", "close"}[d.r.IntN(4)]
	switch p.id {
	case "send-invitation":
		return map[string]any{"to": to, "note": text, "tie": tie}
	case "accept-invitation":
		return map[string]any{"tie": tie, "greeting": text}
	case "report-invitation":
		return map[string]any{"reason": []string{"spam", "money", "abuse"}[d.r.IntN(3)], "words": text}
	case "ask-invitation", "reply-invitation", "write-message":
		return map[string]any{"text": text}
	case "set-tie":
		return map[string]any{"tie": tie}
	case "preflight":
		return map[string]any{"to": to, "note": text}
	}
	if d.r.IntN(2) == 0 {
		return nil
	}
	return map[string]any{}
}
