package api

import (
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"kith/client"
)

const invitations = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n" +
	"Mara Quillon,Ada Brandt,\"2/20/26, 9:00 AM\",We met in Ghent,INCOMING,https://www.linkedin.com/in/mara-quillon,https://www.linkedin.com/in/ada-brandt\n"

func TestAnImportOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, eve := w.member("Ada Brandt").client(), w.member("Eve Stone").client()
		run, err := ada.Import(ctx, client.File{Name: "../Invitations.csv", Reader: strings.NewReader(invitations)},
			client.File{Name: "me.png", Reader: strings.NewReader("\x89PNG\r\n\x1a\n")})
		w.must(err)
		if run.State != "waiting" || len(run.Names) != 2 || run.Names[0] != "Invitations.csv" {
			t.Errorf("the upload is answered with %+v", run)
		}
		w.drain()
		run, err = ada.ImportOne(ctx, run.ID)
		w.must(err)
		if run.State != "done" || len(run.Files) != 2 || run.Nouns != 1 {
			t.Fatalf("the run ended as %+v", run)
		}
		page, err := ada.Elsewhere(ctx, "", "", client.Page{})
		w.must(err)
		if len(page.Elsewhere) != 1 {
			t.Fatalf("there are %+v", page)
		}
		e := page.Elsewhere[0]
		if e.Name != "Mara Quillon" || e.Note != "We met in Ghent" || e.Link != "https://www.linkedin.com/in/mara-quillon" || e.State != "open" {
			t.Errorf("it is %+v", e)
		}
		w.must(ada.AskedElsewhere(ctx, e.ID))
		w.must(ada.AnsweredElsewhere(ctx, e.ID, true))
		w.must(ada.SnoozeElsewhere(ctx, e.ID, w.now().Add(24*time.Hour)))
		w.must(ada.DoneElsewhere(ctx, e.ID, "accepted"))
		if e, err = ada.ElsewhereOne(ctx, e.ID); err != nil || e.State != "done" || e.Did != "accepted" || e.Answer != "yes" {
			t.Errorf("it is %+v (%v)", e, err)
		}
		w.must(ada.ReopenElsewhere(ctx, e.ID))
		found, err := ada.Contacts(ctx, "quil", client.Page{})
		w.must(err)
		if len(found.Contacts) != 1 {
			t.Fatalf("found are %+v", found)
		}
		one := client.Page{Limit: 1} // and there is one of each
		contacts, err := ada.Contacts(ctx, "quil", one)
		w.must(err)
		there, err := ada.Elsewhere(ctx, "", "all", one)
		w.must(err)
		runs, err := ada.Imports(ctx, one)
		w.must(err)
		if contacts.Next+there.Next+runs.Next != "" {
			t.Errorf("lists go on behind their end: %q, %q, %q", contacts.Next, there.Next, runs.Next)
		}
		detail, err := ada.Contact(ctx, found.Contacts[0].ID)
		w.must(err)
		if len(detail.Invitations) != 1 || detail.Kept["invitation"] != 1 {
			t.Errorf("the contact is %+v", detail)
		}
		if _, err := eve.Contact(ctx, detail.ID); client.Status(err) != http.StatusNotFound {
			t.Errorf("Eve gets %v", err)
		}
		w.must(ada.DropContact(ctx, detail.ID))
		w.must(ada.DropImport(ctx, run.ID))
		w.drain()
		if list, err := ada.Imports(ctx, client.Page{}); err != nil || len(list.Imports) != 0 {
			t.Errorf("left are %+v (%v)", list, err)
		}
	})
}

func TestBadUploads(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		if a := ada.do(http.MethodPost, "/imports", map[string]string{"file": "x"}); a.status != http.StatusUnprocessableEntity {
			t.Errorf("JSON is answered with %d %s", a.status, a.body)
		}
		if _, err := ada.client().Import(t.Context()); client.Status(err) != http.StatusUnprocessableEntity {
			t.Errorf("no file is answered with %v", err)
		}
		cut := iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(invitations)))
		if _, err := ada.client().Import(t.Context(), client.File{Name: "cut.csv", Reader: cut}); err == nil {
			t.Error("a cut upload is accepted")
		}
		// Whoever cut it is gone before the service has noticed.
		var kept []client.Import
		for range 500 {
			w.ahead.Add(time.Minute.Microseconds()) // asking is limited by the minute
			list, err := ada.client().Imports(t.Context(), client.Page{})
			w.must(err)
			if kept = list.Imports; len(kept) == 0 {
				return
			}
		}
		t.Errorf("kept are %+v", kept)
	})
}
