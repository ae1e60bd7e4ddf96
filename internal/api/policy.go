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
	// keyed says that the verb of a route that is alone minds the key itself,
	// before it reads the body.
	keyed bool
}

// writes reports whether a route changes anything.
func (p *policy) writes() bool { return p.method != http.MethodGet }

// policies is the policy table. Rows are grouped by noun, as the handlers are.
var policies = []policy{
	{id: "get-me", method: "GET", path: "/me", tag: "account", summary: "who I am", scope: app.ScopeRead, rate: reading},
	{id: "leave", method: "POST", path: "/leave", tag: "account", summary: "close my account; signing in within 30 days opens it again", scope: app.ScopeAccount, rate: guessing, alone: true},

	{id: "sign-up", method: "POST", path: "/sign-up", tag: "account", summary: "open an account", anyone: true, rate: guessing, alone: true},
	{id: "verify", method: "POST", path: "/verify", tag: "account", summary: "confirm an address", anyone: true, rate: guessing, alone: true},
	{id: "forgot-password", method: "POST", path: "/password/forgot", tag: "account", summary: "send a link to reset the password, if the address is a member's", anyone: true, rate: guessing, alone: true},
	{id: "reset-password", method: "POST", path: "/password/reset", tag: "account", summary: "set the password by that link; ends every credential", anyone: true, rate: guessing, alone: true},
	{id: "change-password", method: "PUT", path: "/password", tag: "account", summary: "change my password; ends other sessions, and tokens", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "change-email", method: "PUT", path: "/email", tag: "account", summary: "move to another address, once its link is followed", scope: app.ScopeAccount, rate: guessing, alone: true},

	{id: "sign-in", method: "POST", path: "/session", tag: "sessions", summary: "sign in with a password", anyone: true, rate: guessing, alone: true},
	{id: "begin-passkey-sign-in", method: "POST", path: "/session/passkey/begin", tag: "sessions", summary: "begin signing in with a passkey", anyone: true, rate: guessing, alone: true},
	{id: "finish-passkey-sign-in", method: "POST", path: "/session/passkey/finish", tag: "sessions", summary: "sign in with what the passkey answered", anyone: true, rate: guessing, alone: true},
	{id: "sign-out", method: "DELETE", path: "/session", tag: "sessions", summary: "sign out", scope: app.ScopeAccount, rate: writing, alone: true},
	{id: "list-sessions", method: "GET", path: "/sessions", tag: "sessions", summary: "where I am signed in", scope: app.ScopeAccount, rate: reading},
	{id: "end-session", method: "DELETE", path: "/sessions/{id}", tag: "sessions", summary: "sign one browser out", scope: app.ScopeAccount, rate: writing},
	{id: "end-other-sessions", method: "DELETE", path: "/sessions", tag: "sessions", summary: "sign all browsers out but this one", scope: app.ScopeAccount, rate: writing},

	{id: "list-tokens", method: "GET", path: "/tokens", tag: "tokens", summary: "my tokens", scope: app.ScopeAccount, rate: reading},
	{id: "create-token", method: "POST", path: "/tokens", tag: "tokens", summary: "make a token; its secret is shown this once", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "revoke-token", method: "DELETE", path: "/tokens/{id}", tag: "tokens", summary: "end a token", scope: app.ScopeAccount, rate: writing},

	{id: "list-passkeys", method: "GET", path: "/passkeys", tag: "passkeys", summary: "my passkeys", scope: app.ScopeAccount, rate: reading},
	{id: "begin-passkey", method: "POST", path: "/passkeys/begin", tag: "passkeys", summary: "begin adding a passkey", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "add-passkey", method: "POST", path: "/passkeys", tag: "passkeys", summary: "add it", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "rename-passkey", method: "PUT", path: "/passkeys/{id}", tag: "passkeys", summary: "give a passkey another name", scope: app.ScopeAccount, rate: writing},
	{id: "remove-passkey", method: "DELETE", path: "/passkeys/{id}", tag: "passkeys", summary: "remove a passkey", scope: app.ScopeAccount, rate: writing},

	{id: "list-codes", method: "GET", path: "/codes", tag: "codes", summary: "the sign-up codes I made", scope: app.ScopeInvitations, rate: reading},
	{id: "create-code", method: "POST", path: "/codes", tag: "codes", summary: "make a code with which one person can sign up; it is shown this once", scope: app.ScopeInvitations, rate: writing, alone: true},
	{id: "revoke-code", method: "DELETE", path: "/codes/{id}", tag: "codes", summary: "end a code nobody has used", scope: app.ScopeInvitations, rate: writing},

	{id: "get-calendar", method: "GET", path: "/calendar", tag: "calendar", summary: "the address at which my calendar reads my duties; never the address itself", scope: app.ScopeAccount, rate: reading},
	{id: "make-calendar", method: "POST", path: "/calendar", tag: "calendar", summary: "make a new address, which is shown this once; the one there was ends", scope: app.ScopeAccount, rate: writing, alone: true},
	{id: "name-calendar", method: "PUT", path: "/calendar", tag: "calendar", summary: "names as they are, or initials", scope: app.ScopeAccount, rate: writing},
	{id: "end-calendar", method: "DELETE", path: "/calendar", tag: "calendar", summary: "end the address for good", scope: app.ScopeAccount, rate: writing},

	{id: "list-members", method: "GET", path: "/operator/members", tag: "members", summary: "all accounts, newest first", scope: app.ScopeOperate, rate: reading},
	{id: "find-member", method: "POST", path: "/operator/members/find", tag: "members", summary: "the account with an id or an e-mail address; its owner is shown that it was looked up by address", scope: app.ScopeOperate, rate: looking},
	{id: "set-role", method: "PUT", path: "/operator/members/{member}/role", tag: "members", summary: "give a member another role", scope: app.ScopeOperate, rate: writing},
	{id: "close-member", method: "POST", path: "/operator/members/{member}/close", tag: "members", summary: "close an account for good", scope: app.ScopeOperate, rate: writing},
	{id: "reopen-member", method: "POST", path: "/operator/members/{member}/reopen", tag: "members", summary: "open it again", scope: app.ScopeOperate, rate: writing},
	{id: "sign-out-member", method: "POST", path: "/operator/members/{member}/sign-out", tag: "members", summary: "end their sessions and tokens", scope: app.ScopeOperate, rate: writing},
	{id: "list-events", method: "GET", path: "/events", tag: "events", summary: "what happened to me, by cursor, oldest first", scope: app.ScopeRead, rate: reading},
	{id: "list-notices", method: "GET", path: "/events/notices", tag: "events", summary: "my news, newest first, and how many I have not seen", scope: app.ScopeRead, rate: reading},
	{id: "mark-seen", method: "PUT", path: "/events/seen", tag: "events", summary: "I have seen my news up to one; no letter tells them", scope: app.ScopeProfile, rate: writing},

	{id: "list-invitations", method: "GET", path: "/invitations", tag: "invitations", summary: "my open invitations, or those I sent, newest first", scope: app.ScopeRead, rate: reading},
	{id: "count-invitations", method: "GET", path: "/invitations/counts", tag: "invitations", summary: "how many there are", scope: app.ScopeRead, rate: reading},
	{id: "get-invitation", method: "GET", path: "/invitations/{id}", tag: "invitations", summary: "one invitation, with what both wrote", scope: app.ScopeRead, rate: reading},
	{id: "send-invitation", method: "POST", path: "/invitations", tag: "invitations", summary: "invite a member; accepts, if theirs is open", scope: app.ScopeInvitations, rate: writing},
	{id: "accept-invitation", method: "POST", path: "/invitations/{id}/accept", tag: "invitations", summary: "connect, maybe with a greeting", scope: app.ScopeInvitations, rate: writing},
	{id: "ignore-invitation", method: "POST", path: "/invitations/{id}/ignore", tag: "invitations", summary: "set it aside", scope: app.ScopeInvitations, rate: writing},
	{id: "decline-invitation", method: "POST", path: "/invitations/{id}/decline", tag: "invitations", summary: "turn it down, unseen by its sender", scope: app.ScopeInvitations, rate: writing},
	{id: "dont-know-invitation", method: "POST", path: "/invitations/{id}/dont-know", tag: "invitations", summary: "turn it down and refuse this sender for ever, unseen by them", scope: app.ScopeInvitations, rate: writing},
	{id: "report-invitation", method: "POST", path: "/invitations/{id}/report", tag: "invitations", summary: "turn it down and tell the moderators, unseen by its sender", scope: app.ScopeInvitations, rate: writing},
	{id: "ask-invitation", method: "POST", path: "/invitations/{id}/ask", tag: "invitations", summary: "ask the sender something first", scope: app.ScopeInvitations, rate: writing},
	{id: "reply-invitation", method: "POST", path: "/invitations/{id}/reply", tag: "invitations", summary: "answer the recipient's question", scope: app.ScopeInvitations, rate: writing},
	{id: "reopen-invitation", method: "POST", path: "/invitations/{id}/reopen", tag: "invitations", summary: "undo my answer, for 7 days", scope: app.ScopeInvitations, rate: writing},
	{id: "withdraw-invitation", method: "POST", path: "/invitations/{id}/withdraw", tag: "invitations", summary: "take my invitation back", scope: app.ScopeInvitations, rate: writing},

	{id: "get-inbox", method: "GET", path: "/inbox", tag: "judgement", summary: "my open invitations, here and elsewhere, with their verdicts", scope: app.ScopeRead, rate: reading},
	{id: "count-inbox", method: "GET", path: "/inbox/counts", tag: "judgement", summary: "how many are open, by verdict", scope: app.ScopeRead, rate: reading},
	{id: "snooze-invitation", method: "PUT", path: "/invitations/{id}/snooze", tag: "judgement", summary: "put it off; its sender cannot tell", scope: app.ScopeInvitations, rate: writing},
	{id: "get-verdict", method: "GET", path: "/invitations/{id}/verdict", tag: "judgement", summary: "what Kith recommends, and why", scope: app.ScopeRead, rate: reading},
	{id: "explain-invitation", method: "GET", path: "/invitations/{id}/explain", tag: "judgement", summary: "everything the verdicts on it rest on", scope: app.ScopeRead, rate: reading},
	{id: "list-questions", method: "GET", path: "/questions", tag: "judgement", summary: "what is worth asking me, many people at once", scope: app.ScopeRead, rate: reading},
	{id: "answer", method: "PUT", path: "/invitations/{id}/answers/{question}", tag: "judgement", summary: "answer a question about its sender; decides again", scope: app.ScopeInvitations, rate: writing},
	{id: "answer-many", method: "POST", path: "/questions/{question}", tag: "judgement", summary: "answer one question about several people", scope: app.ScopeInvitations, rate: writing},
	{id: "preflight", method: "POST", path: "/preflight", tag: "judgement", summary: "look at an invitation through both sides' eyes before sending it; sends nothing", scope: app.ScopeRead, rate: looking, alone: true},
	{id: "draft", method: "GET", path: "/invitations/{id}/draft", tag: "judgement", summary: "a text to its sender", scope: app.ScopeRead, rate: reading},
	{id: "draft-note", method: "POST", path: "/draft", tag: "judgement", summary: "a note to somebody, from what we have in common; sends nothing", scope: app.ScopeRead, rate: looking, alone: true},
	{id: "judge", method: "POST", path: "/judge", tag: "judgement", summary: "decide a case given whole, as kith judge does; keeps nothing", scope: app.ScopeRead, rate: judging, alone: true},

	{id: "list-connections", method: "GET", path: "/connections", tag: "connections", summary: "my connections, newest first", scope: app.ScopeRead, rate: reading},
	{id: "get-connection", method: "GET", path: "/connections/{member}", tag: "connections", summary: "one connection and how we met", scope: app.ScopeRead, rate: reading},
	{id: "remove-connection", method: "DELETE", path: "/connections/{member}", tag: "connections", summary: "end a connection, silently", scope: app.ScopeInvitations, rate: writing},
	{id: "set-tie", method: "PUT", path: "/connections/{member}/tie", tag: "connections", summary: "say how well I know them", scope: app.ScopeInvitations, rate: writing},
	{id: "set-memo", method: "PUT", path: "/connections/{member}/memo", tag: "connections", summary: "write down something for myself", scope: app.ScopeInvitations, rate: writing},

	{id: "list-threads", method: "GET", path: "/messages", tag: "messages", summary: "with whom I write, the newest first", scope: app.ScopeMessages, rate: reading},
	{id: "count-unread", method: "GET", path: "/messages/unread", tag: "messages", summary: "how many messages are unread", scope: app.ScopeMessages, rate: reading},
	{id: "list-messages", method: "GET", path: "/messages/{member}", tag: "messages", summary: "what we wrote, newest first", scope: app.ScopeMessages, rate: reading},
	{id: "write-message", method: "POST", path: "/messages/{member}", tag: "messages", summary: "write to a connection", scope: app.ScopeMessages, rate: writing},
	{id: "mark-read", method: "POST", path: "/messages/{member}/read", tag: "messages", summary: "I have read them up to one; the other is not told", scope: app.ScopeMessages, rate: writing},

	{id: "list-blocks", method: "GET", path: "/blocks", tag: "blocks", summary: "whom I block", scope: app.ScopeRead, rate: reading},
	{id: "block", method: "PUT", path: "/blocks/{member}", tag: "blocks", summary: "end everything and be gone for them", scope: app.ScopeInvitations, rate: writing},
	{id: "unblock", method: "DELETE", path: "/blocks/{member}", tag: "blocks", summary: "end a block, and nothing else", scope: app.ScopeInvitations, rate: writing},

	{id: "list-duties", method: "GET", path: "/duties", tag: "duties", summary: "what I wait for, soonest first", scope: app.ScopeRead, rate: reading},
	{id: "dismiss-duty", method: "POST", path: "/duties/{id}/dismiss", tag: "duties", summary: "drop one that may be dropped, a proposed removal say", scope: app.ScopeInvitations, rate: writing},
	{id: "list-dead-duties", method: "GET", path: "/operator/duties", tag: "duties", summary: "what failed for good", scope: app.ScopeOperate, rate: reading},
	{id: "revive-duty", method: "POST", path: "/operator/duties/{id}/revive", tag: "duties", summary: "try it again", scope: app.ScopeOperate, rate: writing},
	{id: "discard-duty", method: "DELETE", path: "/operator/duties/{id}", tag: "duties", summary: "drop it", scope: app.ScopeOperate, rate: writing},

	{id: "get-mailbox", method: "GET", path: "/me/mail", tag: "mail", summary: "how my address takes mail", scope: app.ScopeRead, rate: reading},
	{id: "resume-mail", method: "POST", path: "/me/mail/resume", tag: "mail", summary: "send mail to my address again, though its server refused it", scope: app.ScopeProfile, rate: writing},
	{id: "get-subscription", method: "GET", path: "/unsubscribe/{token}", tag: "mail", summary: "what the link in a letter would stop; changes nothing", anyone: true, rate: reading},
	{id: "unsubscribe", method: "POST", path: "/unsubscribe/{token}", tag: "mail", summary: "stop these letters, without signing in", anyone: true, rate: writing, alone: true},

	{id: "get-profile", method: "GET", path: "/me/profile", tag: "people", summary: "my profile", scope: app.ScopeRead, rate: reading},
	{id: "set-profile", method: "PUT", path: "/me/profile", tag: "people", summary: "put a profile in place of mine, whole", scope: app.ScopeProfile, rate: writing},
	{id: "set-photo", method: "PUT", path: "/me/photo", tag: "people", summary: "make a picture my photo: the file, or a form with one; only pixels are kept", scope: app.ScopeProfile, rate: uploading, alone: true, keyed: true},
	{id: "drop-photo", method: "DELETE", path: "/me/photo", tag: "people", summary: "forget my photo", scope: app.ScopeProfile, rate: writing},
	{id: "get-settings", method: "GET", path: "/me/settings", tag: "people", summary: "how I want things", scope: app.ScopeRead, rate: reading},
	{id: "change-settings", method: "PUT", path: "/me/settings", tag: "people", summary: "change settings; what is left out stays as it is", scope: app.ScopeProfile, rate: writing},
	{id: "find-people", method: "GET", path: "/people", tag: "people", summary: "members whose name begins with a text", scope: app.ScopeRead, rate: looking},
	{id: "get-person", method: "GET", path: "/people/{member}", tag: "people", summary: "another member, as I may see them", scope: app.ScopeRead, rate: looking},
	{id: "list-connections-of", method: "GET", path: "/people/{member}/connections", tag: "people", summary: "their connections, if they show them", scope: app.ScopeRead, rate: looking},
	{id: "list-mutuals", method: "GET", path: "/people/{member}/mutuals", tag: "people", summary: "connections we have in common, if all three show them", scope: app.ScopeRead, rate: looking},
	{id: "get-photo", method: "GET", path: "/photos/{member}/{hash}/{size}", tag: "people", summary: "a member's photo; what has an address never changes", scope: app.ScopeRead, rate: reading},
	{id: "coach", method: "GET", path: "/coach", tag: "people", summary: "my profile through a recipient's eyes, and what to do about it", scope: app.ScopeRead, rate: reading},

	{id: "get-standing", method: "GET", path: "/standing", tag: "standing", summary: "what I may send this week, and why", scope: app.ScopeRead, rate: reading},
	{id: "appeal", method: "POST", path: "/standing/appeal", tag: "standing", summary: "say that my restriction is wrong, once", scope: app.ScopeInvitations, rate: writing},
	{id: "list-audit", method: "GET", path: "/audit", tag: "audit", summary: "who looked at what of mine, newest first", scope: app.ScopeRead, rate: reading},

	{id: "report", method: "POST", path: "/reports", tag: "reports", summary: "report an invitation, a connection, a profile or a message, unseen by whom it is about", scope: app.ScopeInvitations, rate: writing},
	{id: "list-reports", method: "GET", path: "/reports", tag: "reports", summary: "what I reported, newest first", scope: app.ScopeRead, rate: reading},

	{id: "list-cases", method: "GET", path: "/moderation/cases", tag: "moderation", summary: "what lies before the desk, oldest first", scope: app.ScopeModerate, rate: reading},
	{id: "look-at-case", method: "POST", path: "/moderation/cases/{id}/look", tag: "moderation", summary: "read an open case; members learn of it in their audit", scope: app.ScopeModerate, rate: looking},
	{id: "uphold-case", method: "POST", path: "/moderation/cases/{id}/uphold", tag: "moderation", summary: "it is right: restrict, or close the account; of an appeal, lift the restriction", scope: app.ScopeModerate, rate: writing},
	{id: "dismiss-case", method: "POST", path: "/moderation/cases/{id}/dismiss", tag: "moderation", summary: "it is not", scope: app.ScopeModerate, rate: writing},

	{id: "start-import", method: "POST", path: "/imports", tag: "imports", summary: "give files: archive, invitation mails, address book, calendar, profile PDFs; read soon after, seen by nobody else", scope: app.ScopeContacts, rate: uploading, alone: true, keyed: true},
	{id: "list-imports", method: "GET", path: "/imports", tag: "imports", summary: "what I imported, newest first", scope: app.ScopeContacts, rate: reading},
	{id: "get-import", method: "GET", path: "/imports/{id}", tag: "imports", summary: "one import: how it stands, what was read of each file", scope: app.ScopeContacts, rate: reading},
	{id: "drop-import", method: "DELETE", path: "/imports/{id}", tag: "imports", summary: "undo an import: forget what it alone brought", scope: app.ScopeContacts, rate: writing},

	{id: "list-contacts", method: "GET", path: "/contacts", tag: "contacts", summary: "whom my imports tell of, by name", scope: app.ScopeContacts, rate: reading},
	{id: "get-contact", method: "GET", path: "/contacts/{id}", tag: "contacts", summary: "one contact", scope: app.ScopeContacts, rate: reading},
	{id: "drop-contact", method: "DELETE", path: "/contacts/{id}", tag: "contacts", summary: "forget a contact with everything imported of them", scope: app.ScopeContacts, rate: writing},

	{id: "list-elsewhere", method: "GET", path: "/elsewhere", tag: "elsewhere", summary: "my invitations on another site, latest first", scope: app.ScopeContacts, rate: reading},
	{id: "get-elsewhere", method: "GET", path: "/elsewhere/{id}", tag: "elsewhere", summary: "one of them", scope: app.ScopeContacts, rate: reading},
	{id: "done-elsewhere", method: "POST", path: "/elsewhere/{id}/done", tag: "elsewhere", summary: "I accepted, declined or reported it there", scope: app.ScopeContacts, rate: writing},
	{id: "asked-elsewhere", method: "POST", path: "/elsewhere/{id}/asked", tag: "elsewhere", summary: "I asked them something there; remind me", scope: app.ScopeContacts, rate: writing},
	{id: "answered-elsewhere", method: "POST", path: "/elsewhere/{id}/answered", tag: "elsewhere", summary: "an answer came there, or none did", scope: app.ScopeContacts, rate: writing},
	{id: "ended-see-elsewhere", method: "POST", path: "/elsewhere/{id}/ended", tag: "elsewhere", summary: "whom I accepted there to see wrote, I parted from them, or I keep them", scope: app.ScopeContacts, rate: writing},
	{id: "snooze-elsewhere", method: "POST", path: "/elsewhere/{id}/snooze", tag: "elsewhere", summary: "put it off", scope: app.ScopeContacts, rate: writing},
	{id: "reopen-elsewhere", method: "POST", path: "/elsewhere/{id}/reopen", tag: "elsewhere", summary: "take back what I said of it", scope: app.ScopeContacts, rate: writing},

	{id: "ask-export", method: "POST", path: "/export", tag: "export", summary: "ask for everything about me; the secret downloads it once, within 24 hours", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "download-export", method: "POST", path: "/export/download", tag: "export", summary: "download it, as a zip archive of JSON and CSV; uses the secret up", scope: app.ScopeAccount, rate: uploading, alone: true},
	{id: "ask-erasure", method: "DELETE", path: "/me", tag: "account", summary: "erase my account in 7 days", scope: app.ScopeAccount, rate: guessing, alone: true},
	{id: "stop-erasure", method: "DELETE", path: "/me/erasure", tag: "account", summary: "do not erase it", scope: app.ScopeAccount, rate: writing},
}
