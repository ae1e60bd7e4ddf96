package demo

import (
	"time"

	"kith"
)

// chat is what two people wrote to each other.
type chat struct {
	began  time.Time
	people [2]int // who wrote first, and the other
	texts  []string
	ids    []kith.MessageID
	// unread says that the last is not read.
	unread bool
}

const (
	// One connection in chatEvery has talked, of the first member's one in
	// heroChatEvery.
	chatEvery, heroChatEvery = 45, 4
	// Between one message and the next.
	answerAfter = 3 * time.Hour
)

// talk lets people who are connected write to each other.
func (c *community) talk() {
	for i := range c.ties {
		t := &c.ties[i]
		every := chatEvery
		if t.from == 0 || t.to == 0 {
			every = heroChatEvery
		}
		if c.dice.IntN(every) > 0 {
			continue
		}
		people := [2]int{t.from, t.to}
		texts := one(c.dice, c.talks)
		room := c.now.Sub(t.accepted) - time.Duration(len(texts)+1)*answerAfter
		if room <= 0 {
			continue
		}
		talk := chat{people: people, began: t.accepted.Add(time.Duration(c.dice.Int64N(int64(room)))).Truncate(time.Second), unread: c.dice.IntN(8) == 0}
		for n, text := range texts {
			talk.ids = append(talk.ids, kith.MessageID(c.newID()))
			talk.texts = append(talk.texts, fill(text, &c.people[people[(n+1)%2]], &c.people[people[n%2]]))
		}
		c.chats = append(c.chats, talk)
	}
}

// at is when a message of a chat was written.
func (t *chat) at(n int) time.Time { return t.began.Add(time.Duration(n) * answerAfter) }

// of gives who writes a message, and to whom.
func (t *chat) of(people []person, n int) (from, to kith.MemberID) {
	return people[t.people[n%2]].id, people[t.people[(n+1)%2]].id
}
