package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kith"
	"kith/internal/gather"
)

// screenful is how many people one screen asks about.
const screenful = 30

// asking is one round of questions on the terminal.
type asking struct {
	t    *triaging
	in   *bufio.Reader
	p    *printer
	quit bool
	bare map[string]bool // rows of which only a name was known at first
	// passed over are the questions skipped in this round, by row and question.
	passed map[string]bool
}

// ask puts the questions worth asking until none is left, then shows the result.
// The same question about many people is one screen. Every answer is saved at
// once.
func (t *triaging) ask() error {
	a := &asking{t: t, in: bufio.NewReader(t.cmd.InOrStdin()), p: newPrinter(t.cmd.OutOrStdout()), passed: map[string]bool{}, bare: map[string]bool{}}
	if err := a.tickKnown(); err != nil {
		return err
	}
	for !a.quit {
		next := a.open()
		if len(next) == 0 {
			break
		}
		var err error
		q, _ := kith.ParseQuestion(next[0].question.ID)
		if many := a.t.judging.judge.AskMany(q); many != "" && len(next) > 1 {
			err = a.screen(many, q, next[:min(len(next), screenful)])
		} else {
			err = a.one(next[0])
		}
		if err != nil {
			return err
		}
	}
	a.p.undecided(t.decide(t.desk.Open(t.setting)), t)
	return a.p.err
}

// tickKnown puts the screen of those nothing is known of.
func (a *asking) tickKnown() error {
	rows := a.t.desk.Open(a.t.setting)
	var bare []askable
	for i := range rows {
		if rows[i].Bare {
			bare = append(bare, askable{row: &rows[i]})
			a.bare[rows[i].Key()] = true
		}
	}
	for len(bare) > 0 && !a.quit {
		n := min(len(bare), screenful)
		if err := a.screen("Of these only a name and a date is known. Which have you met, or worked with?", kith.AskMet, bare[:n]); err != nil {
			return err
		}
		bare = bare[n:]
	}
	return nil
}

// open lists the rows with a question still worth asking, the most frequent
// question first.
func (a *asking) open() []askable {
	rows := a.t.desk.Open(a.t.setting)
	byID := map[string][]askable{}
	best := ""
	for i := range rows {
		if rows[i].Bare || a.bare[rows[i].Key()] {
			continue // only a name: the first screen was all there is to ask
		}
		v := a.t.judging.judge.Decide(rows[i].Case())
		if v.Question == nil || a.passed[rows[i].Key()+" "+v.Question.ID] {
			continue
		}
		id := v.Question.ID
		byID[id] = append(byID[id], askable{&rows[i], v.Question})
		if best == "" || len(byID[id]) > len(byID[best]) {
			best = id
		}
	}
	return byID[best]
}

// screen asks one question about several people: the numbers given are yes, the
// others no, 0 is none; Enter leaves all open.
func (a *asking) screen(title string, q kith.QuestionID, list []askable) error {
	a.p.line("")
	a.p.line("%s", bold.Render(title))
	for i, x := range list {
		text := x.row.Note
		if c := x.row.Case(); c.Person.Headline.Is() {
			text = c.Person.Headline.Val
		}
		a.p.columns(fmt.Sprintf("%2d  %s", i+1, x.row.Who.Name), x.row.SentAt, kith.CleanLine(text))
	}
	for {
		reply, ok := a.prompt("Numbers like 1 4 7-9 (the others then count as no), 0 for none of them, Enter to leave all open, q to stop: ")
		switch {
		case !ok || reply == "q":
			a.quit = true
			return nil
		case reply == "":
			for _, x := range list {
				a.passed[x.row.Key()+" "+q.String()] = true
			}
			return nil
		}
		ticked, err := map[int]bool{}, error(nil)
		if reply != "0" {
			ticked, err = parseNumbers(reply, len(list))
		}
		if err != nil {
			a.p.line("%s", err)
			continue
		}
		for i, x := range list {
			answer := kith.AnswerNo
			if ticked[i+1] {
				answer = kith.AnswerYes
			}
			a.t.answers.set(x.row.Key(), q, answer)
		}
		return a.t.answers.save()
	}
}

// one asks one question about one person.
func (a *asking) one(x askable) error {
	q, _ := kith.ParseQuestion(x.question.ID)
	a.p.line("")
	a.p.line("%s", bold.Render(x.row.Who.Name))
	if c := x.row.Case(); c.Person.Headline.Is() {
		a.p.wrapped(2, c.Person.Headline.Val)
	}
	if x.row.Note != "" {
		a.p.wrapped(4, "“"+x.row.Note+"”")
	}
	for {
		reply, ok := a.prompt(x.question.Text + " y, n, u (cannot say), s (skip), q (stop): ")
		if !ok || reply == "q" {
			a.quit = true
			return nil
		}
		answer, known := map[string]kith.Answer{"y": kith.AnswerYes, "yes": kith.AnswerYes, "n": kith.AnswerNo, "no": kith.AnswerNo, "u": kith.Unsure}[reply]
		switch {
		case reply == "s":
			a.passed[x.row.Key()+" "+x.question.ID] = true
			return nil
		case known:
			a.record(x.row, q, answer)
			return a.t.answers.save()
		}
		a.p.line("y, n, u, s or q")
	}
}

// record notes an answer. What is about the member and not the person holds for
// everybody.
func (a *asking) record(row *gather.Row, q kith.QuestionID, answer kith.Answer) {
	if q != kith.AskSizeOverQuality {
		a.t.answers.set(row.Key(), q, answer)
		return
	}
	for _, r := range a.t.desk.Open(a.t.setting) {
		a.t.answers.set(r.Key(), q, answer)
	}
}

// prompt reads one line; ok is false at the end of the input.
func (a *asking) prompt(text string) (reply string, ok bool) {
	if a.p.err == nil {
		_, a.p.err = io.WriteString(a.p.w, text)
	}
	line, err := a.in.ReadString('\n')
	if err != nil && line == "" {
		a.p.line("")
		return "", false
	}
	return strings.ToLower(strings.TrimSpace(line)), true
}

// parseNumbers reads "1 4 7-9" into a set of numbers from 1 to most.
func parseNumbers(s string, most int) (map[int]bool, error) {
	out := map[int]bool{}
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' }) {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		lo, err1 := strconv.Atoi(from)
		hi, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || lo < 1 || hi > most || lo > hi {
			return nil, fmt.Errorf("%q is none of 1 to %d", kith.CleanLine(part), most)
		}
		for n := lo; n <= hi; n++ {
			out[n] = true
		}
	}
	return out, nil
}

// askable is a row with the question worth asking about it.
type askable struct {
	row      *gather.Row
	question *kith.Question
}
