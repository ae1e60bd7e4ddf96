package main

import (
	"fmt"
	"sort"
	"strings"
	"time"

	"kith"
	"kith/internal/gather"
)

// undecided writes the whole answer: the groups, what is worth asking oneself,
// those nothing is known of, and what was read.
func (p *printer) undecided(list []decided, t *triaging) {
	known, bare := splitBare(list)
	p.line("%s", bold.Render(fmt.Sprintf("%s, as of %s", count(len(list), "undecided invitation"), t.setting.Now.Format("2 January 2006"))))
	p.wrapped(0, faint.Render(p.aim(t)))
	for _, d := range kith.Decisions(kith.Receive) {
		p.group(d, known)
	}
	if len(known) > 0 {
		p.line("")
		p.wrapped(0, faint.Render("Links and every reason: --explain NAME for one, --html FILE for a page to work through, --json or --csv for all."))
	}
	p.worthAsking(known)
	p.nothingKnown(bare)
	p.cannotKnow(list)
	p.proposals(t)
	p.report(t.report)
}

// aim says for whom the verdicts are.
func (p *printer) aim(t *triaging) string {
	m := t.setting.Member
	stance, _ := m.EffectiveStance(&kith.Answers{})
	goals := "no goals named (kith init, or --goal)"
	if m.Goals != 0 {
		var words []string
		for _, g := range m.Goals.List() {
			words = append(words, g.String())
		}
		goals = "goals " + strings.Join(words, ", ")
	}
	return goals + "; stance " + stance.String()
}

// splitBare takes out those of whom nothing but a name and a date is known. One
// whose verdict rests on something all the same, a rule say, stays.
func splitBare(list []decided) (known, bare []decided) {
	for _, d := range list {
		if d.row.Bare {
			bare = append(bare, d)
			continue
		}
		known = append(known, d)
	}
	return known, bare
}

// group writes the rows of one decision, firm before leaning.
func (p *printer) group(d kith.Decision, list []decided) {
	rows := firmFirst(list, d)
	if len(rows) == 0 {
		return
	}
	p.heading(markOf(d), len(rows))
	for i, r := range rows {
		if !r.verdict.Firm && (i == 0 || rows[i-1].verdict.Firm) {
			p.line("  %s", faint.Render("leaning: something not known yet could turn these"))
		}
		p.columns(r.row.Who.Name, r.row.SentAt, gist(&r.verdict))
	}
}

// firmFirst picks the rows of one decision, firm before leaning.
func firmFirst(list []decided, d kith.Decision) []decided {
	var firm, leaning []decided
	for _, r := range list {
		switch {
		case r.verdict.Verdict != d:
		case r.verdict.Firm:
			firm = append(firm, r)
		default:
			leaning = append(leaning, r)
		}
	}
	return append(firm, leaning...)
}

// worthAsking writes the questions, the same one about many people once.
func (p *printer) worthAsking(list []decided) {
	asked := map[string][]string{}
	var order []string
	for _, d := range list {
		if q := d.verdict.Question; q != nil {
			if asked[q.Text] == nil {
				order = append(order, q.Text)
			}
			asked[q.Text] = append(asked[q.Text], d.row.Who.Name)
		}
	}
	if len(order) == 0 {
		return
	}
	sort.SliceStable(order, func(i, j int) bool { return len(asked[order[i]]) > len(asked[order[j]]) })
	p.line("")
	p.line("%s %s", bold.Render("Worth asking yourself"), faint.Render("(kith triage --ask … asks them and judges again)"))
	for _, text := range order {
		p.wrapped(2, text+" "+faint.Render(peopleList(asked[text])))
	}
}

// peopleList names a few and counts the rest.
func peopleList(names []string) string {
	const few = 3
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

// nothingKnown writes the group of bare rows with the cheapest way to learn
// more.
func (p *printer) nothingKnown(bare []decided) {
	if len(bare) == 0 {
		return
	}
	p.line("")
	p.line("%s", bold.Render(fmt.Sprintf("Nothing known yet (%d)", len(bare))))
	p.wrapped(2, "Only a name and a date. Cheapest first: tick whom you know (--ask shows them on one screen); add the invitation mails, which hold headline and mutual connections; for the last ones open the profile, save it as PDF and add it.")
	var names []string
	for _, d := range bare {
		names = append(names, d.row.Who.Name)
	}
	p.wrapped(2, faint.Render(strings.Join(names, " · ")))
}

// cannotKnow says what the files do not tell.
func (p *printer) cannotKnow(list []decided) {
	stale := 0
	for _, d := range list {
		if d.row.Stale {
			stale++
		}
	}
	p.line("")
	text := "Undecided means: not among your connections. Whether an invitation is still pending or was ignored, withdrawn or has expired, no file tells."
	if stale > 0 {
		text += fmt.Sprintf(" %s older than six months and may have expired.", plural(stale, "is", "are"))
	}
	p.wrapped(0, faint.Render(text))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// proposals offers what the member's own data suggests; nothing is assumed.
func (p *printer) proposals(t *triaging) {
	for _, h := range t.desk.Hints() {
		if t.setting.Member.Goals.Has(h.Goal) {
			continue
		}
		p.wrapped(0, fmt.Sprintf("Is %q a goal of yours? %s. If so, add --goal %s.", h.Goal.Info().Short, h.Why, h.Goal))
	}
}

// connected writes the connections the data speaks about.
func (p *printer) connected(list []decided) {
	p.line("%s", bold.Render(fmt.Sprintf("%s your data speaks about", count(len(list), "connection"))))
	for _, d := range kith.Decisions(kith.Connected) {
		p.group(d, list)
	}
}

// sent writes the member's own pending invitations and whom they met.
func (p *printer) sent(pending []gather.Sent, met []decided, now time.Time) {
	p.line("")
	p.line("%s", bold.Render(fmt.Sprintf("%s of yours without an answer", count(len(pending), "invitation"))))
	for _, s := range pending {
		days := int(s.Age / kith.Day)
		text := fmt.Sprintf("%s old, expires about %s", count(days, "day"), s.ExpiresAt.Format("2 Jan"))
		if days > withdrawAfter {
			text += fmt.Sprintf("; withdraw today, again from %s", s.AgainAt.Format("2 Jan"))
		}
		p.columns(s.Who.Name, s.SentAt, text)
	}
	if len(met) == 0 {
		return
	}
	p.line("")
	p.line("%s", bold.Render(fmt.Sprintf("Met in the last days and not yet invited: %d", len(met))))
	for i := range met {
		d := &met[i]
		p.columns(d.row.Who.Name, d.row.SentAt, markOf(d.verdict.Verdict).word+": "+gist(&d.verdict))
		if d.verdict.Draft != nil {
			p.wrapped(2+nameWidth+1, faint.Render(*d.verdict.Draft))
		}
	}
}

// withdrawAfter is the age in days from which withdrawing loses little: 96 % of
// accepted invitations were accepted within 30 days (6,721 measured).
const withdrawAfter = 30

// asDecided gives the member's pending invitations the form of a record.
func (t *triaging) asDecided(pending []gather.Sent) []decided {
	rows := make([]gather.Row, len(pending))
	for i := range pending {
		rows[i] = pending[i].Row
	}
	return t.decide(rows)
}
