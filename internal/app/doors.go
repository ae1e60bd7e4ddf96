package app

import (
	"context"
	"maps"
	"sync"
	"time"

	"kith"
)

// doors keep whoever tries to come in from taking the machine or guessing.
type doors struct {
	clock func() time.Time
	cost  hashCost
	room  chan struct{} // holds one for every password being hashed
	mu    sync.Mutex
	left  map[string]allowance
	swept time.Time
}

// allowance is what remains of a number of tries.
type allowance struct {
	tries float64
	at    time.Time // when that was
	limit *tryLimit
}

// tryLimit is how often something may be tried: burst times at once, and then
// once in every wait.
type tryLimit struct {
	burst float64
	wait  time.Duration
}

// The limits of wrong passwords. They count in memory: a restart forgets them,
// which gives a guesser a handful of tries more. One caller has few tries at
// one account; all callers together have more, so that nobody is kept out of
// their account by somebody else who guesses a little.
var (
	triesHere    = tryLimit{5, 3 * time.Minute}   // one caller at one account
	triesAccount = tryLimit{30, time.Minute}      // all callers at one account
	triesCaller  = tryLimit{30, 30 * time.Second} // one caller at all accounts
)

// triesMail is how many wrong addresses a member may invite with, counted in
// the same way: 10 at once, and 10 a day (reliability 2.3, number 9).
var triesMail = tryLimit{10, kith.Day / 10}

// sweepTries is how often whole allowances are forgotten.
const sweepTries = 10 * time.Minute

func newDoors(clock func() time.Time) *doors {
	return &doors{clock: clock, cost: todaysCost, room: make(chan struct{}, hashers), left: map[string]allowance{}, swept: clock()}
}

// hashing waits for room to hash a password; the caller calls done afterwards.
func (d *doors) hashing(ctx context.Context) (done func(), err error) {
	select {
	case d.room <- struct{}{}:
		return func() { <-d.room }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// errTries answers too many wrong passwords. It says the same for an address
// that is nobody's.
var errTries = &kith.Error{Kind: kith.Busy, Field: TooMany, Msg: "too many tries; wait a few minutes, or reset the password"}

// try takes one try of a caller at an account, whether or not there is such an
// account, and gives back what undoes that: to be called when it succeeded. An
// empty caller is counted by account only.
func (d *doors) try(account, caller string) (succeeded func(), err error) {
	keys := map[string]*tryLimit{"account " + account: &triesAccount}
	if caller != "" {
		keys["caller "+caller] = &triesCaller
	}
	keys["here "+caller+" "+account] = &triesHere
	succeeded, ok := d.take(keys)
	if !ok {
		return nil, errTries
	}
	return succeeded, nil
}

// guess takes one of a member's tries at others' addresses, and gives back what
// undoes that; ok is false if none is left.
func (d *doors) guess(m kith.MemberID) (back func(), ok bool) {
	return d.take(map[string]*tryLimit{"mail " + string(m): &triesMail})
}

// take takes a try of every key, or none if one of them has none left.
func (d *doors) take(keys map[string]*tryLimit) (back func(), ok bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.clock()
	d.sweep(now)
	for k, limit := range keys {
		if d.remains(k, limit, now) < 1 {
			return nil, false
		}
	}
	d.add(keys, -1, now)
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.add(keys, +1, d.clock())
	}, true
}

// remains gives how many tries are left; never more than the burst.
func (d *doors) remains(key string, limit *tryLimit, now time.Time) float64 {
	have, ok := d.left[key]
	if !ok {
		return limit.burst
	}
	return min(limit.burst, have.tries+now.Sub(have.at).Seconds()/limit.wait.Seconds())
}

func (d *doors) add(keys map[string]*tryLimit, n float64, now time.Time) {
	for k, limit := range keys {
		d.left[k] = allowance{min(limit.burst, d.remains(k, limit, now)+n), now, limit}
	}
}

// sweep forgets allowances that are whole again.
func (d *doors) sweep(now time.Time) {
	if now.Sub(d.swept) < sweepTries {
		return
	}
	d.swept = now
	maps.DeleteFunc(d.left, func(k string, have allowance) bool { return d.remains(k, have.limit, now) >= have.limit.burst })
}
