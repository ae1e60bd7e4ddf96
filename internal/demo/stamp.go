package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"

	"kith/internal/app"
	"kith/internal/store"
)

// Photos are the pictures of postage stamps of no country: a sky, a sun, hills
// and water. There are so many different ones; the first is the first member's.
const stamps = 240

// stamp is a drawn photo in the sizes photos are kept in.
type stamp struct {
	hash     string
	pictures []store.Picture
}

// inks are the colours one stamp is printed with.
type inks struct{ sky, sun, far, near, water uint32 } // 0xRRGGBB

var inkwells = [...]inks{
	{0xdfe5e0, 0xd98a52, 0x9db0a5, 0x5d7a70, 0x3f5c66},
	{0xf0e2cc, 0xc65f43, 0xc9a98a, 0x8a6a55, 0x4f4a4d},
	{0xd3dde8, 0xe3b464, 0x93a7bf, 0x56708f, 0x2f4a66},
	{0xe9d9d3, 0xb9483f, 0xc49a92, 0x84605f, 0x4a5763},
	{0xe4e6d0, 0xdfa23b, 0xaeb487, 0x6f7d4f, 0x46604f},
	{0xdcd7e6, 0xe09a6a, 0xa89fc0, 0x6b648c, 0x3f4468},
	{0xf3e7d9, 0x7d9aa8, 0xd8b99a, 0xa67f63, 0x5f6f73},
	{0xcfe0de, 0xd4644a, 0x87aaa9, 0x4d7776, 0x2d4f58},
	{0xefe3e0, 0x8c5f7b, 0xcdb0b4, 0x93788a, 0x57546e},
	{0x2f3b52, 0xf0dca6, 0x4d5d78, 0x25304a, 0x182238},
}

// drawing is what a stamp shows. Lengths are shares of its side.
type drawing struct {
	sky, sun         color.RGBA
	ground           [3]color.RGBA // far, near, water
	sunX, sunY, sunR float64
	waves            [3]wave
}

// wave is the upper edge of a piece of ground.
type wave struct{ height, swing, length, phase float64 }

// quality is of the JPEGs.
const quality = 82

// drawStamps draws all stamps, on all processors. A stamp's number is its seed.
func drawStamps() ([]stamp, error) {
	out, errs := make([]stamp, stamps+1), make([]error, stamps+1)
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for n := 1 + w; n <= stamps; n += workers {
				out[n], errs[n] = newStamp(uint64(n))
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func newStamp(n uint64) (s stamp, err error) {
	d := newDrawing(rand.New(rand.NewPCG(seed, n)))
	for _, size := range app.PhotoSizes {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, d.draw(size), &jpeg.Options{Quality: quality}); err != nil {
			return s, err
		}
		s.pictures = append(s.pictures, store.Picture{Size: size, Data: b.Bytes()})
	}
	sum := sha256.Sum256(s.pictures[0].Data)
	s.hash = hex.EncodeToString(sum[:16])
	return s, nil
}

func newDrawing(dice *rand.Rand) *drawing {
	in := inkwells[dice.IntN(len(inkwells))]
	d := &drawing{
		sky: ink(in.sky), sun: ink(in.sun), ground: [3]color.RGBA{ink(in.far), ink(in.near), ink(in.water)},
		sunX: 0.2 + 0.6*dice.Float64(), sunY: 0.15 + 0.35*dice.Float64(), sunR: 0.07 + 0.1*dice.Float64(),
	}
	for i := range d.waves {
		d.waves[i] = wave{0.44 + 0.17*float64(i) + 0.08*dice.Float64(), 0.02 + 0.07*dice.Float64(), 3 + 8*dice.Float64(), 6 * dice.Float64()}
	}
	return d
}

func ink(c uint32) color.RGBA { return color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255} }

// draw paints the stamp, column by column: what changes along a piece of ground
// is its height alone.
func (d *drawing) draw(size int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	side := float64(size)
	for px := range size {
		x := (float64(px) + 0.5) / side
		var tops [3]float64
		for i, w := range d.waves {
			tops[i] = w.height + w.swing*math.Sin(w.length*x+w.phase)
		}
		for py := range size {
			img.SetRGBA(px, py, d.at(x, (float64(py)+0.5)/side, &tops))
		}
	}
	return img
}

// at is the colour at a place.
func (d *drawing) at(x, y float64, tops *[3]float64) color.RGBA {
	for i := len(tops) - 1; i >= 0; i-- {
		if y > tops[i] {
			return d.ground[i]
		}
	}
	if (x-d.sunX)*(x-d.sunX)+(y-d.sunY)*(y-d.sunY) < d.sunR*d.sunR {
		return d.sun
	}
	return d.sky
}
