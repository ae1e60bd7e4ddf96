package app

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// Step says how far standing bars a member from inviting.
type Step = store.Step

// The steps, mildest first.
const (
	Free     = store.Free     // not at all
	KnowMail = store.KnowMail // they must know the recipient's e-mail address
	Paused   = store.Paused   // they may not invite, and what they sent waits
)

// ParseStep reads a step: free, know-mail or paused.
func ParseStep(s string) (Step, error) {
	for _, known := range []Step{Free, KnowMail, Paused} {
		if s == known.String() {
			return known, nil
		}
	}
	return 0, invalid("step", "say one of: know-mail, paused")
}

// Standing is what a member may know of their own standing. It rests on what
// they can see themselves, on complaints only where at least five people's came
// together weeks ago, and on what the moderation desk decided.
type Standing struct {
	// Budget is how many invitations the member may send this week, Left how many
	// are left of it, RenewsAt when the next week begins.
	Budget, Left int
	RenewsAt     time.Time
	// Step is Free unless a restriction holds, until Until.
	Step  Step
	Until time.Time
	// Accepted says in words how many of the member's invitations are accepted:
	// hardly any, some, about half, most, nearly all; empty: too few to say.
	Accepted string
	// Reasons say what the budget and the step rest on, a sentence each.
	Reasons []string
	// Appeal is how the appeal against the restriction stands: waiting, granted
	// or refused; empty: none. MayAppeal says that one can be made.
	Appeal    string
	MayAppeal bool
}

// kindStanding is the event of a budget that shrank or a step that changed.
const kindStanding = "standing"

// dutyStanding is the kind of the weekly duty of every member who invites.
const dutyStanding = "standing"

// Standing gives the actor's own standing.
func (a *App) Standing(ctx context.Context, who Actor) (out Standing, err error) {
	if err := who.may(ScopeRead); err != nil {
		return out, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		out, err = a.standing(tx, who.ID)
		return err
	})
	return out, err
}

func (a *App) standing(tx *store.Tx, who kith.MemberID) (Standing, error) {
	now, err := tx.Now()
	if err != nil {
		return Standing{}, err
	}
	s, _, err := tx.Standing(who)
	if err != nil {
		return Standing{}, err
	}
	s.Owner = who
	step, err := tx.Step(who, now)
	if err != nil {
		return Standing{}, err
	}
	begins := weekOf(now)
	turns := begins.After(s.Week)
	var restrictions []store.Restriction
	if turns || step != store.Free {
		if restrictions, err = tx.Restrictions(who); err != nil {
			return Standing{}, err
		}
	}
	if turns { // nothing was sent yet this week: say what will hold
		v, err := a.assessWeek(tx, who, restrictions, begins)
		if err != nil {
			return Standing{}, err
		}
		if r := turn(&s, &v, begins); r != nil {
			restrictions = append(restrictions, *r)
		}
	}
	out := Standing{Budget: s.Budget, Left: s.Budget - s.Spent, RenewsAt: begins.Add(week), Accepted: shareWords[s.Share]}
	held := strictest(restrictions, now)
	if held != nil {
		out.Step, out.Until, out.Appeal = held.Step, held.Until, held.Appeal.String()
		out.MayAppeal = held.Appeal == store.NoAppeal
	}
	out.Reasons = reasons(&s, held)
	return out, nil
}

// strictest gives the restriction that holds at a time: the strictest, and of
// those the longest; nil if none does.
func strictest(all []store.Restriction, now time.Time) (held *store.Restriction) {
	for i := range all {
		r := &all[i]
		if !r.Holds(now) {
			continue
		}
		if held == nil || r.Step > held.Step || r.Step == held.Step && r.Until.After(held.Until) {
			held = r
		}
	}
	return held
}

// standingSays are the sentences of what a budget rests on.
var standingSays = map[string]string{
	"desk": "The moderation desk looked at your account and decided this.",
	"complaints": "Several people whom you invited said that they do not know you, or reported it. " +
		"Such answers count weeks later and together, never one by one.",
	"grown": "Accepted invitations have added to your budget.",
	"start": "Budgets start small and grow with every invitation that is accepted.",
}

// reasons says what a standing rests on, in aggregate.
func reasons(s *store.Standing, held *store.Restriction) (out []string) {
	add := func(when bool, text string) {
		if when {
			out = append(out, text)
		}
	}
	add(held != nil && held.Cause == store.ByDesk, standingSays["desk"])
	add(s.Complaints > 0, standingSays["complaints"])
	add(s.Budget > startBudget, standingSays["grown"])
	add(s.Budget == startBudget && s.Complaints == 0, standingSays["start"])
	return out
}

// restricted reports whether standing bars a member from inviting.
func (a *App) restricted(tx *store.Tx, who kith.MemberID, now time.Time) (bool, error) {
	step, err := tx.Step(who, now)
	return step == store.Paused, err
}

// mustKnowMail reports whether standing asks a member for the address of
// whomever they invite.
func (a *App) mustKnowMail(tx *store.Tx, who kith.MemberID) (bool, error) {
	now, err := tx.Now()
	if err != nil {
		return false, err
	}
	step, err := tx.Step(who, now)
	return step == store.KnowMail, err
}

// spend takes one invitation from a member's budget, or refuses. It counts
// whatever becomes of the invitation. The row is locked: of any number of sends
// at a time exactly as many pass as are left, and none after a restriction.
func (a *App) spend(tx *store.Tx, who kith.MemberID) error {
	s, now, err := a.lockWeek(tx, who)
	if err != nil {
		return err
	}
	// Asked again now that the row is locked: whoever restricts locks it too.
	paused, err := a.restricted(tx, who, now)
	switch {
	case err != nil:
		return err
	case paused:
		return pair.ErrRestricted
	case s.Spent >= s.Budget:
		return usedUp(s.Budget, s.Week.Add(week))
	}
	if s.Spent == 0 {
		if err := addStandingDuty(tx, who, s.Week.Add(week)); err != nil {
			return err
		}
	}
	s.Spent++
	return tx.SetStanding(&s)
}

// usedUp answers whoever has no invitation left until the next week begins.
func usedUp(budget int, renews time.Time) error {
	return conflict(fmt.Sprintf("your %d invitations of this week are used up; send this one from %s on", budget, renews.Format("2 January")))
}

// lockWeek gives a member's locked standing of the present week.
func (a *App) lockWeek(tx *store.Tx, who kith.MemberID) (s store.Standing, now time.Time, err error) {
	if s, err = tx.LockStanding(who); err != nil {
		return s, now, err
	}
	if now, err = tx.Now(); err != nil {
		return s, now, err
	}
	begins := weekOf(now)
	if !begins.After(s.Week) { // later only if somebody held the lock across midnight
		return s, now, nil
	}
	restrictions, err := tx.Restrictions(who)
	if err != nil {
		return s, now, err
	}
	v, err := a.assessWeek(tx, who, restrictions, begins)
	if err != nil {
		return s, now, err
	}
	if r := turn(&s, &v, begins); r != nil {
		if err := tx.Restrict(r); err != nil {
			return s, now, err
		}
	}
	return s, now, tx.SetStanding(&s)
}

// turn begins a member's week: it happens once, at the first use of the week or
// by its duty, and comes to the same whenever that is, for only what counted
// before the week began is in the assessment. It gives the restriction that
// follows, nil if none does.
func turn(s *store.Standing, v *weekly, begins time.Time) (r *store.Restriction) {
	step := v.held
	if v.step != Free {
		r = &store.Restriction{Owner: s.Owner, Step: v.step, Cause: store.ByAnswers, From: begins, Until: begins.Add(time.Duration(v.weeks) * week)}
		step = max(step, v.step)
	}
	s.News = s.News || step != s.Step || !s.Week.IsZero() && v.budget < s.Budget
	s.Week, s.Spent, s.Budget, s.Step, s.Share, s.Complaints = begins, 0, v.budget, step, v.share, v.groups
	return r
}

// weekly is the assessment of one week, beside the step that restrictions made
// before still hold a member to.
type weekly struct {
	assessment
	held Step
}

// assessWeek brings a member's record together as it was when a week began, and
// assesses it. A granted appeal wipes out the complaints the restriction came
// from.
func (a *App) assessWeek(tx *store.Tx, who kith.MemberID, restrictions []store.Restriction, begins time.Time) (v weekly, err error) {
	m, _, err := tx.Member(who)
	if err != nil {
		return v, err
	}
	r := record{age: begins.Sub(m.CreatedAt)}
	first := begins.Add(-lookBack)
	counts := first // complaints after it
	for i := range restrictions {
		x := &restrictions[i]
		if x.Holds(begins) {
			v.held = max(v.held, x.Step)
		}
		if x.Cause != store.ByAnswers || x.From.Before(begins.Add(-strikesFor)) {
			continue
		}
		r.since = later(r.since, x.From)
		if x.Appeal == store.AppealGranted {
			counts = later(counts, x.From)
			continue
		}
		r.strikes++
		r.restricted = r.restricted || x.Holds(begins)
	}
	if r.sent, r.accepted, err = fates(tx, who, begins); err != nil {
		return v, err
	}
	if r.complaints, err = tx.Complaints(who, counts, begins, begins.Add(-failedFor)); err != nil {
		return v, err
	}
	v.assessment = assess(&r)
	return v, nil
}

// fates counts how many invitations of a member count when a week begins, and how
// many acceptances. Those of the last week are too young to be called not
// accepted.
func fates(tx *store.Tx, who kith.MemberID, begins time.Time) (sent, accepted int, err error) {
	first := begins.Add(-lookBack)
	if sent, err = tx.SentBetween(who, first.Add(-week), begins.Add(-week)); err != nil {
		return 0, 0, err
	}
	accepted, err = tx.AcceptedBetween(who, first, begins)
	return sent, accepted, err
}

// share says how many of a member's invitations are accepted, as their standing
// does.
func share(tx *store.Tx, who kith.MemberID, now time.Time) (string, error) {
	s, _, err := tx.Standing(who)
	if begins := weekOf(now); err == nil && begins.After(s.Week) {
		sent, accepted, err := fates(tx, who, begins)
		return shareWords[shareOf(accepted, sent)], err
	}
	return shareWords[s.Share], err
}

// weekOf gives the beginning of the week a time is in: Monday, 0:00 UTC. Weeks
// are the service's, the same for everybody, so that no change in a standing
// tells when an answer came.
func weekOf(t time.Time) time.Time {
	monday := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return monday.Add(t.Sub(monday) / week * week)
}

// addStandingDuty leaves the duty to begin a member's week, some time in its
// first day: not everybody's at once.
func addStandingDuty(tx *store.Tx, who kith.MemberID, begins time.Time) error {
	h := fnv.New32a()
	h.Write([]byte(who))
	return tx.AddDuty(&store.Duty{Owner: who, Kind: dutyStanding, Effect: dutyStanding + "/" + begins.Format(time.DateOnly),
		DueAt: begins.Add(time.Duration(h.Sum32()%(24*60)) * time.Minute)})
}

// standingDuty begins a member's week, unless they have begun it by inviting
// somebody, tells them of what became worse or is over, and leaves the duty for
// the next week, as long as there is something to assess. A duty that comes late
// begins the week it comes in.
func (a *App) standingDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	s, now, err := a.lockWeek(tx, d.Owner)
	if err != nil {
		return err
	}
	if s.News {
		s.News = false
		if err := tx.SetStanding(&s); err != nil {
			return err
		}
		if err := tx.Tell(&store.Event{Owner: d.Owner, Kind: kindStanding, Notice: true}); err != nil {
			return err
		}
	}
	next := weekOf(now).Add(week)
	sent, err := tx.SentBetween(d.Owner, next.Add(-lookBack-week), next)
	if err != nil || sent == 0 && s.Step == Free {
		return err
	}
	return addStandingDuty(tx, d.Owner, next)
}

// count makes an answer count for its sender's standing, or takes it back.
// Ignoring and declining count by not accepting and are not kept. An acceptance
// stays counted though it is undone or the connection reported: its sender has
// seen it, and must not see in a share that it was more than a removal.
func (a *App) count(tx *store.Tx, sender, recipient kith.MemberID, id kith.InvitationID, e *pair.Effect) error {
	switch complains := e.Answer == pair.NotKnown || e.Answer == pair.Reported; {
	case complains && e.Do == pair.Uncount:
		return tx.UncountComplaint(sender, id)
	case complains:
		wait, err := delay(tx, id)
		if err != nil {
			return err
		}
		return tx.CountComplaint(sender, recipient, id, e.Answer, e.At.Add(wait))
	case e.Answer == pair.Accepted && e.Do == pair.Count:
		return tx.CountAccept(sender, recipient, id, e.At)
	}
	return nil
}

// mostDelay is how much longer than a week it may take until a complaint counts.
const mostDelay = 14 * kith.Day

// delay is how much longer it takes for one invitation: some time only this
// database can tell. Without it the week of a restriction would tell the week of
// the complaint that was one too many.
func delay(tx *store.Tx, id kith.InvitationID) (time.Duration, error) {
	hidden, err := tx.Hide("delay " + string(id))
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(hidden[:8], 16, 32)
	return time.Duration(n) * time.Second % mostDelay, err
}
