package main

import (
	"fmt"
	"strings"

	"kith"
)

// explain writes everything about the rows of a name.
func (t *triaging) explain(list []decided, name string) error {
	want := kith.FoldText(name)
	p := newPrinter(t.cmd.OutOrStdout())
	found := 0
	for i := range list {
		d := &list[i]
		if want != "" && (strings.Contains(kith.FoldText(d.row.Who.Name), want) || d.row.Who.Slug == strings.ToLower(name)) {
			if found > 0 {
				p.line("")
			}
			p.card(d)
			found++
		}
	}
	if found == 0 {
		return &kith.Error{Kind: kith.NotFound, Msg: fmt.Sprintf("nobody called %q among %s; try a part of the name", kith.CleanLine(name), count(len(list), "row"))}
	}
	return p.err
}

// card writes one row whole.
func (p *printer) card(d *decided) {
	v := &d.verdict
	p.line("%s", bold.Render(d.row.Who.Name))
	for _, l := range []string{d.headline, d.place, common(&d.mutual), d.row.Link} {
		if l != "" {
			p.wrapped(2, l)
		}
	}
	p.wrapped(2, faint.Render("since "+d.row.SentAt.Format("2 January 2006")))
	if d.row.Note != "" {
		p.line("")
		p.wrapped(4, "“"+d.row.Note+"”")
	}
	p.line("")
	p.verdict(v, func(i int) string { return sources(&v.Reasons[i]) })
}

// verdict writes a verdict with its reasons; seen says where the fact behind a
// reason comes from.
func (p *printer) verdict(v *kith.Verdict, seen func(reason int) string) {
	m := markOf(v.Verdict)
	p.line("%s", m.style.Render(m.shape+" "+leaning(m.word, v.Firm)))
	p.line("  Genuine? %s   Known? %s   Worth it? %s", v.Bands.Genuine, v.Bands.Known, v.Bands.Worth)
	p.line("")
	for i := range v.Reasons {
		p.reason(&v.Reasons[i], seen(i))
	}
	if v.Unknown != nil {
		p.hanging(2, "? ", v.Unknown.Text)
	}
	p.next(v)
}

// leaning is a verdict's word with how firm it is.
func leaning(word string, firm bool) string {
	if firm {
		return word
	}
	return "Leaning to " + strings.ToLower(word)
}

// common says how many connections are shared.
func common(mutual *kith.Opt[int]) string {
	if !mutual.Known() {
		return ""
	}
	return count(mutual.Val, "connection") + " in common"
}

// reason writes a reason with its tag and where its fact was seen.
func (p *printer) reason(r *kith.Reason, seen string) {
	sign := "−"
	if r.For {
		sign = "+"
	}
	p.hanging(2, sign+" ", r.Text)
	tag := sentenceCase(string(r.Tag)) + seen + " · " + strings.Join(r.Rules, " ")
	if r.SettledBy != nil {
		tag += " · " + *r.SettledBy
	}
	p.wrapped(4, faint.Render(tag))
}

// sources says where and when a reason's fact was seen.
func sources(r *kith.Reason) string { return seen(r.Source.String(), r.At) }

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// next writes what could change the verdict and what to do.
func (p *printer) next(v *kith.Verdict) {
	p.line("")
	if len(v.WouldChange) == 0 {
		p.wrapped(2, "What would change it: nothing that Kith does not know yet.")
	}
	for _, c := range v.WouldChange {
		p.wrapped(2, fmt.Sprintf("If %s: %s.", c.If, strings.ToLower(markOf(c.Verdict).word)))
	}
	if v.Question != nil {
		p.line("")
		p.wrapped(2, bold.Render(v.Question.Text))
	}
	if f := v.FollowUp; f != nil {
		p.wrapped(2, followUpText(f))
	}
	if v.Draft != nil {
		p.line("")
		p.wrapped(4, "“"+*v.Draft+"”")
	}
}

func followUpText(f *kith.FollowUp) string {
	in := "in " + count(f.AfterDays, "day")
	switch f.Act {
	case kith.ActRemind:
		return "Then: look " + in + " whether they answered."
	case kith.ActDecide:
		return "Then: decide " + in + "; silent until then means decline."
	case kith.ActRemoveIfSilent:
		return "Then: remove them " + in + " if they stay silent."
	}
	return "Then: invite them " + in + "."
}
