package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kith"
	"kith/internal/store"
)

// day gives a date.
func day(n int) time.Time { return time.Date(2025, 6, 1, 8, 30, 0, 0, time.UTC).AddDate(0, 0, n) }

// somebody draws a person out of few, so that many meet: some by name only,
// some with keys of two others, some with the member's own.
func somebody(t *rapid.T) kith.Person {
	p := kith.Person{Name: rapid.SampledFrom([]string{"Mara Quillon", "Otto Vale", "Ines Brook", "Mara"}).Draw(t, "name")}
	if rapid.Bool().Draw(t, "link") {
		p.Slug = rapid.SampledFrom([]string{"mara", "mara-q", "otto", "ines", "me"}).Draw(t, "slug")
	}
	if rapid.IntRange(0, 3).Draw(t, "mails") == 0 {
		p.Emails = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"m@x.example", "o@x.example", "i@x.example", "me@own.example"}), 1, 2, rapid.ID).Draw(t, "mail")
	}
	if rapid.IntRange(0, 5).Draw(t, "number") == 0 {
		p.URN = rapid.SampledFrom([]string{"11", "22"}).Draw(t, "urn")
	}
	return p
}

// something draws a noun.
func something(t *rapid.T) any {
	at := day(rapid.IntRange(0, 9).Draw(t, "day"))
	switch rapid.IntRange(0, 7).Draw(t, "kind") {
	case 0:
		p := kith.Profile{Who: kith.Person{Name: "Ada Brandt", Slug: "me"}, Source: kith.FromArchive, Own: true}
		if rapid.Bool().Draw(t, "with mail") {
			p.Who.Emails = []string{"me@own.example"}
		}
		return p
	case 1:
		p := kith.Profile{Who: somebody(t), Source: kith.FromMail}
		p.Facts.Headline = kith.Observed(rapid.SampledFrom([]string{"Botanist", "Baker", ""}).Draw(t, "headline"), kith.FromMail, at)
		return p
	case 2, 3:
		v := kith.Invitation{Who: somebody(t), Direction: kith.Direction(rapid.IntRange(1, 2).Draw(t, "way")), SentAt: at, Source: kith.FromArchive}
		if rapid.IntRange(0, 4).Draw(t, "dated") == 0 {
			v.SentAt, v.Source = time.Time{}, kith.FromMail
		}
		if rapid.Bool().Draw(t, "noted") {
			v.Note = kith.Observed(rapid.SampledFrom([]string{"", "Hello", "Hello again"}).Draw(t, "note"), v.Source, v.SentAt)
		}
		return v
	case 4:
		return kith.Connection{Who: somebody(t), Organisation: rapid.SampledFrom([]string{"", "Tidewater", "Calmere"}).Draw(t, "org"), ConnectedAt: at, Source: kith.FromArchive}
	case 5:
		return kith.Message{Who: somebody(t), At: at, Outgoing: rapid.Bool().Draw(t, "out"), Text: "hello", Source: kith.FromArchive}
	case 6:
		return kith.Meeting{Who: somebody(t), At: at, Title: "Lunch", Attendees: 2, Source: kith.FromCalendar}
	}
	return kith.Contact{Who: somebody(t), Source: kith.FromBook}
}

// source is the files of one import, read.
type source struct {
	asOf  time.Time
	nouns []any
}

// bring imports a source for a member, in batches of some size, and gives the
// run.
func (w *world) bring(t rapid.TB, owner kith.MemberID, s source, size int) Import {
	var r Import
	check := func(err error) {
		if err != nil {
			t.Fatalf("%v", err)
		}
	}
	check(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) (err error) {
		if r, err = w.newImport(tx, owner, tx.NewID(), nil, 0); err != nil {
			return err
		}
		r.State, r.AsOf, r.EndedAt = ImportDone, s.asOf, w.now()
		return tx.SetImport(&r)
	}))
	for part := range slices.Chunk(s.nouns, size) {
		check(w.write(w.t.Context(), func(_ context.Context, tx *store.Tx) error {
			nouns := make([]noun, len(part))
			for i, v := range part {
				n, err := newNoun(v)
				if err != nil {
					return err
				}
				n.runs, n.seen = store.RunMark(r.N), s.asOf
				nouns[i] = n
			}
			return w.keepNouns(tx, owner, nouns)
		}))
	}
	return r
}

// kept writes down everything a member's imports left, but for ids, the runs'
// numbers, and whether a verdict is due.
func (w *world) kept(t rapid.TB, owner kith.MemberID) string {
	var people []string
	err := w.read(w.t.Context(), func(tx *store.Tx) error {
		contacts, err := tx.PageContacts(owner, "", "", 1000)
		if err != nil {
			return err
		}
		own, _, err := tx.SeeOwnContact(owner)
		if err != nil {
			return err
		}
		for _, c := range append(contacts, own) {
			person, err := written(tx, c)
			if err != nil {
				return err
			}
			people = append(people, person)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	slices.Sort(people)
	return strings.Join(people, "\n")
}

func written(tx *store.Tx, c Contact) (string, error) {
	var lines []string
	keys, err := tx.KeysOf(c.Owner, c.ID)
	if err != nil {
		return "", err
	}
	for _, k := range keys {
		if !strings.HasSuffix(k.Name, "@mail.example") { // the account's own
			lines = append(lines, "  "+k.Name)
		}
	}
	if err := tx.EachNoun(c.Owner, c.ID, func(n *store.Noun) error {
		lines = append(lines, "  "+n.Kind+" "+n.Body)
		return nil
	}); err != nil {
		return "", err
	}
	sent, err := tx.ElsewhereOf(c.Owner, []kith.ContactID{c.ID})
	if err != nil {
		return "", err
	}
	var rows []string
	for _, e := range sent {
		e.Owner, e.ID, e.Contact, e.Unjudged = "", "", "", false
		rows = append(rows, fmt.Sprintf("  %+v", e))
	}
	slices.Sort(rows)
	c.Owner, c.ID = "", ""
	return fmt.Sprintf("%+v\n%s", c, strings.Join(append(lines, rows...), "\n")), nil
}

func drawSources(t *rapid.T) []source {
	out := make([]source, rapid.IntRange(1, 4).Draw(t, "sources"))
	for i := range out {
		out[i] = source{day(20 + rapid.IntRange(0, 3).Draw(t, "as of")), rapid.SliceOfN(rapid.Custom(something), 1, 10).Draw(t, "nouns")}
	}
	return out
}

// Whatever order imports come in, and however often, the same is kept.
func TestImportsCommuteAndRepeat(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		n := 0
		rapid.Check(t, func(t *rapid.T) {
			n++
			sources := drawSources(t)
			one, two := w.member(fmt.Sprint("One ", n)).ID, w.member(fmt.Sprint("Two ", n)).ID
			for _, s := range sources {
				w.bring(t, one, s, 100)
			}
			for _, i := range rapid.Permutation(seq(len(sources))).Draw(t, "order") {
				s := sources[i]
				s.nouns = rapid.Permutation(s.nouns).Draw(t, "order of nouns")
				w.bring(t, two, s, rapid.IntRange(1, 4).Draw(t, "batch"))
			}
			w.bring(t, two, rapid.SampledFrom(sources).Draw(t, "again"), 3)
			if a, b := w.kept(t, one), w.kept(t, two); a != b {
				t.Fatalf("in one order\n%s\nin another\n%s", a, b)
			}
		})
	})
}

// An import undone is as if it had never been.
func TestUndoIsAsIfNeverImported(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		n := 0
		rapid.Check(t, func(t *rapid.T) {
			n++
			sources := drawSources(t)
			one, two := w.member(fmt.Sprint("One ", n)), w.member(fmt.Sprint("Two ", n))
			undone := rapid.IntRange(0, len(sources)-1).Draw(t, "undone")
			var run Import
			for i, s := range sources {
				r := w.bring(t, one.ID, s, 3)
				if i == undone {
					run = r
				} else {
					w.bring(t, two.ID, s, 100)
				}
			}
			if err := w.DropImport(w.t.Context(), one, run.ID); err != nil {
				t.Fatalf("%v", err)
			}
			undo := &running{a: w.App, step: w.write, owner: one.ID, id: run.ID}
			if err := undo.do(w.t.Context()); err != nil {
				t.Fatalf("%v", err)
			}
			if len(sources) == 1 {
				w.bring(t, two.ID, source{day(20), nil}, 1)
			}
			if a, b := w.kept(t, one.ID), w.kept(t, two.ID); a != b {
				t.Fatalf("undone\n%s\nnever imported\n%s", a, b)
			}
		})
	})
}

// Undoing the member's own profile frees what was taken for theirs, which may
// join what the same import said of others.
func TestUndoFindsWhatMovedMeanwhile(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		mara := kith.Person{Name: "Mara Quillon", URN: "11", Emails: []string{"me@own.example"}}
		first := source{day(20), []any{
			kith.Meeting{Who: kith.Person{Name: "Mara Quillon", URN: "11"}, At: day(1), Title: "Lunch", Attendees: 2, Source: kith.FromCalendar},
			kith.Invitation{Who: kith.Person{Name: "Otto Vale", Emails: []string{"i@x.example", "me@own.example"}}, Direction: kith.Outgoing, SentAt: day(5), Source: kith.FromArchive},
			kith.Contact{Who: mara, Source: kith.FromBook},
		}}
		second := source{day(23), []any{
			kith.Profile{Who: kith.Person{Name: "Ada Brandt", Slug: "me", Emails: []string{"me@own.example"}}, Own: true, Source: kith.FromArchive},
			kith.Invitation{Who: kith.Person{Name: "Mara", Emails: []string{"i@x.example"}}, Direction: kith.Outgoing, SentAt: day(10), Source: kith.FromArchive},
		}}
		one, two := w.member("One"), w.member("Two")
		w.bring(t, one.ID, first, 3)
		w.bring(t, two.ID, first, 3)
		run := w.bring(t, one.ID, second, 3)
		w.must(w.DropImport(t.Context(), one, run.ID))
		w.must((&running{a: w.App, step: w.write, owner: one.ID, id: run.ID}).do(t.Context()))
		if a, b := w.kept(t, one.ID), w.kept(t, two.ID); a != b {
			t.Errorf("undone\n%s\nnever imported\n%s", a, b)
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
