package app

import (
	"strings"
	"time"

	"kith"
	"kith/internal/store"
)

// Actor is who does something. The zero Actor is somebody not signed in.
type Actor struct {
	ID   kith.MemberID
	Role Role
	// Scopes are what the credential they came with may be used for.
	Scopes Scopes
	// Credential is the id of that session or token; in a log it names nobody.
	Credential string
	// Zone is where they are, for what is due in their morning; nil is UTC.
	Zone *time.Location
}

// there gives a time where the actor is.
func (who Actor) there(t time.Time) time.Time {
	if who.Zone == nil {
		return t.UTC()
	}
	return t.In(who.Zone)
}

// Role says what an account may do beside being a member.
type Role = store.Role

// The roles. Each may do what those before it may.
const (
	Ordinary  = store.Ordinary
	Moderator = store.Moderator
	Operator  = store.Operator
)

// Scopes is a set of things a credential may be used for.
type Scopes uint16

// The scopes. A session has all that its member's role allows; a token those it
// was made with, never ScopeAccount.
const (
	ScopeRead        Scopes = 1 << iota // see own invitations, connections, notices, profiles
	ScopeInvitations                    // answer and send invitations, change connections
	ScopeMessages                       // read and write messages
	ScopeProfile                        // change the own profile and settings
	ScopeContacts                       // import files and see what they told
	ScopeAccount                        // credentials, export, erasure: sessions only
	ScopeModerate                       // the moderation desk: moderators
	ScopeOperate                        // members, roles, sign-up codes: operators
)

var scopeWords = []string{"read", "invitations", "messages", "profile", "contacts", "account", "moderate", "operate"}

// ParseScopes reads words separated by spaces.
func ParseScopes(s string) (Scopes, error) {
	var out Scopes
next:
	for _, w := range strings.Fields(s) {
		for i, known := range scopeWords {
			if w == known {
				out |= 1 << i
				continue next
			}
		}
		return 0, invalid("scopes", kith.CleanLine(w)+" is no scope; choose from "+strings.Join(scopeWords, ", "))
	}
	return out, nil
}

// String gives the words, in their fixed order.
func (s Scopes) String() string {
	var words []string
	for i, w := range scopeWords {
		if s&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// Has reports whether s holds all of want.
func (s Scopes) Has(want Scopes) bool { return s&want == want }

// AllScopes is what a session of a role may be used for.
func AllScopes(r Role) Scopes {
	all := ScopeRead | ScopeInvitations | ScopeMessages | ScopeProfile | ScopeContacts | ScopeAccount
	if r >= Moderator {
		all |= ScopeModerate
	}
	if r >= Operator {
		all |= ScopeOperate
	}
	return all
}

// errSignIn answers whoever is not signed in.
var errSignIn = &kith.Error{Kind: kith.SignIn, Msg: "sign in first"}

// may refuses an actor without a scope.
func (who Actor) may(s Scopes) error {
	switch {
	case who.ID == "":
		return errSignIn
	case !who.Scopes.Has(s):
		return &kith.Error{Kind: kith.Denied, Msg: "this needs the scope " + s.String() + "; use a credential that has it"}
	}
	return nil
}
