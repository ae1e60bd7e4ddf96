package api

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/app"
)

// A sender can find out nothing about what became of their invitation: whatever
// they do, every byte they get is the same whether the recipient did nothing,
// set it aside, turned it down, did not know them or reported them. And a member
// who is blocked cannot tell it from the other having left.
//
// The channels by which it could show (a field, a label, the sent list and its
// order, counters and quota, the answers to sending again, withdrawing and
// replying, times, headers, events and their numbers, the profile, standing,
// export) are all in what is compared: every GET route of the policy table
// there is, every act, and, in every eighth play, the files of the sender's
// export at its end.

var (
	hiddenLength = flag.Int("hidden-length", 3, "play every sequence of a sender's acts up to this length")
	hiddenSeeded = flag.Int("hidden-seeded", 500, "and so many longer ones")
)

// hidden are the answers a sender must not be able to tell apart.
var hidden = []string{"", "ignore", "decline", "dont-know", "report"}

// senderActs are what a sender can do about one other member, and the time that
// may pass. The first six are tried in every order.
var senderActs = []struct {
	name string
	do   func(*play) string // gives the answers; nil: days pass
	days int
}{
	{name: "send", do: func(p *play) string {
		return p.act("POST", "/invitations", map[string]any{"to": p.other.id, "note": "We met in Delft, and I would like to hear how the gauges did."})
	}},
	{name: "withdraw", do: func(p *play) string { return p.act("POST", "/invitations/"+p.last+"/withdraw", nil) }},
	{name: "reply", do: func(p *play) string {
		return p.act("POST", "/invitations/"+p.last+"/reply", map[string]any{"text": "At the symposium, second row."})
	}},
	{name: "8 days", days: 8},
	{name: "22 days", days: 22},
	{name: "181 days", days: 181},
	{name: "write", do: func(p *play) string {
		return p.act("POST", "/messages/"+p.other.id, map[string]any{"text": "Good morning."})
	}},
	{name: "block", do: func(p *play) string { return p.act("PUT", "/blocks/"+p.other.id, nil) }},
	{name: "unblock", do: func(p *play) string { return p.act("DELETE", "/blocks/"+p.other.id, nil) }},
	{name: "remove", do: func(p *play) string { return p.act("DELETE", "/connections/"+p.other.id, nil) }},
	{name: "preflight", do: func(p *play) string {
		return p.act("POST", "/preflight", map[string]any{"to": p.other.id, "note": "Hello."})
	}},
	{name: "dismiss", do: func(p *play) string {
		var box struct{ Duties []struct{ ID string } }
		p.me.get("/duties", &box)
		var answers string
		for _, d := range box.Duties {
			answers += p.act("POST", "/duties/"+d.ID+"/dismiss", nil)
		}
		return answers
	}},
}

const inEveryOrder = 6

// play is one run: a sender, and a recipient who answers in one of the ways.
type play struct {
	w           *world
	me, other   *caller
	last        string // the newest invitation sent, as the sender knows it
	invitations []string
	answer      string
	asks        bool
	answered    map[string]bool
	surname     string          // of both, and of nobody else
	seen        strings.Builder // all the sender saw
}

// cast is one play for each way the other may behave. They go on together and
// share the time that passes and the duties that fall due.
type cast []*play

// newCast gives a play for each answer.
func newCast(w *world, asks bool, answers ...string) cast {
	w.rewind()
	all := app.AllScopes(app.Ordinary) // with a token's life: a session would end meanwhile
	c := make(cast, len(answers))
	for i, answer := range answers {
		surname := letters(w.ids.Load())
		c[i] = &play{w: w, surname: surname, me: w.account("Wim "+surname, app.Ordinary).only(app.Ordinary, all),
			other: w.account("Rhea "+surname, app.Ordinary).only(app.Ordinary, all), last: "00000000-0000-7000-8000-ffffffffffff",
			answer: answer, asks: asks, answered: map[string]bool{}}
	}
	return c
}

// play lets every sender do the same acts.
func (c cast) play(sequence []int) {
	w := c[0].w
	for _, i := range sequence {
		act := &senderActs[i]
		w.ahead.Add((time.Duration(act.days) * kith.Day).Microseconds())
		for _, p := range c {
			fmt.Fprintf(&p.seen, "## %s\n", act.name)
			if act.do != nil {
				p.seen.WriteString(act.do(p) + "\n")
			}
		}
		w.drain()
		for _, p := range c {
			p.react()
		}
		w.drain()
	}
}

// stories gives all that each sender saw, with a last look around, and with the
// export if asked for.
func (c cast) stories(exports bool) []string {
	out := make([]string, len(c))
	for i, p := range c {
		p.observe()
		if exports {
			p.seen.WriteString(digestTime.ReplaceAllString(p.export(), "$1"))
		}
		out[i] = p.story()
	}
	return out
}

// letters writes a number as a name, always as long.
func letters(n int64) string {
	name := []byte("Aaaaaaaa")
	for i := len(name) - 1; n > 0; i-- {
		name[i] += byte(n % 26)
		n /= 26
	}
	return string(name)
}

var invitationInAnswer = regexp.MustCompile(`^\d+\n(?s:.*)\n\{"id":"([0-9a-f-]{36})"`)

// act does what the sender does and gives everything they get back.
func (p *play) act(method, path string, in any) string {
	a := p.me.do(method, path, in).String()
	if m := invitationInAnswer.FindStringSubmatch(a); m != nil && path == "/invitations" {
		p.last = m[1]
		p.invitations = append(p.invitations, p.last)
	}
	return a
}

// react lets the recipient answer what lies before them.
func (p *play) react() {
	if p.answer == "" && !p.asks {
		return
	}
	var box struct {
		Invitations []struct{ ID, Answer string }
	}
	p.other.get("/invitations?box=received", &box)
	for _, i := range box.Invitations {
		if p.answered[i.ID] {
			continue
		}
		p.answered[i.ID] = true
		if p.asks && len(p.answered) == 1 { // whoever refuses a sender for ever sees no second one to ask about
			p.other.post("/invitations/"+i.ID+"/ask", map[string]any{"text": "Where did we meet?"}, nil)
		}
		switch p.answer {
		case "":
		case "report":
			p.other.post("/invitations/"+i.ID+"/report", map[string]any{"reason": "spam"}, nil)
		default:
			p.other.post("/invitations/"+i.ID+"/"+p.answer, nil, nil)
		}
	}
}

// observe looks at all the sender can look at.
func (p *play) observe() {
	for i := range policies {
		row := &policies[i]
		if row.method != http.MethodGet {
			continue
		}
		for _, path := range p.paths(row.path) {
			fmt.Fprintf(&p.seen, "GET %s\n%s\n", path, p.me.do("GET", path, nil))
		}
	}
}

// paths fills a route's path with whatever the sender could put in.
func (p *play) paths(path string) []string {
	path = strings.ReplaceAll(path, "{member}", p.other.id)
	if !strings.Contains(path, "{") {
		if strings.HasSuffix(path, "/invitations") {
			return []string{path + "?box=sent", path + "?box=received"}
		}
		if path == "/people" {
			return []string{path + "?name=rhea%20" + p.surname}
		}
		return []string{path}
	}
	var out []string
	for _, id := range p.invitations {
		filled := strings.ReplaceAll(path, "{id}", id)
		if !strings.Contains(filled, "{") {
			out = append(out, filled)
		}
	}
	return out
}

// export gives the files of the sender's export. Its own bytes would differ by
// how well ids compress. It needs a session, which the sender opens for it.
func (p *play) export() string {
	w, me := p.w, *p.me
	me.signIn()
	var asked struct{ Secret string }
	me.post("/export", map[string]any{}, &asked)
	archive := me.do(http.MethodPost, "/export/download", map[string]any{"secret": asked.Secret})
	z, err := zip.NewReader(bytes.NewReader(archive.body), int64(len(archive.body)))
	w.must(err)
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		w.must(err)
		data, err := io.ReadAll(r)
		w.must(err)
		fmt.Fprintf(&b, "GET %s of the export, %v\n%s\n", f.Name, f.Modified, data)
	}
	return b.String()
}

// anyID finds ids, also where each letter is written as two digits.
var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}|3[0-9](?:3[0-9]|6[1-6]|2d){35}`)

// digestTime finds when a digest goes out: a time of day drawn from its member's
// id.
var digestTime = regexp.MustCompile(`(digest(?:","subject":"","member":"","due_at":"|,,,)[0-9-]{10}T)[0-9:]+`)

// story gives all the sender saw, ids replaced by the order in which they
// appear: they differ from play to play, as they would.
func (p *play) story() string {
	names := map[string]string{}
	text := strings.ReplaceAll(p.seen.String(), p.surname, "Surname")
	return anyID.ReplaceAllStringFunc(text, func(id string) string {
		plain := id
		if len(id) > 36 { // in a cursor or a name of a duty
			data, err := hex.DecodeString(id)
			p.w.must(err)
			plain = string(data)
		}
		if names[plain] == "" {
			names[plain] = fmt.Sprintf("id%034d", len(names))
		}
		return names[plain]
	})
}

// sequences gives every sequence of the first acts up to a length, and seeded
// longer ones of all acts.
func sequences(longest, seeded int) [][]int {
	all := [][]int{{}}
	for from := 0; longest > 0; longest-- {
		to := len(all)
		for _, s := range all[from:to] {
			for i := range inEveryOrder {
				all = append(all, append(slices.Clone(s), i))
			}
		}
		from = to
	}
	r := rand.New(rand.NewPCG(5, 2026))
	for range seeded {
		s := make([]int, 4+r.IntN(4))
		for i := range s {
			s[i] = r.IntN(len(senderActs))
		}
		s[0] = 0
		all = append(all, s)
	}
	return all[1:]
}

// eachSequence runs a test of every sequence in worlds on every database, each
// with a part of them, to keep all cores busy.
func eachSequence(t *testing.T, longest, seeded int, test func(t *testing.T, w *world, n int, sequence []int)) {
	const parts = 4
	all := sequences(longest, seeded)
	for part := range parts {
		t.Run(fmt.Sprint(part), func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				for n := part; n < len(all); n += parts {
					test(t, w, n/parts, all[n])
				}
			})
		})
	}
}

func TestASenderNeverLearns(t *testing.T) {
	t.Parallel()
	longest, seeded := *hiddenLength, *hiddenSeeded
	if testing.Short() {
		longest, seeded = 1, 10
	}
	eachSequence(t, longest, seeded, func(t *testing.T, w *world, n int, s []int) {
		asks := n%2 == 1
		c := newCast(w, asks, hidden...)
		c.play(s)
		stories := c.stories(n/2%8 == 0) // of those asked and those not
		for i, got := range stories {
			if got != stories[0] {
				t.Fatalf("%s shows after %s (asked first: %v):\n%s", hidden[i], names(s), asks, difference(stories[0], got))
			}
		}
	})
}

func TestABlockLooksLikeNoAccount(t *testing.T) {
	t.Parallel()
	longest, seeded := 2, 15
	if testing.Short() {
		longest, seeded = 1, 5
	}
	eachSequence(t, longest, seeded, func(t *testing.T, w *world, n int, s []int) {
		for at := range len(s) + 1 { // when the recipient turns away
			c := newCast(w, false, "", "")
			c.play(s[:at])
			c[0].other.do("PUT", "/blocks/"+c[0].me.id, nil)
			c[1].other.leave()
			w.drain()
			c.play(s[at:])
			stories := c.stories(n%8 == 0)
			if stories[0] != stories[1] {
				t.Fatalf("a block shows after %s, at %d:\n%s", names(s), at, difference(stories[0], stories[1]))
			}
		}
	})
}

func names(s []int) string {
	var out []string
	for _, i := range s {
		out = append(out, senderActs[i].name)
	}
	return strings.Join(out, ", ")
}

// difference gives the first lines in which two texts differ.
func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	last := ""
	for i := range min(len(x), len(y)) {
		if strings.HasPrefix(x[i], "GET ") || strings.HasPrefix(x[i], "## ") {
			last = x[i]
		}
		if x[i] != y[i] {
			return last + "\n- " + x[i] + "\n+ " + y[i]
		}
	}
	return fmt.Sprintf("%d lines, %d lines", len(x), len(y))
}
