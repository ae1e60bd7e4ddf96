package store

import (
	"slices"
	"strings"
	"time"

	"kith"
)

// Contact is a person as one member's imports tell: private to that member,
// never an account. It follows from the nouns kept of them. Each text stands
// beside when it was seen.
type Contact struct {
	Owner kith.MemberID
	ID    kith.ContactID
	// Own marks the member as their own files know them.
	Own          bool
	Name         string
	NameAt       time.Time
	Headline     string
	HeadlineAt   time.Time
	Place        string
	PlaceAt      time.Time
	Organisation string
	Title        string
	JobAt        time.Time
	Slug         string // of the profile elsewhere
	SlugAt       time.Time
	Book         bool // the address book holds them
	Connected    bool // a connection elsewhere
	ConnectedAt  time.Time
	HeardAt      time.Time // when they last wrote to the member
}

// ContactKey is one thing a contact is found by.
type ContactKey struct {
	Name    string // see app's list of keys
	Contact kith.ContactID
}

const (
	contactColumns = `owner, id, own, name, name_at, headline, headline_at, place, place_at, organisation, title, job_at,
	slug, slug_at, book, connected, connected_at, heard_at`
	ownContact    sqlText = "SELECT " + contactColumns + " FROM contact WHERE owner = $1 AND own = 1 /*lock*/"
	seeOwnContact sqlText = "SELECT " + contactColumns + " FROM contact WHERE owner = $1 AND own = 1"
	addOwnContact sqlText = `INSERT INTO contact (owner, id, own, name, name_folded, name_at, headline, headline_at, place, place_at,
	organisation, title, job_at, slug, slug_at, book, connected, connected_at, heard_at)
	VALUES ($1, $2, 1, '', '', 0, '', 0, '', 0, '', '', 0, '', 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING`
	readContact  sqlText = "SELECT " + contactColumns + " FROM contact WHERE owner = $1 AND id = $2"
	pageContacts sqlText = "SELECT " + contactColumns + ` FROM contact WHERE owner = $1 AND own = 0
	AND (name_folded > $2 OR name_folded = $2 AND id > $3) ORDER BY name_folded, id LIMIT $4 + 0`
	findContacts sqlText = "SELECT " + contactColumns + ` FROM contact WHERE owner = $1 AND own = 0
	AND (name_folded > $2 OR name_folded = $2 AND id > $3) AND (name_folded LIKE $5 OR name_folded LIKE $6) ORDER BY name_folded, id LIMIT $4 + 0`
	dropContact sqlText = "DELETE FROM contact WHERE owner = $1 AND id = $2"
	// Asked for in order, SQLite would go over all keys of the owner.
	keysOfContact sqlText = "SELECT name, contact FROM contact_key WHERE owner = $1 AND contact = $2"
	moveKeys      sqlText = "UPDATE contact_key SET contact = $3 WHERE owner = $1 AND contact = $2"
	moveNouns     sqlText = "UPDATE noun SET contact = $3 WHERE owner = $1 AND contact = $2"
	moveElsewhere sqlText = "UPDATE elsewhere SET contact = $3 WHERE owner = $1 AND contact = $2"
	forgetKeys    sqlText = "DELETE FROM contact_key WHERE owner = $1 AND contact = $2"
)

var (
	contactsIn = unionOf("SELECT "+contactColumns+" FROM contact WHERE owner = $1 AND id = $2", 1)
	namesakes  = unionOf("SELECT id FROM contact WHERE owner = $1 AND own = 0 AND name_folded <> '' AND name_folded = $2", 1)
	keysIn     = unionOf("SELECT name, contact FROM contact_key WHERE owner = $1 AND name = $2", 1)
	keysOf     = unionOf(string(keysOfContact), 1)
	setContact = insertMany(`INSERT INTO contact (owner, id, own, name, name_folded, name_at, headline, headline_at, place, place_at,
	organisation, title, job_at, slug, slug_at, book, connected, connected_at, heard_at)`, 19, `ON CONFLICT (owner, id) DO UPDATE SET
	name = excluded.name, name_folded = excluded.name_folded, name_at = excluded.name_at, headline = excluded.headline, headline_at = excluded.headline_at,
	place = excluded.place, place_at = excluded.place_at, organisation = excluded.organisation, title = excluded.title, job_at = excluded.job_at,
	slug = excluded.slug, slug_at = excluded.slug_at, book = excluded.book, connected = excluded.connected,
	connected_at = excluded.connected_at, heard_at = excluded.heard_at`)
	setKeys = insertMany("INSERT INTO contact_key (owner, name, contact)", 3,
		"ON CONFLICT (owner, name) DO UPDATE SET contact = excluded.contact")
)

// OwnContact gives the contact that is the member, and locks it: whoever writes
// to a member's contacts does so first. ok is false before the first import.
func (tx *Tx) OwnContact(owner kith.MemberID) (c Contact, ok bool, err error) {
	return maybe(scanContact, tx.row(ownContact, string(owner)))
}

// AddOwnContact makes the contact that is the member, unless there is one.
func (tx *Tx) AddOwnContact(owner kith.MemberID, id kith.ContactID) error {
	_, err := tx.exec(addOwnContact, string(owner), string(id))
	return err
}

// SeeOwnContact is OwnContact for readers.
func (tx *Tx) SeeOwnContact(owner kith.MemberID) (c Contact, ok bool, err error) {
	return maybe(scanContact, tx.row(seeOwnContact, string(owner)))
}

// Contact gives one contact; there may be none, and the member's own counts as
// none.
func (tx *Tx) Contact(owner kith.MemberID, id kith.ContactID) (c Contact, ok bool, err error) {
	c, ok, err = maybe(scanContact, tx.row(readContact, string(owner), string(id)))
	return c, ok && !c.Own, err
}

// Contacts gives several contacts, in no order.
func (tx *Tx) Contacts(owner kith.MemberID, ids []kith.ContactID) ([]Contact, error) {
	return allOf(tx, &contactsIn, []any{string(owner)}, texts(ids), scanContact)
}

// SetContacts writes contacts, new ones and others. Whether one is the member's
// own never changes.
func (tx *Tx) SetContacts(list []Contact) error {
	values := make([]any, 0, len(list)*setContact.width)
	for i := range list {
		c := &list[i]
		values = append(values, string(c.Owner), string(c.ID), bit(c.Own), c.Name, foldName(c.Name), micros(c.NameAt), c.Headline, micros(c.HeadlineAt),
			c.Place, micros(c.PlaceAt), c.Organisation, c.Title, micros(c.JobAt), c.Slug, micros(c.SlugAt),
			bit(c.Book), bit(c.Connected), micros(c.ConnectedAt), micros(c.HeardAt))
	}
	_, err := tx.execMany(&setContact, nil, values)
	return err
}

// foldName is what a contact is listed, searched and compared by.
func foldName(name string) string {
	folded, _ := kith.FoldName(name)
	return folded
}

// DropContact forgets a contact and everything that hangs on it.
func (tx *Tx) DropContact(owner kith.MemberID, id kith.ContactID) error {
	_, err := tx.exec(dropContact, string(owner), string(id))
	return err
}

// PageContacts gives contacts in the order of their folded names, behind a name
// and an id.
func (tx *Tx) PageContacts(owner kith.MemberID, afterName string, afterID kith.ContactID, limit int) ([]Contact, error) {
	return all(tx, pageContacts, scanContact, string(owner), afterName, string(afterID), limit)
}

// FindContacts is PageContacts of those whose name has words that begin as
// those of a folded text, in that order.
func (tx *Tx) FindContacts(owner kith.MemberID, words []string, afterName string, afterID kith.ContactID, limit int) ([]Contact, error) {
	var pattern string
	for i, w := range words {
		if i > 0 {
			pattern += "% "
		}
		pattern += w
	}
	return all(tx, findContacts, scanContact, string(owner), afterName, string(afterID), limit, pattern+"%", "% "+pattern+"%")
}

// Namesakes gives the contacts who have one of some names, folded.
func (tx *Tx) Namesakes(owner kith.MemberID, names []string) ([]kith.ContactID, error) {
	return allOf(tx, &namesakes, []any{string(owner)}, texts(names), func(row scanner, id *kith.ContactID) error { return row.Scan(id) })
}

// FoldedName is what a contact's name is compared by.
func (c *Contact) FoldedName() string { return foldName(c.Name) }

// ContactKeys finds the contacts that have some keys.
func (tx *Tx) ContactKeys(owner kith.MemberID, names []string) ([]ContactKey, error) {
	return allOf(tx, &keysIn, []any{string(owner)}, texts(names), scanKey)
}

// KeysOf gives the keys of one contact, in their order.
func (tx *Tx) KeysOf(owner kith.MemberID, id kith.ContactID) ([]ContactKey, error) {
	keys, err := all(tx, keysOfContact, scanKey, string(owner), string(id))
	slices.SortFunc(keys, func(a, b ContactKey) int { return strings.Compare(a.Name, b.Name) })
	return keys, err
}

// KeysOfAll gives the keys of several contacts.
func (tx *Tx) KeysOfAll(owner kith.MemberID, ids []kith.ContactID) ([]ContactKey, error) {
	return allOf(tx, &keysOf, []any{string(owner)}, texts(ids), scanKey)
}

// SetKeys makes keys lead to contacts.
func (tx *Tx) SetKeys(owner kith.MemberID, keys []ContactKey) error {
	values := make([]any, 0, len(keys)*setKeys.width)
	for _, k := range keys {
		values = append(values, string(owner), k.Name, string(k.Contact))
	}
	_, err := tx.execMany(&setKeys, nil, values)
	return err
}

// ForgetKeys makes a contact found by nothing.
func (tx *Tx) ForgetKeys(owner kith.MemberID, id kith.ContactID) error {
	_, err := tx.exec(forgetKeys, string(owner), string(id))
	return err
}

// MoveContact gives another contact everything that hangs on one, which is
// forgotten: the two turned out to be one person.
func (tx *Tx) MoveContact(owner kith.MemberID, from, into kith.ContactID) error {
	for _, move := range []sqlText{moveKeys, moveNouns, moveElsewhere} {
		if _, err := tx.exec(move, string(owner), string(from), string(into)); err != nil {
			return err
		}
	}
	return tx.DropContact(owner, from)
}

func scanContact(row scanner, c *Contact) error {
	return row.Scan(&c.Owner, &c.ID, &c.Own, &c.Name, at(&c.NameAt), &c.Headline, at(&c.HeadlineAt), &c.Place, at(&c.PlaceAt),
		&c.Organisation, &c.Title, at(&c.JobAt), &c.Slug, at(&c.SlugAt), &c.Book, &c.Connected, at(&c.ConnectedAt), at(&c.HeardAt))
}

func scanKey(row scanner, k *ContactKey) error { return row.Scan(&k.Name, &k.Contact) }
