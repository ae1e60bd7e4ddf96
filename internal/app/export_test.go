package app

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kith"
	"kith/internal/intake"
	"kith/pair"
)

// exported gives the files of a member's export, by name.
func exported(t *testing.T, w *world, who Actor) (data []byte, files map[string]string) {
	t.Helper()
	who.Credential = console
	secret, until, err := w.AskExport(t.Context(), who, "")
	w.must(err)
	if !until.Equal(w.now().Add(ExportFor)) {
		t.Errorf("it holds until %v", until)
	}
	var b bytes.Buffer
	w.must(w.Download(t.Context(), who, secret, &b))
	if err := w.Download(t.Context(), who, secret, io.Discard); kith.KindOf(err) != kith.NotFound {
		t.Errorf("downloaded twice: %v", err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	w.must(err)
	files = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		w.must(err)
		text, err := io.ReadAll(r)
		w.must(err)
		files[f.Name] = string(text)
	}
	return b.Bytes(), files
}

// What a sender takes with them is the same, to the byte, whatever became of
// their invitation, as long as it was not accepted.
func TestAnExportTellsNoSenderWhatWasAnswered(t *testing.T) {
	t.Parallel()
	answers := map[string]func(w *world, ctx context.Context, who Actor, id kith.InvitationID) error{
		"nothing": func(*world, context.Context, Actor, kith.InvitationID) error { return nil },
		"ignored": func(w *world, ctx context.Context, who Actor, id kith.InvitationID) error {
			_, err := w.Ignore(ctx, who, id)
			return err
		},
		"declined": func(w *world, ctx context.Context, who Actor, id kith.InvitationID) error {
			_, err := w.Decline(ctx, who, id)
			return err
		},
		"don't know": func(w *world, ctx context.Context, who Actor, id kith.InvitationID) error {
			_, err := w.DontKnow(ctx, who, id)
			return err
		},
		"reported": func(w *world, ctx context.Context, who Actor, id kith.InvitationID) error {
			_, err := w.ReportInvitation(ctx, who, id, "spam", "")
			return err
		},
	}
	eachWorld(t, func(t *testing.T, w *world) {
		seen := map[string]string{}
		for name, answer := range answers {
			n := strconv.Itoa(len(seen))
			sender, recipient := w.member("Ada"+n), w.member("Bea"+n)
			in, err := w.Send(t.Context(), sender, Invite{To: recipient.ID, Note: "We met in Delft."})
			w.must(err)
			w.must(answer(w, t.Context(), recipient, in.ID))
			_, files := exported(t, w, sender)
			var all []string
			for file, text := range files {
				// ids and names are all that differs from one try to the next
				all = append(all, file+strings.NewReplacer(string(sender.ID), "A", string(recipient.ID), "B", string(in.ID), "I",
					"Ada"+n, "Ada", "ada"+n, "ada", "Bea"+n, "Bea").Replace(text))
			}
			slices.Sort(all)
			seen[name] = strings.Join(all, "\n")
		}
		for name, text := range seen {
			if text != seen["nothing"] {
				t.Errorf("%s shows:\n%s\nnot:\n%s", name, text, seen["nothing"])
			}
		}
	})
}

// nouns takes what intake reads.
type nouns struct {
	invitations []kith.Invitation
	connections []kith.Connection
}

func (n *nouns) Profile(kith.Profile)         {}
func (n *nouns) Invitation(i kith.Invitation) { n.invitations = append(n.invitations, i) }
func (n *nouns) Connection(c kith.Connection) { n.connections = append(n.connections, c) }
func (n *nouns) Message(kith.Message)         {}
func (n *nouns) Contact(kith.Contact)         {}
func (n *nouns) Meeting(kith.Meeting)         {}
func (n *nouns) Application(kith.Application) {}
func (n *nouns) Hint(kith.Hint)               {}

// What was exported is read back by whatever reads archives; every list is JSON
// and CSV that a spreadsheet takes for text.
func TestAnExportIsReadBack(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ada, bea, cem := w.member("Ada Brandt"), w.member("Bea de Wit"), w.member("Cem Oz")
		in, err := w.Send(ctx, ada, Invite{To: bea.ID, Note: "We met in Delft."})
		w.must(err)
		_, err = w.Accept(ctx, bea, in.ID, pair.Met, pair.NoSee, "")
		w.must(err)
		_, err = w.Send(ctx, cem, Invite{To: ada.ID, Note: "=HYPERLINK(\"x\"), said Cem"})
		w.must(err)
		data, files := exported(t, w, ada)
		for name, text := range files {
			switch filepath.Ext(name) {
			case ".json":
				var rows []map[string]any
				if err := json.Unmarshal([]byte(text), &rows); err != nil {
					t.Errorf("%s: %v\n%s", name, err, text)
				}
			case ".csv":
				rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
				w.must(err)
				for _, cells := range rows {
					for _, c := range cells {
						if strings.HasPrefix(c, "=") {
							t.Errorf("%s has the formula %s", name, c)
						}
					}
				}
			}
		}
		file := filepath.Join(t.TempDir(), "export.zip")
		w.must(os.WriteFile(file, data, 0o600))
		var got nouns
		report, err := intake.Read(ctx, []string{file}, intake.Options{Now: w.now()}, &got)
		w.must(err)
		if len(got.connections) != 1 || got.connections[0].Who.Name != "Bea de Wit" || !got.connections[0].ConnectedAt.Equal(w.now().Truncate(kith.Day)) {
			t.Errorf("connections %+v\n%+v", got.connections, report)
		}
		names := map[string]kith.Direction{}
		for _, i := range got.invitations {
			names[i.Who.Name] = i.Direction
		}
		if len(names) == 0 || names["Cem Oz"] != kith.Incoming {
			t.Errorf("invitations %+v\n%+v", got.invitations, report)
		}
	})
}

// A download whose reading failed can be tried again with the same secret; of
// two at once one gets the export.
func TestOnlyAWholeExportUsesItsSecret(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, ada := t.Context(), w.member("Ada Brandt")
		ada.Credential = console
		secret, _, err := w.AskExport(ctx, ada, "")
		w.must(err)
		full := errors.New("the disk is full")
		w.wants("a reading that fails", w.Download(ctx, ada, secret, writer(func() error { return full })), full)
		begun := false
		beside := writer(func() error {
			if begun {
				return nil
			}
			begun = true
			return w.Download(ctx, ada, secret, io.Discard)
		})
		w.wants("one beside another", w.Download(ctx, ada, secret, beside), errNoExport)
	})
}

// writer is asked before each write.
type writer func() error

func (f writer) Write(p []byte) (int, error) { return len(p), f() }
