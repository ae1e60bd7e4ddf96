package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

// Font gives one of the fonts of all pages (OFL-1.1), for a page that is kept as
// a file; nil if none has this name.
func Font(name string) []byte {
	data, err := static.ReadFile("static/" + name)
	if err != nil {
		return nil
	}
	return data
}

// assets are the embedded files under names that change with what is in them,
// so that browsers may keep them for ever.
type assets struct {
	hash  string // of all: relative names inside a style sheet stay right
	files map[string]asset
}

// asset is one file; small is the same compressed, where that is worth it.
type asset struct{ data, small []byte }

const assetPrefix = "/static/"

func newAssets() (*assets, error) {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	a := &assets{files: map[string]asset{}}
	sum := sha256.New()
	err = fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sub, name)
		sum.Write([]byte(name))
		sum.Write(data)
		a.files[name] = asset{data, compressed(data)}
		return err
	})
	a.hash = hex.EncodeToString(sum.Sum(nil))[:16]
	return a, err
}

// compressed gives a file as gzip, nil if that saves little: fonts are
// compressed already. Pages are not compressed, for they hold what is secret
// beside what others wrote (BREACH).
func compressed(data []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(data); err != nil || w.Close() != nil || b.Len() > len(data)*9/10 {
		return nil
	}
	return b.Bytes()
}

// url gives the address of a file.
func (a *assets) url(name string) string { return assetPrefix + a.hash + "/" + name }

var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".LICENSE": "text/plain; charset=utf-8", ".svg": "image/svg+xml"}

// ServeHTTP serves a file; an address with an old hash gives the file of today,
// not to be kept.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, assetPrefix), "/")
	f, ok := a.files[name]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if hash == a.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("Vary", "Accept-Encoding")
	if f.small != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(f.small)
		return
	}
	_, _ = w.Write(f.data)
}
