package intake

import (
	"bytes"
	"context"
	"io"

	"kith"
)

// pdfFormats are profiles saved as PDF on LinkedIn ("Save to PDF" on the
// profile page). A PDF of any other kind is refused by its reader: nothing
// short of reading it tells them apart.
var pdfFormats = []format{{
	name:  "profile PDF",
	phase: phaseConnect,
	is:    isPDF,
	read:  readProfilePDF,
}}

// isPDF reports whether a file is a PDF. Only one that begins with its mark
// counts: a file that is something else first is read as that.
func isPDF(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("%PDF-")) }

// readProfilePDF has the PDF read in its own process and passes the profile
// on.
func readProfilePDF(ctx context.Context, r io.Reader, j *job) error {
	if j.opt.PDF == nil {
		return &kith.Error{Kind: kith.Invalid, Msg: "profile PDFs cannot be read here; use the kith program"}
	}
	p, err := j.opt.PDF(ctx, r)
	if err != nil {
		return err
	}
	p.Own = p.Who.Slug != "" && p.Who.Slug == j.owner.Slug
	j.sink.Profile(p)
	j.count("profile")
	return nil
}
