package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/intake"
)

// record is one line of --json: who, when, what they wrote, and the verdict
// with the fields of `kith judge`.
type record struct {
	From         recordPerson `json:"from"`
	SentAt       string       `json:"sent_at"`
	Note         *string      `json:"note"`
	Link         *string      `json:"link"`
	NothingKnown bool         `json:"nothing_known,omitempty"`
	MayBeExpired bool         `json:"may_be_expired,omitempty"`
	kith.Verdict
}

type recordPerson struct {
	Name     string  `json:"name"`
	Headline *string `json:"headline"`
	URL      *string `json:"url"`
}

func asRecord(d *decided) record {
	r := record{
		From:   recordPerson{Name: d.row.Who.Name, Headline: orNull(d.headline), URL: orNull(d.row.Link)},
		SentAt: stamp(&d.row), Link: orNull(d.row.Link), Verdict: d.verdict,
		NothingKnown: d.row.Bare, MayBeExpired: d.row.Stale,
	}
	if d.noteSeen {
		r.Note = &d.row.Note
	}
	return r
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// stamp writes a time as exactly as it is known.
func stamp(r *gather.Row) string {
	if r.DateOnly {
		return r.SentAt.Format(time.DateOnly)
	}
	return r.SentAt.Format(time.RFC3339)
}

// records writes a list for other programs on standard output; what was read
// goes to standard error.
func (t *triaging) records(list []decided, write func(io.Writer, []decided) error) error {
	p := newPrinter(t.cmd.ErrOrStderr())
	p.report(t.report)
	return write(t.cmd.OutOrStdout(), list)
}

func writeRecords(w io.Writer, list []decided) error {
	for i := range list {
		if err := writeJSON(w, asRecord(&list[i])); err != nil {
			return err
		}
	}
	return nil
}

var csvHeader = []string{"Name", "Headline", "Profile", "Sent", "Verdict", "Firm", "Genuine", "Known", "Worth it", "Why", "Question", "Mutual", "Note"}

func writeCSV(w io.Writer, list []decided) error {
	out := csv.NewWriter(w)
	rows := [][]string{csvHeader}
	for i := range list {
		d := &list[i]
		v := &d.verdict
		row := []string{
			d.row.Who.Name, d.headline, d.row.Link, stamp(&d.row), string(v.Verdict), yesNo(v.Firm),
			string(v.Bands.Genuine), string(v.Bands.Known), string(v.Bands.Worth), gist(v), "", "", d.row.Note,
		}
		if v.Question != nil {
			row[10] = v.Question.Text
		}
		if d.mutual.Known() {
			row[11] = fmt.Sprint(d.mutual.Val)
		}
		for j := range row {
			row[j] = intake.MarkFormula(row[j])
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// gist is what speaks most for the verdict: its first reasons, without how they
// were settled, the stance, which is everybody's, or a long second one.
func gist(v *kith.Verdict) string {
	const second = 60 // letters
	var parts []string
	for i := range v.Reasons {
		r := &v.Reasons[i]
		aside := strings.HasPrefix(r.Signal, "stance-") || len(r.Says) > second
		if r.Side == v.Reasons[0].Side && len(parts) < 2 && (i == 0 || !aside) {
			parts = append(parts, r.Says)
		}
	}
	return strings.Join(parts, " ")
}
