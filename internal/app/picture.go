package app

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"kith"
)

// Limits of an uploaded picture, checked before any of it is decoded: a file of
// 34 bytes can claim 1.5 GB (reliability 2.6, I1).
const (
	maxPixels = 40_000_000
	// maxOpen is how many bytes a decoded picture may take. It is 40 million
	// pixels of four bytes; those of a picture with 16 bits a channel, and the
	// working memory of a progressive JPEG, are larger.
	maxOpen = 4 * maxPixels
	// minSide is the least width and height a face can be recognised in.
	minSide = 48
	// drawQuality is of the JPEGs that are kept.
	drawQuality = 85
)

// pictureFormat is one kind of picture Kith reads.
type pictureFormat struct {
	magic  []string // what its files begin with; ? is any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// pictureFormats are read by their first bytes, whatever an upload is called.
// A table of its own: what else in the program can decode must not widen it.
var pictureFormats = [...]pictureFormat{
	{[]string{"\xff\xd8\xff"}, jpeg.DecodeConfig, jpeg.Decode},
	{[]string{"\x89PNG\r\n\x1a\n"}, png.DecodeConfig, png.Decode},
	{[]string{"RIFF????WEBPVP8"}, webp.DecodeConfig, webp.Decode},
	{[]string{"GIF87a", "GIF89a"}, gif.DecodeConfig, gif.Decode}, // Decode stops after the first frame
}

var (
	errNotPicture  = invalid("photo", "this is no picture Kith can read; send a JPEG, PNG, WebP or GIF file")
	errHugePicture = &kith.Error{Kind: kith.Limit, Field: "photo", Msg: "this picture is too large to be opened; make it smaller than 40 megapixels, a progressive JPEG smaller than 8"}
	errTinyPicture = invalid("photo", "this picture is too small; send one of at least 48 by 48 pixels")
)

// openPicture decodes a picture once, turns it the way its camera was held,
// cuts the middle square out of it and draws that on white, size pixels a side.
func openPicture(data []byte, size int) (*image.RGBA, error) {
	f := formatOf(data)
	if f == nil {
		return nil, errNotPicture
	}
	c, err := f.config(bytes.NewReader(data))
	if err != nil {
		return nil, unreadable(err)
	}
	// In 64 bits: a side may be up to 2³¹.
	pixels := int64(c.Width) * int64(c.Height)
	switch {
	case c.Width < minSide || c.Height < minSide:
		return nil, errTinyPicture
	case pixels > maxPixels, pixels*pixelBytes(data, c.ColorModel) > maxOpen:
		return nil, errHugePicture
	}
	img, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return nil, unreadable(err)
	}
	square := image.NewRGBA(image.Rect(0, 0, size, size))
	draw.Draw(square, square.Rect, image.White, image.Point{}, draw.Src)
	scale.CatmullRom.Scale(square, square.Rect, img, middle(img.Bounds()), draw.Over, nil)
	return turned(square, orientation(data)), nil
}

func unreadable(err error) error {
	return &kith.Error{Kind: kith.Invalid, Field: "photo", Msg: "this picture is damaged; open it, save it again and send that", Err: err}
}

func formatOf(data []byte) *pictureFormat {
	for i := range pictureFormats {
		for _, magic := range pictureFormats[i].magic {
			if begins(data, magic) {
				return &pictureFormats[i]
			}
		}
	}
	return nil
}

func begins(data []byte, magic string) bool {
	if len(data) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && data[i] != magic[i] {
			return false
		}
	}
	return true
}

// pixelBytes is how much memory decoding takes for each pixel, at most.
func pixelBytes(data []byte, m color.Model) int64 {
	switch {
	case progressive(data):
		return 4*4 + 4 // four components of 32 bits each, and the picture
	case m == color.RGBA64Model, m == color.NRGBA64Model:
		return 8
	}
	return 4
}

// middle is the largest square in the middle of a picture.
func middle(r image.Rectangle) image.Rectangle {
	side := min(r.Dx(), r.Dy())
	at := r.Min.Add(image.Pt((r.Dx()-side)/2, (r.Dy()-side)/2))
	return image.Rectangle{at, at.Add(image.Pt(side, side))}
}

// drawPicture gives a square picture as a JPEG of a size. Go's encoder writes
// nothing but the picture.
func drawPicture(square *image.RGBA, size int) ([]byte, error) {
	out := square
	if size != square.Rect.Dx() {
		out = image.NewRGBA(image.Rect(0, 0, size, size))
		scale.CatmullRom.Scale(out, out.Rect, square, square.Rect, draw.Src, nil)
	}
	var b bytes.Buffer
	err := jpeg.Encode(&b, out, &jpeg.Options{Quality: drawQuality})
	return b.Bytes(), err
}

// turned gives a square picture the right way up. An orientation of EXIF says
// which row and column of the file are the top and the left.
func turned(src *image.RGBA, orientation uint16) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return src
	}
	n := src.Rect.Dx()
	out := image.NewRGBA(src.Rect)
	for y := range n {
		for x := range n {
			u, v := x, y
			if orientation >= 5 { // rows are columns
				u, v = v, u
			}
			switch orientation {
			case 2, 3, 7, 8:
				u = n - 1 - u
			}
			switch orientation {
			case 3, 4, 6, 7:
				v = n - 1 - v
			}
			out.SetRGBA(x, y, src.RGBAAt(u, v))
		}
	}
	return out
}

// Markers of a JPEG's segments.
const (
	markerSOF2 = 0xc2 // a progressive frame
	markerSOS  = 0xda // pixels begin
	markerAPP1 = 0xe1 // EXIF among others
)

// segments calls yield for the segments of a JPEG before its pixels, until it
// returns false. Anything else has none.
func segments(data []byte, yield func(marker byte, body []byte) bool) {
	if !begins(data, "\xff\xd8") {
		return
	}
	for rest := data[2:]; len(rest) >= 4; {
		n := int(binary.BigEndian.Uint16(rest[2:]))
		marker := rest[1]
		switch {
		case rest[0] != 0xff:
			return
		case marker == 0xff: // a filling byte
			rest = rest[1:]
			continue
		case marker == markerSOS, n < 2, 2+n > len(rest):
			return
		}
		if !yield(marker, rest[4:2+n]) {
			return
		}
		rest = rest[2+n:]
	}
}

// progressive reports whether a JPEG is one that is held in memory whole twice
// while it is decoded.
func progressive(data []byte) (yes bool) {
	segments(data, func(marker byte, _ []byte) bool {
		yes = marker == markerSOF2
		return !yes
	})
	return yes
}

// orientation reads how a JPEG's camera was held, 1 to 8; 0 if it does not say.
func orientation(data []byte) (o uint16) {
	segments(data, func(marker byte, body []byte) bool {
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == markerAPP1 {
			o = tiffOrientation(tiff)
			return false
		}
		return true
	})
	return o
}

// tiffOrientation reads the tag 0x0112 of the first directory of a TIFF block.
func tiffOrientation(tiff []byte) uint16 {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case begins(tiff, "MM\x00*????"):
		order = binary.BigEndian
	case !begins(tiff, "II*\x00????"):
		return 0
	}
	const entry, tag, short = 12, 0x0112, 3
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 0
	}
	rest := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(rest) < entry {
			return 0
		}
		if order.Uint16(rest) == tag && order.Uint16(rest[2:]) == short {
			return order.Uint16(rest[8:])
		}
		rest = rest[entry:]
	}
	return 0
}
