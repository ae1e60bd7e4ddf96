package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Letter is one mail, ready to be sent. It has no other recipient than To.
type Letter struct {
	// ID is its Message-ID without the brackets: the same however often sending
	// is tried, so that whoever gets it twice is shown it once.
	ID string
	// To is the address of a member.
	To string
	// Subject is one line with no word of anybody's but Kith's, Text is plain
	// text.
	Subject, Text string
	// Unsubscribe is the address that stops letters of this kind: by POST without
	// signing in (RFC 8058), while GET shows what a POST would do. Empty for
	// letters about the account.
	Unsubscribe string
	At          time.Time
}

// ErrNoMailbox is what Config.Post returns, itself or wrapped, when the mail
// server says for good that the address takes no mail. Nothing is sent there
// any more until its owner, signed in, asks for it.
var ErrNoMailbox = &kith.Error{Kind: kith.Invalid, Field: "email", Msg: "the mail server says that there is no such mailbox"}

// postFor is how long handing one letter over may take. It is well below
// leaseFor, so that nobody else tries meanwhile.
const postFor = 2 * time.Minute

// letterBody is what a mail duty keeps of its letter until it is sent.
type letterBody struct {
	Template string            `json:"template"`
	Data     map[string]string `json:"data,omitempty"`
}

// mail leaves the duty to send a member a letter, once for an effect. template
// is a row of letterKinds, data what its text names. The address is looked up
// when the letter is sent; only letters about the change of an address go to
// the one in data.
func (a *App) mail(tx *store.Tx, to kith.MemberID, effect, template string, data map[string]string) error {
	k, ok := letterKinds[template]
	if !ok {
		return &kith.Error{Kind: kith.Internal, Field: template, Msg: "there is no letter of this kind"}
	}
	if missing := k.missing(data); missing != "" {
		return &kith.Error{Kind: kith.Internal, Field: template, Msg: "the letter names {" + missing + "}, which is not given"}
	}
	body, err := json.Marshal(letterBody{template, data})
	if err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: to, Effect: "mail/" + effect, Kind: "mail", Subject: template, Body: string(body), Long: true, DueAt: now})
}

// mailDuty sends a letter. Sending cannot be undone and so is in no
// transaction: it comes before the duty is closed. If the program stops in
// between, the letter goes out a second time with the same Message-ID.
func (a *App) mailDuty(ctx context.Context, h *hold) error {
	if a.conf.Post == nil {
		return nil
	}
	var l Letter
	var send bool
	err := a.read(ctx, func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		d, ok, err := tx.Duty(h.Owner, h.Effect)
		if err != nil {
			return err
		}
		if !ok || d.State != store.Due || d.Lease != h.Lease || d.LeaseUntil.Sub(now) < postFor {
			return errLost // too late to be sure that nobody else sends it
		}
		l, send, err = a.letter(tx, &d, now)
		return err
	})
	if err != nil || !send {
		return err
	}
	// A letter under way is let go: cut off, nobody would know whether it came.
	post, cancel := context.WithTimeout(context.WithoutCancel(ctx), postFor)
	defer cancel()
	err = a.conf.Post(post, l)
	if errors.Is(err, ErrNoMailbox) {
		return h.step(context.WithoutCancel(ctx), func(_ context.Context, tx *store.Tx) error { return tx.Suppress(l.To) })
	}
	return err
}

// letter writes the letter of a duty as things stand now; ok is false if it is
// not to be sent.
func (a *App) letter(tx *store.Tx, d *store.Duty, now time.Time) (l Letter, ok bool, err error) {
	var body letterBody
	if err := json.Unmarshal([]byte(d.Body), &body); err != nil {
		return l, false, fmt.Errorf("a letter is kept as something else: %w", err)
	}
	k, ok := letterKinds[body.Template]
	if !ok {
		return l, false, &kith.Error{Kind: kith.Internal, Field: body.Template, Msg: "there is no letter of this kind"}
	}
	m, ok, err := tx.Member(d.Owner)
	if err != nil || !ok || m.State == store.Erased || k.news && m.State != store.Active {
		return l, false, err
	}
	l = Letter{To: m.Email, Subject: k.subject, At: now}
	if given := body.Data["address"]; k.elsewhere && given != "" {
		l.To = given
	}
	if _, ok := kith.FoldEmail(l.To); !ok {
		return l, false, nil
	}
	if stopped, err := tx.Suppressed(l.To); err != nil || stopped {
		return l, false, err
	}
	if l.ID, err = a.messageID(tx, d); err != nil {
		return l, false, err
	}
	words := map[string]string{"url": a.base()}
	for name, v := range body.Data {
		words[name] = kith.CleanLine(v)
	}
	if k.news {
		if words["news"], err = a.newsText(tx, d.Owner, body.Data); err != nil || words["news"] == "" {
			return l, false, err
		}
		if l.Unsubscribe, err = a.unsubscribeLink(tx, &m); err != nil {
			return l, false, err
		}
		words["unsubscribe"] = l.Unsubscribe
	}
	l.Text = k.fill(words)
	return l, true, nil
}

// messageID names a letter by what it is for.
func (a *App) messageID(tx *store.Tx, d *store.Duty) (string, error) {
	hidden, err := tx.Hide("letter " + string(d.Owner) + " " + d.Effect)
	if err != nil {
		return "", err
	}
	host := "localhost"
	if u, err := url.Parse(a.conf.URL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return hidden[:32] + "@" + host, nil
}

// base is where links in letters begin.
func (a *App) base() string { return strings.TrimRight(a.conf.URL, "/") }

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// builtin are the words every letter may name.
var builtin = map[string]bool{"url": true, "news": true, "unsubscribe": true}

// missing gives the first word a letter names that neither it nor data has.
func (k letterKind) missing(data map[string]string) string {
	for _, mark := range placeholder.FindAllString(k.text, -1) {
		name := strings.Trim(mark, "{}")
		if _, ok := data[name]; !ok && !builtin[name] {
			return name
		}
	}
	return ""
}

// fill puts words in their places, once: what a word says is not read again.
func (k letterKind) fill(words map[string]string) string {
	return placeholder.ReplaceAllStringFunc(k.text, func(mark string) string { return words[strings.Trim(mark, "{}")] })
}

// Mailbox says how a member's address takes Kith's mail.
type Mailbox struct {
	Address string
	// Refused says that their mail server said there is no such mailbox;
	// nothing is sent there.
	Refused bool
}

// Mailbox gives how the actor's own address takes mail.
func (a *App) Mailbox(ctx context.Context, who Actor) (box Mailbox, err error) {
	if err := who.may(ScopeRead); err != nil {
		return box, err
	}
	err = a.read(ctx, func(tx *store.Tx) error {
		m, ok, err := tx.Member(who.ID)
		if err != nil || !ok {
			return errors.Join(err, errSignIn)
		}
		box.Address = m.Email
		box.Refused, err = tx.Suppressed(m.Email)
		return err
	})
	return box, err
}

// ResumeMail sends mail to the actor's address again, though its server refused
// it once.
func (a *App) ResumeMail(ctx context.Context, who Actor) error {
	if err := who.may(ScopeProfile); err != nil {
		return err
	}
	return a.write(ctx, func(_ context.Context, tx *store.Tx) error {
		m, ok, err := tx.Member(who.ID)
		if err != nil || !ok {
			return errors.Join(err, errSignIn)
		}
		return tx.Unsuppress(m.Email)
	})
}
