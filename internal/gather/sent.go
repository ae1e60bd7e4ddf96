package gather

import (
	"cmp"
	"slices"
	"time"

	"kith"
)

// Sent is one of the member's own invitations that is not a connection.
type Sent struct {
	Row
	Age       time.Duration
	ExpiresAt time.Time // likely: the platform keeps invitations about six months
	// AgainAt is when a new invitation could go out if this one is withdrawn
	// today: up to three weeks later.
	AgainAt time.Time
}

// coolingDown is how long after a withdrawal the platform refuses a new
// invitation to the same person (its help pages: up to three weeks).
const coolingDown = 21 * kith.Day

// Pending gives the member's own invitations that are not connections, oldest
// first, without those that must have expired. That the list holds declined or
// withdrawn ones too, nobody can tell.
func (d *Desk) Pending(s Setting) []Sent {
	sh := d.share(s)
	var out []Sent
	for _, e := range d.people {
		if e.gone || len(e.outgoing) == 0 || e.connected || e.who.Slug == "" && d.anyNamesake(e, connectedByName) {
			continue
		}
		r := sh.row(e, kith.Send)
		r.invited(e.outgoing)
		age := s.Now.Sub(r.SentAt)
		if age > openFor {
			continue
		}
		out = append(out, Sent{Row: r, Age: age, ExpiresAt: r.SentAt.Add(openFor), AgainAt: s.Now.Add(coolingDown)})
	}
	slices.SortStableFunc(out, func(a, b Sent) int {
		return cmp.Or(a.SentAt.Compare(b.SentAt), cmp.Compare(a.Who.Name, b.Who.Name))
	})
	return out
}

// justMet is how recent a meeting is to be worth an invitation now (S3:14: the
// day after; a week keeps the ones one did not get to).
const justMet = 7 * kith.Day

// Met gives the people the calendar says were met in the last days who are
// neither connections nor invited in either direction, each as a case of the
// sending side. Latest meeting first.
func (d *Desk) Met(s Setting) []Row {
	sh := d.share(s)
	known := func(o *entry) bool { return o.connected || len(o.outgoing) > 0 || len(o.incoming) > 0 }
	var rows []Row
	for _, e := range d.people {
		last := e.lastMet(s.Now)
		if e.gone || last == nil || s.Now.Sub(last.At) > justMet || known(e) || d.anyNamesake(e, known) {
			continue
		}
		r := sh.row(e, kith.Send)
		r.SentAt, r.DateOnly = last.At, last.DateOnly
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, newestFirst)
	return rows
}

// connectedByName is a connection of an archive that holds no links.
func connectedByName(o *entry) bool { return o.connected && o.who.Slug == "" }

// anyNamesake reports whether anybody of the same full name fits: better not to
// suggest an invitation than to suggest a second one.
func (d *Desk) anyNamesake(e *entry, fits func(*entry) bool) bool {
	for _, name := range e.names {
		if slices.ContainsFunc(d.byName[name], fits) {
			return true
		}
	}
	return false
}
