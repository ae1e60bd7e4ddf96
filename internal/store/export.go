package store

import (
	"strings"

	"kith"
)

// Part is one list of what a member takes with them: what it is called, what it
// holds, and the kinds of its columns.
type Part struct {
	Name, About string
	Columns     []PartColumn
	query       sqlText
	// tables are where it comes from.
	tables []string
}

// PartColumn is a column of a part.
type PartColumn struct {
	Name string
	Kind PartKind
}

// PartKind says how a value is to be written.
type PartKind byte

// The kinds. A value is an int64 or a string; of Octets a []byte.
const (
	Words  PartKind = 't'
	Number PartKind = 'n'
	Truth  PartKind = 'b' // 0 or 1
	When   PartKind = 'w' // microseconds since 1970, 0: never
	JSON   PartKind = 'j' // JSON text, may be empty
	Octets PartKind = 'o'
)

// notForOwners says of tables with an owner why nothing of them is in an export.
var notForOwners = map[string]string{
	"pair":        "holds what the other side keeps to itself; link and inbox are what a member may see of it",
	"answer":      "what others answered, which its owner must never learn",
	"desk":        "cases about the member; what they may know of them is in standing and audit",
	"once":        "copies of answers given over the API",
	"once_about":  "whom those tell of",
	"ticket":      "secrets, as hashes",
	"ceremony":    "secrets, as hashes",
	"contact_key": "a second form of what noun holds",
	"look":        "whom the member looked at today: a counter",
	"snooze":      "dates after which a list shows something again",
	"bundle":      "which answers were given together, for the week in which they can be taken back together",
	"feed":        "a counter",
	"digest":      "a counter",
}

// present leaves out rows about members who are gone for the owner: they have
// left, or block the owner, and which of the two must show nowhere.
const present = ` AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.a = x.owner AND p.b = x.other AND p.b_blocks + p.b_gone > 0)
	AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.b = x.owner AND p.a = x.other AND p.a_blocks + p.a_gone > 0)
	AND NOT EXISTS (SELECT 1 FROM member g WHERE g.id = x.other AND g.state <> 0)`

// letThrough leaves out what came from members whom standing pauses now ($2):
// the list does not show it either.
const letThrough = `NOT EXISTS (SELECT 1 FROM restriction r WHERE r.owner = x.other
	AND r.step = 2 AND r.from_at <= $2 AND r.until_at > $2 AND r.appeal <> 2)`

// onPage leaves out what is about such an invitation, verdictOnPage the same of
// verdicts.
const (
	onPage        = " AND (" + letThrough + " OR NOT EXISTS (" + receivedAs + "x.subject))"
	verdictOnPage = " AND (" + letThrough + " OR NOT EXISTS (" + receivedAs + "x.invitation))"
	receivedAs    = "SELECT 1 FROM inbox i WHERE i.owner = x.owner AND i.box = 0 AND i.invitation = "
)

// begun leaves out restrictions the desk has decided for a later week, which are
// not the member's to know yet.
const begun = " AND from_at <= (SELECT s.week FROM standing s WHERE s.owner = $1)"

// The queries of the parts. A table's own numbers become words here, so that a
// reader needs no other document.
const (
	exportAccount sqlText = "SELECT id, name, email, created_at, verified_at FROM member WHERE id = $1"
	exportProfile sqlText = "SELECT headline, location, body, changed_at FROM profile WHERE owner = $1"
	exportSetting sqlText = `SELECT goals, stance, CASE invites WHEN 0 THEN 'everyone' WHEN 1 THEN 'know my address' WHEN 2 THEN 'mutual connection' ELSE 'nobody' END,
	not_now_until, CASE shows WHEN 1 THEN 'members' WHEN 2 THEN 'nobody' ELSE 'connections' END, publishes, remove_silent,
	CASE digest WHEN 1 THEN 'daily' WHEN 2 THEN 'never' ELSE 'weekly' END, unmailed, body, changed_at
	FROM setting WHERE owner = $1`
	exportPhotos      sqlText = "SELECT size, data FROM photo WHERE owner = $1 ORDER BY size"
	exportConnections sqlText = `SELECT x.other, m.name, x.since, CASE x.tie WHEN 1 THEN 'only through the network' WHEN 2 THEN 'met' WHEN 3 THEN 'close' ELSE '' END, COALESCE(n.text, '')
	FROM link x JOIN member m ON m.id = x.other LEFT JOIN link_note n ON n.owner = x.owner AND n.other = x.other WHERE x.owner = $1 ORDER BY x.since, x.other`
	exportReceived sqlText = `SELECT x.invitation, x.other, m.name, x.sent_at, x.expires_at, i.note, x.asked_at, i.question, x.replied_at, i.reply,
	CASE x.answer WHEN 1 THEN 'ignored' WHEN 2 THEN 'declined' WHEN 3 THEN 'not known' WHEN 4 THEN 'reported' WHEN 5 THEN 'accepted' ELSE '' END, x.answered_at
	FROM inbox x JOIN member m ON m.id = x.other JOIN invitation i ON i.id = x.invitation WHERE x.owner = $1 AND x.box = 0 AND ` + letThrough + ` ORDER BY x.sent_at, x.invitation`
	exportSent sqlText = `SELECT x.invitation, x.other, m.name, x.sent_at, x.expires_at, i.note, x.asked_at, i.question, x.replied_at, i.reply,
	CASE x.course WHEN 1 THEN 'accepted' WHEN 2 THEN 'withdrawn' WHEN 3 THEN 'expired' WHEN 4 THEN 'cancelled' ELSE 'open' END, x.ended_at
	FROM inbox x JOIN member m ON m.id = x.other JOIN invitation i ON i.id = x.invitation WHERE x.owner = $1 AND x.box = 1 ORDER BY x.sent_at, x.invitation`
	exportMessages sqlText = `SELECT x.other, COALESCE(m.name, ''), x.outgoing, x.at, x.text, x.read_at FROM message x
	LEFT JOIN member m ON m.id = x.other` + presentName + ` WHERE x.owner = $1 ORDER BY x.at, x.id`
	exportEvents      sqlText = "SELECT x.n, x.at, x.kind, x.subject, x.other, x.body, x.notice FROM event x WHERE x.owner = $1" + present + onPage + " ORDER BY x.n"
	exportDuties      sqlText = "SELECT x.kind, x.subject, x.other, x.due_at FROM duty x WHERE x.owner = $1 AND x.state = 0 AND x.kind NOT IN ('mail', 'standing')" + present + onPage + " ORDER BY x.due_at, x.effect"
	exportVerdicts    sqlText = "SELECT x.invitation, x.n, x.other, x.contact, x.at, x.decision, x.firm, x.body, x.facts FROM verdict x WHERE x.owner = $1" + present + verdictOnPage + " ORDER BY x.at, x.invitation, x.n"
	exportAnswers     sqlText = "SELECT x.other, x.contact, x.question, CASE x.answer WHEN 1 THEN 'unsure' WHEN 2 THEN 'no' ELSE 'yes' END, x.at FROM own_answer x WHERE x.owner = $1" + present + " ORDER BY x.at, x.question, x.other, x.contact"
	exportReports     sqlText = "SELECT x.about, x.reason, x.words, x.at FROM report x WHERE x.owner = $1 ORDER BY x.at, x.subject"
	exportStanding    sqlText = "SELECT week, budget, spent, step FROM standing WHERE owner = $1 AND week > 0"
	exportRestriction sqlText = "SELECT step, from_at, until_at, appealed_at, words FROM restriction WHERE owner = $1" + begun + " ORDER BY n"
	exportAudit       sqlText = "SELECT shown_at, CASE role WHEN 2 THEN 'operator' ELSE 'moderator' END, what FROM audit WHERE owner = $1 AND case_id = '' AND shown_at > 0 ORDER BY shown_at, id"
	exportSessions    sqlText = "SELECT device, created_at, seen_at FROM session WHERE owner = $1 ORDER BY created_at, id"
	exportTokens      sqlText = "SELECT name, scopes, created_at, expires_at, used_at FROM token WHERE owner = $1 ORDER BY created_at, id"
	exportPasskeys    sqlText = "SELECT name, created_at, used_at FROM passkey WHERE owner = $1 ORDER BY created_at, id"
	exportPassword    sqlText = "SELECT changed_at FROM password WHERE owner = $1"
	exportCodes       sqlText = "SELECT created_at, expires_at, used_at FROM code WHERE owner = $1 ORDER BY created_at, id"
	exportCalendar    sqlText = "SELECT full_names, made_at FROM calendar WHERE owner = $1"
	exportImports     sqlText = "SELECT id, files, created_at, ended_at, report FROM importrun WHERE owner = $1 ORDER BY created_at, id"
	exportContacts    sqlText = `SELECT id, own, name, headline, place, organisation, title, slug, book, connected, connected_at
	FROM contact WHERE owner = $1 ORDER BY name_folded, id`
	exportNouns     sqlText = "SELECT contact, kind, body FROM noun WHERE owner = $1 ORDER BY contact, name"
	exportElsewhere sqlText = `SELECT e.id, c.name, c.slug, CASE e.direction WHEN 1 THEN 'incoming' ELSE 'outgoing' END, e.sent_at, e.note,
	CASE e.did WHEN 1 THEN 'accepted' WHEN 2 THEN 'declined' WHEN 3 THEN 'reported' ELSE '' END, e.did_at, e.asked_at, e.replied_at
	FROM elsewhere e JOIN contact c ON c.owner = e.owner AND c.id = e.contact WHERE e.owner = $1 ORDER BY e.sent_at, e.id`
)

// presentName takes the name off letters of somebody who is gone for the owner.
// The letters are the owner's own.
const presentName = ` AND m.state = 0
	AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.a = x.owner AND p.b = x.other AND p.b_blocks + p.b_gone > 0)
	AND NOT EXISTS (SELECT 1 FROM pair p WHERE p.b = x.owner AND p.a = x.other AND p.a_blocks + p.a_gone > 0)`

// parts are an export, in its order.
var parts = []Part{
	{"account", "my account", cols("id:t name:t email:t created_at:w verified_at:w"), exportAccount, []string{"member"}},
	{"profile", "what I show of myself", cols("headline:t location:t profile:j changed_at:w"), exportProfile, []string{"profile"}},
	{"photos", "my photo, in the sizes it is shown in", cols("size:n jpeg:o"), exportPhotos, []string{"photo"}},
	{"settings", "how I want things", cols("goals:n stance:n invites:t not_now_until:w shows:t publishes:b remove_silent:b digest:t unmailed:n more:j changed_at:w"), exportSetting, []string{"setting"}},
	{"connections", "whom I am connected with here", cols("member:t name:t since:w tie:t note:t"), exportConnections, []string{"link", "link_note"}},
	{"invitations-received", "who invited me here, while it is open, and what I answered", cols("id:t member:t name:t sent_at:w expires_at:w note:t asked_at:w question:t replied_at:w reply:t answer:t answered_at:w"), exportReceived, []string{"inbox", "invitation"}},
	{"invitations-sent", "whom I invited here, and how it stands as far as I know", cols("id:t member:t name:t sent_at:w expires_at:w note:t asked_at:w question:t replied_at:w reply:t state:t ended_at:w"), exportSent, []string{"inbox", "invitation"}},
	{"messages", "what I wrote and got", cols("member:t name:t outgoing:b at:w text:t read_at:w"), exportMessages, []string{"message"}},
	{"events", "what happened to me", cols("n:n at:w kind:t subject:t member:t more:j notice:b"), exportEvents, []string{"event"}},
	{"duties", "what I wait for", cols("kind:t subject:t member:t due_at:w"), exportDuties, []string{"duty"}},
	{"verdicts", "what Kith recommended to me, and by which facts", cols("invitation:t n:n member:t contact:t at:w verdict:t firm:b why:j facts:j"), exportVerdicts, []string{"verdict"}},
	{"answers", "what I answered to Kith's questions", cols("member:t contact:t question:t answer:t at:w"), exportAnswers, []string{"own_answer"}},
	{"reports", "whom I reported", cols("member:t reason:t words:t at:w"), exportReports, []string{"report"}},
	{"standing", "what I may send", cols("week:w budget:n spent:n step:n"), exportStanding, []string{"standing"}},
	{"restrictions", "when I could not invite as I liked", cols("step:n from:w until:w appealed_at:w appeal:t"), exportRestriction, []string{"restriction"}},
	{"audit", "who looked at my data", cols("at:w who:t what:t"), exportAudit, []string{"audit"}},
	{"sessions", "where I am signed in", cols("device:t created_at:w seen_on:w"), exportSessions, []string{"session"}},
	{"tokens", "my tokens, without their secrets", cols("name:t scopes:n created_at:w expires_at:w used_on:w"), exportTokens, []string{"token"}},
	{"passkeys", "my passkeys, without their keys", cols("name:t created_at:w used_on:w"), exportPasskeys, []string{"passkey"}},
	{"password", "when I last set my password", cols("changed_at:w"), exportPassword, []string{"password"}},
	{"codes", "sign-up codes I made", cols("created_at:w expires_at:w used_at:w"), exportCodes, []string{"code"}},
	{"calendar", "that a calendar of mine can read what wants me, without its address", cols("full_names:b made_at:w"), exportCalendar, []string{"calendar"}},
	{"imports", "what I imported", cols("id:t files:j created_at:w ended_at:w report:j"), exportImports, []string{"importrun"}},
	{"contacts", "people my imports know", cols("id:t me:b name:t headline:t place:t organisation:t title:t slug:t in_address_book:b connected:b connected_at:w"), exportContacts, []string{"contact"}},
	{"sources", "what my imports said of them", cols("contact:t kind:t content:j"), exportNouns, []string{"noun"}},
	{"elsewhere", "invitations that wait, or waited, on another site", cols("id:t name:t slug:t direction:t sent_at:w note:t done:t done_at:w asked_at:w replied_at:w"), exportElsewhere, []string{"elsewhere"}},
}

// cols reads columns: "name:kind name:kind".
func cols(s string) (out []PartColumn) {
	for len(s) > 0 {
		end := 0
		for s[end] != ':' {
			end++
		}
		out = append(out, PartColumn{s[:end], PartKind(s[end+1])})
		s = s[min(end+3, len(s)):]
	}
	return out
}

// Parts lists what an export has.
func Parts() []Part { return parts }

// Export calls row with each row of a part of a member's. The values are
// reused.
func (tx *Tx) Export(owner kith.MemberID, p *Part, row func(values []any) error) error {
	values, into := make([]any, len(p.Columns)), make([]any, len(p.Columns))
	for i := range values {
		into[i] = &values[i]
	}
	args := []any{string(owner)}
	if strings.Contains(string(p.query), "$2") {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		args = append(args, micros(now))
	}
	return tx.each(p.query, func(r scanner) error {
		if err := r.Scan(into...); err != nil {
			return err
		}
		return row(values)
	}, args...)
}
