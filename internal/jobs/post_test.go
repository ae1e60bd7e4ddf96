package jobs

import (
	"errors"
	"io"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"kith"
	"kith/internal/app"
)

// mailServer takes mail as a script says.
type mailServer struct {
	mu   sync.Mutex
	rcpt error                  // answers RCPT
	data func(*smtp.Conn) error // answers the end of DATA
	got  []string               // whole letters, also those that were not taken
	to   []string
}

// serve starts the server and gives its address, until the test ends.
func (s *mailServer) serve(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "mail.example", true, quiet{}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l) // ends with Close
	}()
	t.Cleanup(func() {
		_ = server.Close()
		<-ended
	})
	return "smtp://" + l.Addr().String()
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (s *mailServer) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s, c}, nil }

type session struct {
	*mailServer
	conn *smtp.Conn
}

func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }
func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = append(s.to, to)
	return s.rcpt
}

func (s *session) Data(r io.Reader) error {
	text, err := io.ReadAll(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, string(text))
	if s.data != nil {
		return s.data(s.conn)
	}
	return err
}

var aLetter = app.Letter{ID: "0123456789abcdef@kith.example", To: "ada@mail.example", Subject: "News from your network",
	Text: "“Ben Okoye” invites you to connect.\n\n.\nA line with a dot.\n", Unsubscribe: "https://kith.example/api/v1/unsubscribe/x",
	At: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}

const sender = "kith@kith.example"

func newPost(t *testing.T, address string) Post {
	t.Helper()
	post, err := NewPost(address, sender)
	if err != nil {
		t.Fatal(err)
	}
	return post
}

// check looks at a letter as its reader's program does.
func check(t *testing.T, text string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"To": "<ada@mail.example>", "From": `"Kith" <kith@kith.example>`, "Cc": "", "Bcc": "", "Subject": "News from your network",
		"Message-Id": "<0123456789abcdef@kith.example>", "Date": "Mon, 02 Mar 2026 09:00:00 +0000",
		"List-Unsubscribe":      "<https://kith.example/api/v1/unsubscribe/x>",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "User-Agent": "",
	} {
		if got := m.Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.ReplaceAll(string(body), "\r\n", "\n"); strings.TrimSpace(got) != strings.TrimSpace(aLetter.Text) {
		t.Errorf("the text is %q", got)
	}
}

func TestALetterArrives(t *testing.T) {
	t.Parallel()
	var s mailServer
	if err := newPost(t, s.serve(t))(t.Context(), aLetter); err != nil {
		t.Fatal(err)
	}
	if len(s.got) != 1 || len(s.to) != 1 || s.to[0] != "ada@mail.example" {
		t.Fatalf("%q to %q", s.got, s.to)
	}
	check(t, s.got[0])
}

// What a server answers decides whether the letter is tried again, and whether
// the address is tried ever again; its words do not reach a log.
func TestAnswersOfAMailServer(t *testing.T) {
	t.Parallel()
	refuse := func(code, x, y, z int) error {
		return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{x, y, z}, Message: "ada@mail.example is no good"}
	}
	tests := []struct {
		name   string
		answer error
		gone   bool
	}{
		{"no such user", refuse(550, 5, 1, 1), true},
		{"no such user, said the old way", &smtp.SMTPError{Code: 550, EnhancedCode: smtp.NoEnhancedCode, Message: "no"}, true},
		{"disabled", refuse(550, 5, 2, 1), true},
		{"we do not like you", refuse(550, 5, 7, 1), false},
		{"mailbox full", refuse(552, 5, 2, 2), false},
		{"greylisted", refuse(450, 4, 2, 0), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := mailServer{rcpt: tt.answer}
			err := newPost(t, s.serve(t))(t.Context(), aLetter)
			if err == nil || errors.Is(err, app.ErrNoMailbox) != tt.gone {
				t.Errorf("it becomes %v", err)
			}
			if strings.Contains(err.Error(), "ada") || len(s.got) != 0 {
				t.Errorf("%v, %q", err, s.got)
			}
		})
	}
}

// A connection that breaks after the server has everything leaves open whether
// it took the letter: the second try is the same letter.
func TestALetterCutAtTheEndIsTheSameAgain(t *testing.T) {
	t.Parallel()
	cut := true
	s := mailServer{data: func(c *smtp.Conn) error {
		if cut {
			cut = false
			return c.Conn().Close()
		}
		return nil
	}}
	post := newPost(t, s.serve(t))
	if err := post(t.Context(), aLetter); err == nil || errors.Is(err, app.ErrNoMailbox) {
		t.Fatalf("a cut line: %v", err)
	}
	if err := post(t.Context(), aLetter); err != nil {
		t.Fatal(err)
	}
	if len(s.got) != 2 {
		t.Fatalf("%d letters", len(s.got))
	}
	for _, text := range s.got {
		check(t, text)
	}
}

// Where TLS is asked for, a server without it gets nothing; neither does an
// address no server could read.
func TestWhatIsNotSent(t *testing.T) {
	t.Parallel()
	var s mailServer
	address := s.serve(t)
	if err := newPost(t, strings.Replace(address, "smtp:", "smtps:", 1))(t.Context(), aLetter); kith.KindOf(err) != kith.Busy {
		t.Errorf("without TLS: %v", err)
	}
	l := aLetter
	for _, l.To = range []string{"", "ada", "ada@mail.example\r\nRCPT TO:<ben@mail.example>"} {
		if err := newPost(t, address)(t.Context(), l); !errors.Is(err, app.ErrNoMailbox) {
			t.Errorf("%q: %v", l.To, err)
		}
	}
	if len(s.to)+len(s.got) != 0 {
		t.Errorf("%q, %q", s.to, s.got)
	}
	for host, want := range map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, "mail.example": false, "10.0.0.1": false, "127.0.0.1.example": false} {
		if isLoopback(host) != want {
			t.Errorf("%s is this machine: %v", host, !want)
		}
	}
}

func TestNoWayToSend(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ address, sender string }{
		{"", sender}, {"dir:", sender}, {"mail.example", sender}, {"http://mail.example", sender}, {"smtp://", sender},
		{"smtp://ada:hunter2@mail example", sender}, {"smtp://ada:hunter2@mail.example:0", sender},
		{"smtp://ada:hunter2@mail.example:99999", sender}, {"smtp://mail.example", ""}, {"smtp://mail.example", "kith"},
	} {
		_, err := NewPost(tt.address, tt.sender)
		if kith.KindOf(err) != kith.Invalid || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q from %q: %v", tt.address, tt.sender, err)
		}
	}
}

func TestLettersInAFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "mail")
	post := newPost(t, "dir:"+folder)
	for range 2 { // the same letter is the same file
		if err := post(t.Context(), aLetter); err != nil {
			t.Fatal(err)
		}
	}
	l := aLetter
	l.ID = "../../escape@kith.example"
	if err := post(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || files[0].Name() != "0123456789abcdef.eml" || files[1].Name() != "escape.eml" {
		t.Fatalf("the folder holds %v", files)
	}
	info, err := files[0].Info()
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	text, err := os.ReadFile(filepath.Join(folder, files[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	check(t, string(text))
	if err := os.WriteFile(filepath.Join(folder, "full"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := newPost(t, "dir:"+filepath.Join(folder, "full"))(t.Context(), aLetter); kith.KindOf(err) != kith.Busy {
		t.Errorf("a folder that is none: %v", err)
	}
}
