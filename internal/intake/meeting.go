package intake

import (
	"regexp"
	"strings"
	"time"

	"kith"
)

// maxAttendees bounds the people of one event. An event with more is a
// broadcast: being on its list says nothing about having met.
const maxAttendees = 500

// event is one entry of a calendar.
type event struct {
	n         int // its number in the file, from 1
	uid       string
	title     string
	where     string
	start     time.Time
	dateOnly  bool
	cancelled bool
	people    []attendee
	known     map[string]int // address, or name without one, to place in people
	crowded   bool           // has more than maxAttendees

	rule     string
	extra    []time.Time // RDATE
	except   []time.Time // EXDATE
	exceptOn []int       // EXDATE without a time: numbers of days
	original time.Time   // RECURRENCE-ID: this entry stands in place of that occurrence
}

// attendee is one person of an event.
type attendee struct {
	who      kith.Person
	declined bool
}

// add adds a person, or what else is said of one who is there already: the
// organiser is often an attendee as well.
func (e *event) add(a attendee) {
	key := a.who.Name
	if len(a.who.Emails) > 0 {
		key = a.who.Emails[0]
	}
	if key == "" {
		return
	}
	if i, ok := e.known[key]; ok {
		e.people[i].declined = e.people[i].declined || a.declined
		if e.people[i].who.Name == "" {
			e.people[i].who.Name = a.who.Name
		}
		return
	}
	if len(e.people) == maxAttendees {
		e.crowded = true
		return
	}
	if e.known == nil {
		e.known = map[string]int{}
	}
	e.known[key] = len(e.people)
	e.people = append(e.people, a)
}

// is reports whether an attendee is the member: by address, else by full name.
func (o *Owner) is(p *kith.Person) bool {
	for _, have := range o.Emails {
		for _, email := range p.Emails {
			if have == email {
				return true
			}
		}
	}
	mine, ok := kith.FoldName(o.Name)
	theirs, full := kith.FoldName(p.Name)
	return ok && full && mine == theirs
}

// meetings gives the event as one meeting with each person but the member; the
// time is left open.
func (e *event) meetings(owner *Owner) []kith.Meeting {
	var others []*attendee
	declined := e.cancelled
	for i := range e.people {
		if a := &e.people[i]; !owner.is(&a.who) {
			others = append(others, a)
		} else {
			declined = declined || a.declined
		}
	}
	people := len(others)
	if owner.Name != "" || len(owner.Emails) > 0 {
		people++ // whatever the list says: the entry stands in the member's calendar
	}
	interview := isInterview(e.title)
	var out []kith.Meeting
	for _, a := range others {
		out = append(out, kith.Meeting{
			Who: a.who, DateOnly: e.dateOnly, Title: e.title, Where: e.where, Attendees: people,
			Declined: declined || a.declined, Interview: interview, Source: kith.FromCalendar,
		})
	}
	return out
}

// words makes a pattern that finds one of the alternatives as whole words in
// folded text.
func words(alternatives ...string) *regexp.Regexp {
	return regexp.MustCompile(`\b(?:` + strings.Join(alternatives, `|`) + `)\b`)
}

// interviewWord is in every title that reads like an interview. Most titles end
// here.
var interviewWord = regexp.MustCompile(`interview|gesprach|entretien|entrevista|screen|hiring`)

// certainInterview finds titles that speak of a job interview in so many words.
var certainInterview = words(
	`job interviews?`, `hiring manager (?:call|chat|screen|interview|conversation)`,
	`vorstellungsgesprach`, `bewerbungsgesprach`, `jobinterview`, `bewerbungsinterview`,
	`entretien (?:dembauche|de recrutement)`,
	`entrevistas? (?:de trabajo|laboral|de empleo)`,
)

// likelyInterview finds titles that mostly mean one. The bare word does so in
// English; in German and French it is an interview with the press.
var likelyInterview = words(
	`interviews?`, `(?:phone|recruiter|hr|technical) screen(?:ing)?`, `auswahlgesprach`,
	`entretien (?:de selection|rh|technique|candidat)`, `entretien (?:telephonique|video) (?:rh|recrutement)`,
	`entrevistas? (?:de seleccion|tecnica|rrhh|de rrhh|con rrhh|con recursos humanos)`,
)

// aboutInterviews finds titles about interviews, and interviews for an audience.
var aboutInterviews = words(
	`prep`, `preparation`, `practi[cs]e`, `mock`, `training`, `workshop`, `course`, `tips`, `skills`, `questions?`, `guide`, `debrief`,
	`podcasts?`, `radio`, `tv`, `television`, `press`, `presse`, `prensa`, `media`, `medien`, `medias`, `medios`, `magazines?`,
	`newspaper`, `zeitung`, `journalists?`, `journaliste`, `periodista`, `article`, `artikel`, `blog`, `book`, `documentary`,
	`youtube`, `webinar`, `episode`, `show`, `newsletter`,
)

// otherInterview finds interviews that are no job interviews.
var otherInterview = words(
	`users?`, `customers?`, `clients?`, `kunden`, `nutzer`, `utilisateurs?`, `usuarios?`, `experts?`, `experten`, `stakeholders?`,
	`participants?`, `personas?`, `usability`, `research`, `study`, `thesis`, `dissertation`, `survey`, `studie`, `etude`, `estudio`,
	`exit`, `history`, `visa`, `immigration`, `citizenship`, `asylum`, `interview (?:mit|avec|con|zu|uber|sur)`,
)

// isInterview reports whether a title reads like a job interview. A wrong yes
// would hold back an invitation for weeks, so what is in doubt is no.
func isInterview(title string) bool {
	folded := kith.FoldText(title)
	if !interviewWord.MatchString(folded) || aboutInterviews.MatchString(folded) {
		return false
	}
	return certainInterview.MatchString(folded) ||
		likelyInterview.MatchString(folded) && !otherInterview.MatchString(folded)
}
