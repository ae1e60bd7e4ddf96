package kith_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kith"
)

func TestDecodeCaseReadsTheFourStates(t *testing.T) {
	t.Parallel()
	c, err := kith.DecodeCase([]byte(`{"side":"receive","now":"2026-11-22T18:00:00Z",
		"relation":{"mutual":0,"same_school":false,"same_group":null,"active_in_group":"n/a","met":true,"same_employer":"none"},
		"person":{"photo":"none","groups":[],"connections":312,"headline":"none"},"note":{"text":""}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ got, want kith.State }{
		"0 is a value":           {c.Relation.Mutual.State, kith.Absent},
		"false is a value":       {c.Relation.SameSchool.State, kith.Absent},
		"null is unknown":        {c.Relation.SameGroup.State, kith.Unknown},
		"n/a":                    {c.Relation.ActiveInGroup.State, kith.NotApplicable},
		"true":                   {c.Relation.Met.State, kith.Present},
		"none as a word":         {c.Relation.SameEmployer.State, kith.Absent},
		"no photo":               {c.Person.Photo.State, kith.Absent},
		"an empty list":          {c.Person.Groups.State, kith.Absent},
		"a number":               {c.Person.Connections.State, kith.Present},
		"none as a text":         {c.Person.Headline.State, kith.Absent},
		"an empty note":          {c.Note.Text.State, kith.Absent},
		"a field that is absent": {c.Relation.Offer.State, kith.Unknown},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: state %d, want %d", name, tc.got, tc.want)
		}
	}
	if want := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC); !c.Now.Equal(want) {
		t.Errorf("now is %v", c.Now)
	}
}

func TestDecodeCaseReadsShortForms(t *testing.T) {
	t.Parallel()
	c, err := kith.DecodeCase([]byte(`{"side":"receive","note":"Hello","member":{"goals":["G1","job-search"],
		"rules":{"photo-required":"always","note-required":{"when":"may"},"min-mutual":{"value":3,"when":"may"}}},
		"answers":{"met":true,"favour":"unsure"}}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.Note.Text.Val != "Hello" || c.Member.Goals != kith.GoalSet(kith.Reach, kith.JobSearch) {
		t.Errorf("note %q, goals %v", c.Note.Text.Val, c.Member.Goals.List())
	}
	want := kith.Rules{PhotoRequired: kith.Switch{When: kith.Always}, NoteRequired: kith.Switch{When: kith.May}, MinMutual: kith.MutualRule{Value: 3, When: kith.May}}
	if c.Member.Rules != want {
		t.Errorf("rules %+v", c.Member.Rules)
	}
	if c.Answers[kith.AskMet] != kith.AnswerYes || c.Answers[kith.AskFavour] != kith.Unsure || c.Answers.Count() != 2 {
		t.Errorf("answers %v", c.Answers)
	}
}

func TestDecodeCaseNamesThePathOfEveryMistake(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, field, says string }{
		"unknown field":       {`{"side":"receive","person":{"hedline":"x"}}`, "person.hedline", "unknown field"},
		"wrong type":          {`{"side":"receive","relation":{"mutual":"three"}}`, "relation.mutual", "a number"},
		"wrong word":          {`{"side":"receive","person":{"photo":"blurry"}}`, "person.photo", "none, present"},
		"wrong goal":          {`{"side":"receive","member":{"goals":["G1","fame"]}}`, "member.goals[1]", "fame"},
		"wrong side":          {`{"side":"recieve"}`, "side", "receive, send"},
		"no side":             {`{}`, "side", "missing"},
		"wrong question":      {`{"side":"receive","answers":{"meet":"yes"}}`, "answers.meet", "met"},
		"wrong answer":        {`{"side":"receive","answers":{"met":"perhaps"}}`, "answers.met", "yes"},
		"in a list":           {`{"side":"receive","person":{"positions":[{"title":"a"},{"titel":"b"}]}}`, "person.positions[1].titel", "unknown field"},
		"negative":            {`{"side":"receive","relation":{"mutual":-1}}`, "relation.mutual", "out of range"},
		"fraction":            {`{"side":"receive","relation":{"mutual":1.5}}`, "relation.mutual", "out of range"},
		"twice":               {`{"side":"receive","side":"send"}`, "side", "twice"},
		"answered twice":      {`{"side":"receive","answers":{"met":"yes","met":"no"}}`, "answers.met", "twice"},
		"bad time":            {`{"side":"receive","now":"yesterday"}`, "now", "2026-11-22"},
		"two cases":           {`{"side":"receive"}{"side":"send"}`, "", "more after the case"},
		"cut":                 {`{"side":"receive","person":{`, "person", "ends too early"},
		"not json":            {`side: receive`, "", "not JSON"},
		"a list":              {`[]`, "", "an object"},
		"null in a list":      {`{"side":"receive","person":{"groups":[null]}}`, "person.groups[0]", "null"},
		"rule without object": {`{"side":"receive","member":{"rules":{"min-mutual":"always"}}}`, "member.rules.min-mutual", "an object"},
		"suspicion as true":   {`{"side":"receive","relation":{"impersonation":true}}`, "relation.impersonation", "confirmed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := kith.DecodeCase([]byte(tc.in))
			var e *kith.Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, want a kith.Error", err)
			}
			if e.Field != tc.field || !strings.Contains(e.Msg, tc.says) {
				t.Errorf("got %q: %q, want %q: …%s…", e.Field, e.Msg, tc.field, tc.says)
			}
		})
	}
}

func TestDecodeCaseBoundsWhatItReads(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"a huge case":  `{"side":"receive","note":"` + strings.Repeat("x", 2<<20) + `"}`,
		"a long text":  `{"side":"receive","note":"` + strings.Repeat("x", 70<<10) + `"}`,
		"a long list":  `{"side":"receive","person":{"groups":[` + strings.Repeat(`"a",`, 2000) + `"a"]}}`,
		"deep nesting": `{"side":"receive","person":{"groups":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`,
	} {
		if _, err := kith.DecodeCase([]byte(in)); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func FuzzDecodeCase(f *testing.F) {
	f.Add([]byte(`{"side":"receive","relation":{"mutual":3},"note":{"text":"hi"}}`))
	f.Add([]byte(`{"side":"send","member":{"rules":{"photo-required":"always"}}}`))
	f.Add([]byte(`{"side":"receive","answers":{"met":"yes"},"now":"2026-11-22"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := kith.DecodeCase(data)
		if err != nil {
			var e *kith.Error
			if !errors.As(err, &e) || strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Fatalf("%q: error %q is no clean line", data, err)
			}
			return
		}
		if !json.Valid(data) {
			t.Fatalf("accepted what is no JSON: %q", data)
		}
		if b, err := kith.DecodeCase(data); err != nil || a.Side != b.Side || a.Answers != b.Answers {
			t.Fatal("reads differently the second time")
		}
	})
}
