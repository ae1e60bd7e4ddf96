package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// profileRoutes are the member's own profile.
func (s *site) profileRoutes() []route {
	return []route{
		{pattern: "GET /profile", do: s.profile},
		{pattern: "POST /profile/{section}", do: s.changeProfile},
		{pattern: "POST /profile/photo", stream: true, do: s.setPhoto},
		{pattern: "POST /profile/photo/remove", do: s.dropPhoto},
	}
}

// ownProfile is the sheet others see, with one section open to be changed.
type ownProfile struct {
	portrait
	Profile app.Profile
	Edit    string // the section that is open: one of sections, or photo
	At      int    // the entry of work or education; beyond the last: a new one
	Job     kith.Position
	School  kith.Education
	Seen    string // names the entry as the form was made from it; empty: a new one
	Wrong   string
	Missing []string // sections nothing stands in
	Coach   coaching
}

// coaching is what the judgement would say of the profile.
type coaching struct {
	Verdict, Chance string
	Reasons         []reason
	Advice          []coached
}

// coached is one thing to do, and where.
type coached struct{ Text, Now, Way string }

// sections are the parts of a profile that are changed one by one, in their
// order on the sheet.
var sections = []string{"head", "about", "work", "school", "skills", "languages", "groups", "volunteering", "topics", "links"}

// adviceWays are the sections the coach's advice leads to; the photo has a form
// of its own.
var adviceWays = map[string]string{"photo": "photo", "who-you-are": "about", "accomplishments": "about", "spelling": "about", "formatting": "head",
	"scam-phrases": "about", "groups": "groups", "schools": "school", "employers": "work", "volunteering": "volunteering"}

// entries gives a list of words of a profile; nil if a section is none.
func entries(p *app.Profile, section string) *[]string {
	return map[string]*[]string{"skills": &p.Skills, "languages": &p.Languages, "groups": &p.Groups, "volunteering": &p.Volunteering,
		"topics": &p.Topics, "links": &p.Links}[section]
}

// empty reports whether nothing stands in a section.
func empty(p *app.Profile, section string) bool {
	switch section {
	case "head":
		return false // the name always does
	case "about":
		return p.Summary == ""
	case "work":
		return len(p.Positions) == 0
	case "school":
		return len(p.Education) == 0
	}
	return len(*entries(p, section)) == 0
}

// entry reads which entry of work or education an address is about.
func entry(values url.Values) int {
	n, err := strconv.Atoi(values.Get("at"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (s *site) profile(q *request) (templ.Component, error) {
	query := q.URL.Query()
	o := &ownProfile{Edit: query.Get("edit"), At: entry(query)}
	if o.Edit != "photo" && !slices.Contains(sections, o.Edit) {
		o.Edit = ""
	}
	return s.profilePage(q, nil, o)
}

// profilePage shows the profile as it is kept, or as it was typed if that did
// not work.
func (s *site) profilePage(q *request, typed *app.Profile, o *ownProfile) (templ.Component, error) {
	ctx := q.Context()
	c, err := s.app.Coach(ctx, q.who)
	if err != nil {
		return nil, err
	}
	kept := &c.Profile
	o.Profile = *kept
	o.portrait = portrait{face{ID: string(q.who.ID), Name: kept.Name, Initials: initials(kept.Name)}, kept.Headline, kept.Location}
	if c.Photo != "" {
		o.Photo = photoURL(o.ID, c.Photo)
	}
	if typed != nil {
		o.Profile = *typed
	} else {
		o.open()
	}
	for _, section := range sections {
		if section != o.Edit && empty(kept, section) {
			o.Missing = append(o.Missing, section)
		}
	}
	o.Coach = coachingOf(ctx, &c)
	return profileView(s.page(q, "settings", say(ctx, "profile.title")), o), nil
}

// seenAs names an entry as it is now.
func seenAs[T any](entry T) string {
	data, _ := json.Marshal(entry) // words always have JSON
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// coachingOf says what somebody would think who knows only the profile.
func coachingOf(ctx context.Context, c *app.Coaching) coaching {
	out := coaching{Verdict: string(c.Verdict), Chance: c.Chance}
	for i := range c.Seen {
		r := &c.Seen[i]
		line := reason{Sign: "+", Spoken: say(ctx, "desk.for"), Text: saying(ctx, r)}
		if r.Side == "against" {
			line.Sign, line.Spoken = "−", say(ctx, "desk.against")
		}
		out.Reasons = append(out.Reasons, line)
	}
	for i := range c.Advice {
		a := &c.Advice[i]
		text := a.Text
		if key := "coach." + a.ID; has(ctx, key) {
			text = say(ctx, key)
		}
		out.Advice = append(out.Advice, coached{text, a.Seen, "/profile?edit=" + adviceWays[a.ID] + "#change"})
	}
	return out
}

// errEntryMoved answers a form about an entry that is another by now.
var errEntryMoved = &kith.Error{Kind: kith.Conflict, Msg: "this entry was changed meanwhile, or taken out, in another window; what you typed stands here as a new one"}

// changeProfile keeps one section.
func (s *site) changeProfile(q *request) (templ.Component, error) {
	section := q.PathValue("section")
	if !slices.Contains(sections, section) {
		return nil, errNoPage
	}
	var typed app.Profile
	_, err := s.app.ChangeProfile(q.Context(), q.who, func(p *app.Profile) error {
		err := changeSection(p, section, q.PostForm)
		typed = *p
		return err
	})
	if err == nil {
		return q.seeOther("/profile")
	}
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		o := &ownProfile{Edit: section, Seen: q.PostForm.Get("seen"), Wrong: wrong, Job: positionIn(q.PostForm), School: educationIn(q.PostForm)}
		if section == "work" || section == "school" {
			return s.profilePage(q, nil, o)
		}
		return s.profilePage(q, &typed, o)
	})
}

func positionIn(form url.Values) kith.Position {
	return kith.Position{Title: form.Get("title"), Organisation: form.Get("organisation"), From: form.Get("from"), To: form.Get("to"), Description: form.Get("description")}
}

func educationIn(form url.Values) kith.Education {
	return kith.Education{School: form.Get("name"), Degree: form.Get("degree"), From: form.Get("from"), To: form.Get("to")}
}

// changeSection puts what a form holds in place of a section.
func changeSection(p *app.Profile, section string, form url.Values) (err error) {
	seen, removed := form.Get("seen"), form.Get("do") == "remove"
	switch section {
	case "head":
		p.Name, p.Headline, p.Location, p.Industry = form.Get("name"), form.Get("headline"), form.Get("location"), form.Get("industry")
	case "about":
		p.Summary = form.Get("summary")
	case "work":
		p.Positions, err = changeEntry(p.Positions, seen, removed, positionIn(form))
	case "school":
		p.Education, err = changeEntry(p.Education, seen, removed, educationIn(form))
	default:
		*entries(p, section) = strings.Split(form.Get("entries"), "\n")
	}
	return err
}

// changeEntry puts an entry in place of the one that was seen, or takes that one
// out; where none was seen it adds one. One that is there already was sent twice.
func changeEntry[T comparable](list []T, seen string, removed bool, e T) ([]T, error) {
	list = slices.Clone(list)
	if seen == "" {
		if removed || slices.Contains(list, e) {
			return list, nil
		}
		return slices.Insert(list, 0, e), nil
	}
	at := entrySeen(list, seen)
	switch {
	case at < 0:
		return list, errEntryMoved
	case removed:
		return slices.Delete(list, at, at+1), nil
	}
	list[at] = e
	return list, nil
}

// entrySeen finds the entry that was seen, -1 if it is no longer there.
func entrySeen[T any](list []T, seen string) int {
	return slices.IndexFunc(list, func(x T) bool { return seenAs(x) == seen })
}

// photoTimeout is how long a photo may take to arrive.
const photoTimeout = time.Minute

// setPhoto takes a photo as it arrives. What is refused is read to its end
// first: a browser shows no answer before it has sent everything.
func (s *site) setPhoto(q *request) (templ.Component, error) {
	control := http.NewResponseController(q.w)
	// An error only means that the connection cannot be timed.
	_ = control.SetReadDeadline(time.Now().Add(photoTimeout))
	_ = control.SetWriteDeadline(time.Now().Add(photoTimeout))
	q.Body = http.MaxBytesReader(q.w, q.Body, 2*app.MaxPhoto)
	form, err := q.MultipartReader()
	if err == nil {
		err = s.keepPhoto(q.Context(), q.who, form)
	} else {
		err = &kith.Error{Kind: kith.Invalid, Msg: "send your photo with the form on this page", Err: err}
	}
	if err == nil {
		return q.seeOther("/profile")
	}
	_, _ = io.Copy(io.Discard, q.Body) // or the connection is gone, and nobody waits
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		return s.profilePage(q, nil, &ownProfile{Edit: "photo", Wrong: wrong})
	})
}

// keepPhoto keeps the first file of a form.
func (s *site) keepPhoto(ctx context.Context, who app.Actor, form *multipart.Reader) error {
	for {
		part, err := form.NextPart()
		if err != nil {
			return &kith.Error{Kind: kith.Invalid, Msg: "choose a photo first", Err: err}
		}
		if part.FileName() != "" {
			_, err := s.app.SetPhoto(ctx, who, "", part)
			return err
		}
	}
}

func (s *site) dropPhoto(q *request) (templ.Component, error) {
	if err := s.app.DropPhoto(q.Context(), q.who); err != nil {
		return nil, err
	}
	return q.seeOther("/profile")
}

// open fills in the entry a form is about; a new one stays empty.
func (o *ownProfile) open() {
	switch o.Edit {
	case "work":
		o.At, o.Seen = opened(o, o.Profile.Positions, &o.Job)
	case "school":
		o.At, o.Seen = opened(o, o.Profile.Education, &o.School)
	}
}

// opened gives where the entry of a form stands, and its name. In a form that did
// not work it is the one that was seen, and what was typed stays.
func opened[T any](o *ownProfile, list []T, form *T) (at int, seen string) {
	if at = o.At; o.Wrong != "" {
		at = entrySeen(list, o.Seen)
	} else if at < len(list) {
		*form = list[at]
	}
	if at < 0 || at >= len(list) {
		return len(list), ""
	}
	return at, seenAs(list[at])
}

// removable reports whether the entry that is open is there already.
func (o *ownProfile) removable() bool {
	return o.Edit == "work" && o.At < len(o.Profile.Positions) || o.Edit == "school" && o.At < len(o.Profile.Education)
}

// editing is where a section is open to be changed.
func editing(section string) templ.SafeURL {
	return templ.SafeURL("/profile?edit=" + section + "#change")
}

// editingEntry is editing of one entry.
func editingEntry(section string, at int) templ.SafeURL {
	return templ.SafeURL("/profile?edit=" + section + "&at=" + strconv.Itoa(at) + "#change")
}

// helped ties a field to its help, if it has one.
func helped(name, help string) templ.Attributes {
	if help == "" {
		return nil
	}
	return templ.Attributes{"aria-describedby": "own-" + name + "-help"}
}
