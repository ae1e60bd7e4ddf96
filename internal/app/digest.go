package app

import (
	"context"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kith"
	"kith/internal/store"
	"kith/pair"
)

const (
	// morning is when letters with news go out, after midnight UTC. Each member
	// has their own minute within spread after it, so that not all are sent at
	// once.
	morning = 6 * time.Hour
	spread  = 2 * time.Hour
	// betweenWeekly is the time between two letters unless the member wants them daily.
	betweenWeekly = 7 * 24 * time.Hour
	// maxNews is how many news one letter tells.
	maxNews = 30
)

// owe leaves everybody a transaction told news the duty to gather them the next
// morning. It comes last in the transaction: whoever tells news holds the feed,
// and so no two do this for one member at once.
func (a *App) owe(tx *store.Tx) error {
	for _, m := range tx.Noticed() {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := oweAt(tx, m, nextMorning(m, now)); err != nil {
			return err
		}
	}
	return nil
}

func oweAt(tx *store.Tx, m kith.MemberID, due time.Time) error {
	return tx.AddDuty(&store.Duty{Owner: m, Effect: "digest/" + due.Format(time.DateOnly), Kind: "digest", DueAt: due})
}

// nextMorning is a member's first morning after a time.
func nextMorning(m kith.MemberID, after time.Time) time.Time {
	h := fnv.New32a()
	_, _ = h.Write([]byte(m)) // a hash takes everything
	minute := time.Duration(h.Sum32()) % (spread / time.Minute) * time.Minute
	t := after.Truncate(24 * time.Hour).Add(morning + minute)
	if !t.After(after) {
		t = t.Add(24 * time.Hour)
	}
	return t
}

// digestDuty decides in the morning whether a member gets a letter with their
// news: those since the last letter they have not seen on the page.
func (a *App) digestDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	upto, sent, err := tx.Digest(d.Owner)
	if err != nil {
		return err
	}
	setting, err := tx.Setting(d.Owner)
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	if again := sent.Add(betweenWeekly); setting.Digest == store.Weekly && !sent.IsZero() && d.DueAt.Before(again) {
		return oweAt(tx, d.Owner, nextMorning(d.Owner, again.Add(-time.Minute)))
	}
	last, seen, err := tx.Feed(d.Owner)
	if err != nil {
		return err
	}
	data := map[string]string{"after": strconv.FormatInt(max(upto, seen), 10), "upto": strconv.FormatInt(last, 10)}
	if setting.Digest != store.Never {
		text, err := a.newsText(tx, d.Owner, data, now)
		if err != nil {
			return err
		}
		if text != "" {
			sent = d.DueAt
			if err := a.mail(tx, d.Owner, d.Effect, "news", data); err != nil {
				return err
			}
		}
	}
	return tx.SetDigest(d.Owner, last, sent)
}

// newsKind is how one kind of notice is told in a letter.
type newsKind struct {
	group store.MailSet
	words string // with %s for the other member, if it tells of one
	// open reports whether it still is as told, as the owner may see it; nil for
	// what tells of nobody.
	open func(s *newsSight) bool
}

// newsSight is what the owner of a notice may see of it now.
type newsSight struct {
	pair.Sight
	received, sent bool // the notice's invitation is the one in Received, in Sent
	heldBack       bool // standing restricts whoever invites
}

// newsKinds lists the notices a letter tells in words of their own. Of others
// it says how many there are, but for those a letter of their own told.
var newsKinds = map[string]newsKind{
	kindInvited: {store.MailInvitations, "%s invites you to connect.", func(s *newsSight) bool {
		return s.received && s.Received.Answer == pair.NoAnswer && s.Received.AskedAt.IsZero() && !s.heldBack
	}},
	kindAccepted: {store.MailAnswers, "%s accepted your invitation.", func(s *newsSight) bool { return s.Connected }},
	kindAsked: {store.MailAnswers, "%s asks you a question before answering your invitation.", func(s *newsSight) bool {
		return s.sent && s.Sent.Course == pair.Running && s.Sent.RepliedAt.IsZero()
	}},
	kindReplied: {store.MailAnswers, "%s answered your question.", func(s *newsSight) bool {
		return s.received && s.Received.Answer == pair.NoAnswer && !s.heldBack
	}},
	kindReminder: {store.MailFollowUps, "%s has not answered your question for a week.", func(s *newsSight) bool {
		return s.received && s.Received.RepliedAt.IsZero() && !s.heldBack
	}},
	kindSilent: {store.MailFollowUps, "%s has not written since you accepted. Remove the connection, or keep it.",
		func(s *newsSight) bool { return s.Connected }},
	kindRemoved: {store.MailFollowUps, "The connection to %s, who never wrote, was removed as you had said.",
		func(s *newsSight) bool { return !s.Connected }},
	kindMessage: {store.MailMessages, "%s wrote to you.", func(*newsSight) bool { return true }},

	kindElsewhereReminder: {store.MailFollowUps, "You asked somebody elsewhere a question a week ago. Has an answer come?", nil},
	kindElsewhereSilent:   {store.MailFollowUps, "You asked somebody elsewhere a question two weeks ago. It is time to decide.", nil},
	kindImportDone:        {store.MailFollowUps, "Your import is done.", nil},
	kindImportFailed:      {store.MailFollowUps, "Your import could not be read.", nil},
	kindStanding:          {store.MailAnswers, "Something changed about how many people you may invite.", nil},
	kindAppeal:            {store.MailAnswers, "Your appeal was decided.", nil},
}

// newsText tells a member's notices in a range of their feed, newest first, a
// line each; empty if there is nothing to tell. It tells what they would find
// on the page at this moment and nothing else: whoever has left or blocks them
// is not named, and what is over is no news.
func (a *App) newsText(tx *store.Tx, owner kith.MemberID, between map[string]string, now time.Time) (string, error) {
	after, err := strconv.ParseInt(between["after"], 10, 64)
	if err != nil {
		return "", err
	}
	upto, err := strconv.ParseInt(between["upto"], 10, 64)
	if err != nil {
		return "", err
	}
	setting, err := tx.Setting(owner)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	others, lines, told := 0, 0, map[string]bool{}
	for before := upto + 1; before > after+1; {
		notices, err := tx.Notices(owner, before, 100)
		if err != nil {
			return "", err
		}
		before = 0
		for i := range notices {
			e := &notices[i]
			if before = e.N; before <= after {
				break
			}
			line, ok, err := a.newsLine(tx, e, setting.Unmailed, now)
			switch {
			case err != nil:
				return "", err
			case !ok || told[line]:
				continue
			case line == "" || lines == maxNews:
				others++
				continue
			}
			told[line] = true
			lines++
			b.WriteString("  - " + line + "\n")
		}
	}
	if others > 0 {
		fmt.Fprintf(&b, "  - Other news: %d\n", others)
	}
	return b.String(), nil
}

// newsLine tells one notice; empty for one without words of its own, ok is
// false for one that is not to be told.
func (a *App) newsLine(tx *store.Tx, e *store.Event, unmailed store.MailSet, now time.Time) (line string, ok bool, err error) {
	k, known := newsKinds[e.Kind]
	if _, told := letterKinds[e.Kind]; told || known && unmailed&k.group != 0 {
		return "", false, nil
	}
	if e.Other == "" {
		return k.words, true, nil
	}
	name, sight, ok, err := a.sees(tx, e.Owner, e.Other, e.Subject, now)
	if err != nil || !ok {
		return "", false, err
	}
	if k.open == nil {
		return "", true, nil
	}
	return fmt.Sprintf(k.words, quoted(name)), k.open(&sight), nil
}

// sees gives what a member may see of another and an invitation between them
// now; ok is false if the other does not exist for them.
func (a *App) sees(tx *store.Tx, owner, other kith.MemberID, subject string, now time.Time) (name string, s newsSight, ok bool, err error) {
	m, ok, err := tx.Member(other)
	if err != nil || !ok || m.State != store.Active {
		return "", s, false, err
	}
	p, err := tx.PeekPair(owner, other)
	if err != nil {
		return "", s, false, err
	}
	me := pair.A
	if p.B == owner {
		me = pair.B
	}
	s.Sight = pair.View(p.State, me, now)
	s.received = s.Received.Seq != 0 && string(p.Invitation(s.Received.Seq)) == subject
	s.sent = s.Sent.Seq != 0 && string(p.Invitation(s.Sent.Seq)) == subject
	if s.received {
		s.heldBack, err = a.restricted(tx, other, now)
	}
	return m.Name, s, !s.Gone, err
}

// quoted is a member's name in a letter. One that a mail program would make a
// link of is left out: the letter is Kith's, the name is not.
func quoted(name string) string {
	name = kith.CleanLine(name)
	runes := []rune(name)
	for i, r := range runes {
		inside := i > 0 && i+1 < len(runes) && !unicode.IsSpace(runes[i-1]) && !unicode.IsSpace(runes[i+1])
		if r == '/' || r == '@' || (r == '.' || r == ':') && inside {
			return "A member"
		}
	}
	return "“" + name + "”"
}
