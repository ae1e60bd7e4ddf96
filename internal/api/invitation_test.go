package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"kith/client"
)

// cookied sends requests with a session's cookie.
type cookied string

func (c cookied) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("Cookie", string(c))
	return http.DefaultTransport.RoundTrip(r)
}

// friend gives a new member's id and the typed client they use.
func (w *world) friend(name string) (string, *client.Client) {
	w.t.Helper()
	who := w.member(name)
	c := client.New(w.server.URL, "")
	c.HTTP = &http.Client{Transport: cookied(who.cookie)}
	return who.id, c
}

// ok is for calls that have to succeed.
func ok[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// The life of one invitation over HTTP, through every route of it.
func TestALifeOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		inv, conn := ok[client.Invitation](t), ok[client.Connection](t)
		adaID, ada := w.friend("Ada Brandt")
		benID, ben := w.friend("Ben Osei")

		i := inv(ada.Invite(ctx, client.Invite{To: benID, Note: "We met at the fair.", Tie: "met"}))
		if got := inv(ben.Invitation(ctx, i.ID)); got.Note != i.Note || got.Other.Name != "Ada Brandt" || got.Box != "received" || got.Course != "running" {
			t.Errorf("%+v", got)
		}
		inv(ben.Ignore(ctx, i.ID))
		inv(ben.Decline(ctx, i.ID))
		inv(ben.Reopen(ctx, i.ID))
		inv(ben.Ask(ctx, i.ID, "Which fair?"))
		if n := ok[client.InvitationCounts](t)(ben.InvitationCounts(ctx)); n != (client.InvitationCounts{Asked: 1}) {
			t.Errorf("%+v", n)
		}
		inv(ada.Reply(ctx, i.ID, "The harvest fair."))
		accept := client.Acceptance{Tie: "close", See: "propose", Greeting: "Of course!"}
		once := client.WithKey(ctx, "accept-it")
		first := inv(ben.Accept(once, i.ID, accept))
		if again := inv(ben.Accept(once, i.ID, accept)); again != first || first.Answer != "accepted" || !first.Connected {
			t.Errorf("first %+v\nagain %+v", first, again)
		}
		if got := inv(ada.Invitation(ctx, i.ID)); got.Course != "fulfilled" || got.Answer != "" || got.Reply != "The harvest fair." {
			t.Errorf("%+v", got)
		}

		c := conn(ben.Connection(ctx, adaID))
		if c.Tie != "close" || c.See != "propose" || c.Opening == nil || c.Opening.Text != "Of course!" || c.Met.ID != i.ID {
			t.Errorf("%+v", c)
		}
		if c := conn(ada.SetTie(ctx, benID, "network")); c.Tie != "network" || c.See != "" {
			t.Errorf("%+v", c)
		}
		conn(ada.SetMemo(ctx, benID, "keeps bees"))
		if list := ok[client.Connections](t)(ada.Connections(ctx, client.Page{})); len(list.Connections) != 1 || list.Connections[0].Memo != "keeps bees" {
			t.Errorf("%+v", list)
		}
		w.messages(ctx, benID, ada, ben)

		if err := ada.RemoveConnection(ctx, benID); err != nil {
			t.Error(err)
		}
		if err := ben.Block(ctx, adaID); err != nil {
			t.Error(err)
		}
		if list := ok[client.Blocks](t)(ben.Blocks(ctx, client.Page{})); len(list.Blocks) != 1 || list.Blocks[0].Name != "Ada Brandt" {
			t.Errorf("%+v", list)
		}
		if _, err := ada.Invite(ctx, client.Invite{To: benID}); client.Status(err) != http.StatusNotFound {
			t.Errorf("to somebody who blocks: %v", err)
		}
		if err := ben.Unblock(ctx, adaID); err != nil {
			t.Error(err)
		}
		again := inv(ada.Invite(ctx, client.Invite{To: benID}))
		inv(ben.DontKnow(ctx, again.ID))
		inv(ben.Reopen(ctx, again.ID))
		inv(ben.ReportInvitation(ctx, again.ID, client.Complaint{Reason: "spam", Words: "again and again"}))
		if got := inv(ada.Withdraw(ctx, again.ID)); got.Course != "withdrawn" || got.AgainAt.IsZero() {
			t.Errorf("%+v", got)
		}
	})
}

// messages writes and reads, of two who are connected with one message so far.
func (w *world) messages(ctx context.Context, benID string, ada, ben *client.Client) {
	w.t.Helper()
	threads, page := ok[client.Threads](w.t), ok[client.Messages](w.t)
	for n := range 5 {
		ok[client.Message](w.t)(ada.Write(ctx, benID, fmt.Sprint("letter ", n)))
	}
	list := threads(ben.Threads(ctx, client.Page{}))
	if len(list.Threads) != 1 || list.Threads[0].Unread != 5 || list.Threads[0].Newest.Text != "letter 4" {
		w.t.Fatalf("%+v", list)
	}
	adaID := list.Threads[0].Other.ID
	var texts []string
	for p := (client.Page{Limit: 4}); ; {
		m := page(ben.Thread(ctx, adaID, p))
		for _, m := range m.Messages {
			texts = append(texts, m.Text)
		}
		if p.After = m.Next; p.After == "" {
			break
		}
		if _, err := ben.Threads(ctx, p); client.Status(err) != http.StatusUnprocessableEntity {
			w.t.Errorf("a cursor of another list: %v", err)
		}
	}
	if len(texts) != 6 || texts[5] != "Of course!" {
		w.t.Errorf("%q", texts)
	}
	if err := ben.MarkRead(ctx, adaID, list.Threads[0].Newest.ID); err != nil {
		w.t.Error(err)
	}
	if n, err := ben.Unread(ctx); err != nil || n.Unread != 0 {
		w.t.Errorf("%+v %v", n, err)
	}
	if n, err := ada.Unread(ctx); err != nil || n.Unread != 1 {
		w.t.Errorf("%+v %v", n, err)
	}
}

// What could be no id, no cursor, no word is refused with the field named, and
// alike on both databases.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		_, ada := w.friend("Ada Brandt")
		ctx := t.Context()
		for name, c := range map[string]struct {
			err  error
			want int
		}{
			"an id with NUL":           {second(ada.Invitation(ctx, "a\x00")), http.StatusUnprocessableEntity},
			"an id of bad UTF-8":       {second(ada.Connection(ctx, "\xff")), http.StatusUnprocessableEntity},
			"nobody's id":              {second(ada.Invite(ctx, client.Invite{To: "nobody"})), http.StatusNotFound},
			"an unknown tie":           {second(ada.Invite(ctx, client.Invite{To: "nobody", Tie: "best"})), http.StatusUnprocessableEntity},
			"an unknown reason":        {second(ada.ReportInvitation(ctx, "x", client.Complaint{Reason: "dislike"})), http.StatusUnprocessableEntity},
			"no cursor":                {second(ada.Received(ctx, client.Page{After: "???"})), http.StatusUnprocessableEntity},
			"a cursor with NUL":        {second(ada.Received(ctx, client.Page{After: "cmVjZWl2ZWQgMSAA"})), http.StatusUnprocessableEntity},
			"a long message":           {second(ada.Write(ctx, "nobody", strings.Repeat("x", 60_000))), http.StatusUnprocessableEntity},
			"block nobody":             {ada.Block(ctx, "nobody"), http.StatusNotFound},
			"unblock nobody":           {ada.Unblock(ctx, "nobody"), http.StatusNotFound},
			"read what is not there":   {ada.MarkRead(ctx, "nobody", "nothing"), http.StatusNotFound},
			"remove what is not there": {ada.RemoveConnection(ctx, "nobody"), http.StatusNotFound},
		} {
			if got := client.Status(c.err); got != c.want {
				t.Errorf("%s: %d %v, want %d", name, got, c.err, c.want)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }
