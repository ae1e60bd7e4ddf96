package web

import (
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

// assets are the embedded files under names that change with what is in them,
// so that browsers may keep them for ever.
type assets struct {
	hash string // of all: relative names inside a style sheet stay right
	fs   fs.FS
}

const assetPrefix = "/static/"

func newAssets() (*assets, error) {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	err = fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sub, name)
		sum.Write([]byte(name))
		sum.Write(data)
		return err
	})
	return &assets{hex.EncodeToString(sum.Sum(nil))[:16], sub}, err
}

// url gives the address of a file.
func (a *assets) url(name string) string { return assetPrefix + a.hash + "/" + name }

var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".LICENSE": "text/plain; charset=utf-8", ".svg": "image/svg+xml"}

// ServeHTTP serves a file; an address with an old hash gives the file of today,
// not to be kept.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hash, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, assetPrefix), "/")
	data, err := fs.ReadFile(a.fs, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if hash == a.hash {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	_, _ = w.Write(data)
}
