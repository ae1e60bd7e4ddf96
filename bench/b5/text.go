package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	noun "kith"
	"kith/examples/invented"
	"kith/internal/intake"
)

// text is one invitation with a note.
type text struct {
	name, note string
	sent       time.Time
}

// notes takes the invitations that say something out of an archive.
type notes struct {
	intake.Sink // for the nouns an archive without messages has none of
	all         []text
}

func (n *notes) Invitation(i noun.Invitation) {
	if i.Note.Val != "" {
		n.all = append(n.all, text{i.Who.Name, i.Note.Val, i.SentAt})
	}
}

func (*notes) Profile(noun.Profile)       {}
func (*notes) Connection(noun.Connection) {}

// texts gives the invitations of an invented archive that have a note.
func texts(ctx context.Context, dir string) ([]text, error) {
	name := filepath.Join(dir, "archive.zip")
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := invented.Archive(f, invented.Size{Invitations: 1000}, 7); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	var n notes
	_, err = intake.Read(ctx, []string{name}, intake.Options{Now: now}, &n)
	return n.all, err
}

// now is when all is decided.
var now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// People and what lies between them and the member, as far as a case may say it:
// from nearly nothing to a full profile.
var people = []struct{ person, relation string }{
	{`{"headline": "Head of Flood Forecasting, Vechtstromen", "photo": "present", "location": "Zwolle, Netherlands", "connections": 412}`, `{"mutual": 9}`},
	{`{"headline": "I help executives close six figures | Founder", "photo": "professional", "location": "Leeds, United Kingdom", "connections": 29000}`, `{"mutual": 0}`},
	{`{"headline": "Recruiter, water and energy", "photo": "present", "location": "Utrecht, Netherlands", "connections": 2100}`, `{"mutual": 3}`},
	{`{"headline": "PhD candidate in hydrology", "photo": "none", "location": "Delft, Netherlands", "connections": 88,
	   "positions": [{"title": "PhD candidate", "organisation": "Delft University of Technology", "from": "2023"}]}`, `{"mutual": 2}`},
	{`{"headline": ""}`, `{}`},
}

// member is for whom it is decided.
const member = `{"goals": ["grow-in-field", "share-expertise"], "stance": "balanced", "areas": ["early warning", "hydrology"],
 "rules": {"own-country": {"value": "NL", "when": "may"}, "photo-required": "may"},
 "profile": {"headline": "Hydrologist at Regional Water Authority", "positions": [{"title": "Hydrologist", "organisation": "Regional Water Authority", "from": "2016"}],
  "education": [{"school": "Delft University of Technology", "to": "2009"}]}}`

// cases gives the requests to Kith.
func cases(all []text, addr, token string) ([][]byte, error) {
	out := make([][]byte, len(all))
	for i, t := range all {
		said, err := json.Marshal(t.note)
		if err != nil {
			return nil, err
		}
		p := people[i%len(people)]
		body := fmt.Sprintf(`{"side": "receive", "now": %q, "member": %s, "person": %s, "relation": %s, "note": {"text": %s}, "history": {"sent_at": %q}, "answers": {}}`,
			now.Format(time.RFC3339), member, p.person, p.relation, said, t.sent.Format(time.DateOnly))
		out[i] = post(addr, "/api/v1/judge", "Authorization: Bearer "+token+"\r\nContent-Type: application/json\r\n", body)
	}
	return out, nil
}

// mails gives the requests to rspamd: each text as a plain mail.
func mails(all []text, addr string) [][]byte {
	out := make([][]byte, len(all))
	for i, t := range all {
		from := fmt.Sprintf("person%d@mail.example", i)
		body := fmt.Sprintf("From: %q <%s>\r\nTo: Judith Vanderlinden <judith@water.example>\r\nSubject: Invitation to connect\r\nDate: %s\r\n"+
			"Message-ID: <%d@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
			t.name, from, t.sent.Format(time.RFC1123Z), i, strings.ReplaceAll(t.note, "\n", "\r\n"))
		out[i] = post(addr, "/checkv2", "From: "+from+"\r\nRcpt: judith@water.example\r\n", body)
	}
	return out
}

func post(addr, path, headers, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\n%sContent-Length: %d\r\n\r\n%s", path, addr, headers, len(body), body)
}
