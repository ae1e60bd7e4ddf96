package api

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	timerate "golang.org/x/time/rate"

	"kith"
	"kith/internal/app"
)

// rate is how often a route may be called by one caller: perMinute on average,
// burst at once. Routes with the same rate share it.
type rate struct {
	name      string
	perMinute float64
	burst     int
}

// The rates. They keep one caller from taking a small machine for themselves;
// how many invitations may be sent is standing's to say.
var (
	reading = rate{"reading", 600, 120}
	writing = rate{"writing", 120, 60}
	// looking is for what could be walked through: other people's profiles and
	// lists, searching by name.
	looking = rate{"looking", 120, 60}
	// guessing is for whatever could be guessed: passwords, links, codes.
	guessing = rate{"guessing", 10, 10}
	// missing is for wrong addresses of calendars, which nobody guesses.
	missing   = rate{"missing", 10, 10}
	uploading = rate{"uploading", 6, 6}
)

// Limits counts calls, by rate and caller. It is safe for concurrent use.
type Limits struct {
	clock func() time.Time
	mu    sync.Mutex
	by    map[string]*timerate.Limiter
	swept time.Time
}

// sweepAfter is how often callers whose allowance is whole again are forgotten.
const sweepAfter = 10 * time.Minute

// NewLimits gives limits that go by a clock.
func NewLimits(clock func() time.Time) *Limits {
	return &Limits{clock: clock, by: map[string]*timerate.Limiter{}, swept: clock()}
}

// allow takes one call from a caller's allowance. left is what remains, wait
// how long until the next is allowed if this one is not.
func (l *Limits) allow(r rate, caller string) (ok bool, left int, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if now.Sub(l.swept) > sweepAfter {
		for k, lim := range l.by {
			if lim.TokensAt(now) >= float64(lim.Burst()) {
				delete(l.by, k)
			}
		}
		l.swept = now
	}
	key := r.name + " " + caller
	lim := l.by[key]
	if lim == nil {
		lim = timerate.NewLimiter(timerate.Limit(r.perMinute/60), r.burst)
		l.by[key] = lim
	}
	ok = lim.AllowN(now, 1)
	tokens := lim.TokensAt(now)
	if !ok {
		wait = time.Duration((1 - tokens) / (r.perMinute / 60) * float64(time.Second))
	}
	return ok, int(max(0, tokens)), wait
}

// Guess takes one call from a caller's allowance for whatever can be guessed:
// passwords, links, codes. It is what the pages ask, which share the allowance.
func (l *Limits) Guess(caller string) bool {
	ok, _, _ := l.allow(guessing, caller)
	return ok
}

// Miss takes one call from a caller's allowance for wrong addresses of calendars.
func (l *Limits) Miss(caller string) bool {
	ok, _, _ := l.allow(missing, caller)
	return ok
}

// limit counts a call and says so in headers; it answers and returns false if
// there were too many.
func (s *service) limit(c huma.Context, p *policy, who app.Actor, r *http.Request) bool {
	caller := string(who.ID)
	if caller == "" {
		caller = s.opt.Caller(r)
	}
	ok, left, wait := s.opt.Limits.allow(p.rate, caller)
	c.SetHeader("RateLimit-Limit", strconv.Itoa(p.rate.burst))
	c.SetHeader("RateLimit-Remaining", strconv.Itoa(left))
	if ok {
		return true
	}
	seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
	c.SetHeader("Retry-After", seconds)
	s.refuse(c, &kith.Error{Kind: kith.Busy, Field: app.TooMany, Msg: "too many requests; try again in " + seconds + " seconds"})
	return false
}
