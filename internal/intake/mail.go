package intake

import (
	"bytes"
	"strings"

	"kith"
)

// otherMail is the kind under which mails that say nothing about invitations
// are counted.
const otherMail = "other mail"

// mailFormats are the files that hold mails.
func mailFormats() []format {
	return []format{
		{name: "mailbox", phase: phaseConnect, is: isMbox, read: readMbox},
		{name: "mail", phase: phaseConnect, is: isMail, read: readMail},
	}
}

// isMbox recognises a mailbox file by its first dividing line.
func isMbox(_ string, head []byte) bool {
	line, rest, _ := bytes.Cut(bytes.TrimLeft(head, "\xef\xbb\xbf\r\n"), []byte("\n"))
	return isFromLine(line) && countMailFields(rest) > 0
}

// isMail recognises a single mail (.eml, Maildir) by two well-known fields.
func isMail(_ string, head []byte) bool { return countMailFields(head) > 1 }

// mailFields are the fields by which a header is known as a mail's.
var mailFields = []string{
	"return-path", "received", "delivered-to", "from", "to", "date", "subject", "message-id",
	"mime-version", "content-type", "dkim-signature", "authentication-results", "arc-seal",
	"x-gm-thrid", "x-gmail-labels", "x-mozilla-status", "x-linkedin-class", "x-linkedin-template",
}

// countMailFields counts the different well-known fields at the start of a
// file, 0 if its first line is no field at all.
func countMailFields(head []byte) int {
	seen := map[string]bool{}
	for first := true; len(head) > 0; first = false {
		line, rest, _ := bytes.Cut(head, []byte("\n"))
		head = rest
		if line = bytes.TrimRight(line, "\r"); len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok && first {
			return 0
		}
		for _, known := range mailFields {
			if ok && strings.EqualFold(known, string(name)) {
				seen[known] = true
			}
		}
	}
	return len(seen)
}

// mailKind says what a mail of LinkedIn's is.
type mailKind int

const (
	mailOther      mailKind = iota // suggestions, digests, messages, everything else
	mailUnsure                     // the body decides: it is an invitation if it can be accepted
	mailInvitation                 // a new invitation
	mailReminder                   // a reminder of a pending one
	mailAccepted                   // somebody is now a connection
)

// wantedMail parses the header of a mail whose body is worth reading; nil for
// all others. The first look costs one search, because most mails of a mailbox
// have nothing to do with LinkedIn.
func wantedMail(head []byte) mailHeader {
	if !mentionsLinkedIn(head) {
		return nil
	}
	h, _ := parseHeader(head)
	if kindOf(h) == mailOther {
		return nil
	}
	return h
}

func mentionsLinkedIn(head []byte) bool {
	return bytes.Contains(head, []byte("linkedin")) || bytes.Contains(head, []byte("LinkedIn")) ||
		bytes.Contains(head, []byte("LINKEDIN"))
}

// kindOf tells what a mail is by its header: the sender's domain or LinkedIn's
// own fields first, then the template, then the class, then the subject.
func kindOf(h mailHeader) mailKind {
	_, from := h.address("from")
	local, domain, _ := strings.Cut(from, "@")
	template, class := strings.ToLower(h.get("x-linkedin-template")), h.get("x-linkedin-class")
	if !isLinkedInDomain(domain) && template == "" && class == "" {
		return mailOther
	}
	bySubject, _ := kindOfSubject(kith.CleanLine(h.text("subject")))
	for _, t := range templateKinds {
		if strings.Contains(template, t.part) {
			if t.kind == mailInvitation && bySubject == mailReminder {
				return mailReminder
			}
			return t.kind
		}
	}
	switch {
	case bySubject != mailUnsure:
		return bySubject
	case strings.HasPrefix(strings.ToUpper(class), "INVITE"):
		return mailInvitation
	case local == "invitations":
		return mailUnsure
	}
	return mailOther
}

// mail reads one mail of LinkedIn's that may be an invitation.
func (j *job) mail(n int, h mailHeader, body []byte) {
	_, from := h.address("from")
	if _, domain, _ := strings.Cut(from, "@"); !isLinkedInDomain(domain) || h.isCopy() {
		j.problem(n, "From", "looks like a copy of a LinkedIn mail; not used")
		return
	}
	texts, err := mailTexts(h, body)
	if err != nil {
		j.problem(n, "", err.Error())
		return
	}
	kind, name := kindOf(h), senderName(h)
	l := readLetters(texts, name)
	if kind == mailUnsure {
		if kind = mailInvitation; l.ref == "" {
			j.ignore(otherMail)
			return
		}
	}
	if l.name == "" {
		l.name = name // laid out as no form that is known: what the header says still holds
	}
	if l.name == "" {
		j.problem(n, "", "reads like an invitation, but who sent it was not found; decide it on LinkedIn")
		return
	}
	j.ownerFromMail(h, l.recipient)
	j.letter(kind, h.date(), l)
}

// senderName finds the other person's name in the header: beside the sender's
// address, or in the subject. Empty if the mail names only LinkedIn there.
func senderName(h mailHeader) string {
	display, _ := h.address("from")
	display = viaLinkedIn.ReplaceAllString(display, "")
	if display != "" && !strings.Contains(kith.FoldText(display), "linkedin") {
		return line(display)
	}
	_, name := kindOfSubject(kith.CleanLine(h.text("subject")))
	return line(name)
}

// ownerFromMail learns who the member is from a mail sent to them: the name in
// the mail's foot and the address it was sent to. A mail to somebody else (a
// family's mailbox) teaches nothing.
func (j *job) ownerFromMail(h mailHeader, recipient string) {
	if recipient == "" {
		return
	}
	if j.owner.Name == "" {
		j.owner.Name = recipient
	}
	if kith.FoldText(j.owner.Name) != kith.FoldText(recipient) {
		return
	}
	if _, to := h.address("to"); to != "" {
		j.owner.addEmail(to)
	}
}

// addEmail notes one more address of the member.
func (o *Owner) addEmail(folded string) {
	for _, have := range o.Emails {
		if have == folded {
			return
		}
	}
	o.Emails = append(o.Emails, folded)
}
