package app

import (
	"slices"
	"strings"

	"kith"
)

// Choices are the words for the values of a closed list, in the order of their
// numbers. Every face says and reads a setting by them.
type Choices[N ~uint8] struct{ words []string }

// The choices of settings.
var (
	InvitesChoices = Choices[Invites]{[]string{"everyone", "mail", "mutual", "nobody"}}
	ShowsChoices   = Choices[Shows]{[]string{"connections", "members", "nobody"}}
	DigestChoices  = Choices[Digest]{[]string{"weekly", "daily", "never"}}
	ModeChoices    = Choices[kith.RuleMode]{[]string{"off", "may", "always"}}
	StanceChoices  = Choices[kith.Stance]{[]string{"from-goals", "open", "balanced", "selective", "only-known"}}
)

// mailTopics are the words of what mails are about, in the order of the bits of
// a MailSet.
var mailTopics = []string{"invitations", "answers", "messages", "follow-ups"}

// Words gives all words, in the order of their values.
func (c Choices[N]) Words() []string { return slices.Clone(c.words) }

// Word gives the word of a value.
func (c Choices[N]) Word(n N) string { return c.words[n] }

// Parse gives the value of a word; ok is false if there is no such choice.
func (c Choices[N]) Parse(word string) (n N, ok bool) {
	i := slices.Index(c.words, word)
	return N(max(i, 0)), i >= 0
}

// MailTopics gives the words of all that mails are about.
func MailTopics() []string { return slices.Clone(mailTopics) }

// Mailed gives the words of what mails come about, by the set of what they do
// not.
func Mailed(unmailed MailSet) []string {
	out := []string{}
	for i, word := range mailTopics {
		if unmailed&(1<<i) == 0 {
			out = append(out, word)
		}
	}
	return out
}

// UnmailedBut gives the set of all that no mail comes about, if one may come
// about some topics. A word that is none is refused.
func UnmailedBut(topics []string) (unmailed MailSet, err error) {
	for _, t := range topics {
		if !slices.Contains(mailTopics, t) {
			return 0, invalid("mails", kith.CleanLine(t)+" is nothing mails are about; choose from "+strings.Join(mailTopics, ", "))
		}
	}
	for i, word := range mailTopics {
		if !slices.Contains(topics, word) {
			unmailed |= 1 << i
		}
	}
	return unmailed, nil
}
