package app

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"kith"
)

func TestNounsAreReadAsTheyWereKept(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 2, 20, 9, 0, 0, 0, time.UTC)
	who := kith.Person{Name: "Mara Quillon", First: "Mara", Slug: "mara", URN: "11", Emails: []string{"mara@guest.example"}}
	facts := kith.PersonFacts{
		Name:      kith.Observed("Mara Quillon", kith.FromPDF, at),
		Photo:     kith.Observed(kith.PhotoNone, kith.FromPDF, time.Time{}),
		Positions: kith.ObservedList([]kith.Position{{Title: "Botanist", Organisation: "Tidewater <Labs>", From: "2020-01"}}, kith.FromPDF, at),
		Groups:    kith.ObservedList([]string(nil), kith.FromPDF, at),
		Verified:  kith.Observed(true, kith.FromPDF, at),
	}
	for _, v := range []any{
		kith.Profile{Who: who, Facts: facts, Mutual: kith.Observed(3, kith.FromMail, at), Source: kith.FromMail},
		kith.Profile{Who: who, Own: true, Source: kith.FromArchive},
		kith.Invitation{Who: who, Direction: kith.Outgoing, SentAt: at, DateOnly: true, Note: kith.Observed("Hello & goodbye", kith.FromArchive, at), Ref: "7", Source: kith.FromArchive},
		kith.Invitation{Who: who, Direction: kith.Incoming, Note: kith.Observed("", kith.FromArchive, at), Source: kith.FromMail},
		kith.Connection{Who: who, Organisation: "Tidewater", Title: "Botanist", ConnectedAt: at, Source: kith.FromArchive},
		kith.Connection{ConnectedAt: at, Source: kith.FromArchive},
		kith.Message{Who: who, At: at, Text: "Good morning", Source: kith.FromArchive},
		kith.Contact{Who: who, Organisations: []string{"Tidewater"}, Source: kith.FromBook},
		kith.Meeting{Who: who, At: at, DateOnly: true, Title: "Lunch", Where: "Ghent", Attendees: 2, Declined: true, Interview: true, Source: kith.FromCalendar},
		kith.Application{Organisation: "Tidewater", Title: "Botanist", At: at, Source: kith.FromArchive},
		kith.Hint{Goal: kith.AttractRecruiters, Why: "because"},
	} {
		n, err := newNoun(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := readNoun(n.kind, n.name, n.body)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back.value, v) {
			t.Errorf("kept %+v\nread %+v", v, back.value)
		}
		again, err := newNoun(back.value)
		if err != nil || again.name != n.name || again.body != n.body {
			t.Errorf("kept once more it is\n%s\nnot\n%s (%v)", again.body, n.body, err)
		}
	}
}

func TestOfMessagesLittleIsKept(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", keptText)
	in, err := newNoun(kith.Message{Who: kith.Person{Slug: "mara"}, Text: long})
	if err != nil || len(in.body) > keptText+100 || !strings.Contains(in.body, "ééé") || strings.ContainsRune(in.body, '\uFFFD') {
		t.Errorf("of theirs is kept %d bytes (%v)", len(in.body), err)
	}
	out, err := newNoun(kith.Message{Who: kith.Person{Slug: "mara"}, Text: "my own words", Outgoing: true})
	if err != nil || strings.Contains(out.body, "words") {
		t.Errorf("of one's own is kept %s (%v)", out.body, err)
	}
}

func TestFileNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"archive.zip":                     "archive.zip",
		"../../etc/passwd":                "passwd",
		`C:\Users\Ada\Kontakte.vcf`:       "Kontakte.vcf",
		".hidden.csv":                     "hidden.csv",
		"..":                              "file",
		"":                                "file",
		"a\x00b\u202Egpj.exe":             "abgpj.exe",
		"Größe: 1*.vcf":                   "Größe_ 1_.vcf",
		strings.Repeat("x", 200) + ".vcf": strings.Repeat("x", 56) + ".vcf",
	} {
		if got := fileName(in); got != want {
			t.Errorf("fileName(%q) = %q, want %q", in, got, want)
		}
	}
}
