package main

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"unicode"

	"kith"
	"kith/internal/web"
)

// The page is one file: its style, its script and the two fonts of all pages are
// inside it, and its content security policy lets nothing else in.
//
//go:embed page/desk.html page/desk.css page/desk.js
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/desk.html"))

// pageData is what the template shows.
type pageData struct {
	Title, For, Key       string
	Style                 template.CSS
	Script                template.JS
	StyleHash, ScriptHash string
	Groups                []pageGroup
	Bare                  []pageLetter
}

type pageGroup struct {
	Class, Shape, Word, First string
	Letters                   []pageLetter
}

// pageLetter is one invitation on the page, its texts chosen.
type pageLetter struct {
	ID, Class, Shape, Word          string
	Name, Initials, Headline, Place string
	Common, Note, NoNote, Came      string
	Gist, Unknown, Question, Then   string
	Draft, Link                     string
	Bands                           kith.Bands
	Reasons                         []pageReason
	Changes                         []string
}

type pageReason struct{ Sign, Text, Tag, From string }

// page writes the undecided invitations as one self-contained page to work
// through.
func (t *triaging) page(list []decided, path string) error {
	p := newPrinter(t.cmd.ErrOrStderr())
	p.report(t.report)
	var out bytes.Buffer
	if err := pageTemplate.Execute(&out, t.pageData(list, p)); err != nil {
		return err
	}
	if err := writePrivate(path, out.Bytes()); err != nil {
		return err
	}
	_, err := fmt.Fprintf(t.cmd.OutOrStdout(), "%s in %s. Open it in a browser; it needs no network.\n", count(len(list), "invitation"), kith.CleanLine(path))
	return err
}

func (t *triaging) pageData(list []decided, p *printer) pageData {
	style := fontFaces() + string(mustRead("page/desk.css"))
	script := string(mustRead("page/desk.js"))
	known, bare := splitBare(list)
	d := pageData{
		Title: fmt.Sprintf("%d left", len(known)), For: p.aim(t), Key: t.setting.Now.Format("2006-01-02"),
		Style: template.CSS(style), Script: template.JS(script),
		StyleHash: hashOf(style), ScriptHash: hashOf(script),
	}
	for _, dec := range kith.Decisions(kith.Receive) {
		m := markOf(dec)
		g := pageGroup{Class: string(dec), Shape: m.shape, Word: m.word}
		for _, row := range firmFirst(known, dec) {
			g.Letters = append(g.Letters, asLetter(&row, fmt.Sprintf("%s-%d", dec, len(g.Letters)+1)))
		}
		if len(g.Letters) > 0 {
			g.First = g.Letters[0].ID
			d.Groups = append(d.Groups, g)
		}
	}
	for i := range bare {
		d.Bare = append(d.Bare, pageLetter{Name: bare[i].row.Who.Name, Link: bare[i].row.Link})
	}
	return d
}

// mustRead reads an embedded file, which is always there.
func mustRead(name string) []byte {
	data, err := pageFiles.ReadFile(name)
	if err != nil {
		return nil
	}
	return data
}

func fontFaces() string {
	face := func(family, file, weight string) string {
		return fmt.Sprintf("@font-face{font-family:%q;font-weight:%s;font-display:block;src:url(data:font/woff2;base64,%s) format(\"woff2\")}\n",
			family, weight, base64.StdEncoding.EncodeToString(web.Font(file)))
	}
	return face("Newsreader", "newsreader.woff2", "400") + face("Instrument Sans", "instrument-sans.woff2", "400 700")
}

// hashOf is a source of a content security policy.
func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// asLetter chooses the texts of one invitation.
func asLetter(d *decided, id string) pageLetter {
	v := &d.verdict
	m := markOf(v.Verdict)
	l := pageLetter{
		ID: id, Class: string(v.Verdict), Shape: m.shape, Word: m.word,
		Name: d.row.Who.Name, Initials: initials(d.row.Who.Name), Headline: d.headline, Place: d.place,
		Common: common(&d.mutual), Note: d.row.Note, Came: "Came to LinkedIn on " + d.row.SentAt.Format("2 January 2006"),
		Gist: gist(v), Link: d.row.Link, Bands: v.Bands, Then: consequence(v.Verdict),
		NoNote: "The note is not known.",
	}
	if d.noteSeen {
		l.NoNote = "No note. Most people send none; it says little."
	}
	if !v.Firm {
		l.Word = "Leaning to " + strings.ToLower(m.word)
		l.Gist = "leaning: " + l.Gist
	}
	for i := range v.Reasons {
		l.Reasons = append(l.Reasons, asPageReason(&v.Reasons[i]))
	}
	for _, c := range v.WouldChange {
		l.Changes = append(l.Changes, fmt.Sprintf("If %s: %s.", c.If, strings.ToLower(markOf(c.Verdict).word)))
	}
	if v.Unknown != nil {
		l.Unknown = v.Unknown.Text
	}
	if v.Question != nil {
		l.Question = v.Question.Text
	}
	if v.FollowUp != nil {
		l.Then += " " + followUpText(v.FollowUp)
	}
	if v.Draft != nil {
		l.Draft = *v.Draft
	}
	return l
}

func asPageReason(r *kith.Reason) pageReason {
	out := pageReason{Sign: "−", Text: r.Text, Tag: sentenceCase(string(r.Tag)), From: sources(r)}
	if r.For {
		out.Sign = "+"
	}
	return out
}

// consequence is what the act means on LinkedIn, in a sentence.
func consequence(d kith.Decision) string {
	switch d {
	case kith.Accept:
		return "They are told, and you are connected."
	case kith.Ask:
		return "Reply there without accepting; the invitation stays open."
	case kith.Decline:
		return "Use Ignore there: silent, they can see nothing."
	}
	return "Kith never acts on LinkedIn for you. Report it there; only the request counts, not the profile."
}

// initials are the first letters of the first and the last word of a name.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '-' })
	if len(words) == 0 {
		return "?"
	}
	first := []rune(words[0])[:1]
	if last := words[len(words)-1]; len(words) > 1 {
		first = slices.Concat(first, []rune(last)[:1])
	}
	return strings.ToUpper(string(first))
}
