package invented

import (
	"errors"
	"fmt"
	"html"
	"maps"
	"path"
	"strings"
	"time"
)

// postman turns invitations into the mails LinkedIn sends of them.
type postman struct {
	others    []sheet // people LinkedIn shows below an invitation; they invited nobody
	delivered []message
}

func newPostman() (*postman, error) {
	rows, err := readRows("judith/decoys.tsv", 3)
	if err != nil {
		return nil, err
	}
	var w postman
	for _, row := range rows {
		w.others = append(w.others, sheet{"name": row[0], "headline": row[1], "place": row[2]})
	}
	return &w, nil
}

// sheet holds what the slots of a mail are filled with.
type sheet map[string]string

// english and dutch hold LinkedIn's own phrases; "%s" stands for a name, "%d"
// for a count. The Dutch ones follow the wording of LinkedIn's pages; no real
// Dutch mail was seen.
var (
	english = sheet{
		"subject": "I want to connect", "waiting": "%s's invitation is waiting for your response",
		"respond": "Judith, respond to %s's invite now.", "greeting": "Hi Judith, I'd like to join your LinkedIn network.",
		"one": "1 connection in common", "many": "%d connections in common",
		"accept": "Accept", "view": "View profile", "more": "More people you may know",
		"intended":  "This email was intended for Judith Vanderlinden (Senior Hydrologist, Early Warning)",
		"receiving": "You are receiving LinkedIn invitation emails.", "unsubscribe": "Unsubscribe",
	}
	dutch = sheet{
		"subject": "Ik wil graag connectie maken", "waiting": "De uitnodiging van %s wacht op uw antwoord",
		"respond": "Judith, reageer op de uitnodiging van %s.", "greeting": "Hallo Judith, ik word graag lid van uw LinkedIn-netwerk.",
		"one": "1 gemeenschappelijke connectie", "many": "%d gemeenschappelijke connecties",
		"accept": "Accepteren", "view": "Profiel weergeven", "more": "Meer mensen die u misschien kent",
		"intended":  "Deze e-mail was bedoeld voor Judith Vanderlinden (Senior Hydrologist, Early Warning)",
		"receiving": "U ontvangt e-mails over uitnodigingen van LinkedIn.", "unsubscribe": "Afmelden",
	}
)

const (
	// padding is a run of invisible letters that keeps the next line out of a
	// mail's preview.
	padding = "\u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f "
	// headlineCut is where LinkedIn cuts a headline, in letters.
	headlineCut = 80
	// othersShown is how many strangers stand below an invitation.
	othersShown = 3
	// mailDelay is how long after the invitation its mail comes.
	mailDelay = 40 * time.Second
)

// deliver makes the mails of one invitation: none, one, or one and a reminder.
func (w *postman) deliver(l *letter) error {
	if l.form == "" {
		return nil
	}
	words := english
	if l.form == "dutch" {
		words = dutch
	}
	parts, err := mailParts(l.form, sheetOf(l, words), w.strangers())
	if err != nil {
		return err
	}
	m := message{
		from:    fmt.Sprintf(`"%s via LinkedIn" <invitations@linkedin.com>`, l.name),
		subject: words["subject"],
		date:    l.sent.Add(mailDelay),
		kind:    "email_m2m_invite_single_01",
		result:  genuine, signer: "linkedin.com",
		parts: parts,
	}
	w.delivered = append(w.delivered, m)
	if !l.reminded.IsZero() {
		m.from = fmt.Sprintf(`"%s via LinkedIn" <messages-noreply@linkedin.com>`, l.name)
		m.subject = fmt.Sprintf(words["waiting"], l.name)
		m.date = l.reminded.Add(mailDelay)
		m.kind = "email_m2m_invite_reminder_01"
		w.delivered = append(w.delivered, m)
	}
	return nil
}

// mailParts makes the bodies of an invitation's mail in a form: "current" (text
// and HTML), "dutch" (the same in Dutch), "text" or "html" (one of the two, as
// some programmes keep them) or "plain" (the text mail of 2016 to 2018, which
// gives the note in place of the greeting).
func mailParts(form string, s sheet, others []sheet) ([]part, error) {
	text, textErr := fill("current.txt", s, others)
	page, pageErr := fill("current.html", s, others)
	plain, plainErr := fill("plain.txt", s, nil)
	if err := errors.Join(textErr, pageErr, plainErr); err != nil {
		return nil, err
	}
	switch form {
	case "current", "dutch":
		return []part{{text: text}, {text: page, html: true}}, nil
	case "text":
		return []part{{text: text}}, nil
	case "html":
		return []part{{text: page, html: true, base64: true}}, nil
	case "plain":
		return []part{{text: plain}}, nil
	}
	return nil, bad("invitation of "+s["name"], "mail must be current, dutch, text, html or plain")
}

// sheetOf gathers what a mail shows of an invitation.
func sheetOf(l *letter, words sheet) sheet {
	s := maps.Clone(words)
	s["name"], s["headline"], s["place"] = l.name, cutHeadline(l.headline), l.where
	s["respond"], s["padding"], s["tracking"] = fmt.Sprintf(words["respond"], l.name), padding, token("lipi", l.name)
	s["accept link"] = fmt.Sprintf("https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/%s/sharedKey/%s/?midToken=%s",
		number("invitation", l.name), token("sharedKey", l.name), token("midToken", l.name))
	s["profile link"] = fmt.Sprintf("%s?midToken=%s&otpToken=%s",
		strings.Replace(linkOf(l.name), "/in/", "/comm/in/", 1), token("midToken", l.name), token("otpToken", l.name))
	if l.note != "" {
		s["greeting"] = l.note
	}
	switch {
	case l.mutual == 1:
		s["common"] = words["one"]
	case l.mutual > 1:
		s["common"] = fmt.Sprintf(words["many"], l.mutual)
	}
	return s
}

// strangers gives the people below the next mail's invitation, in turn.
func (w *postman) strangers() []sheet {
	first := len(w.delivered) * othersShown
	var out []sheet
	for i := range othersShown {
		out = append(out, w.others[(first+i)%len(w.others)])
	}
	return out
}

// cutHeadline shortens a long headline the way LinkedIn's mails do.
func cutHeadline(s string) string {
	letters := []rune(s)
	if len(letters) <= headlineCut {
		return s
	}
	return strings.TrimSpace(string(letters[:headlineCut-1])) + "…"
}

// fill fills the slots of a text of data/mail, such as {name}. A line with a
// slot for which there is nothing is left out; {others} becomes a block for
// each of them.
func fill(name string, s sheet, others []sheet) (string, error) {
	text, err := readData("mail/" + name)
	if err != nil {
		return "", err
	}
	kind := path.Ext(name)
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line == "{others}\n" {
			for _, o := range others {
				block, err := fill("other"+kind, o, nil)
				if err != nil {
					return "", err
				}
				b.WriteString(block)
			}
			continue
		}
		if filled, ok := fillLine(line, s, kind == ".html"); ok {
			b.WriteString(filled)
		}
	}
	return b.String(), nil
}

// fillLine fills the slots of one line; ok is false if there is nothing for one
// of them.
func fillLine(line string, s sheet, escape bool) (filled string, ok bool) {
	for {
		before, rest, found := strings.Cut(line, "{")
		filled += before
		if !found {
			return filled, true
		}
		var slot string
		slot, line, _ = strings.Cut(rest, "}")
		value := s[slot]
		if value == "" {
			return "", false
		}
		if escape {
			value = html.EscapeString(value)
		}
		filled += value
	}
}

// readCopies makes the mails that only look like LinkedIn's.
func (w *postman) readCopies() ([]message, error) {
	stanzas, err := readStanzas("judith/phishing.txt")
	if err != nil {
		return nil, err
	}
	var out []message
	for i := range stanzas {
		s := &stanzas[i]
		sheet := sheetOf(&letter{name: s.get("name"), headline: s.get("headline"), where: s.get("place"), mutual: 12}, english)
		sheet["accept link"], sheet["profile link"] = s.get("link"), s.get("link")
		parts, err := mailParts("text", sheet, w.strangers())
		if err != nil {
			return nil, err
		}
		m := message{
			from: s.get("from"), subject: s.get("subject"), kind: "email_m2m_invite_single_01",
			result: s.get("result"), signer: s.get("signer"), parts: parts,
		}
		if m.date, err = s.minute("date"); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}
