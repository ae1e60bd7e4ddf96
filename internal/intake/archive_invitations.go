package intake

import (
	"bytes"
	"unicode/utf8"

	"kith"
)

// side is one of the two people of an invitation: the columns that name them.
type side struct{ name, url, urn int }

// readInvitations reads Invitations.csv: all invitations of about six months,
// both ways, answered or not. The three eras differ in how they name a profile:
// not at all, by member number, by link.
func readInvitations(t *rows) {
	inviter := side{t.at("From"), t.at("inviterProfileUrl"), t.at("inviterProfileUrn")}
	invitee := side{t.at("To"), t.at("inviteeProfileUrl"), t.at("inviteeProfileUrn")}
	sent, note, direction := t.at("Sent At"), t.at("Message"), t.at("Direction")
	var own ownLink
	for t.next() {
		inv := kith.Invitation{Source: kith.FromArchive}
		var member side
		switch {
		case bytes.EqualFold(t.cell(direction), []byte("INCOMING")):
			inv.Direction, inv.Who, member = kith.Incoming, t.person(inviter), invitee
		case bytes.EqualFold(t.cell(direction), []byte("OUTGOING")):
			inv.Direction, inv.Who, member = kith.Outgoing, t.person(invitee), inviter
		default:
			t.problem("Direction", "neither INCOMING nor OUTGOING; the row was left out")
			continue
		}
		var ok bool
		if inv.SentAt, inv.DateOnly, ok = t.date(sent); !ok {
			t.problem("Sent At", "not a date Kith knows; the row was left out")
			continue
		}
		if inv.Who.Name == "" && inv.Who.Slug == "" && inv.Who.URN == "" {
			t.problem("", "names nobody; the row was left out")
			continue
		}
		if note >= 0 {
			inv.Note = kith.Observed(t.note(note), kith.FromArchive, inv.SentAt)
		}
		own.add(t.person(member))
		t.job.sink.Invitation(inv)
		t.job.count("invitation")
	}
	own.settle(t.job)
}

// note reads the text that came with an invitation. Its line breaks stay.
func (t *rows) note(col int) string {
	text := t.text(col)
	if len(text) >= maxTextLetters && utf8.RuneCountInString(text) == maxTextLetters {
		t.problem(t.names[col], "longer than any note the site takes; cut")
	}
	return text
}

// person reads one side of an invitation.
func (t *rows) person(s side) kith.Person {
	who := kith.Person{Name: t.line(s.name), Slug: t.slug(s.url)}
	if digits, ok := bytes.CutPrefix(t.cell(s.urn), []byte("urn:li:member:")); ok && isDigits(digits) {
		who.URN = string(digits)
	}
	return who
}

// slug reads a profile link, empty if the column is; what is no such link is
// reported and left out.
func (t *rows) slug(col int) string {
	link := t.cell(col)
	if len(link) == 0 {
		return ""
	}
	slug, ok := kith.Slug(string(cutBytes(link, maxLineBytes)))
	if !ok {
		t.problem(t.names[col], "not a link to a LinkedIn profile; it was left out")
	}
	return slug
}

func isDigits(b []byte) bool {
	return len(b) > 0 && len(b) <= 20 && len(bytes.Trim(b, "0123456789")) == 0
}

// ownLink finds the member's own profile link: the one that every row names as
// sender of what went out or as recipient of what came in.
type ownLink struct {
	name, slug string
	several    bool
}

func (o *ownLink) add(member kith.Person) {
	if o.name == "" {
		o.name = member.Name
	}
	if o.slug == "" {
		o.slug = member.Slug
	}
	o.several = o.several || member.Slug != "" && member.Slug != o.slug
}

// settle adds what was found to what is known of the member.
func (o *ownLink) settle(j *job) {
	if j.owner.Name == "" {
		j.owner.Name = o.name
	}
	switch {
	case o.several:
		j.problem(0, "", "names the member by several links; which of them is theirs cannot be told")
	case j.owner.Slug == "":
		j.owner.Slug = o.slug
	case o.slug != "" && o.slug != j.owner.Slug:
		j.problem(0, "", "belongs to "+o.slug+", other files to "+j.owner.Slug+"; give one member's files only")
	}
}
