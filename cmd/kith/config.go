package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"kith"
)

// configFile is the settings file looked for in the working directory.
const configFile = "kith.toml"

// optionalConfig reads a settings file; an empty path gives nil.
func optionalConfig(path string) (*kith.Member, error) {
	if path == "" {
		return nil, nil
	}
	return readConfig(path)
}

// defaultConfig reads the named settings file, or kith.toml of the working
// directory if there is one.
func defaultConfig(path string) (*kith.Member, error) {
	if path != "" {
		return readConfig(path)
	}
	m, err := readConfig(configFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &kith.Member{}, nil
	}
	return m, err
}

// readConfig reads a settings file. It has the fields of `member` in a case, as
// TOML, and is checked as strictly.
func readConfig(path string) (*kith.Member, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, &kith.Error{Kind: kith.NotFound, Field: path, Msg: "cannot be read: " + plainCause(err), Err: err}
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		msg := err.Error()
		var pe toml.ParseError
		if errors.As(err, &pe) {
			msg = fmt.Sprintf("line %d: %s", pe.Position.Line, pe.Message)
		}
		return nil, &kith.Error{Kind: kith.Invalid, Field: path, Msg: msg, Err: err}
	}
	doc, err := json.Marshal(map[string]any{"side": "receive", "member": datesAsText(tree)})
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: path, Msg: "holds a value Kith cannot use", Err: err}
	}
	c, err := kith.DecodeCase(doc)
	if err != nil {
		var e *kith.Error
		if errors.As(err, &e) {
			return nil, &kith.Error{Kind: e.Kind, Field: path + ": " + strings.TrimPrefix(e.Field, "member."), Msg: e.Msg, Err: err}
		}
		return nil, err
	}
	return &c.Member, nil
}

// datesAsText writes TOML dates the way a case has them.
func datesAsText(v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k := range x {
			x[k] = datesAsText(x[k])
		}
	case []any:
		for i := range x {
			x[i] = datesAsText(x[i])
		}
	case time.Time:
		return x.Format(time.RFC3339)
	}
	return v
}

// plainCause says why a file could not be opened, without its path.
func plainCause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return err.Error()
}

// memberFlags are the settings a command line can give. They win over the
// settings file.
type memberFlags struct {
	config                          string
	goals, areas, topics, clients   []string
	rules, admires, competitors     []string
	stance, headline, country, name string
}

// apply lays the flags over the settings.
func (f *memberFlags) apply(m *kith.Member) error {
	if len(f.goals) > 0 {
		m.Goals = 0
	}
	for _, w := range f.goals {
		g, ok := kith.ParseGoal(w)
		if !ok {
			return usageError{fmt.Errorf("--goal %s: no such goal; one of %s", w, goalList())}
		}
		m.Goals |= kith.GoalSet(g)
	}
	if f.stance != "" {
		s, ok := kith.ParseStance(f.stance)
		if !ok {
			return usageError{fmt.Errorf("--stance %s: one of open, balanced, selective, only-known", f.stance)}
		}
		m.Stance = s
	}
	for _, r := range f.rules {
		if err := addRule(&m.Rules, r); err != nil {
			return err
		}
	}
	for to, words := range map[*[]string][]string{
		&m.Areas: f.areas, &m.Topics: f.topics, &m.Clients: f.clients, &m.Admires: f.admires, &m.Competitors: f.competitors,
	} {
		if words != nil {
			*to = words
		}
	}
	given := func(o *kith.Opt[string], v string) {
		if v != "" {
			*o = kith.Observed(v, kith.FromMember, time.Time{})
		}
	}
	given(&m.Profile.Headline, f.headline)
	given(&m.Profile.Country, f.country)
	given(&m.Profile.Name, f.name)
	return nil
}

func goalList() string { return strings.Join(goalWords(), ", ") }

func goalWords() []string {
	var words []string
	for _, g := range kith.AllGoals() {
		words = append(words, g.String())
	}
	return words
}

// addRule reads "own-country=NL:may", "photo-required:always", "min-mutual=3".
// Without a mode a rule is "may", the weaker one.
func addRule(rules *kith.Rules, s string) error {
	head, modeWord, given := strings.Cut(s, ":")
	name, value, hasValue := strings.Cut(head, "=")
	mode := kith.May
	if given {
		var ok bool
		if mode, ok = kith.ParseRuleMode(modeWord); !ok {
			return usageError{fmt.Errorf("--rule %s: after the colon stands always or may", s)}
		}
	}
	var least int
	switch name {
	case "own-country":
		rules.OwnCountry = kith.CountryRule{Value: value, When: mode}
	case "min-mutual":
		if _, err := fmt.Sscanf(value, "%d", &least); err != nil || least < 0 {
			return usageError{fmt.Errorf("--rule %s: write min-mutual=3:may", s)}
		}
		rules.MinMutual = kith.MutualRule{Value: least, When: mode}
	case "photo-required":
		rules.PhotoRequired.When = mode
	case "note-required":
		rules.NoteRequired.When = mode
	case "known-only":
		rules.KnownOnly.When = mode
	default:
		return usageError{fmt.Errorf("--rule %s: one of own-country, photo-required, note-required, min-mutual, known-only", s)}
	}
	if needs := name == "own-country" || name == "min-mutual"; needs != hasValue {
		return usageError{fmt.Errorf("--rule %s: own-country and min-mutual take a value, the others none", s)}
	}
	return nil
}
