package web

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kith/internal/app"
)

// factID is the place of a fact on the page.
func factID(path string) string { return "fact-" + strings.ReplaceAll(path, ".", "-") }

// factLabel names a fact.
func factLabel(ctx context.Context, path string) string {
	if id, ok := strings.CutPrefix(path, "answers."); ok {
		return say(ctx, "fact.answers", say(ctx, "fact-answer."+id))
	}
	return say(ctx, "fact."+path)
}

// facts lists what was known: what the signals read, and the rest.
func (w *why) facts(ctx context.Context, j *app.Judged, now time.Time) {
	read := map[string]bool{}
	for _, sp := range j.Spoke() {
		for _, path := range sp.Facts {
			read[path] = true
		}
	}
	for i := range j.Facts {
		f := &j.Facts[i]
		line := factLine{factName: factName{factID(f.Path), factLabel(ctx, f.Path)}, Source: f.Source, Seen: day(ctx, f.At, now)}
		line.Value, line.Theirs = factValue(ctx, f, now)
		if read[f.Path] {
			w.Known = append(w.Known, line)
		} else {
			w.Others = append(w.Others, line)
		}
	}
}

// longestValue is how many letters of a fact are shown.
const longestValue = 160

// factValue says what a fact was; theirs tells that these are somebody's own
// words.
func factValue(ctx context.Context, f *app.Fact, now time.Time) (text string, theirs bool) {
	if len(f.Value) == 0 {
		return say(ctx, "fact-word.not-applicable"), false
	}
	var value any
	d := json.NewDecoder(bytes.NewReader(f.Value))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return "", false
	}
	switch v := value.(type) {
	case bool:
		return say(ctx, "fact-word."+strconv.FormatBool(v)), false
	case json.Number:
		n, err := strconv.Atoi(v.String())
		if err == nil && f.Path == "person.account_age_days" {
			return count(ctx, "why.days", n), false
		}
		return v.String(), false
	case string:
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return day(ctx, at, now), false
		}
		if has(ctx, "fact-word."+v) && !freeText[f.Path] {
			return say(ctx, "fact-word."+v), false
		}
		if v == "" {
			return say(ctx, "fact-word.empty"), false
		}
		return shortened(v), true
	case []any:
		if len(v) == 0 {
			return say(ctx, "fact-word.empty"), false
		}
		return shortened(strings.Join(namesIn(v), ", ")), true
	}
	return "", false
}

// freeText are the facts that hold what somebody wrote, whatever word that is.
var freeText = map[string]bool{"person.name": true, "person.headline": true, "person.summary": true, "person.location": true, "person.industry": true,
	"person.country": true, "person.role": true, "person.organisation": true, "relation.met_where": true, "relation.reason": true,
	"note.text": true, "history.reply": true}

// namesIn gives the names in a list of texts, jobs or schools.
func namesIn(list []any) (names []string) {
	for _, x := range list {
		switch x := x.(type) {
		case string:
			names = append(names, x)
		case map[string]any:
			for _, key := range []string{"organisation", "school"} {
				if name, _ := x[key].(string); name != "" {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

func shortened(text string) string {
	head, rest := firstLines(text, longestValue)
	if rest != "" {
		head += " …"
	}
	return head
}

// capital begins a text with a capital letter.
func capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	if n == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[n:]
}

// ruleNumber is the number in the name of a row of the advice.
func ruleNumber(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, "R"))
	return n
}

// history tells the verdicts one after another, and what happened.
func (w *why) history(ctx context.Context, e *app.Explanation) {
	now := e.At
	if e.Now.N > 0 {
		all := append(slices.Clone(e.Earlier), e.Now)
		for i := range all {
			j := &all[i]
			line := earlierVerdict{When: day(ctx, j.At, now), Verdict: string(j.Verdict.Verdict), Leaning: j.Verdict.Verdict.Leans(j.Verdict.Firm)}
			if i == 0 {
				line.What = count(ctx, "why.facts", len(j.Facts))
			} else {
				line.What = changed(ctx, &all[i-1], j)
			}
			w.Earlier = append(w.Earlier, line)
		}
	}
	for i := range e.Events {
		if text := stepText(ctx, &e.Events[i]); text != "" {
			w.Steps = append(w.Steps, step{clock(ctx, e.Events[i].At, now), text})
		}
	}
}

// mostChanged is how many changed facts are named.
const mostChanged = 3

// changed says what was new between two verdicts.
func changed(ctx context.Context, before, after *app.Judged) string {
	was := map[string]string{}
	for i := range before.Facts {
		was[before.Facts[i].Path] = string(before.Facts[i].Value)
	}
	var fresh, said []string
	for i := range after.Facts {
		f := &after.Facts[i]
		if old, ok := was[f.Path]; !ok || old != string(f.Value) {
			fresh = append(fresh, factLabel(ctx, f.Path))
		}
		delete(was, f.Path)
	}
	if n := len(fresh); n > mostChanged {
		said = append(said, say(ctx, "why.new-more", strings.Join(fresh[:mostChanged], ", "), n-mostChanged))
	} else if n > 0 {
		said = append(said, say(ctx, "why.new", strings.Join(fresh, ", ")))
	}
	if len(was) > 0 {
		said = append(said, count(ctx, "why.gone", len(was)))
	}
	x, y := &before.Terms, &after.Terms
	if x.Stance != y.Stance || !slices.Equal(x.Goals, y.Goals) || !slices.Equal(x.Rules, y.Rules) {
		said = append(said, say(ctx, "why.terms-changed"))
	}
	if len(said) == 0 {
		return say(ctx, "why.anew")
	}
	return strings.Join(said, " ")
}

// stepText says one thing that happened to an invitation; empty of what is no
// step of its way.
func stepText(ctx context.Context, ev *app.Event) string {
	var body struct {
		Verdict     string   `json:"verdict"`
		Unavailable []string `json:"unavailable"`
	}
	// What cannot be read says nothing more than its kind.
	_ = json.Unmarshal([]byte(ev.Body), &body)
	key := "why.step." + ev.Kind
	switch {
	case ev.Kind == "decided":
		return say(ctx, key, say(ctx, "why.word."+body.Verdict))
	case ev.Kind == "gathered" && len(body.Unavailable) > 0:
		return say(ctx, "why.step-without", strings.Join(body.Unavailable, ", "))
	case ev.Kind == "elsewhere":
		key += "-" + stateIn(ev)
	}
	if !has(ctx, key) {
		return ""
	}
	return say(ctx, key)
}
