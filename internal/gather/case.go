package gather

import (
	"strings"

	"kith"
	"kith/note"
)

// Complete fills every conclusion that can be drawn from a case's raw facts and
// is not given: what both profiles say, what the note reads like, what the two
// have in common.
func Complete(c *kith.Case) {
	ReadProfile(&c.Member.Profile)
	completeRules(&c.Member.Rules)
	completeRules(&c.Policy.Rules)
	complete(c, selfOf(&c.Member.Profile))
}

// complete is Complete for a member whose own profile and rules are complete.
func complete(c *kith.Case, self self) {
	ReadProfile(&c.Person)
	completeNote(c, self)
	completeReply(&c.History)
	completeOverlap(c, self)
	completeInterests(c)
}

// completeRules turns a country's name into its code.
func completeRules(r *kith.Rules) {
	v := r.OwnCountry.Value
	if v == "" || len(v) == 2 && v == strings.ToUpper(v) {
		return
	}
	r.OwnCountry.Value = Country(v)
}

func completeNote(c *kith.Case, self self) {
	n := &c.Note
	if !n.Text.Known() {
		return
	}
	f := note.Read(n.Text.Val, noteContext(c, self))
	read := note.Facts(f, sourceOf(n.Text.Source, kith.FromNote), n.Text.At)
	n.Kind.Or(read.Kind)
	n.ScamPhrases.Or(read.ScamPhrases)
	n.AsksMoney.Or(read.AsksMoney)
	n.AsksCredentials.Or(read.AsksCredentials)
	n.Abusive.Or(read.Abusive)
	n.GivesReason.Or(read.GivesReason)
	n.Placeholder.Or(read.Placeholder)
	n.Sentences.Or(read.Sentences)
	n.OverLimit.Or(kith.Observed(f.Letters > note.PaidLimit, n.Text.Source, n.Text.At))
	if f.WantsContacts {
		c.Relation.WantsContacts.Or(kith.Observed(true, kith.FromNote, n.Text.At))
	}
}

// NoteContext says of a case which names a note may hold are whose, for whoever
// checks the note.
func NoteContext(c *kith.Case) note.Context { return noteContext(c, selfOf(&c.Member.Profile)) }

// noteContext says whose names are whose: the recipient of the note is the
// member, unless the member is writing it.
func noteContext(c *kith.Case, self self) note.Context {
	member := append(self.words, c.Member.Topics...)
	if c.Side == kith.Send {
		return note.Context{Theirs: profileWords(&c.Person), Mine: member}
	}
	return note.Context{Theirs: member, Mine: profileWords(&c.Person)}
}

// completeReply reads what they answered: a pitch or a fraud in an answer counts
// as one in the note would.
func completeReply(h *kith.HistoryFacts) {
	if !h.Reply.Is() {
		return
	}
	h.Replied.Or(kith.Observed(true, h.Reply.Source, h.Reply.At))
	f := note.Read(h.Reply.Val, note.Context{})
	h.ReplyKind.Or(kith.Observed(f.Kind, h.Reply.Source, h.Reply.At))
	evidenceOf(h, f, h.Reply.Source, h.Reply.At)
	if h.AcceptedAt.Is() && (f.Kind == kith.NotePitch || f.Kind == kith.NoteScam) {
		h.Pitched.Or(kith.Observed(true, h.Reply.Source, h.Reply.At))
	}
}

// sourceOf is src, or other when the case was handed over without sources.
func sourceOf(src, other kith.Source) kith.Source {
	if src == kith.FromCase {
		return other
	}
	return src
}
