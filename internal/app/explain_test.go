package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/intake"
	"kith/internal/store"
	"kith/pair"
)

// sourceStates gives how each source of a verdict was.
func sourceStates(j *Judged) map[string]string {
	out := map[string]string{}
	for _, s := range j.Sources {
		out[s.Name] = s.State
	}
	return out
}

const book = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anton Verhulst\r\nN:Verhulst;Anton;;;\r\nEMAIL:anton verhulst@mail.example\r\nEND:VCARD\r\n"

// Everything a verdict rests on is named with its source: the network, the
// private imports, the member's own answers.
func TestExplainNamesEverySource(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton, mara := w.member("Judith Vanderlinden"), w.member("Anton"), w.member("Mara Quillon")
		w.shape(anton, colleague)
		w.importing(judith, file{"contacts.vcf", strings.NewReplacer("anton verhulst@", "anton@", "FN:Anton Verhulst", "FN:A. Verhulst").Replace(book) +
			strings.NewReplacer("Anton", "Mara", "Verhulst", "Quillon", "anton verhulst@", "other@").Replace(book)})
		known, maybe := w.sends(anton, judith, ""), w.sends(mara, judith, "")

		e, err := w.Explain(t.Context(), judith, known)
		w.must(err)
		if e.Now.Verdict.Verdict != kith.Accept || e.Bounds == nil || e.Bounds.Accept != .38 {
			t.Errorf("somebody in the address book: %s, %+v", asJSON(t, e.Now.Verdict), e.Bounds)
		}
		if i := slices.Index(e.Now.Grounds, Ground{Source: "your address book"}); i < 0 || e.Now.Verdict.Reasons[i].Signal == "" {
			t.Errorf("the reasons are seen in %+v", e.Now.Grounds)
		}
		want := map[string]string{"your profile and settings": sourceRead, "connections in common": sourceRead, "your other open invitations": sourceNothing,
			"their profile": sourceRead, "the invitation": sourceRead, "your messages with them": sourceNothing, "your imports": sourceRead,
			"your answers": sourceNothing}
		if got := sourceStates(&e.Now); asJSON(t, got) != asJSON(t, want) {
			t.Errorf("the sources are %v", got)
		}
		var kinds []string
		for _, ev := range e.Events {
			kinds = append(kinds, ev.Kind)
		}
		if !slices.Equal(kinds, []string{kindInvited, kindGathered, kindDecided}) {
			t.Errorf("the events are %v", kinds)
		}

		// An equal name is only a maybe.
		j, err := w.Verdict(t.Context(), judith, maybe)
		w.must(err)
		i := slices.IndexFunc(j.Facts, func(f Fact) bool { return f.Path == "relation.address_book" })
		if i < 0 || string(j.Facts[i].Value) != `"maybe"` || j.Facts[i].Source != "your address book" {
			t.Errorf("somebody of the same name: %s", asJSON(t, j.Facts))
		}

		// Nobody else learns of it, and a block ends it.
		w.does(pair.Block, anton, judith)
		if _, err := w.Explain(t.Context(), judith, known); !errors.Is(err, errNoInvitation) {
			t.Errorf("of somebody who is gone: %v", err)
		}
	})
}

// A source that cannot be read is said to be so, and what it would have told is
// unknown.
func TestASourceThatFails(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton")
		w.importing(judith, file{"contacts.vcf", strings.ReplaceAll(book, "anton verhulst@", "anton@")})
		w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error {
			id, ok, err := w.contactOf(tx, judith.ID, kith.Person{Emails: []string{"anton@mail.example"}})
			if err != nil || !ok {
				return errors.Join(err, errors.New("the contact is not there"))
			}
			_, err = tx.AddNouns(judith.ID, []store.Noun{{Contact: id, Name: "broken", Kind: nounMeeting, Runs: store.RunMark(1), Body: "{"}})
			return err
		}))
		id := w.sends(anton, judith, specificNote)
		e, err := w.Explain(t.Context(), judith, id)
		w.must(err)
		if got := sourceStates(&e.Now); got["your imports"] != sourceUnavailable || got["their profile"] != sourceRead {
			t.Errorf("the sources are %v", got)
		}
		if hasFact(&e.Now, "relation.address_book") || !hasFact(&e.Now, "note.kind") {
			t.Errorf("the facts are %s", asJSON(t, e.Now.Facts))
		}
		i := slices.IndexFunc(e.Events, func(ev Event) bool { return ev.Kind == kindGathered })
		if i < 0 || e.Events[i].Body != `{"unavailable":["your imports"]}` {
			t.Errorf("the events are %+v", e.Events)
		}
	})
}

// A failure of the database is no failure of a source: nothing is decided then.
func TestAFailingDatabaseIsNoSource(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		judith, anton := w.member("Judith Vanderlinden"), w.member("Anton")
		id := w.sends(anton, judith, "")
		broken := plan{theirs: []theirSource{{"a disk", func(*App, *store.Tx, *gathering, *subject) (bool, error) { return false, os.ErrClosed }}}}
		err := w.read(t.Context(), func(tx *store.Tx) error {
			s, _, err := undecided(tx, judith.ID, anton.ID, id)
			w.must(err)
			_, err = w.gatherCases(tx, judith.ID, []*subject{s}, broken)
			return err
		})
		if !errors.Is(err, os.ErrClosed) {
			t.Errorf("gathering went on: %v", err)
		}
	})
}

// What a member's files tell leads to the same verdicts as the command line
// reaches on the same files.
func TestImportsAreJudgedAsOnTheCommandLine(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		w.pass(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC).Sub(w.now()))
		judith := w.member("Judith Vanderlinden")
		w.goalsAre(judith, kith.GoalSet(kith.GrowInField, kith.AvoidSpam), kith.Selective)
		var files []file
		var paths []string
		for _, name := range []string{"invitations.mbox", "contacts.vcf", "calendar.ics"} {
			path := filepath.Join("..", "..", "examples", "judith", name)
			data, err := os.ReadFile(path)
			w.must(err)
			files, paths = append(files, file{name, string(data)}), append(paths, path)
		}
		w.importing(judith, files...)
		w.must(w.doDue())

		desk := gather.NewDesk()
		_, err := intake.Read(t.Context(), paths, intake.Options{Now: w.now(), Owner: intake.Owner{Name: "Judith Vanderlinden"}}, desk)
		w.must(err)
		member := kith.Member{Goals: kith.GoalSet(kith.GrowInField, kith.AvoidSpam), Stance: kith.Selective}
		w.must(w.read(t.Context(), func(tx *store.Tx) error { member, err = w.judgeMember(tx, judith.ID); return err }))
		want := map[string][]byte{}
		for _, r := range desk.Open(gather.Setting{Member: member, Now: w.now()}) {
			c := r.Case()
			want[r.Who.Slug+" "+r.Who.Name] = []byte(asJSON(t, w.verdict(&c)))
		}
		cards, _, err := w.Inbox(t.Context(), judith, InboxQuery{Limit: 1000})
		w.must(err)
		same := 0
		for i := range cards {
			j, err := w.Verdict(t.Context(), judith, cards[i].Invitation)
			w.must(err)
			j.Verdict.Trace = nil
			x, ok := want[cards[i].Slug+" "+cards[i].Name]
			if got := []byte(asJSON(t, j.Verdict)); !ok || !bytes.Equal(got, x) {
				t.Errorf("%s:\n here %s\nthere %s", cards[i].Name, got, x)
			} else {
				same++
			}
		}
		if same != len(want) || same < 50 {
			t.Errorf("%d of %d invitations have the same verdict", same, len(want))
		}
	})
}
