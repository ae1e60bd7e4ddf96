package gather

import (
	"slices"
	"time"

	"kith"
)

// talk is what is kept of the messages with one person: counts, the times of
// the first and the last ones, and the few texts a judgement may read. It does
// not grow with the number of messages.
type talk struct {
	in, out     int
	first, last []stamp
	kept        []kept // what they wrote since connecting, the earliest ones
	newest      kept   // the latest they wrote
	source      kith.Source
}

// stamp is one message's time and direction.
type stamp struct {
	at  time.Time
	out bool
}

// kept is one incoming message.
type kept struct {
	at   time.Time
	text string
}

func (t *talk) add(m kith.Message, connectedAt time.Time) {
	t.source = m.Source
	s := stamp{m.At, m.Outgoing}
	t.first = keep(t.first, s, -1)
	t.last = keep(t.last, s, 1)
	if m.Outgoing {
		t.out++
		return
	}
	t.in++
	k := kept{m.At, clipBytes(m.Text, maxKeptText)}
	if k.at.After(t.newest.at) {
		t.newest = k
	}
	if connectedAt.IsZero() || m.At.Before(connectedAt.Add(-kith.Day)) {
		return
	}
	t.kept = append(t.kept, k)
	slices.SortFunc(t.kept, func(a, b kept) int { return a.at.Compare(b.at) })
	if len(t.kept) > maxKept {
		t.kept = t.kept[:maxKept]
	}
}

// keep inserts a stamp into a list sorted by time and holds the maxStamps
// earliest (order < 0) or latest ones.
func keep(list []stamp, s stamp, order int) []stamp {
	i, _ := slices.BinarySearchFunc(list, s, func(a, b stamp) int { return a.at.Compare(b.at) })
	if len(list) == maxStamps && (order < 0 && i == len(list) || order > 0 && i == 0) {
		return list
	}
	list = slices.Insert(list, i, s)
	if len(list) > maxStamps {
		if order < 0 {
			return list[:maxStamps]
		}
		return list[1:]
	}
	return list
}

func (t *talk) join(o *talk) {
	t.in, t.out = t.in+o.in, t.out+o.out
	for _, s := range o.first {
		t.first = keep(t.first, s, -1)
	}
	for _, s := range o.last {
		t.last = keep(t.last, s, 1)
	}
	if t.newest.at.Before(o.newest.at) {
		t.newest = o.newest
	}
	t.kept = append(t.kept, o.kept...)
	slices.SortFunc(t.kept, func(a, b kept) int { return a.at.Compare(b.at) })
	t.kept = t.kept[:min(len(t.kept), maxKept)]
	if t.source == kith.FromCase {
		t.source = o.source
	}
}

// wroteBefore reports who wrote before a time, as far as the kept times tell.
func (t *talk) wroteBefore(at time.Time) (in, out bool) {
	for _, s := range t.first {
		if !s.at.Before(at) {
			break
		}
		in, out = in || !s.out, out || s.out
	}
	return in, out
}

// asked is the first message the member wrote from a time on that was not an
// answer to one of theirs, and whether anything came back after it.
func (t *talk) asked(from time.Time) (at time.Time, replied, ok bool) {
	for _, list := range [][]stamp{t.first, t.last} {
		for _, s := range list {
			switch {
			case s.at.Before(from):
			case s.out && !ok:
				at, ok = s.at, true
			case !s.out && ok && s.at.After(at):
				return at, true, true
			}
		}
		if ok {
			return at, replied || t.newest.at.After(at), true
		}
	}
	return at, false, false
}

// clipBytes cuts a text at a letter's start.
func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
