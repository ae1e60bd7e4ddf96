package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"kith"
)

func initCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Write kith.toml by asking six questions",
		Long: `Init asks what you want your network for and writes the answers, with comments,
to kith.toml in this folder. Edit it at any time; kith triage reads it.`,
		Example: `  kith init
  kith init --force    ask again and write it anew`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := os.Stat(configFile); err == nil && !force {
				return &kith.Error{Kind: kith.Invalid, Field: configFile, Msg: "is there already; edit it, or use --force"}
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			q := &initQuestions{in: bufio.NewReader(cmd.InOrStdin()), out: cmd.OutOrStdout()}
			text, err := q.ask()
			if err != nil {
				return err
			}
			if err := writePrivate(configFile, []byte(text)); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "\nWritten: %s. Now: kith triage YOUR-FILES…\n", configFile)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "write over an existing kith.toml")
	return cmd
}

// initQuestions are the six questions of `kith init`.
type initQuestions struct {
	in  *bufio.Reader
	out io.Writer
	err error
}

func (q *initQuestions) ask() (string, error) {
	goals := q.goals()
	stance := q.stance(goals)
	areas := q.words("3. Which fields do you want to grow in, or write about? (commas between, Enter for none)")
	clients := q.words("4. Whom do you sell to, if anybody: roles or fields? (commas between, Enter for none)")
	country := q.text("5. Do you do business in one country only? Then which? (Enter for no)")
	photo := q.text("6. Do you decline everybody without a photo? always, may, or Enter for no")
	if q.err != nil {
		return "", q.err
	}
	mode, ok := kith.ParseRuleMode(photo)
	if photo != "" && !ok {
		return "", &kith.Error{Kind: kith.Invalid, Msg: fmt.Sprintf("%q is neither always nor may; nothing was written", kith.CleanLine(photo))}
	}
	return settingsText(goals, stance, areas, clients, country, mode), q.err
}

// text asks one question and reads one line.
func (q *initQuestions) text(question string) string {
	if q.err != nil {
		return ""
	}
	if _, q.err = fmt.Fprintf(q.out, "\n%s\n> ", question); q.err != nil {
		return ""
	}
	line, err := q.in.ReadString('\n')
	if errors.Is(err, io.EOF) && line == "" {
		err = &kith.Error{Kind: kith.Invalid, Msg: "the answers ended before the last question; nothing was written"}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		q.err = err
	}
	return strings.TrimSpace(kith.CleanLine(line))
}

func (q *initQuestions) words(question string) []string {
	var out []string
	for _, w := range strings.Split(q.text(question), ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func (q *initQuestions) goals() kith.Goals {
	var b strings.Builder
	b.WriteString("1. I want my network … (numbers like 7 9, Enter for none)\n")
	for i, g := range kith.AllGoals() {
		fmt.Fprintf(&b, "  %2d  %s\n", i+1, g.Info().Wish)
	}
	for q.err == nil {
		picked, err := parseNumbers(q.text(strings.TrimRight(b.String(), "\n")), len(kith.AllGoals()))
		if err != nil {
			b.Reset()
			fmt.Fprintf(&b, "%s; numbers like 7 9, Enter for none", err)
			continue
		}
		var set kith.Goals
		for n := range picked {
			set |= kith.GoalSet(kith.AllGoals()[n-1])
		}
		return set
	}
	return 0
}

func (q *initQuestions) stance(goals kith.Goals) kith.Stance {
	likely, _ := kith.DefaultStance(goals)
	question := fmt.Sprintf("2. How open are you to people you do not know? open, balanced, selective or only-known (Enter for %s, which follows from your goals)", likely)
	for q.err == nil {
		reply := q.text(question)
		if reply == "" {
			return kith.StanceUnset
		}
		if s, ok := kith.ParseStance(strings.ToLower(reply)); ok {
			return s
		}
		question = "open, balanced, selective or only-known; Enter leaves it to your goals"
	}
	return kith.StanceUnset
}

// settingsText writes the settings file with its comments.
func settingsText(goals kith.Goals, stance kith.Stance, areas, clients []string, country string, photo kith.RuleMode) string {
	var b strings.Builder
	b.WriteString("# What you want your network for. kith triage reads this file; edit it at any time.\n\n")
	b.WriteString("# Any of:\n")
	for _, g := range kith.AllGoals() {
		fmt.Fprintf(&b, "#   %-22s %s\n", g, g.Info().Wish)
	}
	var words []string
	for _, g := range goals.List() {
		words = append(words, g.String())
	}
	fmt.Fprintf(&b, "goals = %s\n\n", tomlList(words))
	b.WriteString("# How open you are to people you do not know: open, balanced, selective or\n# only-known. Left out, it follows from the goals.\n")
	setting(&b, stance != kith.StanceUnset, "stance", strconv.Quote(stance.String()), `"balanced"`)
	b.WriteString("\n# Fields you want to grow in, and what you write and read about.\n")
	setting(&b, areas != nil, "areas", tomlList(areas), `["hydrology", "early warning"]`)
	setting(&b, areas != nil, "topics", tomlList(areas), `["hydrology", "early warning"]`)
	b.WriteString("\n# Roles and fields you sell to.\n")
	setting(&b, clients != nil, "clients", tomlList(clients), `["water authorities"]`)
	b.WriteString("\n# Organisations you admire, and those you compete with.\n# admires = [\"Delft Institute\"]\n# competitors = [\"Stroomwerk\"]\n")
	b.WriteString(`
# Rules of your own decline on what is observed, never on what is unknown.
# "always" stands even against people you know, "may" yields to them.
[rules]
`)
	setting(&b, country != "", "own-country", fmt.Sprintf("{ value = %s, when = \"may\" }", strconv.Quote(country)), `{ value = "NL", when = "may" }`)
	setting(&b, photo != kith.RuleOff, "photo-required", strconv.Quote(photo.String()), `"may"`)
	b.WriteString("# note-required = \"may\"\n# min-mutual = { value = 3, when = \"may\" }\n# known-only = \"may\"\n")
	b.WriteString(`
# Your own profile, where the archive does not hold it.
[profile]
# name = "Judith Example"
# headline = "Hydrologist at Regional Water Authority"
# country = "NL"
`)
	return b.String()
}

// setting writes one line, commented out when there is nothing to set.
func setting(b *strings.Builder, set bool, key, value, example string) {
	if set {
		fmt.Fprintf(b, "%s = %s\n", key, value)
		return
	}
	fmt.Fprintf(b, "# %s = %s\n", key, example)
}

// tomlList writes a list of strings as TOML does.
func tomlList(words []string) string {
	out, err := toml.Marshal(map[string][]string{"x": append([]string{}, words...)})
	if err != nil {
		return "[]" // strings always marshal
	}
	return strings.TrimSpace(strings.TrimPrefix(string(out), "x = "))
}
