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
	if again := sent.Add(betweenWeekly); setting.Digest == store.Weekly && !sent.IsZero() && d.DueAt.Before(again) {
		return oweAt(tx, d.Owner, nextMorning(d.Owner, again.Add(-time.Minute)))
	}
	last, _, err := tx.Feed(d.Owner)
	if err != nil {
		return err
	}
	data := map[string]string{"after": strconv.FormatInt(upto, 10), "upto": strconv.FormatInt(last, 10)}
	if setting.Digest != store.Never {
		text, err := a.newsText(tx, d.Owner, data)
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
	// open reports whether it, about an invitation, still is as told, as the
	// owner may see it; nil for what tells of nobody.
	open func(v *view, id kith.InvitationID) bool
}

// newsKinds lists the notices a letter tells in words of their own. Of others
// it says how many there are, but for those a letter of their own told.
var newsKinds = map[string]newsKind{
	kindInvited: {store.MailInvitations, "%s invites you to connect.", func(v *view, id kith.InvitationID) bool {
		return v.received == id && v.sight.Received.Answer == pair.NoAnswer && v.sight.Received.AskedAt.IsZero()
	}},
	kindAccepted: {store.MailAnswers, "%s accepted your invitation.", connectedNow},
	kindAsked: {store.MailAnswers, "%s asks you a question before answering your invitation.", func(v *view, id kith.InvitationID) bool {
		return v.sent == id && v.sight.Sent.RepliedAt.IsZero()
	}},
	kindReplied: {store.MailAnswers, "%s answered your question.", func(v *view, id kith.InvitationID) bool {
		return v.received == id && v.sight.Received.Answer == pair.NoAnswer
	}},
	kindReminder: {store.MailFollowUps, "%s has not answered your question for a week.", func(v *view, id kith.InvitationID) bool {
		return v.received == id && v.sight.Received.RepliedAt.IsZero()
	}},
	kindSilent: {store.MailFollowUps, "%s has not written since you accepted. Remove the connection, or keep it.", connectedNow},
	kindRemoved: {store.MailFollowUps, "The connection to %s, who never wrote, was removed as you had said.",
		func(v *view, _ kith.InvitationID) bool { return !v.sight.Connected }},
	kindMessage: {store.MailMessages, "%s wrote to you.", func(*view, kith.InvitationID) bool { return true }},

	kindElsewhereReminder: {store.MailFollowUps, "You asked somebody elsewhere a question a week ago. Has an answer come?", nil},
	kindElsewhereSilent:   {store.MailFollowUps, "You asked somebody elsewhere a question two weeks ago. It is time to decide.", nil},
	kindElsewhereUnheard:  {store.MailFollowUps, "You accepted somebody elsewhere two weeks ago to see, and no word of theirs is known. Part there, or keep them.", nil},
	kindImportDone:        {store.MailFollowUps, "Your import is done.", nil},
	kindImportFailed:      {store.MailFollowUps, "Your import could not be read.", nil},
	kindStanding:          {store.MailAnswers, "Something changed about how many people you may invite.", nil},
	kindAppeal:            {store.MailAnswers, "Your appeal was decided.", nil},
}

func connectedNow(v *view, _ kith.InvitationID) bool { return v.sight.Connected }

// newsText tells a member's notices in a range of their feed, newest first, a
// line each; empty if there is nothing to tell. It tells what they would find
// on the page at this moment and nothing else: whoever has left or blocks them
// is not named, and what is over, or was seen there, is no news.
func (a *App) newsText(tx *store.Tx, owner kith.MemberID, between map[string]string) (string, error) {
	after, err := strconv.ParseInt(between["after"], 10, 64)
	if err != nil {
		return "", err
	}
	upto, err := strconv.ParseInt(between["upto"], 10, 64)
	if err != nil {
		return "", err
	}
	_, seen, err := tx.Feed(owner)
	if err != nil {
		return "", err
	}
	after = max(after, seen)
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
			line, ok, err := a.newsLine(tx, e, setting.Unmailed)
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
func (a *App) newsLine(tx *store.Tx, e *store.Event, unmailed store.MailSet) (line string, ok bool, err error) {
	k, known := newsKinds[e.Kind]
	if _, told := letterKinds[e.Kind]; told || known && unmailed&k.group != 0 {
		return "", false, nil
	}
	if e.Other == "" {
		return k.words, true, nil
	}
	v, err := a.look(tx, e.Owner, e.Other)
	if err != nil || !v.here {
		return "", false, err
	}
	if k.open == nil {
		return "", true, nil
	}
	return fmt.Sprintf(k.words, quoted(v.name)), k.open(&v, kith.InvitationID(e.Subject)), nil
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
