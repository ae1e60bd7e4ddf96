package note

import (
	"fmt"
	"strings"
	"time"

	"kith"
)

// DraftFacts is what a sender knows and may honestly say. Every field may be
// empty; a clause whose fact is missing is left out.
type DraftFacts struct {
	To   string // recipient's given name
	From string // sender's given name

	MetWhere string    // where the two met: "the Rotterdam logistics meetup"
	MetAt    time.Time // when they met
	Now      time.Time // when the note is written; MetAt is told relative to it

	School   string // school both went to
	Employer string // organisation both work or worked for
	Group    string // group, club or project both belong to
	Topic    string // what both are interested in: "cold-chain sensors"

	TheirOrg string // organisation the recipient works for
	Status   string // the sender's own situation, as a clause: "I graduate in May"
	Referrer string // who suggested writing
	Question string // one concrete question, as a sentence
}

// clean makes every fact fit to stand in a note.
func (d DraftFacts) clean() DraftFacts {
	for _, p := range []*string{&d.To, &d.From, &d.MetWhere, &d.School, &d.Employer, &d.Group, &d.Topic, &d.TheirOrg, &d.Status, &d.Referrer, &d.Question} {
		*p = strings.TrimRight(kith.CleanLine(*p), " .,;")
	}
	return d
}

// Draft writes one or two honest sentences from the facts, in English: the
// template that fits the strongest of them. It keeps to 200 letters if it can
// by leaving clauses out, and never has more than 300. It is empty if the facts
// hold no reason to write: an invitation needs one (R121).
func Draft(d DraftFacts) string {
	d = d.clean()
	switch {
	case d.MetWhere != "" || !d.MetAt.IsZero() && when(d.MetAt, d.Now) != "":
		return MetYesterday(d)
	case d.School != "" && (d.TheirOrg != "" || d.Status != "" || d.Question != ""):
		return Alumni(d)
	case d.School != "" || d.Employer != "" || d.Group != "":
		return SharedInvolvement(d)
	case d.Referrer != "" || d.Question != "" || d.Topic != "":
		return reasonOnly(d)
	}
	return ""
}

// MetYesterday repeats a brief meeting (R117): where and when the two met, and
// what they talked about. It is empty if neither place nor day is given.
func MetYesterday(d DraftFacts) string {
	d = d.clean()
	day := when(d.MetAt, d.Now)
	if d.MetWhere == "" && day == "" {
		return ""
	}
	opening := "It was good to meet you" + pre(" ", day) + pre(" at ", d.MetWhere)
	more := question(d.Question)
	if more == "" && d.Topic != "" {
		more = "I would like to hear more about " + d.Topic + "."
	}
	return compose(d, []string{opening + ".", more}, []string{opening + "."}, []string{"It was good to meet you" + pre(" ", day) + "."})
}

// SharedInvolvement opens with what both were part of and asks about a common
// interest (R119). It is empty if nothing shared is given.
func SharedInvolvement(d DraftFacts) string {
	d = d.clean()
	opening := ""
	switch {
	case d.Employer != "":
		opening = "We both have worked at " + d.Employer
	case d.Group != "":
		opening = "We are both part of " + d.Group
	case d.School != "":
		opening = "We both went to " + d.School
	default:
		return ""
	}
	more := question(d.Question)
	if more == "" && d.Topic != "" {
		more = "I would like to exchange a few words about " + d.Topic + "."
	}
	return compose(d, []string{opening + ".", more}, []string{opening + "."})
}

// Alumni opens with the school both went to and asks one concrete question
// about the recipient's place of work (R120). It is empty without a school.
func Alumni(d DraftFacts) string {
	d = d.clean()
	if d.School == "" {
		return ""
	}
	opening := "I saw that you went to " + d.School + " as I did" + pre(" and now work at ", d.TheirOrg)
	ask := question(d.Question)
	if d.Status != "" {
		return compose(d, []string{opening + "; " + lower(d.Status) + ".", ask}, []string{opening + ".", ask}, []string{opening + "."})
	}
	return compose(d, []string{opening + ".", ask}, []string{opening + "."})
}

// reasonOnly writes to somebody nothing is shared with: who suggested it, and
// the question or the common topic.
func reasonOnly(d DraftFacts) string {
	ask := question(d.Question)
	if ask == "" && d.Topic != "" {
		ask = "I would like to exchange a few words about " + d.Topic + "."
	}
	if d.Referrer == "" {
		return compose(d, []string{status(d.Status), ask}, []string{ask})
	}
	opening := d.Referrer + " suggested that I write to you."
	return compose(d, []string{opening, ask}, []string{opening})
}

// Ask asks a sender what made them connect, before deciding (R83).
func Ask(to, from string) string {
	return letter(to, from, "good to \"meet\" you. What encouraged you to connect with me here?")
}

// AcceptAndSee greets somebody whose invitation was accepted to see whether
// they answer (R84).
func AcceptAndSee(to, from string) string {
	return letter(to, from, "thank you for the invitation. What encouraged you to connect with me here?")
}

// OnlyThroughNetwork answers a request for an introduction to somebody the
// member cannot vouch for (R88).
func OnlyThroughNetwork(name, network string) string {
	name, network = kith.CleanLine(name), kith.CleanLine(network)
	if name == "" {
		name = "this person"
	}
	if network == "" {
		network = "this network"
	}
	return "I know " + name + " only through " + network + ", so I cannot vouch for their work."
}

// compose gives the first version that keeps to 200 letters, else the first
// that keeps to 300, else nothing.
func compose(d DraftFacts, versions ...[]string) string {
	for _, limit := range []int{FreeLimit, PaidLimit} {
		for _, v := range versions {
			body := strings.TrimSpace(strings.Join(v, " "))
			if body == "" {
				continue
			}
			if text := letter(d.To, d.From, body); Letters(text) <= limit {
				return text
			}
		}
	}
	return ""
}

// letter puts a body between greeting and name. Names too long to be names are
// left out.
func letter(to, from, body string) string {
	const maxName = 40
	to, from = kith.CleanLine(to), kith.CleanLine(from)
	if Letters(to) > maxName {
		to = ""
	}
	if Letters(from) > maxName {
		from = ""
	}
	return "Hello" + pre(" ", to) + ", " + lower(body) + pre(" ", from)
}

// pre puts a lead before a fact, nothing before a missing one.
func pre(lead, fact string) string {
	if fact == "" {
		return ""
	}
	return lead + fact
}

// question takes the first question of q and ends it with its mark.
func question(q string) string {
	q, _, _ = strings.Cut(q, "?")
	if q = strings.TrimSpace(q); q == "" {
		return ""
	}
	return q + "?"
}

// status ends the sender's own situation with a full stop.
func status(s string) string {
	if s == "" {
		return ""
	}
	return s + "."
}

// lower writes the first word small after "Hello Mara,": the words the
// templates open with, and no others, for a name or an acronym keeps its
// letters.
func lower(s string) string {
	for _, w := range []string{"It ", "We ", "What ", "Good ", "Thank ", "Could ", "Would ", "Can ", "May ", "How ", "Do ", "Are ", "Is "} {
		if strings.HasPrefix(s, w) {
			return strings.ToLower(s[:1]) + s[1:]
		}
	}
	return s
}

// when tells a day relative to now: yesterday, on Tuesday, on 3 May, in May
// 2019. It is empty for a day that is unknown or still to come.
func when(at, now time.Time) string {
	if at.IsZero() || now.IsZero() || at.After(now) {
		return ""
	}
	at = at.In(now.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch days := int(midnight.Sub(at)/(24*time.Hour)) + 1; {
	case !at.Before(midnight):
		return "today"
	case days == 1:
		return "yesterday"
	case days < 7:
		return "on " + at.Weekday().String()
	case days < 300:
		return fmt.Sprintf("on %d %s", at.Day(), at.Month())
	}
	return fmt.Sprintf("in %s %d", at.Month(), at.Year())
}
