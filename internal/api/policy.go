package api

import (
	"net/http"

	"kith/internal/app"
)

// policy is one row of the policy table: everything about a route but its code.
type policy struct {
	id, method, path string
	tag, summary     string
	// anyone lets callers in who are not signed in; otherwise scope says what
	// their credential needs.
	anyone bool
	scope  app.Scopes
	rate   rate
	// alone keeps a write out of the idempotency key's transaction: it takes
	// long (a password to hash, a file to read) or makes a secret that must not
	// be kept.
	alone bool
}

// writes reports whether a route changes anything.
func (p *policy) writes() bool { return p.method != http.MethodGet }

// policies is the policy table. Rows are grouped by noun, as the handlers are.
var policies = []policy{
	{id: "get-me", method: "GET", path: "/me", tag: "account", summary: "who I am", scope: app.Read, rate: reading},
	{id: "list-events", method: "GET", path: "/events", tag: "events", summary: "what happened to me, by cursor, oldest first", scope: app.Read, rate: reading},
}
