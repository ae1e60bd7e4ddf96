package invented

import (
	"fmt"
	"strings"
	"time"
)

// tie is one of Judith's connections.
type tie struct {
	given, family, email, organisation, title string
	connected                                 time.Time
	// How it began, where that lies in the last six months.
	outgoing bool
	sent     time.Time // zero: longer ago
	note     string
}

func (t *tie) name() string { return t.given + " " + t.family }

// sending is one invitation Judith sent that nobody has answered.
type sending struct {
	name, note string
	sent       time.Time
}

const (
	tieCount    = 408 // rows of Connections.csv that show a person
	hiddenCount = 12  // rows that hold only a date
	recentCount = 46  // connections from the tables that began in the last six months
)

// readTies reads the connections that other files speak of.
func readTies() ([]tie, error) {
	rows, err := readRows("judith/connections.tsv", 8)
	if err != nil {
		return nil, err
	}
	var out []tie
	for _, row := range rows {
		t := tie{given: row[0], family: row[1], email: row[2], organisation: row[3], title: row[4], note: row[7]}
		if t.connected, err = time.Parse(time.DateOnly, row[5]); err != nil {
			return nil, bad("connections.tsv: "+t.name(), "a date must look like 2026-11-20")
		}
		if how, at, ok := strings.Cut(row[6], " "); ok {
			t.outgoing = how == "out"
			if t.sent, err = time.Parse(minuteLayout, at); err != nil {
				return nil, bad("connections.tsv: "+t.name(), `a beginning must look like "in 2026-11-20 08:05"`)
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// readSendings reads the invitations Judith sent that wait.
func readSendings() ([]sending, error) {
	rows, err := readRows("judith/outgoing.tsv", 3)
	if err != nil {
		return nil, err
	}
	var out []sending
	for _, row := range rows {
		at, err := time.Parse(minuteLayout, row[1])
		if err != nil {
			return nil, bad("outgoing.tsv: "+row[0], "a time must look like 2026-11-20 08:05")
		}
		out = append(out, sending{row[0], row[2], at})
	}
	return out, nil
}

// fillTies adds connections from the name tables until there are enough. Nobody
// taken is called like another.
func fillTies(ties []tie, taken map[string]bool) ([]tie, error) {
	c, err := newCrowd(uint64(exportedAt.Unix()))
	if err != nil {
		return nil, err
	}
	for _, t := range ties {
		taken[t.name()] = true
	}
	for n := 0; len(ties) < tieCount; n++ {
		h := c.human(n)
		if taken[h.name()] {
			continue
		}
		taken[h.name()] = true
		r := c.dice("tie", n)
		t := tie{given: h.given, family: h.family, organisation: h.organisation, title: h.title}
		if r.IntN(3) == 0 {
			t.organisation, t.title = pick(r, c.words["water.org"]), pick(r, c.words["water.title"])
		}
		if r.IntN(40) == 0 {
			t.email = emailOf(t.name())
		}
		if n < recentCount {
			t.connected = exportedAt.AddDate(0, 0, -n*4+r.IntN(3)-2)
			t.sent = t.connected.Add(-time.Duration(1+r.IntN(40)) * time.Hour)
			t.outgoing = r.IntN(3) == 0
		} else {
			t.connected = exportedAt.AddDate(0, 0, -200-r.IntN(5900))
		}
		ties = append(ties, t)
	}
	byTime(ties, func(t tie) time.Time { return t.connected })
	return ties, nil
}

// writeTies writes Connections.csv: newest first, hidden members in between.
func writeTies(t *table, ties []tie) {
	t.raw(preamble)
	t.row(connectionHeader...)
	for i := range ties {
		tie := &ties[i]
		date := tie.connected.Format(connectedLayout)
		t.row(tie.given, tie.family, linkOf(tie.name()), tie.email, tie.organisation, tie.title, date)
		if every := len(ties) / hiddenCount; i%every == every-1 {
			t.row("", "", "", "", "", "", date)
		}
	}
}

// checkNames refuses two people of one name: files refer to people by name.
func checkNames(letters []letter, ties []tie, sendings []sending) (map[string]bool, error) {
	taken := map[string]bool{owner: true}
	add := func(name string) error {
		if taken[name] {
			return bad("data/judith", fmt.Sprintf("two people are called %s; rename one", name))
		}
		taken[name] = true
		return nil
	}
	for i := range letters {
		if err := add(letters[i].name); err != nil {
			return nil, err
		}
	}
	for i := range ties {
		if err := add(ties[i].name()); err != nil {
			return nil, err
		}
	}
	for i := range sendings {
		if err := add(sendings[i].name); err != nil {
			return nil, err
		}
	}
	return taken, nil
}
