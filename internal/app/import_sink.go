package app

import (
	"context"
	"time"

	"kith"
)

// batching takes nouns as they are read and keeps them in batches. It is the
// intake.Sink of a run. When a batch cannot be kept, err says why and reading
// is stopped.
type batching struct {
	*running
	ctx   context.Context
	stop  context.CancelFunc
	batch []noun
	err   error
}

func (b *batching) add(v any) {
	if b.err != nil {
		return
	}
	n, err := newNoun(v)
	if err != nil {
		b.end(err)
		return
	}
	b.batch = append(b.batch, n)
	if len(b.batch) == maxBatch {
		b.flush()
	}
}

// flush keeps what waits.
func (b *batching) flush() {
	if b.err != nil || len(b.batch) == 0 {
		return
	}
	if err := b.keep(b.ctx, b.batch); err != nil {
		b.end(err)
		return
	}
	b.batch = b.batch[:0]
}

func (b *batching) end(err error) {
	b.err = err
	b.stop()
}

// The nouns.

func (b *batching) Profile(v kith.Profile)         { b.add(v) }
func (b *batching) Invitation(v kith.Invitation)   { b.add(v) }
func (b *batching) Connection(v kith.Connection)   { b.add(v) }
func (b *batching) Message(v kith.Message)         { b.add(v) }
func (b *batching) Contact(v kith.Contact)         { b.add(v) }
func (b *batching) Meeting(v kith.Meeting)         { b.add(v) }
func (b *batching) Application(v kith.Application) { b.add(v) }
func (b *batching) Hint(v kith.Hint)               { b.add(v) }

// dating looks for the newest date that is past. It is the intake.Sink of a
// run's first reading.
type dating struct{ now, newest time.Time }

func (d *dating) see(at time.Time) {
	if at.After(d.newest) && !at.After(d.now) {
		d.newest = at
	}
}

// The nouns.

func (d *dating) Profile(kith.Profile)           {}
func (d *dating) Invitation(v kith.Invitation)   { d.see(v.SentAt) }
func (d *dating) Connection(v kith.Connection)   { d.see(v.ConnectedAt) }
func (d *dating) Message(v kith.Message)         { d.see(v.At) }
func (d *dating) Contact(kith.Contact)           {}
func (d *dating) Meeting(v kith.Meeting)         { d.see(v.At) }
func (d *dating) Application(v kith.Application) { d.see(v.At) }
func (d *dating) Hint(kith.Hint)                 {}
