package client

import (
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"
)

// Import is one run over files the member gave.
type Import struct {
	ID        string       `json:"id"`
	State     string       `json:"state" enum:"waiting,reading,judging,done,failed,undoing"`
	Names     []string     `json:"names" doc:"of the files"`
	CreatedAt time.Time    `json:"created_at"`
	EndedAt   time.Time    `json:"ended_at,omitzero"`
	Nouns     int64        `json:"nouns" doc:"rows, messages and entries read so far"`
	Added     int64        `json:"added" doc:"of them, what no other import had brought"`
	Failure   string       `json:"failure,omitempty" doc:"why it failed and what to do"`
	Files     []ImportFile `json:"files" doc:"what was read of each file; in the answer for one import only"`
	More      int          `json:"more,omitempty" doc:"files not listed"`
}

// ImportFile says what was read of one file, and what was not.
type ImportFile struct {
	Name     string          `json:"name"`
	Format   string          `json:"format,omitempty"`
	Counts   map[string]int  `json:"counts,omitempty" doc:"what was read, by kind"`
	Ignored  map[string]int  `json:"ignored,omitempty" doc:"what was understood and passed over on purpose"`
	Skipped  string          `json:"skipped,omitempty" doc:"why nothing was read"`
	Problems []ImportProblem `json:"problems,omitempty" doc:"the first rows that could not be used"`
	More     int             `json:"more,omitempty" doc:"problems not listed"`
}

// ImportProblem is one row that could not be used.
type ImportProblem struct {
	Row     int    `json:"row,omitempty"`
	Column  string `json:"column,omitempty"`
	Message string `json:"message"`
}

// Imports is a page of runs, newest first.
type Imports struct {
	Imports []Import `json:"imports"`
	Next    string   `json:"next,omitempty" doc:"the cursor of the next page; absent on the last"`
}

// File is a file to import.
type File struct {
	Name string
	io.Reader
}

// Import sends files: archives, mails, address books, calendars, profile PDFs.
// They are read soon after; ask [Client.ImportOne] how it stands.
func (c *Client) Import(ctx context.Context, files ...File) (out Import, err error) {
	body, pipe := io.Pipe()
	form := multipart.NewWriter(pipe)
	go func() { pipe.CloseWithError(writeFiles(form, files)) }()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/imports", body)
	if err != nil {
		return out, err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	err = c.send(r, &out)
	_ = body.Close() // ends the writing, if it was not read to its end
	return out, err
}

func writeFiles(form *multipart.Writer, files []File) error {
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.Name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(part, f); err != nil {
			return err
		}
	}
	return form.Close()
}

// Imports gives the member's runs, newest first, without their reports.
func (c *Client) Imports(ctx context.Context, p Page) (out Imports, err error) {
	err = c.do(ctx, http.MethodGet, "/imports", p.query(), nil, &out)
	return out, err
}

// ImportOne gives one run with its report.
func (c *Client) ImportOne(ctx context.Context, id string) (out Import, err error) {
	err = c.do(ctx, http.MethodGet, "/imports/"+url.PathEscape(id), nil, nil, &out)
	return out, err
}

// DropImport undoes a run: what it alone brought is forgotten.
func (c *Client) DropImport(ctx context.Context, id string) error {
	return c.do(ctx, http.MethodDelete, "/imports/"+url.PathEscape(id), nil, nil, nil)
}
