package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"kith"
	"kith/internal/gather"
	"kith/internal/store"
	"kith/note"
	"kith/triage"
)

// The steps of an invitation's way that Kith does itself, in its owner's feed.
const (
	kindGathered = "gathered" // the facts were brought together; body: the sources that could not be read
	kindDecided  = "decided"  // a verdict was reached; body: its number and word
)

// kindJudge is the duty to judge: one invitation, or without a subject all open
// ones of its owner.
const kindJudge = "judge"

// judgeAtOnce is how many invitations one transaction judges. Less than the 500
// a batch may have: on SQLite nobody else writes meanwhile.
const judgeAtOnce = 100

// Judged is a verdict as it was kept, with what it rested on.
type Judged struct {
	N    int       // counts up from 1 for each invitation; 0: not kept
	At   time.Time // when it was decided
	Side kith.Side
	// Verdict holds in Trace the signals that spoke.
	Verdict kith.Verdict
	// Grounds are where the facts behind Verdict.Reasons were seen, one each.
	Grounds []Ground
	Facts   []Fact
	Sources []Source
	// Read are the pieces of the note that its reading rests on, in their order, as
	// bytes of the note.
	Read []Span
	// Terms are what the member wanted then.
	Terms Terms
	// Reach is between which words the three could end, by what was unknown.
	Reach triage.Reach
	// Mutual is how many connections the two had in common; -1 is unknown.
	Mutual int
}

// Ground is where and when the fact behind a reason was seen.
type Ground struct {
	Source string    `json:"source,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Terms are the settings a verdict went by.
type Terms struct {
	Goals  []string   `json:"goals,omitempty"`
	Stance string     `json:"stance"`          // the one that counted, said or following from the goals
	Rules  []TermRule `json:"rules,omitempty"` // the member's own that were on
}

// TermRule is a rule of the member's own as it was.
type TermRule struct {
	Name  string        `json:"name"`            // own-country, photo-required, note-required, min-mutual, known-only
	Value string        `json:"value,omitempty"` // the country, or how many
	When  kith.RuleMode `json:"when"`
}

// The JSON of a kept verdict: what was said, and what it rested on.
type (
	keptVerdict struct {
		Verdict kith.Verdict `json:"verdict"`
		Grounds []Ground     `json:"grounds,omitempty"`
		Reach   triage.Reach `json:"reach,omitzero"`
	}
	keptFacts struct {
		Facts   []Fact   `json:"facts"`
		Sources []Source `json:"sources"`
		Terms   Terms    `json:"terms"`
		Read    []Span   `json:"read,omitempty"`
	}
)

// rejudge leaves the duty to gather the facts about an invitation or a
// connection anew and to decide it.
func (a *App) rejudge(tx *store.Tx, owner, other kith.MemberID, id kith.InvitationID) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	// Each time is an effect of its own, named after the newest event: what is new
	// now may be too late for a judgement that is under way.
	last, err := tx.LockJudging(owner)
	if err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: owner, Effect: fmt.Sprintf("%s/%s/%d", kindJudge, id, last), Kind: kindJudge,
		Subject: string(id), Other: other, DueAt: now})
}

// heed has a connection judged again if a message says what it is worth: the
// first since connecting (R93), whatever sells, defrauds or threatens, and a
// sign of life where the last verdict was to part.
func (a *App) heed(tx *store.Tx, owner, from kith.MemberID, id kith.InvitationID, m *Message) error {
	f := note.Read(m.Text, note.Context{})
	telling := m.Opening || f.Kind == kith.NotePitch || f.Kind == kith.NoteScam || f.AsksMoney || f.AsksCredentials || f.Abusive
	if !telling {
		v, ok, err := tx.Verdict(owner, id)
		if err != nil || !ok || v.Side != kith.Connected || v.Decision == kith.Keep {
			return err
		}
	}
	return a.rejudge(tx, owner, from, id)
}

// rejudgeAll leaves the duty to judge all open invitations of a member again:
// something about the member is new.
func (a *App) rejudgeAll(tx *store.Tx, owner kith.MemberID) error {
	if err := tx.UnjudgeAll(owner); err != nil {
		return err
	}
	return a.rejudgeHere(tx, owner)
}

// rejudgeHere leaves the duty to judge the open invitations received here again,
// and those elsewhere of which something was learnt.
func (a *App) rejudgeHere(tx *store.Tx, owner kith.MemberID) error {
	last, err := tx.LockJudging(owner)
	if err != nil {
		return err
	}
	// The run that begins now does what those that wait would have done.
	if err := tx.DropWaiting(owner, kindJudge, ""); err != nil {
		return err
	}
	return a.judgeNext(tx, owner, &judgeRun{Run: last})
}

// judgeNext leaves the duty for the next batch of a run.
func (a *App) judgeNext(tx *store.Tx, owner kith.MemberID, run *judgeRun) error {
	now, err := tx.Now()
	if err != nil {
		return err
	}
	body, err := json.Marshal(run)
	if err != nil {
		return err
	}
	return tx.AddDuty(&store.Duty{Owner: owner, Effect: fmt.Sprintf("%s-all/%d/%d", kindJudge, run.Run, run.Batch), Kind: kindJudge,
		Body: string(body), DueAt: now})
}

// judgeRun is where judging all of a member's open invitations stands: first
// those here after one, then those elsewhere.
type judgeRun struct {
	Run       int64             `json:"run"` // the newest event when it began
	Batch     int               `json:"batch"`
	After     kith.InvitationID `json:"after,omitempty"`
	Elsewhere bool              `json:"elsewhere,omitempty"`
}

// judgeDuty does a duty of kind judge.
func (a *App) judgeDuty(_ context.Context, tx *store.Tx, d *store.Duty) error {
	if d.Subject != "" {
		return a.decide(tx, d.Owner, []store.Waiting{{Invitation: kith.InvitationID(d.Subject), Other: d.Other}})
	}
	var run judgeRun
	if err := json.Unmarshal([]byte(d.Body), &run); err != nil {
		return err
	}
	now, err := tx.Now()
	if err != nil {
		return err
	}
	var open []store.Waiting
	if !run.Elsewhere {
		if open, err = tx.OpenAfter(d.Owner, run.After, now, judgeAtOnce); err != nil {
			return err
		}
		if err := a.decide(tx, d.Owner, open); err != nil {
			return err
		}
	}
	if len(open) == judgeAtOnce {
		run.After = open[judgeAtOnce-1].Invitation
	} else if run.Elsewhere, err = a.judgeUnjudged(tx, d.Owner); err != nil || !run.Elsewhere {
		return err
	}
	run.Batch++
	return a.judgeNext(tx, d.Owner, &run)
}

// decide gathers the facts about invitations received and connections of one
// member and keeps a verdict on each. What is neither open nor connected any
// more is left as it is.
func (a *App) decide(tx *store.Tx, owner kith.MemberID, list []store.Waiting) error {
	if _, err := tx.LockJudging(owner); err != nil {
		return err
	}
	var subjects []*subject
	for _, o := range list {
		s, ok, err := undecided(tx, owner, o.Other, o.Invitation)
		if err != nil {
			return err
		}
		if ok {
			subjects = append(subjects, s)
		}
	}
	if len(subjects) == 0 {
		return nil
	}
	cases, err := a.gatherCases(tx, owner, subjects, receivePlan)
	if err != nil {
		return err
	}
	return a.keep(tx, owner, cases)
}

// undecided finds what there is to judge between two members under an
// invitation's id: the open invitation, or the connection that came from it.
func undecided(tx *store.Tx, owner, other kith.MemberID, id kith.InvitationID) (*subject, bool, error) {
	s := subject{id: id, other: other}
	now, err := tx.Now()
	if err != nil {
		return nil, false, err
	}
	e, ok, err := tx.Entry(owner, id)
	if err != nil {
		return nil, false, err
	}
	if ok && e.Box == store.Received && e.Other == other && now.Before(e.ExpiresAt) {
		s.entry = e
		return &s, true, nil
	}
	l, ok, err := tx.Link(owner, other)
	s.link = l
	return &s, ok && l.Invitation == id, err
}

// gatherCase makes the case of one invitation or connection of a member; ok is
// false if there is nothing to judge.
func (a *App) gatherCase(tx *store.Tx, owner, other kith.MemberID, id kith.InvitationID) (g gathered, ok bool, err error) {
	s, ok, err := undecided(tx, owner, other, id)
	if err != nil || !ok {
		return g, false, err
	}
	cases, err := a.gatherCases(tx, owner, []*subject{s}, receivePlan)
	if err != nil {
		return g, false, err
	}
	return cases[0], true, nil
}

// missing names the sources that could not be read.
func missing(list []Source) []string {
	names := []string{}
	for _, s := range list {
		if s.State == sourceUnavailable {
			names = append(names, s.Name)
		}
	}
	return names
}

// judgeCase decides a complete case, as the command line does, and lists what
// the verdict rests on. The case's time is the verdict's.
func (a *App) judgeCase(c *kith.Case) (j Judged, err error) {
	j = Judged{At: c.Now, Side: c.Side, Mutual: -1, Verdict: a.verdict(c), Reach: a.judge.Reach(*c)}
	for _, t := range a.judge.Trace(*c) {
		if t.Fired {
			j.Verdict.Trace = append(j.Verdict.Trace, t)
		}
	}
	for _, r := range j.Verdict.Reasons {
		j.Grounds = append(j.Grounds, Ground{r.Source.String(), r.At})
	}
	stance, _ := c.Member.EffectiveStance(&c.Answers)
	j.Terms = Terms{Stance: stance.String(), Rules: rulesInForce(&c.Member.Rules)}
	for _, g := range c.Member.Goals.List() {
		j.Terms.Goals = append(j.Terms.Goals, g.String())
	}
	if c.Relation.Mutual.Known() {
		j.Mutual = c.Relation.Mutual.Val
	}
	if c.Note.Text.Is() {
		j.Read = note.Read(c.Note.Text.Val, gather.NoteContext(c)).Evidence
	}
	j.Facts, err = knownFacts(&c.Facts)
	return j, err
}

// rulesInForce lists a member's own rules that are on.
func rulesInForce(r *kith.Rules) []TermRule {
	return slices.DeleteFunc([]TermRule{
		{"own-country", r.OwnCountry.Value, r.OwnCountry.When}, {"photo-required", "", r.PhotoRequired.When}, {"note-required", "", r.NoteRequired.When},
		{"min-mutual", strconv.Itoa(r.MinMutual.Value), r.MinMutual.When}, {"known-only", "", r.KnownOnly.When},
	}, func(rule TermRule) bool { return rule.When == kith.RuleOff })
}

// Judge decides a case given as JSON, as the command kith judge does: strictly
// read, completed from its raw facts, and not kept. With trace the verdict lists
// what every signal said.
func (a *App) Judge(who Actor, data []byte, trace bool) (v kith.Verdict, err error) {
	if err := who.may(ScopeRead); err != nil {
		return v, err
	}
	c, err := kith.DecodeCase(data)
	if err != nil {
		return v, err
	}
	gather.Complete(&c)
	v = a.verdict(&c)
	if trace {
		v.Trace = a.judge.Trace(c)
	}
	return v, nil
}

// verdict judges a complete case and writes the text it calls for.
func (a *App) verdict(c *kith.Case) kith.Verdict {
	v := a.judge.Decide(*c)
	v.Draft = gather.Draft(c, &v)
	return v
}

// row is how a verdict is kept.
func (j *Judged) row(owner kith.MemberID, g *gathered) (store.Verdict, error) {
	v := &j.Verdict
	row := store.Verdict{Owner: owner, Invitation: g.id, About: g.about, Side: j.Side, At: j.At, Decision: v.Verdict, Firm: v.Firm,
		Bands: v.Bands, Mutual: j.Mutual, Model: v.Model}
	if len(v.Reasons) > 0 {
		row.Why = cmp.Or(v.Reasons[0].Says, v.Reasons[0].Text)
	}
	if v.Question != nil {
		row.Question, row.Asks = v.Question.ID, v.Question.Text
	}
	row.Signals = spoke(v)
	body, err := json.Marshal(keptVerdict{*v, j.Grounds, j.Reach})
	if err != nil {
		return row, err
	}
	facts, err := json.Marshal(keptFacts{j.Facts, j.Sources, j.Terms, j.Read})
	row.Body, row.Facts = string(body), string(facts)
	return row, err
}

// spoke lists the signals that spoke as store.Verdict keeps them: first that of
// the first reason.
func spoke(v *kith.Verdict) string {
	var b strings.Builder
	first := ""
	if len(v.Reasons) > 0 {
		first = v.Reasons[0].Signal
		b.WriteString(" " + first)
	}
	for i := range v.Trace {
		if t := &v.Trace[i]; t.Fired && t.Signal != first {
			b.WriteString(" " + t.Signal)
		}
	}
	return b.String() + " "
}

// judged reads a kept verdict.
func judged(row *store.Verdict) (Judged, error) {
	var said keptVerdict
	var on keptFacts
	if err := json.Unmarshal([]byte(row.Body), &said); err != nil {
		return Judged{}, err
	}
	if err := json.Unmarshal([]byte(row.Facts), &on); err != nil {
		return Judged{}, err
	}
	return Judged{N: row.N, At: row.At, Side: row.Side, Verdict: said.Verdict, Grounds: said.Grounds,
		Facts: on.Facts, Sources: on.Sources, Terms: on.Terms, Read: on.Read, Reach: said.Reach, Mutual: row.Mutual}, nil
}
