package api

import (
	"context"
	"mime"
	"mime/multipart"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"kith/client"
	"kith/internal/app"
)

// fileTimeout is how long files may take to arrive: 512 MiB over a line of 10
// megabit a second.
const fileTimeout = 10 * time.Minute

type importID struct {
	ID string `path:"id" maxLength:"64" doc:"the import"`
}

// importUpload is a form of files on its way in, read part by part.
type importUpload struct{ form *multipart.Reader }

// Resolve takes hold of the body, which huma leaves alone.
func (u *importUpload) Resolve(c huma.Context) []error {
	// An error only means that the connection cannot be timed.
	_ = c.SetReadDeadline(time.Now().Add(fileTimeout))
	answerWithin(c, fileTimeout)
	kind, params, err := mime.ParseMediaType(c.Header("Content-Type"))
	if err != nil || kind != "multipart/form-data" || params["boundary"] == "" {
		return []error{&huma.ErrorDetail{Location: "files", Message: "send a form (multipart/form-data) with your files"}}
	}
	u.form = multipart.NewReader(c.BodyReader(), params["boundary"])
	return nil
}

func (s *service) importRoutes() {
	handle(s, "start-import", func(ctx context.Context, who app.Actor, in *importUpload) (*reply[client.Import], error) {
		r, err := s.app.StartImport(ctx, who, onceFor(ctx), app.FormFiles(in.form))
		if err != nil {
			return nil, err
		}
		out, err := wireImport(&r)
		return &reply[client.Import]{out}, err
	})
	if item := s.api.OpenAPI().Paths["/imports"]; item != nil && item.Post != nil {
		file := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		form := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": file}, Required: []string{"file"}}}
		item.Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": form}}
	}
	handle(s, "list-imports", s.listImports)
	handle(s, "get-import", func(ctx context.Context, who app.Actor, in *importID) (*reply[client.Import], error) {
		r, err := s.app.Import(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		out, err := wireImport(&r)
		return &reply[client.Import]{out}, err
	})
	handle(s, "drop-import", func(ctx context.Context, who app.Actor, in *importID) (*struct{}, error) {
		return nil, s.app.DropImport(ctx, who, in.ID)
	})
}

func (s *service) listImports(ctx context.Context, who app.Actor, in *Page) (*reply[client.Imports], error) {
	after, err := readCursor("imports", in.After)
	if err != nil {
		return nil, err
	}
	before := int64(0)
	if after.ID != "" {
		if before, err = strconv.ParseInt(after.ID, 10, 64); err != nil {
			return nil, errCursor
		}
	}
	list, err := s.app.Imports(ctx, who, before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	list, more := app.Paged(list, in.Limit)
	out := client.Imports{Imports: make([]client.Import, len(list))}
	for i := range list {
		list[i].Report = ""
		if out.Imports[i], err = wireImport(&list[i]); err != nil {
			return nil, err
		}
	}
	if more {
		out.Next = cursor("imports", app.Cursor{ID: strconv.FormatInt(list[len(list)-1].N, 10)})
	}
	return &reply[client.Imports]{out}, nil
}

func wireImport(r *app.Import) (client.Import, error) {
	report, err := app.ReadReport(r)
	out := client.Import{ID: r.ID, State: r.State.String(), Names: r.Files, CreatedAt: r.CreatedAt, EndedAt: r.EndedAt, Nouns: r.Nouns, Added: r.Added,
		Failure: r.Failure, Files: make([]client.ImportFile, len(report.Files)), More: report.More}
	for i, f := range report.Files {
		line := client.ImportFile{Name: f.Name, Format: f.Format, Counts: f.Counts, Ignored: f.Ignored, Skipped: f.Skipped, More: f.More}
		for _, p := range f.Problems {
			line.Problems = append(line.Problems, client.ImportProblem{Row: p.Row, Column: p.Column, Message: p.Msg})
		}
		out.Files[i] = line
	}
	return out, err
}
