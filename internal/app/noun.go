package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
)

// noun is one thing a source said, on its way into the store: a kith.Profile,
// Invitation, Connection, Message, Contact, Meeting, Application or Hint.
type noun struct {
	kind  string
	who   kith.Person
	value any
	body  string
	// name is made from the content: the same thing is kept once.
	name string
	// runs are the runs that brought it, seen the newest date of their files.
	runs string
	seen time.Time
}

// The kinds of nouns. What is said of the member themselves is kept with the
// contact that is the member.
const (
	nounOwn         = "own" // the member's own profile
	nounApplication = "application"
	nounHint        = "hint"
	nounProfile     = "profile"
	nounInvitation  = "invitation"
	nounConnection  = "connection"
	nounContact     = "contact" // an entry of the address book
	nounMeeting     = "meeting"
	nounMessage     = "message"
)

// nounOrder is the order in which a gather.Desk takes nouns.
var nounOrder = map[string]int{nounOwn: 0, nounApplication: 1, nounHint: 2, nounProfile: 3, nounInvitation: 4, nounConnection: 5,
	nounContact: 6, nounMeeting: 7, nounMessage: 8}

// keptText is how much of a message is kept, in bytes: what gather reads of
// one. Of the member's own messages only the time is.
const keptText = 600

// The bodies of nouns as they are kept. Names are short because there may be a
// million; times are microseconds.
type (
	personBody struct {
		Name   string   `json:"n,omitempty"`
		First  string   `json:"f,omitempty"`
		Slug   string   `json:"s,omitempty"`
		URN    string   `json:"u,omitempty"`
		Emails []string `json:"e,omitempty"`
	}
	optBody struct {
		Val    json.RawMessage `json:"v,omitempty"`
		State  kith.State      `json:"k"`
		Source kith.Source     `json:"s,omitempty"`
		At     int64           `json:"t,omitempty"`
	}
	nounBody struct {
		Who       *personBody        `json:"w,omitempty"`
		Source    kith.Source        `json:"s,omitempty"`
		At        int64              `json:"t,omitempty"`
		DateOnly  bool               `json:"d,omitempty"`
		Direction kith.Direction     `json:"i,omitempty"`
		Note      *optBody           `json:"note,omitempty"`
		Ref       string             `json:"ref,omitempty"`
		Org       string             `json:"o,omitempty"`
		Title     string             `json:"ti,omitempty"`
		Text      string             `json:"x,omitempty"`
		Outgoing  bool               `json:"out,omitempty"`
		Orgs      []string           `json:"os,omitempty"`
		Where     string             `json:"wh,omitempty"`
		People    int                `json:"p,omitempty"`
		Declined  bool               `json:"no,omitempty"`
		Interview bool               `json:"iv,omitempty"`
		Goal      string             `json:"g,omitempty"`
		Mutual    *optBody           `json:"m,omitempty"`
		Facts     map[string]optBody `json:"facts,omitempty"`
	}
)

// newNoun makes a noun of what a reader read; it keeps no more than gather
// reads. Everything in v has passed kith.Clean.
func newNoun(v any) (noun, error) {
	n := noun{value: v}
	var b nounBody
	switch v := v.(type) {
	case kith.Profile:
		n.kind, n.who = nounProfile, v.Who
		if v.Own {
			n.kind = nounOwn
		}
		b = nounBody{Source: v.Source, Mutual: packOpt(&v.Mutual), Facts: packFacts(&v.Facts)}
	case kith.Invitation:
		n.kind, n.who = nounInvitation, v.Who
		b = nounBody{Source: v.Source, Direction: v.Direction, At: packTime(v.SentAt), DateOnly: v.DateOnly, Note: packOpt(&v.Note), Ref: v.Ref}
	case kith.Connection:
		n.kind, n.who = nounConnection, v.Who
		b = nounBody{Source: v.Source, At: packTime(v.ConnectedAt), Org: v.Organisation, Title: v.Title}
	case kith.Message:
		n.kind, n.who = nounMessage, v.Who
		b = nounBody{Source: v.Source, At: packTime(v.At), Outgoing: v.Outgoing}
		if !v.Outgoing {
			b.Text = cutBytes(v.Text, keptText)
		}
	case kith.Contact:
		n.kind, n.who = nounContact, v.Who
		b = nounBody{Source: v.Source, Orgs: v.Organisations}
	case kith.Meeting:
		n.kind, n.who = nounMeeting, v.Who
		b = nounBody{Source: v.Source, At: packTime(v.At), DateOnly: v.DateOnly, Title: v.Title, Where: v.Where, People: v.Attendees,
			Declined: v.Declined, Interview: v.Interview}
	case kith.Application:
		n.kind = nounApplication
		b = nounBody{Source: v.Source, At: packTime(v.At), Org: v.Organisation, Title: v.Title}
	case kith.Hint:
		n.kind = nounHint
		b = nounBody{Goal: v.Goal.String(), Text: v.Why}
	default:
		return n, fmt.Errorf("%T is no noun", v)
	}
	return n, n.pack(&b)
}

// pack writes the body and makes the name from it.
func (n *noun) pack(b *nounBody) error {
	if w := n.who; w.Name != "" || w.Slug != "" || w.URN != "" || len(w.Emails) > 0 {
		b.Who = &personBody{w.Name, w.First, w.Slug, w.URN, w.Emails}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(b); err != nil {
		return err
	}
	n.body = strings.TrimSuffix(buf.String(), "\n")
	sum := sha256.Sum256([]byte(n.kind + " " + n.body))
	n.name = base64.RawURLEncoding.EncodeToString(sum[:15]) // 120 bits: two things never meet
	return nil
}

// readNoun reads a noun that was kept.
func readNoun(kind, name, body string) (noun, error) {
	n := noun{kind: kind, name: name, body: body}
	var b nounBody
	if err := json.Unmarshal([]byte(body), &b); err != nil {
		return n, fmt.Errorf("a kept %s: %w", kind, err)
	}
	if w := b.Who; w != nil {
		n.who = kith.Person{Name: w.Name, First: w.First, Slug: w.Slug, URN: w.URN, Emails: w.Emails}
	}
	var err error
	n.value, err = n.unpack(&b)
	return n, err
}

func (n *noun) unpack(b *nounBody) (any, error) {
	at := unpackTime(b.At)
	switch n.kind {
	case nounProfile, nounOwn:
		p := kith.Profile{Who: n.who, Source: b.Source, Own: n.kind == nounOwn}
		if err := unpackOpt(b.Mutual, &p.Mutual); err != nil {
			return nil, err
		}
		return p, unpackFacts(b.Facts, &p)
	case nounInvitation:
		inv := kith.Invitation{Who: n.who, Direction: b.Direction, SentAt: at, DateOnly: b.DateOnly, Ref: b.Ref, Source: b.Source}
		return inv, unpackOpt(b.Note, &inv.Note)
	case nounConnection:
		return kith.Connection{Who: n.who, Organisation: b.Org, Title: b.Title, ConnectedAt: at, Source: b.Source}, nil
	case nounMessage:
		return kith.Message{Who: n.who, Outgoing: b.Outgoing, At: at, Text: b.Text, Source: b.Source}, nil
	case nounContact:
		return kith.Contact{Who: n.who, Organisations: b.Orgs, Source: b.Source}, nil
	case nounMeeting:
		return kith.Meeting{Who: n.who, At: at, DateOnly: b.DateOnly, Title: b.Title, Where: b.Where, Attendees: b.People,
			Declined: b.Declined, Interview: b.Interview, Source: b.Source}, nil
	case nounApplication:
		return kith.Application{Organisation: b.Org, Title: b.Title, At: at, Source: b.Source}, nil
	case nounHint:
		goal, ok := kith.ParseGoal(b.Goal)
		if !ok {
			return nil, fmt.Errorf("%q is no goal", b.Goal)
		}
		return kith.Hint{Goal: goal, Why: b.Text}, nil
	}
	return nil, fmt.Errorf("%q is no kind of noun", n.kind)
}

// when is the date a noun gives itself, as it is kept; zero if it has none.
func (n *noun) when() time.Time {
	var at time.Time
	switch v := n.value.(type) {
	case kith.Invitation:
		at = v.SentAt
	case kith.Connection:
		at = v.ConnectedAt
	case kith.Message:
		at = v.At
	case kith.Meeting:
		at = v.At
	case kith.Application:
		at = v.At
	case kith.Profile:
		at = v.Facts.Headline.At
	}
	return unpackTime(packTime(at))
}

func packTime(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func unpackTime(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

func packOpt[T any](o *kith.Opt[T]) *optBody {
	if o.State == kith.Unknown {
		return nil
	}
	val, err := json.Marshal(o.Val)
	if err != nil { // no type of a fact refuses
		return nil
	}
	return &optBody{val, o.State, o.Source, packTime(o.At)}
}

func unpackOpt[T any](b *optBody, into *kith.Opt[T]) error {
	if b == nil {
		return nil
	}
	into.State, into.Source, into.At = b.State, b.Source, unpackTime(b.At)
	return json.Unmarshal(b.Val, &into.Val)
}

// packFacts keeps the facts that are known, under the names a case gives them.
func packFacts(f *kith.PersonFacts) map[string]optBody {
	out := map[string]optBody{}
	v := reflect.ValueOf(f).Elem()
	for i := range v.NumField() {
		field := v.Field(i)
		state, _ := field.FieldByName("State").Interface().(kith.State)
		if state == kith.Unknown {
			continue
		}
		val, err := json.Marshal(field.FieldByName("Val").Interface())
		if err != nil { // no type of a fact refuses
			continue
		}
		source, _ := field.FieldByName("Source").Interface().(kith.Source)
		seen, _ := field.FieldByName("At").Interface().(time.Time)
		out[v.Type().Field(i).Tag.Get("json")] = optBody{val, state, source, packTime(seen)}
	}
	return out
}

// unpackFacts reads the facts back; one this program no longer knows is left
// out.
func unpackFacts(facts map[string]optBody, into *kith.Profile) error {
	v := reflect.ValueOf(&into.Facts).Elem()
	for i := range v.NumField() {
		b, ok := facts[v.Type().Field(i).Tag.Get("json")]
		if !ok {
			continue
		}
		field := v.Field(i)
		if err := json.Unmarshal(b.Val, field.FieldByName("Val").Addr().Interface()); err != nil {
			return err
		}
		field.FieldByName("State").Set(reflect.ValueOf(b.State))
		field.FieldByName("Source").Set(reflect.ValueOf(b.Source))
		field.FieldByName("At").Set(reflect.ValueOf(unpackTime(b.At)))
	}
	return nil
}

// cutBytes cuts a text at a letter's start.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
