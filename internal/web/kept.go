package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"kith"
	"kith/internal/app"
)

// kept is what a form held that could not be taken: it stands on the page that
// says so, and can be sent again from there.
type kept struct {
	To     string // where it goes when it is sent again; empty: it would not help
	Fields []keptField
	Words  []string // what somebody wrote, to be read and copied
}

// keptField is a field of it.
type keptField struct{ Name, Value string }

// secretFields are never shown again, not even unseen; a form that has one is
// filled in anew.
var secretFields = []string{"password", "current", "secret", "response"}

// kept gives what a form held. again says whether sending it once more may help.
func (q *request) kept(again bool) *kept {
	k := &kept{}
	for _, name := range slices.Sorted(maps.Keys(q.PostForm)) {
		if slices.Contains(secretFields, name) {
			return &kept{}
		}
		for _, value := range q.PostForm[name] {
			k.Fields = append(k.Fields, keptField{name, value})
			if text := strings.TrimSpace(value); strings.ContainsAny(text, " \n") {
				k.Words = append(k.Words, text)
			}
		}
	}
	if again && len(k.Fields) > 0 {
		k.To = ownAddress(q.URL.RequestURI())
	}
	return k
}

// written reports whether a form about a letter holds somebody's own words.
func (q *request) written() bool {
	return q.PostForm.Get("question")+q.PostForm.Get("greeting")+q.PostForm.Get("words") != ""
}

// mayHelp reports whether what failed may succeed if it is sent again.
func mayHelp(err error) bool {
	switch kith.KindOf(err) {
	case kith.Internal, kith.Busy:
		return true
	}
	return false
}

// errSignedOut answers a form of somebody whose session has ended.
var errSignedOut = &kith.Error{Kind: kith.SignIn, Msg: "you are signed out"}

// signedOut answers whoever is not signed in: who wants to look signs in first,
// and who sent something finds it kept.
func (s *site) signedOut(q *request, r *route) {
	if q.Method != http.MethodPost {
		http.Redirect(q.w, q.Request, signInFor(q.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	title := say(q.Context(), "wrong.signed-out")
	s.show(q, app.Status(errSignedOut), signedOutPage(s.page(q, "", title), q.kept(true), r.stream))
}

// signInFor is the way to sign in that leads on to an address.
func signInFor(address string) string {
	if address = ownAddress(address); address == "" || address == "/" {
		return "/sign-in"
	}
	return "/sign-in?" + url.Values{"next": {address}}.Encode()
}

// maxAddress is how long an address may be that is carried through signing in.
const maxAddress = 1000

// ownAddress gives an address of this Kith, empty if it is one of anybody else's.
func ownAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || len(raw) > maxAddress || u.Scheme != "" || u.Opaque != "" || u.Host != "" || u.User != nil {
		return ""
	}
	if !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return ""
	}
	return (&url.URL{Path: u.Path, RawQuery: u.Query().Encode()}).String()
}

// once does what a form asks for once, however often the form is sent: asked is
// what it asks for and what it was made from.
func (s *site) once(q *request, asked []string, do func(context.Context) error) error {
	sum := sha256.New()
	for _, text := range asked {
		_, _ = sum.Write([]byte(strconv.Itoa(len(text)) + ":" + text)) // a hash takes everything
	}
	key := "form " + hex.EncodeToString(sum.Sum(nil))
	_, err := app.Once(q.Context(), s.app, q.who, key, key, func(ctx context.Context) (bool, error) { return true, do(ctx) })
	return err
}

// failure is the page that says what did not work, with what was typed.
func (s *site) failure(q *request, err error) templ.Component {
	return failed(s.page(q, "", say(q.Context(), "wrong.title")), said(q.Context(), err), q.kept(mayHelp(err)))
}
