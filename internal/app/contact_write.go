package app

import (
	"slices"
	"strings"

	"kith"
	"kith/internal/store"
)

// write keeps what was joined. Contacts come first: everything else refers to
// them.
func (j *joining) write() error {
	if err := j.name(); err != nil {
		return err
	}
	for _, p := range j.moved {
		if err := j.a.moveContact(j.tx, j.owner, p.ID, p.root().ID); err != nil {
			return err
		}
	}
	var nouns []store.Noun
	var keys []store.ContactKey
	for _, p := range j.people {
		if p.into != nil {
			continue
		}
		for _, k := range p.keys {
			keys = append(keys, store.ContactKey{Name: k, Contact: p.ID})
		}
		for _, n := range p.nouns {
			n.Contact = p.ID
			nouns = append(nouns, n)
		}
	}
	if err := j.tx.SetKeys(j.owner, keys); err != nil {
		return err
	}
	news, err := j.tx.AddNouns(j.owner, nouns)
	if err != nil {
		return err
	}
	if err := j.writeSent(); err != nil {
		return err
	}
	return j.unjudge(news)
}

// name gives new contacts their ids and writes all that changed.
func (j *joining) name() error {
	var changed []store.Contact
	for _, p := range j.people {
		if p.into != nil {
			continue
		}
		if p.ID == "" {
			p.ID = kith.ContactID(j.tx.NewID())
		}
		j.byID[p.ID] = p
		if !p.kept || p.Contact != p.was {
			changed = append(changed, p.Contact)
		}
	}
	return j.tx.SetContacts(changed)
}

// unjudge notes whose invitations want a new verdict: those something new was
// said of, and where a meeting or the address book speaks, those of the same
// name, who are maybe meant. What is said of the member concerns all.
func (j *joining) unjudge(news []store.News) error {
	var ids []kith.ContactID
	var names []string
	for _, n := range news {
		p := j.byID[n.Contact]
		switch {
		case p == j.own && n.Kind == nounOwn:
			return j.tx.UnjudgeAll(j.owner)
		case p == j.own:
			continue
		case p.kept:
			ids = append(ids, n.Contact)
		}
		if n.Kind == nounMeeting || n.Kind == nounContact {
			names = append(names, p.FoldedName())
		}
	}
	slices.Sort(names)
	alike, err := j.tx.Namesakes(j.owner, slices.Compact(names))
	if err != nil {
		return err
	}
	ids = append(ids, alike...)
	slices.Sort(ids)
	rows, err := j.tx.ElsewhereOf(j.owner, slices.Compact(ids))
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(e store.Elsewhere) bool {
		return e.Unjudged || e.Direction != kith.Incoming || e.State() >= store.ElsewhereConnected
	})
	for i := range rows {
		rows[i].Unjudged = true
	}
	return j.tx.SetElsewhere(rows)
}

// writeSent brings invitations up to date with what was said.
func (j *joining) writeSent() error {
	have, err := j.haveSent()
	if err != nil {
		return err
	}
	var changed []store.Elsewhere
	var gone []kith.InvitationID
	for _, p := range j.people {
		if p.into != nil || p.Own || len(p.sent)+len(have[p.ID]) == 0 {
			continue
		}
		rows, dropped := settle(append(slices.Clone(have[p.ID]), p.sent...))
		gone = append(gone, dropped...)
		j.left = inherit(rows, j.left)
		for i := range rows {
			new, err := j.bring(&rows[i], p, have[p.ID])
			if err != nil {
				return err
			}
			if new {
				changed = append(changed, rows[i])
			}
		}
	}
	for _, e := range j.left {
		gone = append(gone, e.ID)
	}
	if err := j.a.dropElsewhere(j.tx, j.owner, gone); err != nil {
		return err
	}
	return j.tx.SetElsewhere(changed)
}

// bring brings one invitation up to date with its contact and tells what that
// settled; new says whether it is to be written.
func (j *joining) bring(e *store.Elsewhere, p *joined, have []store.Elsewhere) (new bool, err error) {
	e.Owner, e.Contact = j.owner, p.ID
	follow(e, &p.Contact)
	if e.ID == "" {
		e.ID = kith.InvitationID(j.tx.NewID())
	}
	i := slices.IndexFunc(have, func(was store.Elsewhere) bool { return was.ID == e.ID })
	if i >= 0 && have[i] == *e {
		return false, nil
	}
	e.Unjudged = e.Direction == kith.Incoming && e.State() < store.ElsewhereConnected
	if i >= 0 && have[i].State() != e.State() {
		err = settled(j.tx, &have[i], e)
	}
	return true, err
}

// haveSent reads the invitations that may change: those of contacts who were
// invited anew, joined, or did something that settles an invitation.
func (j *joining) haveSent() (map[kith.ContactID][]store.Elsewhere, error) {
	var ids []kith.ContactID
	for _, p := range j.moved {
		ids = append(ids, p.root().ID)
	}
	for _, p := range j.people {
		settles := p.Connected != p.was.Connected || !p.ConnectedAt.Equal(p.was.ConnectedAt) || !p.HeardAt.Equal(p.was.HeardAt)
		if p.into == nil && p.kept && !p.Own && (len(p.sent) > 0 || settles) {
			ids = append(ids, p.ID)
		}
	}
	slices.Sort(ids)
	rows, err := j.tx.ElsewhereOf(j.owner, slices.Compact(ids))
	out := map[kith.ContactID][]store.Elsewhere{}
	for _, e := range rows {
		out[e.Contact] = append(out[e.Contact], e)
	}
	return out, err
}

// regroup makes a contact anew from what is still said of it: something of it
// was taken back, or turned out to be said of the member. It may become
// several, or none; the first keeps its id.
func (a *App) regroup(tx *store.Tx, owner kith.MemberID, id kith.ContactID) error {
	own, err := a.ownContact(tx, owner)
	if err != nil {
		return err
	}
	nouns, err := a.takeNouns(tx, owner, id)
	if err != nil {
		return err
	}
	left, err := tx.ElsewhereOf(owner, []kith.ContactID{id})
	if err != nil {
		return err
	}
	if err := clearContact(tx, &own, id); err != nil {
		return err
	}
	if err := a.learnOwn(tx, &own, nouns); err != nil {
		return err
	}
	j, err := a.join(tx, owner)
	if err != nil {
		return err
	}
	j.left = left
	if err := j.find(nouns); err != nil {
		return err
	}
	for i := range nouns {
		j.place(&nouns[i])
	}
	if id != own.ID && !j.reuse(id) {
		if err := a.forgetAbout(tx, owner, id); err != nil {
			return err
		}
	}
	return j.write()
}

// reuse gives the first new contact an id that was in use.
func (j *joining) reuse(id kith.ContactID) bool {
	for _, p := range j.people {
		if p.into == nil && p.ID == "" {
			p.ID = id
			return true
		}
	}
	return false
}

// takeNouns reads everything said of a contact, in a fixed order.
func (a *App) takeNouns(tx *store.Tx, owner kith.MemberID, id kith.ContactID) ([]noun, error) {
	dates, err := tx.ImportDates(owner)
	if err != nil {
		return nil, err
	}
	var nouns []noun
	err = tx.EachNoun(owner, id, func(kept *store.Noun) error {
		n, err := readNoun(kept.Kind, kept.Name, kept.Body)
		if err != nil {
			return err
		}
		n.runs = kept.Runs
		for mark, date := range dates {
			if store.Brought(kept.Runs, mark) {
				n.seen = later(n.seen, date)
			}
		}
		nouns = append(nouns, n)
		return nil
	})
	return nouns, err
}

// clearContact forgets a contact with all that hangs on it; of the member's own
// only what was said.
func clearContact(tx *store.Tx, own *store.Contact, id kith.ContactID) error {
	if id != own.ID {
		return tx.DropContact(own.Owner, id)
	}
	if err := tx.ForgetNouns(own.Owner, id); err != nil {
		return err
	}
	if err := tx.ForgetKeys(own.Owner, id); err != nil {
		return err
	}
	m, _, err := tx.Member(own.Owner)
	if err != nil {
		return err
	}
	if mail, ok := kith.FoldEmail(m.Email); ok {
		if err := tx.SetKeys(own.Owner, []store.ContactKey{{Name: "e:" + mail, Contact: id}}); err != nil {
			return err
		}
	}
	return tx.SetContacts([]store.Contact{{Owner: own.Owner, ID: id, Own: true}})
}

// learnOwn takes over the keys of the member's own profiles. Contacts that have
// one of them are the member, or were taken for somebody with the member's
// address: they are made anew.
func (a *App) learnOwn(tx *store.Tx, own *store.Contact, nouns []noun) error {
	var names []string
	for i := range nouns {
		if nouns[i].kind != nounOwn {
			continue
		}
		for _, k := range keysOf(&nouns[i].who) {
			if !strings.HasPrefix(k, "n:") {
				names = append(names, k)
			}
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	taken, err := tx.ContactKeys(own.Owner, names)
	if err != nil {
		return err
	}
	keys := make([]store.ContactKey, len(names))
	for i, name := range names {
		keys[i] = store.ContactKey{Name: name, Contact: own.ID}
	}
	if err := tx.SetKeys(own.Owner, keys); err != nil {
		return err
	}
	done := map[kith.ContactID]bool{own.ID: true}
	for _, k := range taken {
		if done[k.Contact] {
			continue
		}
		done[k.Contact] = true
		if err := a.regroup(tx, own.Owner, k.Contact); err != nil {
			return err
		}
	}
	return nil
}
