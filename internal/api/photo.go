package api

import (
	"context"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kith"
	"kith/client"
	"kith/internal/app"
)

// uploadTimeout is how long a photo may take to arrive.
const uploadTimeout = time.Minute

// photoUpload is a picture on its way in: the body itself, or the first file of
// a form. It is read as it comes and never kept whole by this package.
type photoUpload struct{ picture io.Reader }

// Resolve takes hold of the body, which huma leaves alone.
func (u *photoUpload) Resolve(c huma.Context) []error {
	// An error only means that the connection cannot be timed.
	_ = c.SetReadDeadline(time.Now().Add(uploadTimeout))
	u.picture = c.BodyReader()
	kind, params, err := mime.ParseMediaType(c.Header("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil
	}
	part, err := multipart.NewReader(u.picture, params["boundary"]).NextPart()
	if err != nil || part.FileName() == "" {
		return []error{&huma.ErrorDetail{Location: "photo", Message: "send a form with one file, or the file itself"}}
	}
	u.picture = part
	return nil
}

// picture is a photo going out.
type picture struct {
	Status       int
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Options      string `header:"X-Content-Type-Options"`
	Security     string `header:"Content-Security-Policy"`
	Body         []byte
}

type photoQuery struct {
	OnMember
	Hash  string `path:"hash" pattern:"^[0-9a-f]{32}$" doc:"as the profile gives it"`
	Size  int    `path:"size" minimum:"1" maximum:"10000" doc:"pixels of a side: 96 or 400"`
	Known string `header:"If-None-Match"`
}

func (s *service) photoRoutes() {
	handle(s, "set-photo", func(ctx context.Context, who app.Actor, in *photoUpload) (*reply[client.Photo], error) {
		hash, err := s.app.SetPhoto(ctx, who, onceFor(ctx), in.picture)
		if err != nil {
			return nil, err
		}
		return &reply[client.Photo]{client.Photo{Photo: photoPath(who.ID, hash, app.PhotoSizes[0])}}, nil
	})
	if item := s.api.OpenAPI().Paths["/me/photo"]; item != nil && item.Put != nil {
		file := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		item.Put.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/octet-stream": file}}
	}
	handle(s, "drop-photo", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		return nil, s.app.DropPhoto(ctx, who)
	})
	handle(s, "get-photo", s.photo)
}

// photo gives a photo to whoever may see it, also if they have it already: what
// they have may no longer be theirs to see.
func (s *service) photo(ctx context.Context, who app.Actor, in *photoQuery) (*picture, error) {
	data, err := s.app.Photo(ctx, who, in.Member, in.Hash, in.Size)
	if err != nil {
		return nil, err
	}
	out := &picture{Status: http.StatusOK, ContentType: "image/jpeg", CacheControl: "private, max-age=31536000, immutable",
		ETag: `"` + in.Hash + `"`, Options: "nosniff", Security: "default-src 'none'; sandbox", Body: data}
	if in.Known == out.ETag {
		out.Status, out.Body = http.StatusNotModified, nil
	}
	return out, nil
}

// photoPath is where a photo is to be had; empty without one.
func photoPath(id kith.MemberID, hash string, size int) string {
	if hash == "" {
		return ""
	}
	return Prefix + "/photos/" + string(id) + "/" + hash + "/" + strconv.Itoa(size)
}
