package web

import (
	"context"
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
	Seen    string // which state of the profile the form was made from
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

// entry reads which entry of work or education a form is about.
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
	o.Seen = seenAs(kept)
	if typed != nil {
		o.Profile = *typed
	} else if o.Wrong == "" {
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

// seenAs names the state of a profile.
func seenAs(p *app.Profile) string {
	if p.ChangedAt.IsZero() {
		return ""
	}
	return strconv.FormatInt(p.ChangedAt.UnixMicro(), 36)
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

// errProfileMoved answers a form about an entry that may be another by now.
var errProfileMoved = &kith.Error{Kind: kith.Conflict, Msg: "your profile was changed meanwhile, in another window; look at it again"}

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
	switch {
	case err == nil:
		return q.seeOther("/profile")
	case kith.KindOf(err) != kith.Invalid:
		return nil, err
	}
	return s.again(q, err, func(wrong string) (templ.Component, error) {
		o := &ownProfile{Edit: section, At: entry(q.PostForm), Wrong: wrong, Job: positionIn(q.PostForm), School: educationIn(q.PostForm)}
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
func changeSection(p *app.Profile, section string, form url.Values) error {
	at := entry(form)
	switch section {
	case "head":
		p.Name, p.Headline, p.Location, p.Industry = form.Get("name"), form.Get("headline"), form.Get("location"), form.Get("industry")
	case "about":
		p.Summary = form.Get("summary")
	case "work", "school":
		if form.Get("seen") != seenAs(p) {
			return errProfileMoved
		}
		removed := form.Get("do") == "remove"
		if section == "work" {
			p.Positions = changeEntry(p.Positions, at, removed, positionIn(form))
		} else {
			p.Education = changeEntry(p.Education, at, removed, educationIn(form))
		}
	default:
		*entries(p, section) = strings.Split(form.Get("entries"), "\n")
	}
	return nil
}

// changeEntry puts an entry in place of another, adds it, or takes one out.
func changeEntry[T any](list []T, at int, removed bool, e T) []T {
	list = slices.Clone(list)
	switch {
	case removed && at < len(list):
		return slices.Delete(list, at, at+1)
	case removed:
		return list
	case at < len(list):
		list[at] = e
		return list
	}
	return slices.Insert(list, 0, e)
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
	if o.Edit == "work" && o.At < len(o.Profile.Positions) {
		o.Job = o.Profile.Positions[o.At]
	}
	if o.Edit == "school" && o.At < len(o.Profile.Education) {
		o.School = o.Profile.Education[o.At]
	}
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
