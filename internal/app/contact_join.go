package app

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"kith"
	"kith/internal/store"
)

// Contacts are made from nouns by the rules of package gather: nouns that share
// a profile link, a mail address or a member number speak of one person; those
// that have none of these and the same name do too. An equal name beside them
// is only a maybe, and joins nobody. What has one of the member's own keys
// speaks of the member.
//
// All of it follows from the set of nouns alone, whatever order they came in:
// that is what makes importing again, or an older archive later, harmless, and
// what lets an import be undone.

const (
	// maxKeyLetters bounds a key: no honest link or address is longer, and
	// PostgreSQL keeps no longer ones in an index.
	maxKeyLetters = 512
	// maxKeyMails bounds the addresses of one noun.
	maxKeyMails = 50
)

// keysOf gives what somebody is found by; none for somebody without a name.
func keysOf(p *kith.Person) []string {
	var keys []string
	add := func(key string) {
		if utf8.RuneCountInString(key) <= maxKeyLetters && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	if p.Slug != "" {
		add("s:" + p.Slug)
	}
	if p.URN != "" {
		add("u:" + p.URN)
	}
	for _, mail := range p.Emails[:min(len(p.Emails), maxKeyMails)] {
		add("e:" + mail)
	}
	if len(keys) == 0 {
		if name, _ := kith.FoldName(p.Name); name != "" {
			add("n:" + name)
		}
	}
	return keys
}

// joining is one transaction's work on a member's contacts: nouns are placed,
// then everything is written.
type joining struct {
	a     *App
	tx    *store.Tx
	owner kith.MemberID
	own   *joined
	// byKey holds every key met so far, byID every contact read.
	byKey  map[string]*joined
	byID   map[kith.ContactID]*joined
	people []*joined
	// moved are contacts that turned out to be another.
	moved []*joined
	// left are invitations of a contact that is made anew: their ids, and what
	// the member said of them, go to those that are the same.
	left []store.Elsewhere
}

// joined is one contact being made or changed.
type joined struct {
	store.Contact
	into  *joined       // it turned out to be another
	was   store.Contact // as it is kept
	kept  bool
	keys  []string // that are not kept yet
	nouns []store.Noun
	names map[string]int // of nouns, to their places
	sent  []store.Elsewhere
}

// root gives the contact that somebody turned out to be.
func (p *joined) root() *joined {
	for p.into != nil {
		p = p.into
	}
	return p
}

// join begins work on a member's contacts. It locks them.
func (a *App) join(tx *store.Tx, owner kith.MemberID) (*joining, error) {
	own, err := a.ownContact(tx, owner)
	if err != nil {
		return nil, err
	}
	j := &joining{a: a, tx: tx, owner: owner, byKey: map[string]*joined{}, byID: map[kith.ContactID]*joined{}}
	j.own = j.add(&joined{Contact: own, was: own, kept: true})
	keys, err := tx.KeysOf(owner, own.ID)
	if err != nil {
		return nil, err
	}
	for _, k := range keys {
		j.byKey[k.Name] = j.own
	}
	return j, nil
}

// ownContact gives the contact that is the member and makes it before the first
// import. The account's address is one of its keys.
func (a *App) ownContact(tx *store.Tx, owner kith.MemberID) (store.Contact, error) {
	own, ok, err := tx.OwnContact(owner)
	if err != nil || ok {
		return own, err
	}
	if err := tx.AddOwnContact(owner, kith.ContactID(tx.NewID())); err != nil {
		return own, err
	}
	if own, _, err = tx.OwnContact(owner); err != nil {
		return own, err
	}
	m, _, err := tx.Member(owner)
	if err != nil {
		return own, err
	}
	if mail, ok := kith.FoldEmail(m.Email); ok {
		err = tx.SetKeys(owner, []store.ContactKey{{Name: "e:" + mail, Contact: own.ID}})
	}
	return own, err
}

func (j *joining) add(p *joined) *joined {
	p.names = map[string]int{}
	j.people = append(j.people, p)
	if p.ID != "" {
		j.byID[p.ID] = p
	}
	return p
}

// find reads the contacts that some nouns may speak of.
func (j *joining) find(nouns []noun) error {
	var names []string
	for i := range nouns {
		for _, k := range keysOf(&nouns[i].who) {
			if j.byKey[k] == nil {
				names = append(names, k)
			}
		}
	}
	slices.Sort(names)
	found, err := j.tx.ContactKeys(j.owner, slices.Compact(names))
	if err != nil {
		return err
	}
	var ids []kith.ContactID
	for _, k := range found {
		if j.byID[k.Contact] == nil {
			ids = append(ids, k.Contact)
		}
	}
	slices.Sort(ids)
	contacts, err := j.tx.Contacts(j.owner, slices.Compact(ids))
	if err != nil {
		return err
	}
	for _, c := range contacts {
		j.add(&joined{Contact: c, was: c, kept: true})
	}
	for _, k := range found {
		j.byKey[k.Name] = j.byID[k.Contact]
	}
	return nil
}

// place adds a noun to the contact it speaks of; ok is false if it names
// nobody.
func (j *joining) place(n *noun) (ok bool) {
	keys := keysOf(&n.who)
	switch n.kind {
	case nounOwn, nounApplication, nounHint:
		j.own.say(n)
		return true
	}
	for _, k := range keys {
		if p := j.byKey[k]; p != nil && p.root() == j.own {
			j.own.say(n)
			return true
		}
	}
	if len(keys) == 0 {
		return false
	}
	var p *joined
	for _, k := range keys {
		if found := j.byKey[k]; found != nil {
			p = j.unite(p, found.root())
		}
	}
	if p == nil {
		p = j.add(&joined{Contact: store.Contact{Owner: j.owner}})
	}
	for _, k := range keys {
		if j.byKey[k] == nil {
			p.keys = append(p.keys, k)
		}
		j.byKey[k] = p
	}
	p.say(n)
	return true
}

// unite makes one contact of two. The one made first keeps its id.
func (j *joining) unite(p, q *joined) *joined {
	if p == nil || p == q {
		return q
	}
	if !p.kept || q.kept && q.ID < p.ID {
		p, q = q, p
	}
	q.into = p
	if q.kept {
		j.moved = append(j.moved, q)
	}
	p.keys = append(p.keys, q.keys...)
	p.sent = append(p.sent, q.sent...)
	for i := range q.nouns {
		p.keep(q.nouns[i])
	}
	learn(&p.Contact, &q.Contact)
	return p
}

// keep adds a noun to those to be written, each once.
func (p *joined) keep(n store.Noun) {
	if _, there := p.names[n.Name]; !there {
		p.names[n.Name] = len(p.nouns)
		p.nouns = append(p.nouns, n)
	}
}

// say adds a noun and learns from it what is kept of a contact.
func (p *joined) say(n *noun) {
	p.keep(store.Noun{Name: n.name, Kind: n.kind, Runs: n.runs, Body: n.body})
	seen := n.when()
	if seen.IsZero() {
		seen = n.seen
	}
	c := store.Contact{Name: kith.CleanLine(n.who.Name), NameAt: seen, Slug: n.who.Slug, SlugAt: seen}
	if p.Own {
		learn(&p.Contact, &c)
		return
	}
	switch v := n.value.(type) {
	case kith.Profile:
		c.Headline, c.HeadlineAt = v.Facts.Headline.Val, seen
		c.Place, c.PlaceAt = v.Facts.Location.Val, seen
	case kith.Connection:
		c.NameAt, c.SlugAt = n.seen, n.seen // the row is as new as its file
		c.Organisation, c.Title, c.JobAt = v.Organisation, v.Title, n.seen
		c.Connected, c.ConnectedAt = true, n.when()
	case kith.Contact:
		c.Book = true
	case kith.Message:
		if !v.Outgoing {
			c.HeardAt = n.when()
		}
	case kith.Invitation:
		p.sent = append(p.sent, sentFrom(&v))
	}
	learn(&p.Contact, &c)
}

// learn adds to a contact what another, or one noun, says. Whatever the order,
// the same comes out: of texts the newest counts, and of equally new ones the
// last in the order of letters.
func learn(into, from *store.Contact) {
	newest := func(have *string, at *time.Time, text string, seen time.Time) bool {
		if text == "" || *have != "" && cmp.Or(seen.Compare(*at), strings.Compare(text, *have)) <= 0 {
			return false
		}
		*have, *at = text, seen
		return true
	}
	newest(&into.Name, &into.NameAt, from.Name, from.NameAt)
	newest(&into.Headline, &into.HeadlineAt, from.Headline, from.HeadlineAt)
	newest(&into.Place, &into.PlaceAt, from.Place, from.PlaceAt)
	newest(&into.Slug, &into.SlugAt, from.Slug, from.SlugAt)
	if from.Organisation != "" || from.Title != "" {
		order := cmp.Or(from.JobAt.Compare(into.JobAt), strings.Compare(from.Organisation, into.Organisation), strings.Compare(from.Title, into.Title))
		if order > 0 || into.Organisation == "" && into.Title == "" {
			into.Organisation, into.Title, into.JobAt = from.Organisation, from.Title, from.JobAt
		}
	}
	into.Book = into.Book || from.Book
	into.Connected = into.Connected || from.Connected
	into.ConnectedAt = later(into.ConnectedAt, from.ConnectedAt)
	into.HeardAt = later(into.HeardAt, from.HeardAt)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
