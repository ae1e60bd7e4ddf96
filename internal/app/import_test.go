package app

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/examples/invented"
	"kith/internal/store"
)

// file is one file of an upload.
type file struct{ name, text string }

// upload gives files as a form would.
func upload(files ...file) NextFile {
	return func() (string, io.Reader, error) {
		if len(files) == 0 {
			return "", nil, io.EOF
		}
		f := files[0]
		files = files[1:]
		return f.name, strings.NewReader(f.text), nil
	}
}

// importing uploads files and does what is due at once.
func (w *world) importing(who Actor, files ...file) Import {
	w.t.Helper()
	r, err := w.StartImport(w.t.Context(), who, "", upload(files...))
	w.must(err)
	w.work(Imports)
	r, err = w.Import(w.t.Context(), who, r.ID)
	w.must(err)
	return r
}

// work does the duties of a lane that are due now.
func (w *world) work(lane Lane) {
	w.t.Helper()
	for {
		claimed, err := w.Claim(w.t.Context(), "test", lane, 10)
		w.must(err)
		if len(claimed) == 0 {
			return
		}
		for _, d := range claimed {
			w.must(w.Do(w.t.Context(), d))
		}
	}
}

// archive is an invented LinkedIn archive.
func archive(t testing.TB, s invented.Size, seed uint64) file {
	t.Helper()
	var b bytes.Buffer
	if err := invented.Archive(&b, s, seed); err != nil {
		t.Fatal(err)
	}
	return file{"Basic_LinkedInDataExport.zip", b.String()}
}

// lists gives everything a member can list of their imports, for comparing.
func (w *world) lists(who Actor) (contacts []Contact, sent []ElsewhereEntry) {
	w.t.Helper()
	contacts, err := w.Contacts(w.t.Context(), who, "", ContactCursor{}, 100_000)
	w.must(err)
	for _, d := range []kith.Direction{kith.Incoming, kith.Outgoing} {
		page, err := w.ElsewherePage(w.t.Context(), who, ElsewhereFilter{Direction: d, All: true}, store.Cursor{}, 100_000)
		w.must(err)
		sent = append(sent, page...)
	}
	return contacts, sent
}

func TestAnArchiveBecomesPrivateContacts(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, eve := w.member("Ada Brandt"), w.member("Eve Stone")
		r := w.importing(ada, archive(t, invented.Size{Invitations: 120, Connections: 300, Messages: 200}, 1))
		if r.State != ImportDone || r.Nouns < 600 || r.Added == 0 || r.AsOf.IsZero() {
			t.Fatalf("the run ended as %+v", r)
		}
		report, err := ReadReport(&r)
		w.must(err)
		if len(report.Files) != 6 || report.Files[0].Skipped != "" {
			t.Errorf("the report is %+v", report)
		}
		contacts, sent := w.lists(ada)
		if len(contacts) < 300 || len(sent) < 120 {
			t.Errorf("%d contacts, %d invitations", len(contacts), len(sent))
		}
		if !slices.Contains(w.events(ada), kindImportDone) {
			t.Error("nobody is told that it is done")
		}
		open, err := w.ElsewherePage(t.Context(), ada, ElsewhereFilter{Undecided: true}, store.Cursor{}, 1000)
		w.must(err)
		if len(open) < 100 {
			t.Errorf("%d wait", len(open))
		}
		if contacts, sent := w.lists(eve); len(contacts)+len(sent) != 0 {
			t.Error("Eve sees what Ada imported")
		}
		if left, _ := os.ReadDir(w.conf.Staging); len(left) != 0 {
			t.Errorf("%d folders are still staged", len(left))
		}
	})
}

// table gives a CSV file.
func table(rows ...string) string { return strings.Join(rows, "\n") + "\n" }

const (
	profileCSV = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n" +
		"Ada,Brandt,,,,Botanist,,,,Leiden,,,\n"
	inviteHead  = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl"
	connectHead = "First Name,Last Name,URL,Email Address,Company,Position,Connected On"
	messageHead = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER"
	mara        = "https://www.linkedin.com/in/mara-quillon"
	adaLink     = "https://www.linkedin.com/in/ada-brandt"
)

// invited is an archive in which Mara Quillon invited Ada on 20 February.
func invited() []file {
	return []file{{"Profile.csv", profileCSV}, {"Invitations.csv", table(inviteHead,
		`Mara Quillon,Ada Brandt,"2/20/26, 9:00 AM",We met in Ghent,INCOMING,`+mara+","+adaLink)}}
}

func TestANewerArchiveSettlesWhatWaits(t *testing.T) {
	t.Parallel()
	replied := []file{{"Profile.csv", profileCSV}, {"messages.csv", table(messageHead,
		`c1,,Ada Brandt,`+adaLink+`,Mara Quillon,`+mara+`,2026-03-02 10:00:00 UTC,,Where did we meet?,INBOX`,
		`c1,,Mara Quillon,`+mara+`,Ada Brandt,`+adaLink+`,2026-03-05 10:00:00 UTC,,In the garden in Ghent,INBOX`)}}
	connected := []file{{"Profile.csv", profileCSV}, {"Connections.csv", table(connectHead,
		"Mara,Quillon,"+mara+",,Tidewater Labs,Botanist,04 Mar 2026")}}
	for _, c := range []struct {
		name  string
		newer []file
		state ElsewhereState
		event string
	}{
		{"a reply", replied, ElsewhereAnswered, kindElsewhere},
		{"a connection", connected, ElsewhereConnected, kindElsewhere},
		{"nothing new", invited(), ElsewhereAsked, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada := w.member("Ada Brandt")
				w.importing(ada, invited()...)
				_, sent := w.lists(ada)
				if len(sent) != 1 || sent[0].State() != ElsewhereOpen || sent[0].Note != "We met in Ghent" || sent[0].Who.Name != "Mara Quillon" {
					t.Fatalf("first there is %+v", sent)
				}
				w.must(w.AskedElsewhere(t.Context(), ada, sent[0].ID))
				w.pass(5 * kith.Day)
				w.importing(ada, c.newer...)
				_, now := w.lists(ada)
				if len(now) != 1 || now[0].ID != sent[0].ID || now[0].State() != c.state {
					t.Fatalf("then there is %+v", now)
				}
				duties, err := w.duties(ada)
				w.must(err)
				if waits := len(duties) > 0; waits != (c.state == ElsewhereAsked) {
					t.Errorf("waiting for an answer: %v", waits)
				}
				// An older archive changes nothing of it.
				w.importing(ada, invited()...)
				if _, again := w.lists(ada); !slices.EqualFunc(again, now, sameEntry) {
					t.Errorf("the older archive made %+v of it", again)
				}
			})
		})
	}
}

func sameEntry(a, b ElsewhereEntry) bool {
	a.Unjudged, b.Unjudged = false, false
	return a == b
}

// duties gives the kinds of a member's duties about invitations elsewhere.
func (w *world) duties(who Actor) (kinds []string, err error) {
	err = w.read(w.t.Context(), func(tx *store.Tx) error {
		list, err := tx.Duties(who.ID, store.Cursor{}, 100)
		for _, d := range list {
			if d.Kind == dutyRemindElsewhere || d.Kind == dutyDecideElsewhere {
				kinds = append(kinds, d.Kind)
			}
		}
		return err
	})
	return kinds, err
}

func TestBrokenFilesSayWhatToDo(t *testing.T) {
	t.Parallel()
	good := invited()
	for _, c := range []struct {
		name    string
		file    file
		skipped string
	}{
		{"a cut archive", file{"cut.zip", archiveHalf(t)}, "archive"},
		{"a photo", file{"me.png", "\x89PNG\r\n\x1a\n0000"}, ""},
		{"an empty file", file{"Connections.csv", ""}, "empty"},
		{"a PDF", file{"Profile.pdf", "%PDF-1.7\n"}, "PDF"},
		{"sign-ins", file{"Logins.csv", "Login Date,IP Address\n1,2\n"}, "not opened"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			eachWorld(t, func(t *testing.T, w *world) {
				ada := w.member("Ada Brandt")
				r := w.importing(ada, append(slices.Clone(good), c.file)...)
				report, err := ReadReport(&r)
				w.must(err)
				i := slices.IndexFunc(report.Files, func(f ImportFile) bool { return f.Name == c.file.name })
				if i < 0 || report.Files[i].Skipped == "" || !strings.Contains(report.Files[i].Skipped, c.skipped) {
					t.Errorf("the report says %+v", report.Files)
				}
				if _, sent := w.lists(ada); len(sent) != 1 || r.State != ImportDone {
					t.Errorf("beside it %d invitations were read (%v)", len(sent), r.State)
				}
			})
		})
	}
}

func archiveHalf(t *testing.T) string {
	whole := archive(t, invented.Size{Invitations: 5, Connections: 5}, 2).text
	return whole[:len(whole)/2]
}

func TestARunThatIsCutGoesOn(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada, bea := w.member("Ada Brandt"), w.member("Bea Brandt")
		f := archive(t, invented.Size{Invitations: 700, Connections: 900}, 3)
		w.importing(ada, f)
		r, err := w.StartImport(t.Context(), bea, "", upload(f))
		w.must(err)
		for cuts := 1; ; cuts++ {
			ctx, stop := context.WithCancel(t.Context())
			claimed, err := w.Claim(t.Context(), "test", Imports, 1)
			w.must(err)
			steps := 0
			h := &hold{a: w.App, Duty: &claimed[0]}
			run := &running{a: w.App, owner: bea.ID, id: r.ID, paths: []string{w.staged(bea.ID, r.ID)}, staged: true,
				step: func(ctx context.Context, do func(context.Context, *store.Tx) error) error {
					if steps++; steps > 2*cuts {
						stop()
					}
					if err := ctx.Err(); err != nil {
						return err
					}
					return h.step(ctx, do)
				}}
			err = run.do(ctx)
			stop()
			w.must(w.write(t.Context(), func(_ context.Context, tx *store.Tx) error { return tx.ReleaseDuty(&claimed[0]) }))
			if err == nil {
				if cuts < 3 {
					t.Fatalf("it was cut %d times only", cuts)
				}
				break
			}
		}
		whole, wholeSent := w.lists(ada)
		cut, cutSent := w.lists(bea)
		if len(whole) != len(cut) || len(wholeSent) != len(cutSent) {
			t.Fatalf("%d contacts and %d invitations, cut %d and %d", len(whole), len(wholeSent), len(cut), len(cutSent))
		}
		for i := range whole {
			whole[i].Owner, whole[i].ID = cut[i].Owner, cut[i].ID
			if whole[i] != cut[i] {
				t.Fatalf("%+v\n%+v", whole[i], cut[i])
			}
		}
	})
}

// canaries are words no test data else holds.
func canaries() []string {
	out := make([]string, 40)
	for i := range out {
		out[i] = "Zq" + strings.Repeat(string(rune('a'+i%26)), 5) + "x" + string(rune('a'+i/26)) + "vw"
	}
	return out
}

func TestAnUndoneImportLeavesNothing(t *testing.T) {
	t.Parallel()
	dsn := filepath.Join(t.TempDir(), "kith.db")
	w := &world{t: t}
	a, err := Open(t.Context(), dsn, Config{Clock: func(time.Time) time.Time { return w.now() }, NewID: w.newID})
	if err != nil {
		t.Fatal(err)
	}
	w.App = a
	ada, eve := w.member("Ada Brandt"), w.member("Eve Stone")
	w.importing(eve, invited()...)
	before, beforeSent := w.lists(eve)
	words := canaries()
	rows := []string{inviteHead}
	links := []string{connectHead}
	mails := []string{"BEGIN:VCARD\nVERSION:3.0\nFN:Otto " + words[0] + "\nEMAIL:otto@" + words[1] + ".example\nORG:" + words[2] + "\nEND:VCARD"}
	for i := 3; i < 38; i += 5 {
		slug := "https://www.linkedin.com/in/" + strings.ToLower(words[i])
		rows = append(rows, words[i+1]+" Person,Ada Brandt,\"2/20/26, 9:00 AM\",I am "+words[i+2]+",INCOMING,"+slug+","+adaLink)
		links = append(links, words[i+1]+",Person,"+slug+",,"+words[i+3]+","+words[i+4]+",04 Mar 2020")
	}
	r := w.importing(ada, file{"Profile.csv", profileCSV}, file{"Invitations.csv", table(rows...)}, file{"Connections.csv", table(links...)},
		file{words[38] + ".vcf", table(mails...)}, file{words[39] + ".txt", "nothing"})
	if n := found(t, dsn, words); n < 35 {
		t.Fatalf("only %d of 40 words are in the file while they should be", n)
	}
	if after, afterSent := w.lists(eve); !slices.Equal(before, after) || !slices.Equal(beforeSent, afterSent) {
		t.Error("Eve's lists changed")
	}
	w.must(w.DropImport(t.Context(), ada, r.ID))
	w.work(Imports)
	if contacts, sent := w.lists(ada); len(contacts)+len(sent) != 0 {
		t.Errorf("left are %+v %+v", contacts, sent)
	}
	if list, err := w.Imports(t.Context(), ada, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("the run is still listed: %v %v", list, err)
	}
	w.must(a.Close())
	if n := found(t, dsn, words); n != 0 {
		t.Errorf("%d of 40 words are still in the file", n)
	}
}

// found counts the words that stand in the files of a database.
func found(t *testing.T, dsn string, words []string) (n int) {
	t.Helper()
	var all []byte
	for _, name := range []string{dsn, dsn + "-wal"} {
		data, err := os.ReadFile(name)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		all = append(all, bytes.ToLower(data)...)
	}
	for _, word := range words {
		if bytes.Contains(all, []byte(strings.ToLower(word))) {
			n++
		}
	}
	return n
}

func TestTheConsoleImportsAtOnce(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "archive")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range invited() {
		if err := os.WriteFile(filepath.Join(dir, f.name), []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		r, err := w.ImportFiles(t.Context(), ada, []string{dir}, ReadOptions{})
		w.must(err)
		if _, sent := w.lists(ada); r.State != ImportDone || len(sent) != 1 {
			t.Errorf("%d invitations, %+v", len(sent), r)
		}
		// One that was stopped says so, and nothing is in the way of another.
		stopped, stop := context.WithCancel(t.Context())
		_, err = w.ImportFiles(stopped, ada, []string{dir}, ReadOptions{Progress: func(int64, int64) { stop() }})
		if err == nil {
			t.Fatal("it was not stopped")
		}
		list, err := w.Imports(t.Context(), ada, 0, 10)
		w.must(err)
		if len(list) != 2 || list[0].State != ImportFailed || list[0].Failure == "" {
			t.Errorf("the runs are %+v", list)
		}
		if _, err := w.ImportFiles(t.Context(), ada, []string{dir + "-nowhere"}, ReadOptions{}); kith.KindOf(err) != kith.NotFound {
			t.Errorf("a path that is not there gives %v", err)
		}
	})
}

func TestFilesOfNoRunAreSweptUp(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ada := w.member("Ada Brandt")
		r, err := w.StartImport(t.Context(), ada, "", upload(invited()...))
		w.must(err)
		lost, err := w.stage(ada.ID, "lost")
		w.must(err)
		for _, c := range []struct {
			at   time.Time
			left int
		}{{w.now(), 2}, {w.now().Add(-2 * kith.Day), 1}} {
			for _, dir := range []string{lost.dir, w.staged(ada.ID, r.ID)} {
				w.must(os.Chtimes(dir, c.at, c.at))
			}
			w.must(w.SweepImports(t.Context()))
			left, err := os.ReadDir(w.conf.Staging)
			w.must(err)
			if len(left) != c.left {
				t.Errorf("%d folders are left, not %d", len(left), c.left)
			}
		}
		info, err := os.Stat(w.conf.Staging + "/" + string(ada.ID) + "." + r.ID + "/000/Profile.csv")
		w.must(err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("staged files are %v", info.Mode())
		}
	})
}
