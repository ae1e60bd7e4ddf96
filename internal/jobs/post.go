package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"kith"
	"kith/internal/app"
)

// Post hands one letter over: see app.Config.Post.
type Post func(context.Context, app.Letter) error

// NewPost gives the way letters from the address sender leave:
//
//	smtp://user:password@host:587    STARTTLS, without which nothing is sent; to the
//	                                 own machine also without
//	smtps://user:password@host:465   TLS from the first byte
//	dir:FOLDER                       a file a letter, named by its Message-ID, for trying things out
//
// With ?tls=none letters, but no password, go to a relay without TLS: for one
// inside the own network.
func NewPost(address, sender string) (Post, error) {
	if _, err := letter(app.Letter{To: sender}, sender); err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "mail-from", Msg: "this is no mail address; give the one letters come from", Err: err}
	}
	if folder, ok := strings.CutPrefix(address, "dir:"); ok && folder != "" {
		return toFolder(folder, sender), nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		// The cause would repeat the address, and with it a password.
		return nil, &kith.Error{Kind: kith.Invalid, Field: "mail", Msg: "this is no way to send mail; give smtp://user:password@host:587, smtps://… or dir:FOLDER"}
	}
	return toServer(u, sender)
}

// sendFor is how long a mail server may take for each of connecting and taking
// a letter.
const sendFor = 30 * time.Second

func toServer(u *url.URL, sender string) (Post, error) {
	opts := []gomail.Option{gomail.WithTimeout(sendFor)}
	port := 587
	switch plain := u.Query().Get("tls") == "none"; {
	case u.Scheme == "smtps":
		port = 465
		opts = append(opts, gomail.WithSSL())
	case plain:
		port = 25
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	case isLoopback(u.Hostname()):
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSOpportunistic))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if p := u.Port(); p != "" {
		var err error
		if port, err = strconv.Atoi(p); err != nil {
			return nil, &kith.Error{Kind: kith.Invalid, Field: "mail", Msg: "the port is no number"}
		}
	}
	opts = append(opts, gomail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
	}
	client, err := gomail.NewClient(u.Hostname(), opts...)
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "mail", Msg: "the mail server's address cannot be used; check host and port", Err: err}
	}
	return func(ctx context.Context, l app.Letter) error {
		m, err := letter(l, sender)
		if err != nil {
			return app.ErrNoMailbox // no server would find it either
		}
		err = client.DialAndSendWithContext(ctx, m)
		if err == nil || m.IsDelivered() { // what fails after the server took it does not matter
			return nil
		}
		return refusal(err)
	}, nil
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// refusal says without addresses why a server did not take a letter.
func refusal(err error) error {
	var e *gomail.SendError
	if !errors.As(err, &e) {
		return &kith.Error{Kind: kith.Busy, Msg: "the mail server cannot be reached, or does not let us in"}
	}
	code := e.ErrorCode()
	if e.Reason == gomail.ErrSMTPRcptTo && noMailbox(code, e.EnhancedStatusCode()) {
		return app.ErrNoMailbox
	}
	return &kith.Error{Kind: kith.Busy, Msg: fmt.Sprintf("the mail server did not take a letter: %d %s at %s", code, e.EnhancedStatusCode(), e.Reason)}
}

// noMailbox reports whether a server's answer to RCPT says that the mailbox is
// not there (RFC 5321 4.2.3, RFC 3463: the x.1.x are about addresses). Under the
// same 550 servers also say that they do not like the sender (x.7.x), which
// says nothing about the mailbox.
func noMailbox(code int, enhanced string) bool {
	switch code {
	case 550, 551, 553:
		return enhanced == "" || strings.HasPrefix(enhanced, "5.1.") || enhanced == "5.2.1"
	}
	return false
}

func toFolder(folder, sender string) Post {
	return func(_ context.Context, l app.Letter) error {
		m, err := letter(l, sender)
		if err != nil {
			return app.ErrNoMailbox
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			return err
		}
		name, _, _ := strings.Cut(l.ID, "@")
		if err := writeFile(filepath.Join(folder, filepath.Base(name)+".eml"), b.Bytes()); err != nil {
			return &kith.Error{Kind: kith.Busy, Msg: "a letter cannot be written to the mail folder; check that it may be written", Err: err}
		}
		return nil
	}
}

// writeFile writes a file that is there whole or not at all, readable by its
// owner only.
func writeFile(name string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".letter-*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// letter writes a letter as a mail.
func letter(l app.Letter, sender string) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	if err := errors.Join(m.FromFormat("Kith", sender), m.EnvelopeFrom(sender), m.To(l.To)); err != nil {
		return nil, err
	}
	m.SetMessageIDWithValue(l.ID)
	m.SetDateWithValue(l.At)
	m.Subject(l.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's absence note answers it
	if l.Unsubscribe != "" {
		m.SetListUnsubscribe(l.Unsubscribe)
		m.SetListUnsubscribePost()
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	return m, nil
}
