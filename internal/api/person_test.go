package api

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"mime/multipart"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"kith/client"
	"kith/internal/app"
)

// befriend connects two members.
func (c *caller) befriend(other *caller) {
	c.w.t.Helper()
	var sent client.Invitation
	c.post("/invitations", map[string]any{"to": other.id}, &sent)
	other.post("/invitations/"+sent.ID+"/accept", map[string]any{}, nil)
}

func TestAProfileOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		ines, bo, jon := w.member("Ines Falk"), w.member("Bo Lind"), w.member("Jon Dale")
		me := ines.client()
		want := client.Profile{
			Name: "Ines Falk", Headline: "Bridge engineer", Summary: "I build bridges.", Location: "Groningen",
			Positions: []client.Position{{Title: "Engineer", Organisation: "Veldmeer", From: "2019-05"}},
			Education: []client.Education{{School: "Hanze College", Degree: "BSc", To: "2018"}},
			Groups:    []string{"Bridge Club"}, Links: []string{"https://falk.example"},
		}
		got, err := me.SetProfile(ctx, want)
		w.must(err)
		if again, err := me.Profile(ctx); err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(again, want) {
			t.Errorf("kept %+v and %+v, %v", got, again, err)
		}
		ines.befriend(bo)
		jon.befriend(bo)
		p, err := jon.client().Person(ctx, ines.id)
		w.must(err)
		if p.Degree != 2 || p.Mutual == nil || *p.Mutual != 1 || len(p.Mutuals) != 1 || p.Connections != nil || p.Invites != "everyone" || !reflect.DeepEqual(p.Profile, want) {
			t.Errorf("a stranger sees %+v", p)
		}
		found, err := jon.client().PeopleNamed(ctx, "ines")
		if err != nil || len(found.People) != 1 || found.People[0].ID != ines.id || found.Next != "" {
			t.Errorf("found %+v, %v", found, err)
		}
		if _, err := jon.client().ConnectionsOf(ctx, ines.id, client.Page{}); client.Status(err) != http.StatusForbidden {
			t.Errorf("connections that are not shown: %v", err)
		}
		list, err := jon.client().ConnectionsOf(ctx, bo.id, client.Page{Limit: 1})
		if err != nil || len(list.People) != 1 || list.Next == "" {
			t.Fatalf("a page of connections: %+v, %v", list, err)
		}
		if _, err := jon.client().Mutuals(ctx, bo.id, client.Page{After: list.Next}); client.Status(err) != http.StatusUnprocessableEntity {
			t.Errorf("the cursor of another list: %v", err)
		}
		coach, err := me.Coach(ctx)
		if err != nil || coach.Chance == "" || len(coach.Advice) == 0 || coach.Advice[0].ID != "photo" || len(coach.Advice[0].Rules) == 0 {
			t.Errorf("coached: %+v, %v", coach, err)
		}
	})
}

// What a change leaves out stays; an empty list empties.
func TestSettingsOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		me := w.member("Ines Falk").client()
		word := func(s string) *string { return &s }
		yes, until := true, w.now().Add(48*time.Hour)
		want, err := me.ChangeSettings(ctx, client.SettingsChange{
			Goals: []string{"G6", "new-clients"}, Stance: word("selective"), Areas: []string{"bridges"},
			Rules:   &client.Rules{OwnCountry: client.CountryRule{Value: "nl", When: "may"}, PhotoRequired: "always"},
			Invites: word("mutual"), NotNowUntil: &until, ShowsConnections: word("members"), Publishes: &yes,
			Policy: &client.Policy{Stance: "open", Asks: "Say where we met."}, Digest: word("never"), Mails: []string{"messages"},
		})
		w.must(err)
		if strings.Join(want.Goals, " ") != "job-search new-clients" || want.Rules.OwnCountry.Value != "NL" || want.Rules.PhotoRequired != "always" ||
			want.Rules.NoteRequired != "off" || !want.NotNowUntil.Equal(until) || len(want.Mails) != 1 || want.Policy.Stance != "open" {
			t.Errorf("changed to %+v", want)
		}
		got, err := me.ChangeSettings(ctx, client.SettingsChange{})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("a change of nothing changes %+v, %v", got, err)
		}
		got, err = me.ChangeSettings(ctx, client.SettingsChange{Areas: []string{}, Mails: []string{}, Goals: []string{}, NotNowUntil: new(time.Time)})
		want.Areas, want.Mails, want.Goals, want.NotNowUntil = []string{}, []string{}, []string{}, time.Time{}
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("emptied to %+v, %v", got, err)
		}
		for _, bad := range []client.SettingsChange{
			{Goals: []string{"G19"}}, {Mails: []string{"adverts"}}, {Stance: word("grumpy")}, {NotNowUntil: &beginning},
			{Rules: &client.Rules{OwnCountry: client.CountryRule{Value: "Atlantis", When: "may"}}},
		} {
			if _, err := me.ChangeSettings(ctx, bad); client.Status(err) != http.StatusUnprocessableEntity {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		if again, err := me.Settings(ctx); err != nil || !reflect.DeepEqual(again, want) {
			t.Errorf("refused changes changed %+v, %v", again, err)
		}
	})
}

func TestAPhotoOverHTTP(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		ines, jon := w.member("Ines Falk"), w.member("Jon Dale")
		var file bytes.Buffer
		w.must(png.Encode(&file, image.NewNRGBA(image.Rect(0, 0, 80, 60))))
		raw, err := ines.client().SetPhoto(t.Context(), bytes.NewReader(file.Bytes()))
		w.must(err)

		form, kind := formWith(t, "me.png", file.Bytes())
		if a := ines.upload(kind, form); a.status != http.StatusOK || !strings.Contains(string(a.body), raw.Photo) {
			t.Errorf("the same picture in a form: %d %s", a.status, a.body)
		}
		path := strings.TrimPrefix(raw.Photo, Prefix)
		seen := jon.do(http.MethodGet, path, nil)
		if _, err := jpeg.Decode(bytes.NewReader(seen.body)); err != nil || seen.header.Get("Content-Type") != "image/jpeg" ||
			seen.header.Get("Cache-Control") != "private, max-age=31536000, immutable" || seen.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the photo: %v, %v", err, seen.header)
		}
		r, err := http.NewRequest(http.MethodGet, w.server.URL+raw.Photo, nil)
		w.must(err)
		r.Header.Set("Cookie", jon.cookie)
		r.Header.Set("If-None-Match", seen.header.Get("ETag"))
		if res, err := w.server.Client().Do(r); err != nil || res.StatusCode != http.StatusNotModified || res.Body.Close() != nil {
			t.Errorf("asked again with its tag: %v, %v", res.Status, err)
		}
		for path, status := range map[string]int{
			strings.Replace(path, "/400", "/96", 1):                       http.StatusOK,
			strings.Replace(path, "/400", "/500", 1):                      http.StatusNotFound,
			"/photos/" + ines.id + "/" + strings.Repeat("0", 32) + "/400": http.StatusNotFound,
			"/photos/nobody/" + strings.Repeat("0", 32) + "/400":          http.StatusNotFound,
			"/photos/" + ines.id + "/x/400":                               http.StatusUnprocessableEntity,
		} {
			if a := jon.do(http.MethodGet, path, nil); a.status != status {
				t.Errorf("%s: %d, not %d", path, a.status, status)
			}
		}
		if a := (&caller{w: w}).do(http.MethodGet, path, nil); a.status != http.StatusUnauthorized {
			t.Errorf("not signed in: %d", a.status)
		}
		empty, kind := formWith(t, "", []byte("x"))
		for name, c := range map[string]struct {
			kind   string
			body   []byte
			status int
		}{
			"no picture":       {"image/png", []byte("<svg/>"), http.StatusUnprocessableEntity},
			"too large":        {"image/png", append(file.Bytes(), make([]byte, app.MaxPhoto)...), http.StatusRequestEntityTooLarge},
			"a form, no file":  {kind, empty, http.StatusUnprocessableEntity},
			"a form, no parts": {"multipart/form-data", nil, http.StatusUnprocessableEntity},
		} {
			if a := ines.upload(c.kind, c.body); a.status != c.status {
				t.Errorf("%s: %d %s", name, a.status, a.body)
			}
		}
		w.must(ines.client().DropPhoto(t.Context()))
		if a := jon.do(http.MethodGet, path, nil); a.status != http.StatusNotFound {
			t.Errorf("dropped: %d", a.status)
		}
	})
}

// formWith makes a form of one part; without a file name it is a field.
func formWith(t *testing.T, name string, file []byte) (body []byte, kind string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("photo", name)
	if name == "" {
		part, err = form.CreateFormField("photo")
	}
	if err == nil {
		_, err = part.Write(file)
	}
	if err := errors.Join(err, form.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), form.FormDataContentType()
}

func (c *caller) upload(kind string, body []byte) answer {
	c.w.t.Helper()
	c.w.pass(time.Minute) // uploads are few
	r, err := http.NewRequest(http.MethodPut, c.w.server.URL+Prefix+"/me/photo", bytes.NewReader(body))
	c.w.must(err)
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Cookie", c.cookie)
	res, err := c.w.server.Client().Do(r)
	c.w.must(err)
	defer res.Body.Close() //nolint:errcheck // read to its end below
	var b bytes.Buffer
	_, err = b.ReadFrom(res.Body)
	c.w.must(err)
	return answer{res.StatusCode, res.Header, b.Bytes()}
}
