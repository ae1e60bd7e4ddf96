package note

import (
	"strings"
	"time"

	"kith"
)

// Context is what is known of the two people, as plain words. All of it may be
// empty: recognition works on the text alone.
type Context struct {
	// Theirs names what belongs to the recipient: organisations, schools,
	// groups, places, topics. A note that names one of them is specific.
	Theirs []string
	// Mine names what belongs to the sender. It tells nothing about the
	// recipient and is left out when looking for something specific.
	Mine []string
}

// Span is a piece of a note the reading rests on, as bytes of the text.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Why   string `json:"why"` // what it speaks for, in plain words
}

// Features is what a note reads like. The zero Features is an empty note.
type Features struct {
	Kind kith.NoteKind
	// Language is the language guessed for display (ISO 639-1), empty if it is
	// not clear. Nothing is judged by it.
	Language string
	// ScamGroups names the groups of scam phrases, sorted. It is empty unless
	// the note as a whole reads like a scam.
	ScamGroups []string
	// AsksMoney and AsksCredentials are explicit requests to pay or send money,
	// or to give passwords, codes, bank, card or identity details, in a note
	// that reads like a scam.
	AsksMoney, AsksCredentials bool
	// Abusive is a direct threat or insult.
	Abusive bool
	// GivesReason, SaysWho and SaysHow tell whether the note says why one
	// writes, who writes, and how the two know each other.
	GivesReason, SaysWho, SaysHow bool
	// WantsContacts is a wish to be led to the recipient's contacts in a note
	// that gives nothing else.
	WantsContacts bool
	// Placeholder is the first template slot left unfilled, as written.
	Placeholder string
	// Greeting is set if the note opens with a greeting, Name if it greets by a
	// name or is signed.
	Greeting, Name bool
	// Sentences counts sentences beside greeting and signature.
	Sentences int
	// Letters counts the letters a reader sees, of the whole text.
	Letters int
	// Evidence holds what the kind rests on, in the order of the text.
	Evidence []Span
}

// Read tells what a note reads like. It reads the first 4,000 letters, in time
// linear in their number, and accepts any bytes.
func Read(text string, ctx Context) Features {
	r, ok := newReader(text)
	if !ok {
		return Features{}
	}
	return r.read(ctx)
}

// ScamGroups gives the scam groups of a text, as Read does with nothing known of
// the two people. It is for profiles, of which nearly all hold nothing of the
// kind.
func ScamGroups(text string) []string {
	r, ok := newReader(text)
	if !ok || !r.risky() {
		return nil
	}
	return r.read(Context{}).ScamGroups
}

// newReader finds the words of a text; ok is false if there are none.
func newReader(text string) (r *reader, ok bool) {
	lex, err := words()
	if err != nil || strings.TrimSpace(text) == "" {
		return nil, false
	}
	r = &reader{matcher: lex.match(fold(text)), text: text}
	r.parts = r.split()
	return r, true
}

func (r *reader) read(ctx Context) Features {
	r.open = r.slot()
	f := Features{
		Language:    r.language(),
		Placeholder: r.open,
		Greeting:    r.parts.greeting,
		Name:        r.parts.named,
		Sentences:   r.sentences(r.parts),
		Letters:     Letters(r.text),
	}
	r.weigh(ctx)
	r.judge(&f)
	r.say(&f)
	return f
}

// slot gives the first unfilled template slot as written.
func (r *reader) slot() string {
	for _, t := range r.note.tokens {
		if t.kind == slot {
			return kith.CleanLine(r.text[t.start:t.end])
		}
	}
	return ""
}

// language guesses the language from function words.
func (r *reader) language() string {
	counts := map[string]int{}
	for _, s := range r.syms {
		if lang, ok := r.lex.languages[s]; ok {
			counts[lang]++
		}
	}
	best, second, lang := 1, 0, ""
	for l, n := range counts {
		switch {
		case n > best:
			best, second, lang = n, best, l
		case n > second:
			second = n
		}
	}
	if best == second {
		return ""
	}
	return lang
}

// Facts turns features into the facts of a case. The text itself and whether it
// is over a limit are the caller's to fill in. The kind of an empty note is
// observed absent, as an empty note is.
func Facts(f Features, src kith.Source, at time.Time) kith.NoteFacts {
	return kith.NoteFacts{
		Kind:            kith.Observed(f.Kind, src, at),
		ScamPhrases:     kith.Observed(len(f.ScamGroups), src, at),
		AsksMoney:       kith.Observed(f.AsksMoney, src, at),
		AsksCredentials: kith.Observed(f.AsksCredentials, src, at),
		Abusive:         kith.Observed(f.Abusive, src, at),
		GivesReason:     kith.Observed(f.GivesReason, src, at),
		Placeholder:     kith.Observed(f.Placeholder != "", src, at),
		Sentences:       kith.Observed(f.Sentences, src, at),
	}
}
