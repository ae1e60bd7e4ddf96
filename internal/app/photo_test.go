package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"kith"
)

// picture gives a member a photo and its hash.
func (w *world) picture(who Actor) string {
	w.t.Helper()
	hash, err := w.SetPhoto(w.t.Context(), who, "", bytes.NewReader(jpegOf(w.t, quarters(120, 90))))
	w.must(err)
	return hash
}

// The colours of the quarters of a test picture: top left, top right, bottom
// left, bottom right.
var quarter = [4]color.RGBA{{200, 0, 0, 255}, {0, 180, 0, 255}, {0, 0, 200, 255}, {240, 240, 240, 255}}

func quarters(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, quarter[2*(2*y/h)+2*x/w])
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const canary = "CANARY-51.4416-5.4697"

// exif puts metadata of every kind into a JPEG: EXIF with an orientation and a
// place, XMP, a colour profile, a comment.
func exif(file []byte, order binary.AppendByteOrder, orientation uint16) []byte {
	magic := "MM\x00*"
	if order == binary.LittleEndian {
		magic = "II*\x00"
	}
	tiff := order.AppendUint32([]byte("Exif\x00\x00"+magic), 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, tag := range []struct{ id, value uint16 }{{0x0103, 6}, {0x0112, orientation}} {
		tiff = order.AppendUint16(tiff, tag.id)
		tiff = order.AppendUint16(tiff, 3)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, tag.value)
		tiff = order.AppendUint16(tiff, 0)
	}
	out := append([]byte{}, file[:2]...)
	for _, s := range []struct {
		marker byte
		body   []byte
	}{{0xe1, append(tiff, canary...)}, {0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00" + canary)}, {0xe2, []byte("ICC_PROFILE\x00" + canary)}, {0xfe, []byte(canary)}} {
		out = append(out, 0xff, s.marker)
		out = binary.BigEndian.AppendUint16(out, uint16(len(s.body)+2))
		out = append(out, s.body...)
	}
	return append(out, file[2:]...)
}

// pngChunk puts a chunk behind a PNG's header.
func pngChunk(file []byte, kind, body string) []byte {
	const header = 8 + 25
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(chunk, kind+body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE([]byte(kind+body)))
	return append(append(append([]byte{}, file[:header]...), chunk...), file[header:]...)
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gifOf(t testing.TB, frames int) []byte {
	t.Helper()
	all := &gif.GIF{}
	for i := range frames {
		img := image.NewPaletted(image.Rect(0, 0, 80, 60), palette.Plan9)
		for j := range img.Pix {
			img.Pix[j] = byte(i)
		}
		all.Image, all.Delay = append(all.Image, img), append(all.Delay, 1)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, all); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webpFile is a lossless WebP of one colour, 64 by 64: every pixel takes no bits.
func webpFile() []byte {
	var bits []byte
	n := 0
	put := func(v, count int) {
		for i := range count {
			if n%8 == 0 {
				bits = append(bits, 0)
			}
			bits[n/8] |= byte(v>>i&1) << (n % 8)
			n++
		}
	}
	put(0x2f, 8)
	put(63, 14) // width, height
	put(63, 14)
	put(0, 1+3)                                 // no alpha, version
	put(0, 1+1+1)                               // no transform, no cache of colours, one set of codes
	for _, v := range []int{90, 160, 70, 255} { // green, red, blue, alpha
		put(1, 1) // a simple code
		put(0, 1) // of one symbol
		put(1, 1) // of 8 bits
		put(v, 8)
	}
	put(1, 1) // the code of distances: symbol 0 in one bit
	put(0, 1+1+1)
	if len(bits)%2 == 1 {
		bits = append(bits, 0)
	}
	out := []byte("RIFF")
	out = binary.LittleEndian.AppendUint32(out, uint32(4+8+len(bits)))
	out = append(out, "WEBPVP8L"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(bits)))
	return append(out, bits...)
}

// Of a photo only pixels are kept, in two squares.
func TestPhotoHoldsOnlyPixels(t *testing.T) {
	t.Parallel()
	files := map[string][]byte{
		"jpeg": exif(jpegOf(t, quarters(300, 200)), binary.BigEndian, 1),
		"png": pngChunk(pngChunk(pngChunk(pngOf(t, quarters(64, 64)), "iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+canary),
			"tEXt", "Comment\x00"+canary), "eXIf", "MM\x00*"+canary),
		"gif":      append(gifOf(t, 3), canary...),
		"webp":     append(webpFile(), canary...),
		"polyglot": append(jpegOf(t, quarters(50, 50)), "<script>"+canary+"</script>"...),
		"cmyk":     jpegOf(t, image.NewGray(image.Rect(0, 0, 4000, 60))),
		"deep":     pngOf(t, image.NewNRGBA64(image.Rect(0, 0, 48, 48))),
	}
	eachWorld(t, func(t *testing.T, w *world) {
		who, other := w.member("Ines Falk"), w.member("Bo Lind")
		for name, file := range files {
			hash, err := w.SetPhoto(t.Context(), who, "", bytes.NewReader(file))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, size := range PhotoSizes {
				data, err := w.Photo(t.Context(), other, who.ID, hash, size)
				w.must(err)
				if bytes.Contains(data, []byte("CANARY")) {
					t.Errorf("%s, %d: what the file said beside its pixels is kept", name, size)
				}
				bare(t, data, size)
			}
		}
		p, err := w.Person(t.Context(), other, who.ID)
		if err != nil || len(p.Photo) != 32 {
			t.Errorf("the profile names the photo %q, %v", p.Photo, err)
		}
		if _, err := w.Photo(t.Context(), other, who.ID, p.Photo, 97); kith.KindOf(err) != kith.NotFound {
			t.Errorf("a size there is not: %v", err)
		}
		w.must(w.DropPhoto(t.Context(), who))
		if _, err := w.Photo(t.Context(), other, who.ID, p.Photo, 96); kith.KindOf(err) != kith.NotFound {
			t.Errorf("dropped, it is there: %v", err)
		}
	})
}

// bare fails unless a file is a JPEG of a size with nothing in it but what
// decoding needs.
func bare(t testing.TB, file []byte, size int) {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil || img.Bounds() != image.Rect(0, 0, size, size) {
		t.Fatalf("no JPEG of %d pixels: %v", size, err)
	}
	segments(file, func(marker byte, _ []byte) bool {
		if marker >= 0xe0 && marker <= 0xef || marker == 0xfe {
			t.Errorf("a segment %x of metadata", marker)
		}
		return true
	})
	for _, word := range []string{"Exif", "iTXt", "eXIf", "ICC_", "<x:xmp"} {
		if bytes.Contains(file, []byte(word)) {
			t.Errorf("%s in the file", word)
		}
	}
}

// A picture stands as its camera was held, in both byte orders.
func TestPhotoStandsUpright(t *testing.T) {
	t.Parallel()
	// Where the quarters of the file are to be seen, for each orientation.
	for o, want := range map[uint16][4]int{
		0: {0, 1, 2, 3}, 1: {0, 1, 2, 3}, 2: {1, 0, 3, 2}, 3: {3, 2, 1, 0}, 4: {2, 3, 0, 1},
		5: {0, 2, 1, 3}, 6: {2, 0, 3, 1}, 7: {3, 1, 2, 0}, 8: {1, 3, 0, 2}, 9: {0, 1, 2, 3},
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			img, err := openPicture(exif(jpegOf(t, quarters(200, 200)), order, o), 80)
			if err != nil {
				t.Fatal(err)
			}
			for i, from := range want {
				got := img.RGBAAt(20+40*(i%2), 20+40*(i/2))
				if near := quarter[from]; apart(got.R, near.R) || apart(got.G, near.G) || apart(got.B, near.B) {
					t.Errorf("orientation %d, quarter %d is %v, not %v", o, i, got, near)
				}
			}
		}
	}
}

func apart(x, y uint8) bool { return max(x, y)-min(x, y) > 30 }

// A picture without anything behind it stands on white.
func TestPhotoOnWhite(t *testing.T) {
	t.Parallel()
	img, err := openPicture(pngOf(t, image.NewNRGBA(image.Rect(0, 0, 60, 60))), 50)
	if err != nil || img.RGBAAt(25, 25) != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("%v, %v", img.RGBAAt(25, 25), err)
	}
}

// T-EVIL: files that claim much, end early or are something else.
func TestEvilPictures(t *testing.T) {
	t.Parallel()
	sof := func(marker byte, w, h uint16, components byte) []byte {
		out := []byte{0xff, 0xd8, 0xff, marker, 0, 8 + 3*components, 8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), components}
		for i := range components {
			out = append(out, i+1, 0x11, 0)
		}
		return append(out, 0xff, 0xda, 0, 12)
	}
	header := func(w, h uint32, depth byte) []byte {
		body := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
		body = append(body, depth, 6, 0, 0, 0)
		out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), body...)
		return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	}
	bomb, err := base64.StdEncoding.DecodeString("R0lGODlhQJxAnIAAAAAAAP///yH5BAEAAAAALAAAAABAnECcAAACAkQBADs=") // 40,000 by 40,000
	if err != nil {
		t.Fatal(err)
	}
	whole := jpegOf(t, quarters(100, 100))
	for name, c := range map[string]struct {
		file []byte
		kind kith.Kind
	}{
		"nothing":              {nil, kith.Invalid},
		"a text":               {[]byte("hello"), kith.Invalid},
		"a drawing":            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), kith.Invalid},
		"a page":               {[]byte("<html>"), kith.Invalid},
		"a HEIC":               {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), kith.Invalid},
		"a TIFF":               {[]byte("II*\x00\x08\x00\x00\x00"), kith.Invalid},
		"a GIF bomb":           {bomb, kith.Limit},
		"a PNG bomb":           {header(50_000, 50_000, 8), kith.Limit},
		"a PNG over 2³¹":       {header(1<<31-1, 1<<31-1, 8), kith.Invalid},
		"a deep PNG":           {header(5_000, 5_000, 16), kith.Limit},
		"a JPEG bomb":          {sof(0xc0, 65_500, 65_500, 3), kith.Limit},
		"a progressive JPEG":   {sof(0xc2, 4_000, 4_000, 3), kith.Limit},
		"a progressive CMYK":   {sof(0xc2, 3_000, 3_000, 4), kith.Limit},
		"a dot":                {pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1))), kith.Invalid},
		"a line":               {pngOf(t, image.NewGray(image.Rect(0, 0, 5_000, 3))), kith.Invalid},
		"half a JPEG":          {whole[:len(whole)/2], kith.Invalid},
		"a JPEG's beginning":   {whole[:3], kith.Invalid},
		"an empty RIFF":        {[]byte("RIFF\x04\x00\x00\x00WEBPVP8 "), kith.Invalid},
		"a PNG without pixels": {header(100, 100, 8), kith.Invalid},
		"too many bytes":       {append(whole, make([]byte, MaxPhoto)...), kith.Limit},
	} {
		a := &App{}
		_, err := a.SetPhoto(t.Context(), Actor{ID: "x", Scopes: ScopeProfile}, "", bytes.NewReader(c.file))
		if kith.KindOf(err) != c.kind || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzOpenPicture(f *testing.F) {
	f.Add(exif(jpegOf(f, quarters(60, 60)), binary.LittleEndian, 6))
	f.Add(pngOf(f, quarters(50, 50)))
	f.Add(gifOf(f, 2))
	f.Add(webpFile())
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) > 1<<16 {
			return
		}
		c := image.Config{}
		if format := formatOf(file); format != nil {
			c, _ = format.config(bytes.NewReader(file))
		}
		if c.Width*c.Height > 1<<20 {
			return // allowed, and slow
		}
		img, err := openPicture(file, PhotoSizes[1])
		if err != nil {
			if k := kith.KindOf(err); k != kith.Invalid && k != kith.Limit {
				t.Fatal(err)
			}
			return
		}
		data, err := drawPicture(img, PhotoSizes[1])
		if err != nil {
			t.Fatal(err)
		}
		bare(t, data, PhotoSizes[1])
	})
}
