package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

// dutyFunc does what a duty says, in the transaction that closes it: if it
// fails, nothing was done and the duty stays due; if it succeeds, both are
// done, once.
type dutyFunc func(a *App, ctx context.Context, tx *store.Tx, d *store.Duty) error

// longFunc does what a duty says outside any transaction, because it takes
// long or reaches beyond the database. Whatever it writes, it writes in steps
// of its hold; it may be stopped and begun anew at any place, so each step must
// be one that does no harm twice. The duty is closed when it succeeds.
type longFunc func(a *App, ctx context.Context, h *hold) error

// dutyKind is everything about a kind of duty but its rows.
type dutyKind struct {
	// about says what is done, for operators.
	about string
	// words says it to the owner, with %s for the other member's name; a kind
	// without is none of theirs to follow.
	words string
	// dismiss says that the owner may drop it.
	dismiss bool
	// pair says that it is between two members: their row is locked before the
	// duty's, as every verb does it.
	pair bool
	// One of the two does it.
	do   dutyFunc
	long longFunc
}

// dutyKinds lists the kinds of duties.
var dutyKinds = map[string]dutyKind{
	"expire": {about: "an invitation's time is over", pair: true, do: (*App).pairDuty,
		words: "Your invitation to %s is open until then."},
	"remind": {about: "a question asked first is unanswered for 7 days", pair: true, do: (*App).pairDuty,
		words: "You asked %s a question. If there is no answer by then, you are reminded."},
	"reconsider": {about: "a question asked first is unanswered for 14 days", pair: true, do: (*App).pairDuty,
		words: "You asked %s a question. If there is no answer by then, their invitation is judged anew."},
	"review": {about: "an accept and see is 14 days old", pair: true, do: (*App).reviewDuty,
		words: "You accepted %s to see whether they write. If they have not by then, the connection comes up again."},
	kindProposal: {about: "a removal proposed to a member lapses", do: (*App).lapseDuty, dismiss: true,
		words: "You accepted %s two weeks ago and they have not written. Remove the connection, or keep it."},
	dutyForget:   {about: "an account nobody confirmed, or that was closed, is erased", do: (*App).forgetDuty},
	kindJudge:    {about: "an invitation or a connection is judged, or all open ones of a member", do: (*App).judgeDuty},
	dutyStanding: {about: "a member's week of invitations begins", do: (*App).standingDuty},
	dutyImport:   {about: "a member's files are read, or what they brought is forgotten", long: (*App).importDuty},
	dutyRemindElsewhere: {about: "a question asked elsewhere is 7 days old", do: (*App).elsewhereDuty,
		words: "You asked somebody elsewhere. If no answer is known by then, you are reminded."},
	dutyDecideElsewhere: {about: "a question asked elsewhere is 14 days old", do: (*App).elsewhereDuty,
		words: "You asked somebody elsewhere. If no answer is known by then, their invitation is judged anew."},
	dutyReviewElsewhere: {about: "an accept and see elsewhere is 14 days old", do: (*App).reviewElsewhereDuty,
		words: "You accepted %s elsewhere to see whether they write. If no word of theirs is known by then, the connection comes up again."},
	"digest": {about: "a member's notices are gathered into a letter", do: (*App).digestDuty},
	"mail":   {about: "a letter goes to a member", long: (*App).mailDuty},
	dutyErase: {about: "an account is erased, as its owner asked 7 days ago", do: (*App).eraseDuty,
		words: "You asked for your account to be erased. Then everything in it is gone, for good."},
}

const (
	// leaseFor is how long a claim holds: what whoever claimed did not finish by
	// then is another's. A crash delays what was under way by as much.
	leaseFor = 5 * time.Minute
	// maxAttempts is how often a duty is tried before it waits for an operator.
	maxAttempts = 10
	// firstWait is the time between the first try and the second; it triples
	// each time up to maxWait. Ten tries take 66 hours: a mail server may be gone
	// for a weekend.
	firstWait = time.Minute
	maxWait   = 24 * time.Hour
	// rememberDuties is how long an effect stays known as done.
	rememberDuties = 400 * 24 * time.Hour
	// rememberKeys is how long an idempotency key stays known, with its answer:
	// longer than anybody tries again.
	rememberKeys = 24 * time.Hour
)

// backOff is how long a duty rests after an attempt, counted from 1, failed.
func backOff(attempt int) time.Duration {
	wait := firstWait
	for range attempt - 1 {
		wait = min(3*wait, maxWait)
	}
	return wait
}

// Claimed is a duty one caller of Claim holds.
type Claimed = store.Duty

// Lane is one of the sorts of duties; each has workers of its own, so that a
// slow mail server delays no expiry, and a large archive no letter.
type Lane uint8

// The lanes.
const (
	Quick   Lane = iota // done in one transaction
	Long                // letters, and all else that is store.Duty.Long
	Imports             // members' files
)

// laneSorts says by number which duties are in a lane.
var laneSorts = [...]store.DutySort{
	Quick:   {},
	Long:    {Long: true, But: dutyImport},
	Imports: {Long: true, Only: dutyImport},
}

// Lanes lists the lanes.
func Lanes() []Lane { return []Lane{Quick, Long, Imports} }

// String names the lane.
func (l Lane) String() string { return [...]string{"quick", "long", "imports"}[l] }

// Claim takes up to n duties that are due, longest due first, for the caller to
// Do within 5 minutes. node names the caller to operators. A duty whose last
// attempts all ended without a word, its node having died each time, is not
// given out an eleventh time.
func (a *App) Claim(ctx context.Context, node string, lane Lane, n int) (claimed []Claimed, err error) {
	var any bool
	// Looking first spares a loop with nothing to do the lock writers wait for.
	err = a.read(ctx, func(tx *store.Tx) error {
		any, err = tx.AnyDue(laneSorts[lane])
		return err
	})
	if err != nil || !any {
		return nil, err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		claimed = claimed[:0]
		found, err := tx.ClaimDuties(laneSorts[lane], node+" "+tx.NewID(), leaseFor, n)
		if err != nil {
			return err
		}
		for _, d := range found {
			if d.Attempts <= maxAttempts {
				claimed = append(claimed, d)
			} else if err := tx.BuryDuty(&d, "whoever tried it stopped without saying why"); err != nil {
				return err
			}
		}
		return nil
	})
	return claimed, err
}

// errLost says that a duty is no longer its claimer's to do: it is done,
// dropped, or somebody else's. That is no failure.
var errLost = errors.New("the duty is no longer held")

// Do does a claimed duty. Its effect and its closing are one; a duty that is no
// longer the caller's has no effect. A failure is written down with the duty,
// which is due again later, and returned for the log; it holds no personal
// data. When ctx has ended, or ends under a long duty, it is given back as if it
// had not been claimed.
func (a *App) Do(ctx context.Context, d Claimed) error {
	err := ctx.Err()
	if err == nil {
		err = a.doDuty(ctx, &d)
	}
	switch {
	case err == nil, errors.Is(err, errLost):
		return nil
	case ctx.Err() != nil:
		return a.write(context.WithoutCancel(ctx), func(_ context.Context, tx *store.Tx) error { return tx.ReleaseDuty(&d) })
	}
	return errors.Join(err, a.failed(context.WithoutCancel(ctx), &d, err))
}

func (a *App) doDuty(ctx context.Context, d *store.Duty) (err error) {
	// A fault in one kind must not stop the others, as often as it is tried.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a duty of the kind %s panicked: %v\n%s", d.Kind, p, debug.Stack())
		}
	}()
	k, ok := dutyKinds[d.Kind]
	if !ok {
		return &kith.Error{Kind: kith.Internal, Field: d.Kind, Msg: "this program knows no such duty; a newer one left it"}
	}
	do := k.do
	if k.long != nil {
		if err := k.long(a, ctx, &hold{a: a, Duty: d}); err != nil {
			return err
		}
		do = func(*App, context.Context, *store.Tx, *store.Duty) error { return nil }
	}
	// One transaction is short: it is not worth stopping half-way.
	return a.write(context.WithoutCancel(ctx), func(ctx context.Context, tx *store.Tx) error {
		if k.pair {
			if _, err := tx.Pair(d.Owner, d.Other); err != nil {
				return err
			}
		}
		ok, err := tx.FinishDuty(d)
		if err != nil {
			return err
		}
		if !ok {
			return errLost
		}
		return do(a, ctx, tx, d)
	})
}

// failed writes a failure down.
func (a *App) failed(ctx context.Context, d *store.Duty, cause error) error {
	why := failure(cause)
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if d.Attempts >= maxAttempts {
			return tx.BuryDuty(d, why)
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		return tx.RetryDuty(d, now.Add(backOff(d.Attempts)), why)
	})
}

// failure says in one line, without personal data, why a duty failed: the words
// of an error made to be read, else none of them.
func failure(err error) string {
	var e *kith.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return "something went wrong inside; the log says what"
}

// hold is a long duty under way.
type hold struct {
	a *App
	*store.Duty
}

// step does one transaction of a long duty, if the duty is still held, and
// holds it for another 5 minutes.
func (h *hold) step(ctx context.Context, do func(ctx context.Context, tx *store.Tx) error) error {
	return h.a.write(ctx, func(ctx context.Context, tx *store.Tx) error {
		ok, err := tx.HoldDuty(h.Duty, leaseFor)
		if err != nil {
			return err
		}
		if !ok {
			return errLost
		}
		return do(ctx, tx)
	})
}

// pairDuty does an act of time between two members. That it is no longer due is
// an answer, not a failure: the row of the two is the authority.
func (a *App) pairDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	_, err := a.timeAct(tx, d)
	return err
}

// reviewDuty is pairDuty for an accept and see. Where it only proposes the
// removal, the proposal stays among the member's duties for a while.
func (a *App) reviewDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	out, err := a.timeAct(tx, d)
	if err != nil || !out.sight.Connected {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: d.Owner, Effect: kindProposal + "/" + d.Subject, Kind: kindProposal, Subject: d.Subject, Other: d.Other,
		DueAt: now.Add(proposalFor)})
}

// kindProposal is the duty that keeps a proposed removal in sight.
const kindProposal = "proposal"

// proposalFor is how long a proposed removal stays among them.
const proposalFor = 30 * 24 * time.Hour

// lapseDuty ends a proposal nobody took up.
func (a *App) lapseDuty(context.Context, *store.Tx, *store.Duty) error { return nil }

// timeAct does the act of a duty between two members; the zero done says that
// nothing was due.
func (a *App) timeAct(tx *store.Tx, d *store.Duty) (done, error) {
	for _, v := range pair.Verbs() {
		if v.String() != d.Kind {
			continue
		}
		out, err := a.act(tx, deed{verb: v, by: d.Owner, other: d.Other, invitation: kith.InvitationID(d.Subject)})
		for _, over := range []error{pair.ErrNotDue, pair.ErrClosed, pair.ErrNoAccount, pair.ErrLeft} {
			if errors.Is(err, over) {
				return done{}, nil
			}
		}
		return out, err
	}
	return done{}, &kith.Error{Kind: kith.Internal, Field: d.Kind, Msg: "no act between two members is called so"}
}

// chores are what is done for the whole service every hour or so, on any node
// and on several at once: each only removes what has had its time.
var chores = []struct {
	about string
	do    func(a *App, ctx context.Context) error
}{
	{"idempotency keys are forgotten after 24 hours", inOne(func(tx *store.Tx, now time.Time) error {
		return tx.ForgetOnce(now.Add(-rememberKeys).UnixMicro())
	})},
	{"which decisions were made together is forgotten when they can no longer be taken back", inOne(func(tx *store.Tx, now time.Time) error {
		return tx.ForgetBundles(now.Add(-UndoFor))
	})},
	{"sessions, and links sent by mail, are forgotten when their time is over", inOne(sweepCredentials)},
	{"whom a member was shown is forgotten the day after", inOne(func(tx *store.Tx, _ time.Time) error { return tx.ForgetLooks() })},
	{"erased accounts are erased once more for a day, lest a request under way wrote something after it, and cleared out of the tables", (*App).sweepErased},
	{"duties are forgotten 400 days after they were done", inOne(func(tx *store.Tx, now time.Time) error {
		return tx.ForgetDuties(now.Add(-rememberDuties))
	})},
}

// inOne makes a chore of what is done in one transaction.
func inOne(do func(tx *store.Tx, now time.Time) error) func(*App, context.Context) error {
	return func(a *App, ctx context.Context) error {
		return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
			now, err := tx.Now()
			if err != nil {
				return err
			}
			return do(tx, now)
		})
	}
}

// Housekeep does the chores, and sweeps up files that were uploaded and never
// read; one that fails does not keep the others from being done.
func (a *App) Housekeep(ctx context.Context) error {
	var errs []error
	for _, c := range chores {
		if err := c.do(a, ctx); err != nil {
			a.log.LogAttrs(ctx, slog.LevelError, "a chore failed", slog.String("chore", c.about), slog.Any("error", err))
			errs = append(errs, fmt.Errorf("%s: %w", c.about, err))
		}
	}
	return errors.Join(append(errs, a.SweepImports(ctx))...)
}
