package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"kith"
	"kith/internal/app"
)

// headed puts the verdict over the margin, and beneath it why in a sentence: the
// member's own rule where that decided.
func (l *letter) headed(ctx context.Context, j *app.Judged) {
	v := &j.Verdict
	l.Heading = say(ctx, "verdict."+l.Verdict)
	if l.Leaning {
		l.Heading = say(ctx, "leaning."+l.Verdict)
	}
	if ruled(j) {
		rule := strings.TrimPrefix(v.Reasons[0].Signal, "rule-")
		if i := slices.IndexFunc(j.Terms.Rules, func(r app.TermRule) bool { return r.Name == rule }); i >= 0 {
			l.Heading, l.Rule = say(ctx, "desk.by-your-rule", l.Heading), ruleSaid(ctx, &j.Terms.Rules[i])
			return
		}
	}
	l.Lead = lead(ctx, l, v)
}

// ruled reports whether a rule of the member's own settled a verdict. One that
// yielded to something settled stands among the reasons as well, and one that
// decides only ever turns down.
func ruled(j *app.Judged) bool { return sureness(j) == "rule" }

// lead is the sentence under the verdict: that of the strongest reason for it,
// else one that holds for every such verdict. What follows an acceptance to see
// is added.
func lead(ctx context.Context, l *letter, v *kith.Verdict) string {
	how := "leaning"
	if v.Firm || v.Verdict == kith.Report {
		how = "firm"
	}
	text := say(ctx, "lead."+string(v.Verdict)+"."+how)
	if len(v.Reasons) > 0 {
		key := "lead-" + string(v.Verdict) + "." + v.Reasons[0].Signal
		if l.NoteKnown && len(l.Note) == 0 && has(ctx, key+"-bare") {
			key += "-bare"
		}
		if has(ctx, key) {
			text = say(ctx, key)
		}
	}
	switch {
	case v.Verdict != kith.Accept || !l.See:
		return text
	case l.Person == "":
		return text + " " + say(ctx, "lead.see-there")
	}
	return text + " " + say(ctx, "lead.see")
}

// ruleSaid is a rule of the member's own in words.
func ruleSaid(ctx context.Context, r *app.TermRule) string {
	text := "why.rule." + r.Name
	if least, err := strconv.Atoi(r.Value); err == nil {
		return say(ctx, "why.rule-"+r.When.String(), count(ctx, text, least))
	}
	return say(ctx, "why.rule-"+r.When.String(), say(ctx, text, r.Value))
}

// unread puts over the margin that there is no verdict, and why: what is read
// for it so far, or that none comes.
func (l *letter) unread(ctx context.Context, j *app.Judged) {
	l.Verdict, l.Heading = app.NotJudged, say(ctx, "verdict."+app.NotJudged)
	if j.Verdict.Verdict == "" {
		l.Lead = say(ctx, "desk.unjudged")
		return
	}
	l.Heading = say(ctx, "desk.gathering")
	for _, src := range j.Sources {
		if src.State == "read" {
			l.Read = append(l.Read, translate(ctx, src.Name))
		}
	}
}
