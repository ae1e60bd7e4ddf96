package intake

import (
	"bytes"
	"slices"
	"strings"

	"kith"
)

// messageReader reads messages.csv, one row a message in no promised order.
// From 2018 to 2026 the file had four sets of columns; the oldest has no links,
// only names and the direction.
type messageReader struct {
	*rows
	from, to, sender, recipients    int
	date, content, folder, sentWord int
	drafts                          []int
	owner                           string // the member's name, folded
	people                          map[string]kith.Person
	key                             []byte
}

// maxPeople bounds how many people a messageReader keeps at hand; a
// conversation's rows mostly stand together.
const maxPeople = 4096

// readMessages reads the exchanges of the member with one other person. Drafts,
// the spam folder, groups and closed accounts are no exchanges.
func readMessages(t *rows) {
	m := &messageReader{
		rows: t,
		from: t.at("From"), to: t.at("To"),
		sender: t.at("Sender Profile URL"), recipients: t.at("Recipient Profile URLs"),
		date: t.at("Date"), content: t.at("Content"), folder: t.at("Folder"), sentWord: t.at("Direction"),
		drafts: []int{t.at("Is Message Draft"), t.at("Is Conversation Draft")},
		owner:  kith.FoldText(t.job.owner.Name),
		people: map[string]kith.Person{},
	}
	if t.job.owner.Slug == "" && m.owner == "" && m.sentWord < 0 {
		t.err = &kith.Error{Kind: kith.Invalid, Msg: "whose messages these are cannot be told; give the whole archive"}
		return
	}
	for t.next() {
		message, why := m.message()
		if why != "" {
			t.job.ignore(why)
			continue
		}
		var ok bool
		if message.At, _, ok = t.date(m.date); !ok {
			t.problem("Date", "not a date Kith knows; the row was left out")
			continue
		}
		message.Text = m.text()
		t.job.sink.Message(message)
		t.job.count("message")
	}
}

// message says who wrote to whom, or why the row is no exchange of two.
func (m *messageReader) message() (_ kith.Message, why string) {
	switch {
	case slices.ContainsFunc(m.drafts, m.yes):
		return kith.Message{}, "draft"
	case bytes.EqualFold(m.cell(m.folder), []byte("spam")):
		return kith.Message{}, "spam"
	case m.isGroup():
		return kith.Message{}, "group message"
	}
	sender, recipient := m.person(m.from, m.sender), m.person(m.to, m.recipients)
	msg := kith.Message{Source: kith.FromArchive}
	var known bool
	if msg.Outgoing, known = m.isOutgoing(sender, recipient); !known {
		return msg, "message between others"
	}
	if msg.Who = sender; msg.Outgoing {
		msg.Who = recipient
	}
	if msg.Who.Slug == "" && (msg.Who.Name == "" || msg.Who.Name == "LinkedIn Member") {
		return msg, "message of a closed account"
	}
	return msg, ""
}

func (m *messageReader) yes(col int) bool {
	cell := m.cell(col)
	return bytes.EqualFold(cell, []byte("yes")) || bytes.EqualFold(cell, []byte("true"))
}

// isGroup reports whether the message went to several people. Where there are
// no links, a comma between names tells a second person, unless it is the
// member's whole name or what follows is one word, as in "Odile Farrow, PhD".
func (m *messageReader) isGroup() bool {
	if links := m.cell(m.recipients); len(links) > 0 {
		return bytes.IndexByte(links, ',') >= 0
	}
	names := m.cell(m.to)
	if bytes.IndexByte(names, ',') < 0 || kith.FoldText(m.line(m.to)) == m.owner {
		return false
	}
	people := 0
	for name := range strings.SplitSeq(m.line(m.to), ",") {
		if len(strings.Fields(name)) > 1 {
			people++
		}
	}
	return people > 1
}

// isOutgoing tells who of the two is the member: by link, else by name, else by
// what the oldest files say. known is false if it is neither.
func (m *messageReader) isOutgoing(sender, recipient kith.Person) (outgoing, known bool) {
	if own := m.job.owner.Slug; own != "" {
		switch {
		case sender.Slug == own:
			return true, true
		case recipient.Slug == own, sender.Slug != "" && recipient.Slug == "":
			return false, true
		}
	}
	if m.owner != "" {
		from, to := kith.FoldText(sender.Name) == m.owner, kith.FoldText(recipient.Name) == m.owner
		if from != to {
			return from, true
		}
	}
	word := m.cell(m.sentWord)
	outgoing = bytes.EqualFold(word, []byte("OUTGOING"))
	return outgoing, outgoing || bytes.EqualFold(word, []byte("INCOMING"))
}

// person reads one side of a message, from memory if it was met before. A link
// to anything but a member is left out: companies write too.
func (m *messageReader) person(name, link int) kith.Person {
	m.key = append(append(append(m.key[:0], m.cell(name)...), 0), m.cell(link)...)
	if who, ok := m.people[string(m.key)]; ok {
		return who
	}
	who := kith.Person{Name: m.line(name)}
	if slug, ok := kith.Slug(string(cutBytes(m.cell(link), maxLineBytes))); ok {
		who.Slug = slug
	}
	if len(m.people) == maxPeople {
		clear(m.people)
	}
	if len(m.key) <= maxLineBytes {
		m.people[string(m.key)] = who
	}
	return who
}

// text reads what was written. Some senders' programs write HTML.
func (m *messageReader) text() string {
	cell := cutBytes(m.cell(m.content), maxTextBytes)
	if bytes.Contains(cell, []byte("</")) || bytes.Contains(cell, []byte("<br")) {
		return cutLetters(kith.Clean(htmlText(m.charset.text(cell))), maxTextLetters)
	}
	return m.rows.text(m.content)
}
