package web

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// upload is a file as a form sends it.
type upload struct{ name, text string }

// brings sends files with the form of the page.
func (v *visitor) brings(path string, files ...upload) (int, string) {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.name)
		v.must(err)
		_, err = part.Write([]byte(f.text))
		v.must(err)
	}
	v.must(form.Close())
	res, err := v.client.Post(v.server.URL+path, form.FormDataContentType(), &body)
	v.must(err)
	return v.read(res)
}

const (
	ownCSV = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n" +
		"Mara,Quillon,,,,Hydrologist,,,,Leiden,,,\n"
	invitesCSV = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n" +
		`Ada Brandt,Mara Quillon,"2/20/26, 9:00 AM",We met in Ghent,INCOMING,https://www.linkedin.com/in/ada-brandt,https://www.linkedin.com/in/mara-quillon` + "\n"
	linksCSV = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n" +
		"Bo,Lindqvist,https://www.linkedin.com/in/bo-lindqvist,,Tidewater Labs,Botanist,04 Mar 2026\n"
)

var undoForm = regexp.MustCompile(`action="(/bring/[^"?]+/undo)`)

// Files go in, are read, are told of, and are forgotten again.
func TestFilesAreBroughtAndForgotten(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		got, page := v.get("/bring?first=1")
		v.wants(200, "Drop your files here", got, page)
		v.wants(200, "Up to 512 MB and 200 files", got, page)
		got, page = v.brings("/bring?first=1", upload{"Profile.csv", ownCSV}, upload{"Invitations.csv", invitesCSV})
		v.wants(200, "Waiting to be read", got, page)
		v.wants(200, "Look again", got, page)
		v.wants(200, `hx-trigger="every 1s"`, got, page)
		v.wants(200, "3 of 3", got, page)

		v.must(v.loop.Drain(t.Context()))
		got, page = v.get("/bring")
		v.wants(200, "1 invitation.", got, page)
		v.wants(200, "things in it were new", got, page)
		if strings.Contains(page, "every 1s") {
			t.Error("the page renews itself though nothing happens any more")
		}
		got, page = v.get("/")
		v.wants(200, "Ada Brandt", got, page)

		undo := undoForm.FindStringSubmatch(page)
		if undo != nil {
			t.Error("the desk offers to undo an import")
		}
		_, page = v.get("/bring")
		undo = undoForm.FindStringSubmatch(page)
		if undo == nil {
			t.Fatalf("no way to undo: %s", page)
		}
		v.joins("Eve Stone", "eve@stone.example")
		_, _ = v.post("/sign-in", "email", "eve@stone.example", "password", goodPassword)
		got, page = v.post(undo[1])
		v.wants(404, "There is no such import", got, page)

		v.fresh()
		_, _ = v.post("/sign-in", "email", "mara@quillon.example", "password", goodPassword)
		got, page = v.post(undo[1])
		v.wants(200, "Being forgotten", got, page)
		v.must(v.loop.Drain(t.Context()))
		_, page = v.get("/bring")
		if strings.Contains(page, "Invitations.csv") {
			t.Error("the run is still told of")
		}
		got, page = v.get("/")
		v.wants(200, "The desk is clear.", got, page)
	})
}

// Whatever is wrong with a file is said in one line, with the way on.
func TestWhatIsWrongWithAFileIsSaid(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	v.first()
	card := "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Brandt\nEMAIL:ada@brandt.example\nEND:VCARD\n"
	got, page := v.brings("/bring",
		upload{"cut.vcf", card + "BEGIN:VCARD\nVERSION:3.0\nFN:Bo"}, upload{"empty.ics", ""}, upload{"cut.zip", "PK\x03\x04 and no more"},
		upload{"photo.jpg", "\xff\xd8\xff\xe0"}, upload{"<b>.vcf", card}, upload{"none.vcf", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"})
	v.wants(200, "Waiting to be read", got, page)
	v.must(v.loop.Drain(t.Context()))
	_, page = v.get("/bring")
	for _, says := range []string{
		"Entry 2: the file ends in the middle of card 2; export the address book again.", "Empty.",
		"The archive is cut short or damaged; download it again.", "No reader for this kind of file.", "1 contact.", "Passed over: 1 entry without a name or address.",
	} {
		if !strings.Contains(page, says) {
			t.Errorf("%q is not said in %s", says, page)
		}
	}
	if strings.Contains(page, "<b>.vcf") {
		t.Error("a file's name is markup")
	}
}

// What is refused is said above the form.
func TestWhatIsTooMuchIsRefused(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	v.first()
	many := make([]upload, app.MaxFiles+1)
	for i := range many {
		many[i] = upload{strconv.Itoa(i) + ".vcf", "x"}
	}
	got, page := v.brings("/bring?first=1", many...)
	v.wants(413, "More than 200 files; put them into one archive.", got, page)
	v.wants(413, "Drop your files here", got, page)
	got, page = v.brings("/bring", upload{"", ""})
	v.wants(422, "No file was sent", got, page)
	got, page = v.post("/bring", "file", "x")
	v.wants(422, "Send your files with the form on this page.", got, page)
	for range 4 {
		got, page = v.brings("/bring", upload{"a.vcf", "x"})
		v.wants(200, "Waiting", got, page)
	}
	got, page = v.brings("/bring", upload{"a.vcf", "x"})
	v.wants(503, "Earlier imports are still being read; wait until they are done.", got, page)
}

// Whatever the readers count has its words.
func TestWhatWasReadHasWords(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	v.first()
	var files []upload
	for _, name := range []string{"Complete_LinkedInDataExport_11-20-2026.zip", "calendar.ics", "contacts.vcf", "invitations.mbox"} {
		data, err := os.ReadFile(filepath.Join("../../examples/judith", name))
		v.must(err)
		files = append(files, upload{name, string(data)})
	}
	_, _ = v.brings("/bring", files...)
	v.must(v.loop.Drain(t.Context()))
	got, page := v.get("/bring")
	v.wants(200, "300 invitations, 420 connections, 83 messages", got, page)
	v.wants(200, "16 of 49 files read", got, page)
	v.wants(200, " meetings.", got, page)
	if strings.Contains(page, "bring.read") || strings.Contains(page, "bring.passed") {
		t.Errorf("a text is missing: %s", page)
	}
}

// While files are read the page tells how far it is.
func TestReadingIsShown(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpClosed)
	ctx := context.WithValue(t.Context(), catalogueKey{}, v.site.words)
	run, err := runOf(ctx, &app.Import{ID: "r", State: app.ImportReading, Files: []string{"invitations.mbox"}, Nouns: 1911, Expected: 4060}, time.Now())
	v.must(err)
	var page strings.Builder
	v.must(runsOf(&bringing{Runs: []broughtRun{run}, Going: true}).Render(ctx, &page))
	for _, says := range []string{"1911 of 4060 entries", `<progress class="thread" max="4060" value="1911"`, "Look again", "Being read"} {
		if !strings.Contains(page.String(), says) {
			t.Errorf("%q is not in %s", says, page.String())
		}
	}
}

// A desk cleared of an archive says how old that is.
func TestTheClearDeskKnowsTheArchivesAge(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpClosed, func(t *testing.T, v *visitor) {
		v.first()
		_, page := v.get("/")
		if strings.Contains(page, "Your LinkedIn archive") {
			t.Error("there is no archive")
		}
		_, _ = v.brings("/bring", upload{"Profile.csv", ownCSV}, upload{"Connections.csv", linksCSV})
		v.must(v.loop.Drain(t.Context()))
		got, page := v.get("/")
		v.wants(http.StatusOK, "Your LinkedIn archive is of 4 March", got, page)
		v.wants(http.StatusOK, "Bring a newer one", got, page)
	})
}
