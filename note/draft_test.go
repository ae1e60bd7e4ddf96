package note_test

import (
	"strings"
	"testing"
	"time"

	"kith"
	"kith/note"
)

var wednesday = time.Date(2026, 5, 6, 9, 30, 0, 0, time.UTC)

func TestDraft(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		d    note.DraftFacts
		want string
	}{
		{"nothing to say", note.DraftFacts{To: "Mara", From: "Tom"}, ""},
		{"met yesterday", note.DraftFacts{To: "Mara", From: "Tom", MetWhere: "the Rotterdam logistics meetup", MetAt: wednesday.Add(-20 * time.Hour), Now: wednesday},
			"Hello Mara, it was good to meet you yesterday at the Rotterdam logistics meetup. Tom"},
		{"met, with a topic", note.DraftFacts{To: "Mara", From: "Tom", MetWhere: "the meetup", MetAt: wednesday.AddDate(0, 0, -4), Now: wednesday, Topic: "cold-chain sensors"},
			"Hello Mara, it was good to meet you on Saturday at the meetup. I would like to hear more about cold-chain sensors. Tom"},
		{"met long ago, day unknown place", note.DraftFacts{To: "Mara", MetAt: time.Date(2019, 3, 2, 0, 0, 0, 0, time.UTC), Now: wednesday},
			"Hello Mara, it was good to meet you in March 2019."},
		{"a meeting still to come is not told", note.DraftFacts{To: "Mara", MetAt: wednesday.AddDate(0, 0, 1), Now: wednesday}, ""},
		{"alumni", note.DraftFacts{To: "Mara", From: "Anna", School: "the University of Iowa", TheirOrg: "Northwind", Status: "I graduate in May and want to apply", Question: "Could you tell me about the application process?"},
			"Hello Mara, I saw that you went to the University of Iowa as I did and now work at Northwind; I graduate in May and want to apply. Could you tell me about the application process? Anna"},
		{"same group", note.DraftFacts{To: "Mara", From: "Tom", Group: "Reading Partners", Question: "How do you find your drivers"},
			"Hello Mara, we are both part of Reading Partners. How do you find your drivers? Tom"},
		{"same employer", note.DraftFacts{To: "Mara", From: "Tom", Employer: "Halden Moss", Topic: "rail timetables"},
			"Hello Mara, we both have worked at Halden Moss. I would like to exchange a few words about rail timetables. Tom"},
		{"referred", note.DraftFacts{To: "Mara", From: "Tom", Referrer: "Pavel Novak", Question: "May I ask you two things about the building fund?"},
			"Hello Mara, Pavel Novak suggested that I write to you. May I ask you two things about the building fund? Tom"},
		{"question only", note.DraftFacts{From: "Tom", Question: "Are the slides of your Oslo talk public?"},
			"Hello, are the slides of your Oslo talk public? Tom"},
		{"a fact too long is left out", note.DraftFacts{To: "Mara", From: "Tom", Group: "Reading Partners", Question: strings.Repeat("why ", 100) + "?"},
			"Hello Mara, we are both part of Reading Partners. Tom"},
		{"hidden characters", note.DraftFacts{To: "Ma\u202era", From: "To\x1bm", Group: "Reading\nPartners"},
			"Hello Mara, we are both part of Reading Partners. Tom"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := note.Draft(c.d)
			if got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if got == "" {
				return
			}
			if f := note.Read(got, note.Context{}); f.Kind != kith.NoteSpecific || f.Sentences > 2 || f.Letters > note.FreeLimit || !f.GivesReason {
				t.Errorf("reads like %s with %d sentences and %d letters, reason %v: %q", f.Kind, f.Sentences, f.Letters, f.GivesReason, got)
			}
		})
	}
}

func TestTemplates(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		note.Ask("Mara", "Tom"):                       `Hello Mara, good to "meet" you. What encouraged you to connect with me here? Tom`,
		note.Ask("", ""):                              `Hello, good to "meet" you. What encouraged you to connect with me here?`,
		note.AcceptAndSee("Mara", "Tom"):              `Hello Mara, thank you for the invitation. What encouraged you to connect with me here? Tom`,
		note.OnlyThroughNetwork("Mara Q", "LinkedIn"): `I know Mara Q only through LinkedIn, so I cannot vouch for their work.`,
		note.OnlyThroughNetwork("", ""):               `I know this person only through this network, so I cannot vouch for their work.`,
		note.MetYesterday(note.DraftFacts{}):          "",
		note.SharedInvolvement(note.DraftFacts{}):     "",
		note.Alumni(note.DraftFacts{To: "Mara"}):      "",
	} {
		if got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}
