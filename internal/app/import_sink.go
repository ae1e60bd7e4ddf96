package app

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"kith"
)

// batching takes nouns as they are read and hands them on in batches, to be kept
// while reading goes on. It is the intake.Sink of a run.
type batching struct {
	batch []noun
	full  chan []noun
	stop  context.CancelFunc // ends reading
	bad   error              // what could not be handed on
	done  chan error
}

// batches begins to keep batches with keep. When one cannot be kept, stop is
// called, and what comes after it is dropped.
func batches(keep func([]noun) error, stop context.CancelFunc) *batching {
	b := &batching{full: make(chan []noun, 1), stop: stop, done: make(chan error, 1)}
	go func() {
		var err error
		for batch := range b.full {
			if err == nil {
				if err = kept(keep, batch); err != nil {
					stop()
				}
			}
		}
		b.done <- err
	}()
	return b
}

// kept keeps one batch. A fault in doing so is the run's, not the program's.
func kept(keep func([]noun) error, batch []noun) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("keeping a batch panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return keep(batch)
}

func (b *batching) add(v any) {
	n, err := newNoun(v)
	if err != nil {
		b.bad = err
		b.stop()
		return
	}
	if b.batch = append(b.batch, n); len(b.batch) == maxBatch {
		b.flush()
	}
}

func (b *batching) flush() {
	if len(b.batch) > 0 {
		b.full <- b.batch
		b.batch = make([]noun, 0, maxBatch)
	}
}

// end waits until everything is kept, or says why it is not.
func (b *batching) end() error {
	if b.bad == nil {
		b.flush()
	}
	close(b.full)
	return errors.Join(b.bad, <-b.done)
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

// dating looks for the newest date that is past, of all and of the LinkedIn
// archive alone, and counts. It is the intake.Sink of a run's first reading.
type dating struct {
	now, newest, archive time.Time
	count                int64
}

func (d *dating) see(at time.Time, src kith.Source) {
	d.count++
	if at.After(d.now) {
		return
	}
	if at.After(d.newest) {
		d.newest = at
	}
	if src == kith.FromArchive && at.After(d.archive) {
		d.archive = at
	}
}

// The nouns.

func (d *dating) Profile(kith.Profile)           { d.count++ }
func (d *dating) Invitation(v kith.Invitation)   { d.see(v.SentAt, v.Source) }
func (d *dating) Connection(v kith.Connection)   { d.see(v.ConnectedAt, v.Source) }
func (d *dating) Message(v kith.Message)         { d.see(v.At, v.Source) }
func (d *dating) Contact(kith.Contact)           { d.count++ }
func (d *dating) Meeting(v kith.Meeting)         { d.see(v.At, v.Source) }
func (d *dating) Application(v kith.Application) { d.see(v.At, v.Source) }
func (d *dating) Hint(kith.Hint)                 { d.count++ }
