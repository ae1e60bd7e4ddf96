package invented

import (
	"bytes"
	"io/fs"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
)

// archive makes the data archive of 20 November 2026.
func (l *life) archive() ([]byte, error) {
	var b bytes.Buffer
	p := newPack(&b)
	for _, t := range []struct {
		name string
		fill func(*table)
	}{
		{"Connections.csv", func(t *table) { writeTies(t, l.ties) }},
		{"Invitations.csv", l.writeInvitations},
		{"messages.csv", func(t *table) { writeTalks(t, l.talks) }},
	} {
		if err := p.table(t.name, t.fill); err != nil {
			return nil, err
		}
	}
	static, err := staticFiles("judith/archive")
	if err != nil {
		return nil, err
	}
	twins, err := wideFiles("judith/utf16")
	if err != nil {
		return nil, err
	}
	for _, f := range append(static, twins...) {
		if err := p.file(f.name, f.content); err != nil {
			return nil, err
		}
	}
	err = p.close()
	return b.Bytes(), err
}

// staticFiles gives the files below a data folder as they lie there, but for
// "{slug NAME}", which becomes the slug of that person's link.
func staticFiles(folder string) ([]file, error) {
	root, err := fs.Sub(data, "data/"+folder)
	if err != nil {
		return nil, err
	}
	var out []file
	err = fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(root, name)
		out = append(out, file{name, []byte(fillSlugs(string(content)))})
		return err
	})
	return out, err
}

// fillSlugs replaces "{slug NAME}".
func fillSlugs(text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{slug ")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(strings.TrimPrefix(linkOf(name), linkPrefix))
		text = after
	}
}

// wideFiles gives the files of a data folder the way LinkedIn writes some of
// them: UTF-16 with a byte order mark, cells in quotes and parted by tabs.
func wideFiles(folder string) ([]file, error) {
	narrow, err := staticFiles(folder)
	if err != nil {
		return nil, err
	}
	wide := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	for i := range narrow {
		var b bytes.Buffer
		t := newTable(&b)
		t.comma, t.quoted = '\t', true
		for line := range strings.Lines(string(narrow[i].content)) {
			t.row(strings.Split(strings.TrimSuffix(line, "\n"), "\t")...)
		}
		if err := t.flush(); err != nil {
			return nil, err
		}
		if narrow[i].content, err = wide.Bytes(b.Bytes()); err != nil {
			return nil, err
		}
	}
	return narrow, nil
}

// inviteRow is one row of Invitations.csv.
type inviteRow struct {
	from, to, note string
	at             time.Time
}

// writeInvitations writes Invitations.csv: what Judith sent, then what came.
func (l *life) writeInvitations(t *table) {
	var sent, came []inviteRow
	for _, s := range l.sendings {
		sent = append(sent, inviteRow{owner, s.name, s.note, s.sent})
	}
	for i := range l.ties {
		switch tie := &l.ties[i]; {
		case tie.sent.IsZero():
		case tie.outgoing:
			sent = append(sent, inviteRow{owner, tie.name(), tie.note, tie.sent})
		default:
			came = append(came, inviteRow{tie.name(), owner, tie.note, tie.sent})
		}
	}
	for i := range l.letters {
		letter := &l.letters[i]
		if letter.late {
			continue
		}
		came = append(came, inviteRow{letter.name, owner, letter.note, letter.sent})
		if !letter.before.IsZero() {
			came = append(came, inviteRow{letter.name, owner, "", letter.before})
		}
	}
	t.row(invitationHeader...)
	writeDirection(t, "OUTGOING", sent)
	writeDirection(t, "INCOMING", came)
}

const (
	swapEvery  = 13 // one pair in so many is out of order
	slashEvery = 17 // one row in so many has the trailing slash of 2023
)

// writeDirection writes one block: mostly newest first, but not reliably.
func writeDirection(t *table, direction string, rows []inviteRow) {
	byTime(rows, func(r inviteRow) time.Time { return r.at })
	for i := swapEvery; i < len(rows); i += swapEvery {
		rows[i-1], rows[i] = rows[i], rows[i-1]
	}
	for i, r := range rows {
		slash := ""
		if i%slashEvery == slashEvery-1 {
			slash = "/"
		}
		t.row(r.from, r.to, r.at.Format(sentLayout), r.note, direction, linkOf(r.from)+slash, linkOf(r.to)+slash)
	}
}
