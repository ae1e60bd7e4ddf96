package api

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/client"
	"kith/internal/app"
	"kith/internal/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Nothing is reachable that the policy table does not list, and everything it
// lists is in the document.
func TestNoRouteIsUnlisted(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		var doc struct {
			Paths map[string]map[string]struct{ OperationID string }
		}
		served := w.member("Ada").do("GET", "/openapi.json", nil).body
		w.must(json.Unmarshal(served, &doc))
		const golden = "../../docs/openapi.json"
		var page bytes.Buffer
		w.must(json.Indent(&page, served, "", " "))
		if *update {
			w.must(os.WriteFile(golden, page.Bytes(), 0o644))
		}
		kept, err := os.ReadFile(golden)
		w.must(err)
		if page.String() != string(kept) {
			t.Errorf("the API has changed; look at it, then go test ./internal/api -update\n%s", difference(string(kept), page.String()))
		}
		listed := map[string]bool{}
		for _, p := range policies {
			listed[strings.ToLower(p.method)+" "+p.path] = true
		}
		found := 0
		for path, methods := range doc.Paths {
			for method := range methods {
				found++
				if !listed[method+" "+path] {
					t.Errorf("%s %s is not in the policy table", method, path)
				}
			}
		}
		if found != len(policies) {
			t.Errorf("the document has %d routes, the table %d", found, len(policies))
		}
		for _, path := range []string{"/", "/admin", "/members", "/docs", "/schemas/Me.json", "/invitations/1/2/3"} {
			if a := w.memberAs("Op", app.Operator).do("GET", path, nil); a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
				t.Errorf("GET %s: %d", path, a.status)
			}
		}
	})
}

// Every route asks for a credential and for exactly its scope.
func TestEveryRouteAsksForItsScope(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		nobody := &caller{w: w}
		for i := range policies {
			p := &policies[i]
			path := hole.ReplaceAllString(p.path, "00000000-0000-7000-8000-ffffffffffff")
			if a := nobody.do(p.method, path, nil); !p.anyone && a.status != http.StatusUnauthorized {
				t.Errorf("%s without a credential: %d", p.id, a.status)
			}
			for bit := range 8 {
				scope := app.Scopes(1 << bit)
				w.ahead.Add((15 * time.Second).Microseconds()) // limits count by the minute
				a := ada.only(app.Operator, scope).do(p.method, path, nil)
				refused := a.status == http.StatusForbidden && strings.Contains(string(a.body), "this needs the scope "+p.scope.String())
				if want := !p.anyone && !scope.Has(p.scope); refused != want {
					t.Errorf("%s with scope %s: %d %s", p.id, scope, a.status, a.body)
				}
			}
		}
	})
}

// relations are how two members can stand to each other; arrange makes it so
// between me and other and gives the invitation there is.
var relations = []struct {
	name    string
	arrange func(w *world, me, other *caller) string
}{
	{"strangers", func(*world, *caller, *caller) string { return "" }},
	{"invited by me", func(w *world, me, other *caller) string { return invite(me, other) }},
	{"invited by them", func(w *world, me, other *caller) string { return invite(other, me) }},
	{"connected", func(w *world, me, other *caller) string {
		id := invite(other, me)
		me.post("/invitations/"+id+"/accept", map[string]any{}, nil)
		return id
	}},
	{"I block them", func(w *world, me, other *caller) string {
		id := invite(other, me)
		me.do("PUT", "/blocks/"+other.id, nil)
		return id
	}},
	{"they block me", func(w *world, me, other *caller) string {
		id := invite(other, me)
		other.do("PUT", "/blocks/"+me.id, nil)
		return id
	}},
	{"they left", func(w *world, me, other *caller) string {
		id := invite(other, me)
		other.leave()
		return id
	}},
	{"not confirmed", func(w *world, me, other *caller) string {
		w.must(w.db.Write(context.Background(), func(tx *store.Tx) error {
			m, _, err := tx.Member(kith.MemberID(other.id))
			if err != nil {
				return err
			}
			m.State = store.Unverified
			return tx.SetMember(&m)
		}))
		return ""
	}},
	{"nobody", func(w *world, me, other *caller) string {
		other.id = "00000000-0000-7000-8000-fffffffffffe"
		return ""
	}},
}

func invite(from, to *caller) string {
	var i struct{ ID string }
	from.post("/invitations", map[string]any{"to": to.id, "note": "We met in Delft."}, &i)
	from.w.drain()
	return i.ID
}

// What every route that names a member or an invitation answers, by how the two
// stand to each other; where an operator is answered otherwise, that too, starred. The
// golden file is read by people: a line that lets somebody see more than before
// shows there. Being blocked, the other having left or not being confirmed, and
// nobody being there are one and the same to all but an operator's own routes.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	const golden = "testdata/matrix.txt"
	eachWorld(t, func(t *testing.T, w *world) {
		var b strings.Builder
		for i := range policies {
			p := &policies[i]
			if !strings.Contains(p.path, "{member}") && !strings.Contains(p.path, "/invitations/{id}") && p.id != "send-invitation" && p.id != "preflight" {
				continue
			}
			row, asOperator := w.matrixRow(p, app.Ordinary), w.matrixRow(p, app.Operator)
			fmt.Fprintf(&b, "%-24s%s\n", p.id, row)
			if asOperator != row {
				fmt.Fprintf(&b, "%-24s%s\n", p.id+"*", asOperator)
			}
			if strings.Count(asOperator, "=422") == len(relations) {
				t.Errorf("%s answers 422 whoever asks: the test sends nothing that tells", p.id)
			}
			if p.scope != app.ScopeOperate {
				oneAndTheSame(t, p.id+row)
				oneAndTheSame(t, p.id+asOperator)
			}
		}
		if *update {
			w.must(os.MkdirAll("testdata", 0o755))
			w.must(os.WriteFile(golden, []byte(b.String()), 0o644))
		}
		want, err := os.ReadFile(golden)
		w.must(err)
		if b.String() != string(want) {
			t.Errorf("who may do what has changed; look at it, then go test ./internal/api -update\n%s", difference(string(want), b.String()))
		}
	})
}

// matrixRow gives what a route answers a member of a role, by relation.
func (w *world) matrixRow(p *policy, role app.Role) string {
	w.t.Helper()
	var b strings.Builder
	for _, rel := range relations {
		w.rewind()
		me, other := w.memberAs("Ada Brandt", role), w.member("Bo Lindqvist")
		photo := ""
		if p.id == "get-photo" {
			photo = other.photo()
		}
		id := rel.arrange(w, me, other)
		if id == "" {
			id = noSuchID
		}
		path := strings.NewReplacer("{member}", other.id, "{id}", id, "{question}", "met", "{size}", "96", "{hash}", photo).Replace(p.path)
		if strings.Contains(path, "{") {
			w.t.Errorf("%s: nothing fills %s", p.id, path)
		}
		fmt.Fprintf(&b, " %s=%d", strings.ReplaceAll(rel.name, " ", "-"), me.do(p.method, path, matrixBody(p, me, other)).status)
	}
	return b.String()
}

// photo gives a member a photo, and its hash.
func (c *caller) photo() string {
	c.w.t.Helper()
	var file bytes.Buffer
	c.w.must(png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, 48, 48))))
	set, err := c.client().SetPhoto(context.Background(), &file)
	c.w.must(err)
	return strings.Split(strings.TrimPrefix(set.Photo, Prefix+"/photos/"), "/")[1]
}

func matrixBody(p *policy, me, other *caller) any {
	switch p.id {
	case "send-invitation", "preflight":
		return map[string]any{"to": other.id, "note": "We met in Delft."}
	case "report-invitation":
		return map[string]any{"reason": "spam"}
	case "ask-invitation", "reply-invitation", "write-message":
		return map[string]any{"text": "Where did we meet?"}
	case "set-tie":
		return map[string]any{"tie": "met"}
	case "set-role":
		return client.Role{Role: "moderator"}
	case "set-memo":
		return map[string]any{"memo": "Knows the gauges."}
	case "accept-invitation", "snooze-invitation":
		return map[string]any{}
	case "answer":
		return map[string]any{"answer": "yes"}
	case "mark-read":
		var thread client.Messages
		other.do("POST", "/messages/"+me.id, client.Text{Text: "Good morning."}) // only a connection can
		me.get("/messages/"+other.id, &thread)
		if len(thread.Messages) == 0 {
			return client.ReadUpTo{UpTo: "00000000-0000-7000-8000-ffffffffffff"}
		}
		return client.ReadUpTo{UpTo: thread.Messages[0].ID}
	}
	return nil
}

// oneAndTheSame checks in a line that those who are not there for me are so
// alike.
func oneAndTheSame(t *testing.T, line string) {
	t.Helper()
	got := map[string]string{}
	for _, f := range strings.Fields(line)[1:] {
		name, status, _ := strings.Cut(f, "=")
		got[name] = status
	}
	if got["they-block-me"] != got["they-left"] {
		t.Errorf("a block differs from having left: %s", line)
	}
	if got["not-confirmed"] != got["nobody"] {
		t.Errorf("an account that is not confirmed differs from none: %s", line)
	}
}
