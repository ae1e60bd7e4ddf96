package invented

import (
	"strings"
	"time"
)

// talk is one of Judith's conversations.
type talk struct {
	with                   []string // the others; several in a group
	title, subject, folder string
	draft                  bool
	memberless             bool // the sender is "LinkedIn Member", without a link
	messages               []said
}

// said is one message of a conversation.
type said struct {
	mine bool
	at   time.Time
	text string
}

// saidLayout is how data files write a message's time: a colon would end the
// key.
const saidLayout = "2006-01-02 15.04"

// readTalks reads Judith's conversations.
func readTalks() ([]talk, error) {
	stanzas, err := readStanzas("judith/messages.txt")
	if err != nil {
		return nil, err
	}
	var out []talk
	for i := range stanzas {
		s := &stanzas[i]
		t := talk{
			with:       s.list("with"),
			title:      s.get("everybody"),
			subject:    s.get("subject"),
			folder:     s.get("folder"),
			draft:      s.get("draft") == "yes",
			memberless: s.get("nobody") == "yes",
		}
		if t.folder == "" {
			t.folder = "INBOX"
		}
		for _, f := range s.fields {
			who, when, ok := strings.Cut(f.key, " ")
			if !ok {
				continue
			}
			at, err := time.Parse(saidLayout, when)
			if err != nil || who != "me" && who != "they" {
				return nil, s.bad(`a message must begin like "me 2026-11-20 08.05:"`)
			}
			t.messages = append(t.messages, said{who == "me", at, f.value})
		}
		if len(t.with) == 0 || len(t.messages) == 0 {
			return nil, s.bad("a conversation needs somebody and something said")
		}
		out = append(out, t)
	}
	byTime(out, func(t talk) time.Time { return t.messages[len(t.messages)-1].at })
	return out, nil
}

// writeTalks writes messages.csv: conversations and messages newest first.
func writeTalks(t *table, talks []talk) {
	t.quoted = true
	t.row(messageHeader...)
	for i := range talks {
		for n := len(talks[i].messages) - 1; n >= 0; n-- {
			t.row(talks[i].row(n)...)
		}
	}
}

// row gives message n. In a group the others speak in turn.
func (t *talk) row(n int) []string {
	m := &t.messages[n]
	everybody := append([]string{owner}, t.with...)
	from := owner
	if !m.mine {
		from = t.with[n%len(t.with)]
	}
	var to, links []string
	for _, name := range everybody {
		if name != from {
			to, links = append(to, name), append(links, linkOf(name))
		}
	}
	link := linkOf(from)
	if t.memberless {
		from, link = "LinkedIn Member", ""
	}
	draft := "No"
	if t.draft {
		draft = "Yes"
	}
	return []string{"2-" + token("talk", t.with[0]+t.title), t.title, from, link, strings.Join(to, ", "), strings.Join(links, ","),
		m.at.Format(messageLayout), t.subject, m.text, t.folder, "", draft, "No"}
}
