package gather

import (
	"slices"

	"kith"
)

// person finds or makes the entry of somebody: by profile link, by member
// number, by e-mail address; a name alone makes an entry of its own, which only
// a maybe connects to others. nil for somebody without any key, and for the
// member.
func (d *Desk) person(who kith.Person) *entry {
	if e := d.bySlug[who.Slug]; e != nil && e.who.Name == who.Name && who.URN == "" && len(who.Emails) == 0 {
		return e // nothing new: most rows of messages are of somebody known
	}
	name, _ := kith.FoldName(who.Name)
	if d.isSelf(who) || who.Slug == "" && who.URN == "" && len(who.Emails) == 0 && name == "" {
		return nil
	}
	e := d.byKeys(who)
	if e == nil && who.Slug == "" && len(who.Emails) == 0 {
		e = d.nameless(name, who.URN)
	}
	if e == nil {
		e = &entry{}
		d.people = append(d.people, e)
	}
	d.learn(e, who, name)
	return e
}

// byKeys finds the entry that shares a key with who; entries that share one
// through who are one person and are merged.
func (d *Desk) byKeys(who kith.Person) *entry {
	found := []*entry{d.bySlug[who.Slug], d.byURN[who.URN]}
	for _, mail := range who.Emails {
		found = append(found, d.byEmail[mail])
	}
	var e *entry
	for _, f := range found {
		switch {
		case f == nil || f == e:
		case e == nil:
			e = f
		default:
			d.merge(e, f)
		}
	}
	return e
}

// nameless finds the entry of the same name that has no better key either: two
// rows of an archive without links speak of the same person if nothing tells
// them apart.
func (d *Desk) nameless(name, urn string) *entry {
	var found *entry
	for _, e := range d.byName[name] {
		if e.who.Slug == "" && len(e.who.Emails) == 0 && (urn == "" || e.who.URN == "" || e.who.URN == urn) {
			if found != nil {
				return nil
			}
			found = e
		}
	}
	return found
}

// learn adds the keys of who to an entry and indexes them.
func (d *Desk) learn(e *entry, who kith.Person, name string) {
	if e.who.Name == "" {
		e.who.Name = who.Name
	}
	if e.who.First == "" {
		e.who.First = who.First
	}
	if who.Slug != "" {
		if e.who.Slug == "" {
			e.who.Slug = who.Slug
		}
		d.bySlug[who.Slug] = e
	}
	if who.URN != "" {
		e.who.URN = who.URN
		d.byURN[who.URN] = e
	}
	for _, mail := range who.Emails {
		if !slices.Contains(e.who.Emails, mail) {
			e.who.Emails = append(e.who.Emails, mail)
		}
		d.byEmail[mail] = e
	}
	if name != "" && !slices.Contains(e.names, name) {
		e.names = append(e.names, name)
		d.byName[name] = append(d.byName[name], e)
	}
}

// merge joins two entries that turned out to be one person.
func (d *Desk) merge(into, from *entry) {
	from.gone = true
	d.reindex(into, from)
	if from.facts != nil {
		into.shows(from.facts)
	}
	latest(&into.mutual, from.mutual)
	for _, inv := range from.incoming {
		into.incoming = addInvitation(into.incoming, inv)
	}
	for _, inv := range from.outgoing {
		into.outgoing = addInvitation(into.outgoing, inv)
	}
	into.connected = into.connected || from.connected
	if into.connectedAt.Before(from.connectedAt) {
		into.connectedAt = from.connectedAt
	}
	if !into.organisation.Is() {
		into.organisation, into.title = from.organisation, from.title
	}
	into.contact = into.contact || from.contact
	into.met = append(into.met, from.met...)
	into.talk.join(&from.talk)
}

func (d *Desk) reindex(into, from *entry) {
	for _, name := range from.names {
		d.byName[name] = slices.DeleteFunc(d.byName[name], func(e *entry) bool { return e == from })
		if !slices.Contains(into.names, name) {
			into.names = append(into.names, name)
			d.byName[name] = append(d.byName[name], into)
		}
	}
	who := from.who
	d.learn(into, who, "")
}

// markSelf remembers the member's own keys.
func (d *Desk) markSelf(who kith.Person) {
	if who.Slug != "" {
		d.self[who.Slug] = true
	}
	for _, mail := range who.Emails {
		d.self[mail] = true
	}
}

func (d *Desk) isSelf(who kith.Person) bool {
	return who.Slug != "" && d.self[who.Slug] ||
		slices.ContainsFunc(who.Emails, func(mail string) bool { return d.self[mail] })
}

// namesake is the one other entry of the same full name for which has holds, if
// the name is unique on both sides.
func (d *Desk) namesake(e *entry, has func(*entry) bool) *entry {
	for _, name := range e.names {
		if _, full := kith.FoldName(name); !full {
			continue
		}
		var here, there int
		var found *entry
		for _, o := range d.byName[name] {
			if has(o) {
				there++
				found = o
			}
			if len(o.incoming) > 0 {
				here++
			}
		}
		if there == 1 && here <= 1 && found != e {
			return found
		}
	}
	return nil
}

// latest keeps the newer of two observations.
func latest[T any](have *kith.Opt[T], other kith.Opt[T]) {
	if other.Known() && (!have.Known() || !other.At.Before(have.At)) {
		*have = other
	}
}
