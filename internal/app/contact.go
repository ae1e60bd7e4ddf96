package app

import (
	"context"
	"slices"
	"strings"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
)

// Contact is a person as the actor's imports tell: nobody else sees it, and
// whether they are a member here is not said.
type Contact = store.Contact

// errNoContact answers for a contact that is not there or not the actor's.
var errNoContact = &kith.Error{Kind: kith.NotFound, Msg: "there is no such contact"}

// ContactCursor is a place in the list of contacts; the zero cursor is its
// beginning.
type ContactCursor struct {
	Name string // folded
	ID   kith.ContactID
}

// CursorOf is the place of a contact.
func CursorOf(c *Contact) ContactCursor { return ContactCursor{c.FoldedName(), c.ID} }

// maxSearch is how long what is searched for may be, in bytes.
const maxSearch = 200

// Contacts gives the actor's contacts in the order of their names, behind a
// cursor. With a name only those whose name has words that begin like its
// words, in that order.
func (a *App) Contacts(ctx context.Context, who Actor, name string, after ContactCursor, limit int) (out []Contact, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return nil, err
	}
	if len(name) > maxSearch {
		return nil, invalid("name", "this is too long for a name; give its first letters")
	}
	words := strings.Fields(kith.FoldText(name))
	err = a.read(ctx, func(tx *store.Tx) error {
		if len(words) == 0 {
			out, err = tx.PageContacts(who.ID, after.Name, after.ID, limit)
		} else {
			out, err = tx.FindContacts(who.ID, words, after.Name, after.ID, limit)
		}
		return err
	})
	return out, err
}

// ContactDetail is everything kept of a contact.
type ContactDetail struct {
	Contact
	Emails      []string
	Invitations []Elsewhere
	// Kept counts what the imports said, by kind: "message": 12.
	Kept map[string]int
}

// Contact gives one of the actor's contacts.
func (a *App) Contact(ctx context.Context, who Actor, id kith.ContactID) (out ContactDetail, err error) {
	if err := who.may(ScopeContacts); err != nil {
		return out, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		c, ok, err := tx.Contact(who.ID, id)
		if err != nil {
			return err
		}
		if !ok {
			return errNoContact
		}
		out = ContactDetail{Contact: c, Emails: []string{}}
		keys, err := tx.KeysOf(who.ID, id)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if mail, ok := strings.CutPrefix(k.Name, "e:"); ok {
				out.Emails = append(out.Emails, mail)
			}
		}
		if out.Kept, err = tx.NounKinds(who.ID, id); err != nil {
			return err
		}
		out.Invitations, err = tx.ElsewhereOf(who.ID, []kith.ContactID{id})
		slices.SortFunc(out.Invitations, func(a, b Elsewhere) int { return b.SentAt.Compare(a.SentAt) })
		return err
	})
	return out, err
}

// DropContact forgets one of the actor's contacts with everything imported of
// them, their invitations, and what was decided. A later import may bring them
// again.
func (a *App) DropContact(ctx context.Context, who Actor, id kith.ContactID) error {
	if err := who.may(ScopeContacts); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if _, err := a.ownContact(tx, who.ID); err != nil {
			return err
		}
		if _, ok, err := tx.Contact(who.ID, id); err != nil {
			return err
		} else if !ok {
			return errNoContact
		}
		sent, err := tx.ElsewhereOf(who.ID, []kith.ContactID{id})
		if err != nil {
			return err
		}
		ids := make([]kith.InvitationID, len(sent))
		for i := range sent {
			ids[i] = sent[i].ID
		}
		if err := a.dropElsewhere(tx, who.ID, ids); err != nil {
			return err
		}
		if err := a.forgetAbout(tx, who.ID, id); err != nil {
			return err
		}
		tx.Scrub()
		return tx.DropContact(who.ID, id)
	})
}

// contactOf finds the contact of an owner's that is a person: by profile link,
// member number or mail address, never by name. There is none for the owner.
func (a *App) contactOf(tx *store.Tx, owner kith.MemberID, p kith.Person) (id kith.ContactID, ok bool, err error) {
	p.Name = ""
	found, err := tx.ContactKeys(owner, keysOf(&p))
	if err != nil || len(found) == 0 {
		return "", false, err
	}
	id = slices.MinFunc(found, func(a, b store.ContactKey) int { return strings.Compare(string(a.Contact), string(b.Contact)) }).Contact
	_, ok, err = tx.Contact(owner, id)
	return id, ok, err
}

// imported gives everything an owner's imports say of a contact, as nouns of
// package kith, in the order a gather.Desk takes them.
func (a *App) imported(tx *store.Tx, owner kith.MemberID, id kith.ContactID) ([]any, error) {
	return nounsOf(tx, owner, []kith.ContactID{id})
}

// importedOwn gives what an owner's imports say of themselves: profiles,
// applications and hints. They are proposals, never assumed.
func (a *App) importedOwn(tx *store.Tx, owner kith.MemberID) ([]any, error) {
	own, ok, err := tx.SeeOwnContact(owner)
	if err != nil || !ok {
		return nil, err
	}
	nouns, err := nounsOf(tx, owner, []kith.ContactID{own.ID})
	return slices.DeleteFunc(nouns, func(v any) bool {
		switch v := v.(type) {
		case kith.Profile:
			return !v.Own
		case kith.Application, kith.Hint:
			return false
		}
		return true // said of somebody with the owner's address
	}), err
}

func nounsOf(tx *store.Tx, owner kith.MemberID, ids []kith.ContactID) ([]any, error) {
	var nouns []noun
	err := tx.EachNounOf(owner, ids, func(kept *store.Noun) error {
		n, err := readNoun(kept.Kind, kept.Name, kept.Body)
		nouns = append(nouns, n)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(nouns, func(a, b noun) int {
		if a.kind != b.kind {
			return nounOrder[a.kind] - nounOrder[b.kind]
		}
		return strings.Compare(a.name, b.name)
	})
	out := make([]any, len(nouns))
	for i := range nouns {
		out[i] = nouns[i].value
	}
	return out, nil
}

// put lays nouns on a desk.
func put(d *gather.Desk, nouns []any) {
	for _, v := range nouns {
		switch v := v.(type) {
		case kith.Profile:
			d.Profile(v)
		case kith.Invitation:
			d.Invitation(v)
		case kith.Connection:
			d.Connection(v)
		case kith.Contact:
			d.Contact(v)
		case kith.Meeting:
			d.Meeting(v)
		case kith.Message:
			d.Message(v)
		case kith.Application:
			d.Application(v)
		case kith.Hint:
			d.Hint(v)
		}
	}
}

// elsewhereCase gives everything known for deciding one invitation elsewhere.
// It is NotFound for one that is not there or, by all that was imported, no
// longer waits.
func (a *App) elsewhereCase(tx *store.Tx, owner kith.MemberID, id kith.InvitationID) (kith.Case, error) {
	m, err := a.judgeMember(tx, owner)
	if err != nil {
		return kith.Case{}, err
	}
	cases, err := a.elsewhereCases(tx, owner, m, []kith.InvitationID{id})
	if err != nil {
		return kith.Case{}, err
	}
	c, ok := cases[id]
	if !ok {
		return c, errNoElsewhere
	}
	return c, nil
}

// elsewhereCases gives the cases of several invitations received elsewhere, for
// a member with these goals, stance and rules; those that no longer wait are
// left out. Invitations decided together are compared with each other: likes of
// one firm or one text count as a cluster. What the member answered is the
// caller's to add.
func (a *App) elsewhereCases(tx *store.Tx, owner kith.MemberID, m kith.Member, ids []kith.InvitationID) (map[kith.InvitationID]kith.Case, error) {
	rows, err := tx.ElsewhereByID(owner, ids)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	desk, contactOf, err := a.layOut(tx, owner, rows)
	if err != nil {
		return nil, err
	}
	now, err := tx.Now()
	if err != nil {
		return nil, err
	}
	byContact := map[kith.ContactID]kith.Case{}
	open := desk.Open(gather.Setting{Member: m, Now: now})
	for i := range open {
		for _, k := range keysOf(&open[i].Who) {
			if id, ok := contactOf[k]; ok {
				byContact[id] = open[i].Case()
				break
			}
		}
	}
	out := map[kith.InvitationID]kith.Case{}
	for i := range rows {
		e := &rows[i]
		c, ok := byContact[e.Contact]
		if !ok || e.Direction != kith.Incoming || e.State() > ElsewhereAnswered {
			continue
		}
		out[e.ID] = asked(c, e)
	}
	return out, nil
}

// layOut lays everything about some invitations on a desk: the member's own
// profile, the contacts, and those of the same names, who are maybe meant.
// contactOf holds the contacts by their keys.
func (a *App) layOut(tx *store.Tx, owner kith.MemberID, rows []Elsewhere) (desk *gather.Desk, contactOf map[string]kith.ContactID, err error) {
	var ids []kith.ContactID
	for i := range rows {
		ids = append(ids, rows[i].Contact)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	contacts, err := tx.Contacts(owner, ids)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	for i := range contacts {
		names = append(names, contacts[i].FoldedName())
	}
	slices.Sort(names)
	alike, err := tx.Namesakes(owner, slices.Compact(names))
	if err != nil {
		return nil, nil, err
	}
	keys, err := tx.KeysOfAll(owner, ids)
	if err != nil {
		return nil, nil, err
	}
	contactOf = map[string]kith.ContactID{}
	for _, k := range keys {
		contactOf[k.Name] = k.Contact
	}
	all := append(slices.Clone(ids), alike...)
	slices.Sort(all)
	own, err := a.importedOwn(tx, owner)
	if err != nil {
		return nil, nil, err
	}
	nouns, err := nounsOf(tx, owner, slices.Compact(all))
	desk = gather.NewDesk()
	put(desk, own)
	put(desk, nouns)
	return desk, contactOf, err
}

// asked adds to a case what the member says they did there.
func asked(c kith.Case, e *Elsewhere) kith.Case {
	if e.AskedAt.IsZero() {
		return c
	}
	c.History.AskedAt = kith.Observed(e.AskedAt, kith.FromMember, e.AskedAt)
	switch {
	case !e.RepliedAt.IsZero():
		c.History.Replied = kith.Observed(true, kith.FromArchive, e.RepliedAt)
	case e.Answer != kith.NotAnswered:
		c.History.Replied = kith.Observed(e.Answer == kith.AnswerYes, kith.FromMember, e.AnsweredAt)
	}
	return c
}

// moveContact makes one contact another, with what the member answered about
// them.
func (a *App) moveContact(tx *store.Tx, owner kith.MemberID, from, into kith.ContactID) error {
	if err := tx.MoveAbout(owner, from, into); err != nil {
		return err
	}
	return tx.MoveContact(owner, from, into)
}

// forgetAbout forgets what was decided and answered about a contact.
func (a *App) forgetAbout(tx *store.Tx, owner kith.MemberID, id kith.ContactID) error {
	return tx.ForgetAbout(owner, id)
}

// dropElsewhere forgets invitations with what was decided about them and the
// duties that wait for an answer.
func (a *App) dropElsewhere(tx *store.Tx, owner kith.MemberID, ids []kith.InvitationID) error {
	rows, err := tx.ElsewhereByID(owner, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		if !rows[i].AskedAt.IsZero() {
			if err := dropWait(tx, &rows[i]); err != nil {
				return err
			}
		}
		if err := dropSee(tx, &rows[i]); err != nil {
			return err
		}
	}
	if err := tx.ForgetVerdicts(owner, ids); err != nil {
		return err
	}
	return tx.DropElsewhere(owner, ids)
}
