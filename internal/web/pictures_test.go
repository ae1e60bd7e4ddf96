package web

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"kith/internal/app"
)

var picturesTo = flag.String("pictures", "", "write pictures of the main pages into this folder")

// mostPicture is how many bytes a picture in the documents may have.
const mostPicture = 150_000

// pictured are the main pages, by the names of their pictures.
var pictured = []struct{ name, path string }{
	{"desk", "/?open={letter}"},
	{"first-run", "/goals?first=1&look=1&goal=grow-in-field"},
	{"bring", "/bring"},
	{"write", "/write/{someone}"},
	{"why", "/why/{letter}"},
	{"duties", "/duties"},
	{"people", "/people"},
	{"end", "/"},
}

// screens are the sizes they are shown in.
var screens = []struct {
	name          string
	width, height int64
}{{"", 1440, 1000}, {"-phone", 390, 844}}

// Pictures of the main pages of the invented community, light and dark, small
// enough for the documents:
//
//	scripts/browser go test ./internal/web -run Pictures -pictures ../../docs/pictures
func TestPictures(t *testing.T) {
	t.Parallel()
	if *picturesTo == "" {
		t.Log("no folder for pictures is given")
		return
	}
	f := newFilled(t, 0)
	w := f.window(t)
	w.signIn(f.Email, f.Password)
	for _, p := range pictured {
		if p.name == "end" {
			f.clearsDesk()
		}
		for _, screen := range screens {
			for theme, dark := range map[string]bool{"light": false, "dark": true} {
				w.dark(dark)
				w.do(w.size(screen.width, screen.height))
				w.open(f.address(p.path))
				var shot []byte
				w.do(chromedp.Evaluate(`document.fonts.ready.then(() => new Promise(requestAnimationFrame)).then(() => 0)`, nil, await), chromedp.CaptureScreenshot(&shot))
				name := "pages-" + p.name + screen.name + "-" + theme + ".png"
				small, err := reduced(shot)
				f.must(err)
				if len(small) > mostPicture {
					t.Errorf("%s has %d bytes, at most %d", name, len(small), mostPicture)
				}
				f.must(os.WriteFile(filepath.Join(*picturesTo, name), small, 0o644))
			}
		}
	}
}

// clearsDesk decides about everything on the desk as Kith says, firm or not.
func (f *filled) clearsDesk() {
	f.t.Helper()
	ctx := f.t.Context()
	for {
		cards, _, err := f.app.Inbox(ctx, f.who, app.InboxQuery{Limit: 200})
		f.must(err)
		if len(cards) == 0 {
			return
		}
		for i := range cards {
			f.must(f.app.Settle(ctx, f.who, cards[i].Invitation, []app.Choice{"decline", "decline", "accept"}[i%3]))
		}
	}
}

// unlike reports whether two colours can be told apart where they lie side by
// side, as in a shadow.
func unlike(a, b color.RGBA) bool {
	apart := func(x, y uint8) int { return (int(x) - int(y)) * (int(x) - int(y)) }
	return apart(a.R, b.R)+apart(a.G, b.G)+apart(a.B, b.B) > 6
}

// reduced draws a picture with the colours it has most of, at most 256 that can
// be told apart.
func reduced(data []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	many := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(full.At(x, y)).(color.RGBA) }
	b := full.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			many[at(x, y)]++
		}
	}
	var used color.Palette
	for _, c := range slices.SortedFunc(maps.Keys(many), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(many[b], many[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	}) {
		if len(used) < 256 && (len(used) == 0 || unlike(c, used.Convert(c).(color.RGBA))) {
			used = append(used, c)
		}
	}
	out, nearest := image.NewPaletted(b, used), map[color.RGBA]uint8{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := at(x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(used.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var small bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, out)
	return small.Bytes(), err
}
