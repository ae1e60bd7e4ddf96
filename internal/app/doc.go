// Package app is what a Kith can do: one method of [App] for every verb, each
// with who does it, what is allowed, and one transaction. Faces (api, web, the
// commands) call verbs and show what they return; jobs calls the verbs of time.
//
// # The way of an invitation
//
// Each step is one transaction and one event in its owner's feed.
//
//	receive    Send lets pair.Next decide, keeps the words, and leaves a duty to judge
//	gather     the facts are brought together: both profiles, mutual connections, what
//	           the two wrote, and what the recipient's private imports know
//	decide     triage says a verdict; older verdicts are kept
//	act        the recipient answers; pair.Next decides whether that still goes
//	follow up  a duty falls due, what comes back is a new fact, and the case is
//	           decided again
//
// # Two members
//
// Everything between two members goes through one function, act (pairing.go):
// it locks their row, asks pair.Next, writes the state and carries out the
// effects, all in one transaction. No other code changes what holds between
// members.
//
// # Who may
//
// A verb takes an [Actor], made by signing in. What an actor may not see does
// not exist for them: the errors for "not there", "not yours" and "blocks you"
// are one and the same.
//
// # Transactions
//
// Only this package opens them (App.write, App.read), but for the demo, which
// writes its community at once (docs/decisions/006-the-demo.md). A verb called while one
// is open in its context joins it: that is how [App.Once] makes an answer and
// its effect one.
package app
