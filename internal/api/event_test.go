package api

import (
	"bytes"
	"net/http"
	"testing"

	"kith/client"
)

// A member reads their news, marks them seen, and they are counted no more.
func TestNewsAreMarkedSeen(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ben := w.member("Ben Osei")
		for _, name := range []string{"Ada Brandt", "Cem Oz"} {
			w.member(name).post("/invitations", map[string]any{"to": ben.id}, nil)
		}
		get, page := ok[client.Notices](t), client.Page{Limit: 1}
		first := get(ben.client().Notices(t.Context(), page))
		if len(first.Notices) != 1 || first.Notices[0].Kind != "invited" || first.Unread != 2 || first.Next != first.Notices[0].Cursor {
			t.Fatalf("the first page is %+v", first)
		}
		page.After = first.Next
		older := get(ben.client().Notices(t.Context(), page))
		if len(older.Notices) != 1 || older.Notices[0].Other == first.Notices[0].Other {
			t.Fatalf("the second page is %+v", older)
		}
		w.must(ben.client().MarkSeen(t.Context(), older.Notices[0].Cursor))
		if n := get(ben.client().Notices(t.Context(), client.Page{})); n.Unread != 1 || n.Seen != older.Notices[0].Cursor {
			t.Errorf("one was seen: %+v", n)
		}
		if err := ben.client().MarkSeen(t.Context(), "-1"); client.Status(err) != http.StatusUnprocessableEntity {
			t.Errorf("no cursor: %v", err)
		}
	})
}

// An export's secret goes in a body: no address holds it, and no reading uses it
// up.
func TestAnExportIsDownloadedByItsSecret(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		asked := ok[client.Export](t)(ada.client().AskExport(t.Context(), client.Proof{}))
		if a := ada.do(http.MethodGet, "/export/"+asked.Secret, nil); a.status != http.StatusNotFound {
			t.Errorf("its address answers %v", a)
		}
		var archive bytes.Buffer
		w.must(ada.client().Download(t.Context(), asked.Secret, &archive))
		if !bytes.HasPrefix(archive.Bytes(), []byte("PK")) {
			t.Errorf("%d bytes that are no archive", archive.Len())
		}
		if err := ada.client().Download(t.Context(), asked.Secret, &archive); client.Status(err) != http.StatusNotFound {
			t.Errorf("downloaded twice: %v", err)
		}
	})
}
