package intake

import (
	"time"

	"kith"
)

// letter turns what a mail shows into nouns. A reminder speaks of an
// invitation sent earlier: it carries the same number and the same link, and
// no time, because its own date is not the invitation's.
func (j *job) letter(kind mailKind, at time.Time, l letter) {
	who := kith.Person{Name: l.name, Slug: l.slug}
	j.shows(who, at, l)
	if kind == mailAccepted {
		j.count("connection")
		j.sink.Connection(kith.Connection{Who: who, ConnectedAt: at, Source: kith.FromMail})
		return
	}
	inv := kith.Invitation{
		Who:       who,
		Direction: kith.Incoming,
		SentAt:    at,
		Ref:       l.ref,
		Source:    kith.FromMail,
	}
	if l.note != "" {
		// A mail without a text above the name may have none or may hide it:
		// only a note that is there is a fact.
		inv.Note = kith.Observed(l.note, kith.FromMail, at)
	}
	noun := "invitation"
	if kind == mailReminder {
		noun, inv.SentAt = "reminder", time.Time{}
	}
	j.count(noun)
	j.sink.Invitation(inv)
}

// shows reports what the mail shows of a person beside the name. A photo is
// left unknown: mails show the same grey figure for people without one and for
// readers who do not load pictures.
func (j *job) shows(who kith.Person, at time.Time, l letter) {
	p := kith.Profile{Who: who, Source: kith.FromMail}
	fact := func(v string) (o kith.Opt[string]) {
		if v != "" {
			o = kith.Observed(v, kith.FromMail, at)
		}
		return o
	}
	p.Facts.Name, p.Facts.Headline, p.Facts.Location = fact(l.name), fact(l.headline), fact(l.location)
	if p.Mutual = l.mutual; p.Mutual.Known() {
		p.Mutual.At = at
	}
	j.count("profile")
	j.sink.Profile(p)
}
