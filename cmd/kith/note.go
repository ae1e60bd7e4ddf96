package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kith"
	"kith/note"
)

func noteCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "note",
		Short: "Check or draft an invitation's note",
		Long:  "Note checks a draft as its recipient would read it, or drafts one or two honest sentences from facts. No model, no network.",
		Example: `  kith note check "Hi Mara, we met in Delft on Tuesday. May I send you our gauge data?"
  kith note draft --to Mara --met "the gauge workshop" --met-on 2026-11-21`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(noteCheckCommand(), noteDraftCommand())
	return cmd
}

func noteCheckCommand() *cobra.Command {
	var limit int
	var known, asJSON bool
	cmd := &cobra.Command{
		Use:   "check [TEXT]",
		Short: "Say what a note reads like and what to improve",
		Long:  "Check says what a note reads like (default, generic, pitch, scam, specific) and what to improve, the greatest gain first. Without TEXT it reads standard input.",
		Example: `  kith note check "I'd like to add you to my professional network."
  kith note check --limit 200 --known < note.txt
  kith note check --json "Hi Mara, …"`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := argumentOrInput(cmd, args)
			if err != nil {
				return err
			}
			checked := checkNote(text, note.CheckOptions{Limit: limit, WellKnown: known})
			if asJSON {
				return writeJSON(cmd.OutOrStdout(), checked)
			}
			return printCheck(cmd.OutOrStdout(), checked)
		},
	}
	cmd.Flags().IntVar(&limit, "limit", note.PaidLimit, "letters the network takes: 200 for free members, 300 for paying ones")
	cmd.Flags().BoolVar(&known, "known", false, "the recipient knows you well")
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// maxNote is more than any note; what is longer is no note.
const maxNote = 1 << 20

func argumentOrInput(cmd *cobra.Command, args []string) (string, error) {
	if len(args) == 1 {
		return kith.Clean(args[0]), nil
	}
	data, err := io.ReadAll(io.LimitReader(cmd.InOrStdin(), maxNote))
	if err != nil {
		return "", err
	}
	return strings.TrimSuffix(kith.Clean(string(data)), "\n"), nil
}

// checkedNote is what `kith note check --json` prints.
type checkedNote struct {
	Kind            string         `json:"kind"`
	Letters         int            `json:"letters"`
	Sentences       int            `json:"sentences"`
	TooLong         bool           `json:"too_long"`
	SaysWho         bool           `json:"says_who"`
	SaysHow         bool           `json:"says_how"`
	GivesReason     bool           `json:"gives_reason"`
	Greeting        bool           `json:"greeting"`
	Name            bool           `json:"name"`
	Placeholder     *string        `json:"placeholder"`
	ScamPhrases     []string       `json:"scam_phrases"`
	AsksMoney       bool           `json:"asks_money"`
	AsksCredentials bool           `json:"asks_credentials"`
	Abusive         bool           `json:"abusive"`
	Language        *string        `json:"language"`
	Findings        []checkedPoint `json:"findings"`
}

type checkedPoint struct {
	ID       string `json:"id"`
	Severity string `json:"severity"`
	Text     string `json:"text"`
	Rule     string `json:"rule"`
}

func checkNote(text string, opt note.CheckOptions) checkedNote {
	f := note.Read(text, opt.Context)
	out := checkedNote{
		Kind: f.Kind.String(), Letters: f.Letters, Sentences: f.Sentences, TooLong: f.Letters > opt.Limit,
		SaysWho: f.SaysWho, SaysHow: f.SaysHow, GivesReason: f.GivesReason, Greeting: f.Greeting, Name: f.Name,
		Placeholder: orNull(f.Placeholder), ScamPhrases: append([]string{}, f.ScamGroups...),
		AsksMoney: f.AsksMoney, AsksCredentials: f.AsksCredentials, Abusive: f.Abusive, Language: orNull(f.Language),
		Findings: []checkedPoint{},
	}
	for _, c := range note.Check(text, opt) {
		out.Findings = append(out.Findings, checkedPoint{c.ID, c.Severity.String(), c.Text, c.Rule})
	}
	return out
}

// readsLike says each kind in words.
var readsLike = map[string]string{
	"empty": "There is no note.", "default": "It is the platform's own sentence.", "generic": "It reads as if it could go to anybody.",
	"pitch": "It reads like a pitch.", "scam": "It reads like a known fraud.", "specific": "It reads as written for this person.",
}

func printCheck(w io.Writer, c checkedNote) error {
	p := newPrinter(w)
	p.line("%s %s, %s.", bold.Render(readsLike[c.Kind]), count(c.Letters, "letter"), count(c.Sentences, "sentence"))
	for _, f := range c.Findings {
		p.hanging(2, pad(f.Severity, 7), f.Text+" "+faint.Render(f.Rule))
	}
	if len(c.Findings) == 0 {
		p.line("  Nothing to improve.")
	}
	return p.err
}

func noteDraftCommand() *cobra.Command {
	var d note.DraftFacts
	var metOn, now, as, network string
	cmd := &cobra.Command{
		Use:   "draft",
		Short: "Write one or two honest sentences from facts",
		Long: `Draft writes a note from what you give it and nothing else; a fact you leave out
leaves its clause out. --as ask writes the question to somebody who invited you,
--as accept the greeting after accepting, --as introduce the honest answer to a
request for an introduction.`,
		Example: `  kith note draft --to Mara --met "the gauge workshop" --met-on 2026-11-21 --from Judith
  kith note draft --school "Delft University" --their-employer Stroomwerk --status "I graduate in May" --question "How do applications work there?"
  kith note draft --as ask --to Mara --from Judith`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := draftNote(d, metOn, now, as, network)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.OutOrStdout(), text)
			return err
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&d.To, "to", "", "the recipient's given name")
	fl.StringVar(&d.From, "from", "", "your given name")
	fl.StringVar(&d.MetWhere, "met", "", "where you met")
	fl.StringVar(&metOn, "met-on", "", "when you met, like 2026-11-21")
	fl.StringVar(&d.School, "school", "", "a school you both went to")
	fl.StringVar(&d.Employer, "employer", "", "an employer you share")
	fl.StringVar(&d.Group, "group", "", "a group, club or project you share")
	fl.StringVar(&d.Topic, "topic", "", "what you are both interested in")
	fl.StringVar(&d.TheirOrg, "their-employer", "", "where the recipient works")
	fl.StringVar(&d.Status, "status", "", "your own situation, like \"I graduate in May\"")
	fl.StringVar(&d.Referrer, "referrer", "", "who suggested writing")
	fl.StringVar(&d.Question, "question", "", "one concrete question")
	fl.StringVar(&as, "as", "note", "note, ask, accept or introduce")
	fl.StringVar(&network, "network", "LinkedIn", "with --as introduce: the network you know them through")
	fl.StringVar(&now, "now", "", "write as of this day, like 2026-11-22")
	return cmd
}

func draftNote(d note.DraftFacts, metOn, now, as, network string) (string, error) {
	switch as {
	case "ask":
		return note.Ask(d.To, d.From), nil
	case "accept":
		return note.AcceptAndSee(d.To, d.From), nil
	case "introduce":
		return note.OnlyThroughNetwork(d.To, network), nil
	case "note":
	default:
		return "", usageError{fmt.Errorf("--as takes note, ask, accept or introduce, not %q", as)}
	}
	d.Now = time.Now()
	var err error
	if now != "" {
		if d.Now, err = parseDay("--now", now); err != nil {
			return "", usageError{err}
		}
	}
	if metOn != "" {
		if d.MetAt, err = parseDay("--met-on", metOn); err != nil {
			return "", usageError{err}
		}
	}
	text := note.Draft(d)
	if text == "" {
		return "", &kith.Error{Kind: kith.Invalid, Msg: "nothing to write from: give where you met, what you share, or a concrete question (a reason to connect, R121)"}
	}
	return text, nil
}
