package web

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"strings"
	"testing"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

// picture makes a small photo.
func picture(t *testing.T) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 500, 400))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// uploads sends a file with a form.
func (v *visitor) uploads(path, name string, data []byte) (int, string) {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if name != "" {
		part, err := form.CreateFormFile("photo", name)
		v.must(err)
		_, err = part.Write(data)
		v.must(err)
	}
	v.must(form.Close())
	res, err := v.client.Post(v.server.URL+path, form.FormDataContentType(), &body)
	v.must(err)
	return v.read(res)
}

// A photo is shown to others, and gone when taken away. What is none is refused
// with a reason.
func TestAPhotoIsShownAndTakenAway(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, _ := v.guest("Bo Lindqvist")
		path := "/people/" + string(v.self("mara@quillon.example"))
		v.meets("/profile", "Add a photo")
		for _, c := range []struct {
			name string
			data []byte
			want int
			says string
		}{
			{"", nil, 422, "Choose a photo first"},
			{"empty.png", nil, 422, "That did not work"},
			{"me.png", []byte("not a picture at all"), 422, "That did not work"},
			{"huge.png", bytes.Repeat([]byte("huge"), app.MaxPhoto/4+1), 413, "at most 10 MB"},
		} {
			got, page := v.uploads("/profile/photo", c.name, c.data)
			v.wants(c.want, c.says, got, page)
			v.wants(c.want, `id="photo"`, got, page)
		}
		got, page := v.post("/profile/photo", "photo", "x")
		v.wants(422, "form on this page", got, page)
		bo.lacks(path, "/api/v1/photos/")
		got, page = v.uploads("/profile/photo", "me.png", picture(t))
		v.wants(200, "/api/v1/photos/", got, page)
		bo.meets(path, "/api/v1/photos/")
		got, page = v.post("/profile/photo/remove")
		v.wants(200, "Add a photo", got, page)
		bo.lacks(path, "/api/v1/photos/")
	})
}

// Every section of the profile is changed by itself, and others see it.
func TestTheProfileIsChangedPartByPart(t *testing.T) {
	t.Parallel()
	eachVisitor(t, app.SignUpOpen, func(t *testing.T, v *visitor) {
		v.first()
		bo, _ := v.guest("Bo Lindqvist")
		path := "/people/" + string(v.self("mara@quillon.example"))
		seen := func() string {
			return v.part(`name="seen" value="([^"]*)"`, v.meets("/profile?edit=work&at=9", "Keep"))
		}
		for _, c := range []struct {
			section string
			form    []string
			shows   string
		}{
			{"head", []string{"name", "Mara Q. Quillon", "headline", "Ice <engineer>", "location", "Umeå", "industry", "Hydrology"}, "Ice &lt;engineer&gt;"},
			{"about", []string{"summary", "I built 41 gauges."}, "I built 41 gauges."},
			{"work", []string{"title", "Engineer", "organisation", "Tidewell", "from", "2019-05", "description", "Gauges."}, "since May 2019"},
			{"work", []string{"title", "Intern", "organisation", "Pegelwerk", "from", "2015", "to", "2016"}, "2015 to 2016"},
			{"school", []string{"name", "Chalmers", "degree", "MSc", "from", "2009", "to", "2014"}, "Chalmers"},
			{"skills", []string{"entries", "River ice\nGauges\n\nGauges"}, "River ice"},
			{"languages", []string{"entries", "Swedish"}, "Swedish"},
			{"groups", []string{"entries", "Ice Society"}, "Ice Society"},
			{"volunteering", []string{"entries", "Flood watch"}, "Flood watch"},
			{"topics", []string{"entries", "frazil"}, "frazil"},
			{"links", []string{"entries", "https://ice.example/mara"}, "https://ice.example/mara"},
		} {
			got, page := v.post("/profile/"+c.section, append([]string{"seen", seen(), "at", "9"}, c.form...)...)
			v.wants(200, c.shows, got, page)
			bo.meets(path, c.shows)
		}
	})
}

// What does not go into a profile is said there, and what was typed stays.
func TestAProfileKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	for _, c := range []struct {
		section string
		form    []string
		says    string
		stays   string
	}{
		{"head", []string{"name", " ", "headline", "Ice engineer"}, "the name people know you by", "Ice engineer"},
		{"about", []string{"summary", strings.Repeat("long ", 600)}, "letters", "long long"},
		{"work", []string{"title", "Engineer", "from", "May", "at", "0"}, "2019 or 2019-05", `value="Engineer"`},
		{"work", []string{"from", "2019", "at", "0"}, "what you are or where", `value="2019"`},
		{"school", []string{"degree", "MSc", "at", "0"}, "which school", `value="MSc"`},
		{"links", []string{"entries", "javascript:alert(1)"}, "begins with https://", "javascript:alert(1)</textarea>"},
	} {
		got, page := v.post("/profile/"+c.section, c.form...)
		v.wants(422, c.says, got, strings.ReplaceAll(page, "Say ", "say "))
		v.wants(422, c.stays, got, page)
	}
	got, page := v.post("/profile/mood", "entries", "good")
	v.wants(404, "no such page", got, page)
	got, page = v.post("/profile/work", "title", "Engineer", "at", "0", "seen", "another")
	v.wants(409, "changed meanwhile", got, page)
	v.wants(409, `value="Engineer"`, got, page)
	if name := v.part(`name="seen" value="([^"]*)"`, page); name != "" {
		t.Errorf("what was typed would take the place of %s", name)
	}
	for range 2 { // sent twice it is there once
		got, page = v.post("/profile/work", "title", "Engineer", "at", "0")
		v.wants(200, "Engineer", got, page)
	}
	v.lacks("/profile?edit=work&at=1", "Take it out")
	seen := v.part(`name="seen" value="([^"]*)"`, v.meets("/profile?edit=work&at=0", "Take it out"))
	got, page = v.post("/profile/work", "at", "0", "seen", seen, "do", "remove")
	v.wants(200, "Add work", got, page)
	if strings.Contains(page, "Engineer") {
		t.Error("it was not taken out")
	}
}

// What would help most stands first, and is gone when it is done.
func TestTheCoachSeesWhatWasDone(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, storetest.SQLite(t), app.SignUpOpen)
	v.first()
	page := v.meets("/profile", "Show a photo of yourself")
	if at := strings.Index(page, "Say who you are"); at < 0 || at > strings.Index(page, "List the groups") {
		t.Error("what helps with everybody does not come first")
	}
	got, _ := v.uploads("/profile/photo", "me.png", picture(t))
	if got != 200 {
		t.Fatal(got)
	}
	v.lacks("/profile", "Show a photo of yourself")
}
