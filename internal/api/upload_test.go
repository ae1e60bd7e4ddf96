package api

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"kith/client"
)

func TestUploadsAreDoneOnceForAKey(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		me, ctx := w.member("Ines Falk").client(), client.WithKey(t.Context(), "first")
		card := func() client.File {
			return client.File{Name: "book.vcf", Reader: strings.NewReader("BEGIN:VCARD\nVERSION:3.0\nFN:Mara Quillon\nEND:VCARD\n")}
		}
		first, err := me.Import(ctx, card())
		w.must(err)
		again, err := me.Import(ctx, card())
		w.must(err)
		if again.ID != first.ID || len(first.Names) != 1 {
			t.Errorf("one key made %+v and %+v", first, again)
		}
		other, err := me.Import(client.WithKey(t.Context(), "second"), card())
		w.must(err)
		if runs, err := me.Imports(t.Context(), client.Page{}); err != nil || len(runs.Imports) != 2 || other.ID == first.ID {
			t.Errorf("two keys made the runs %+v (%v)", runs, err)
		}
		picture := func(side int) *bytes.Reader {
			var file bytes.Buffer
			w.must(png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, side, side))))
			return bytes.NewReader(file.Bytes())
		}
		ctx = client.WithKey(t.Context(), "third")
		photo, err := me.SetPhoto(ctx, picture(80))
		w.must(err)
		if same, err := me.SetPhoto(ctx, picture(2)); err != nil || same != photo {
			t.Errorf("one key made %+v and %+v (%v)", photo, same, err)
		}
	})
}
