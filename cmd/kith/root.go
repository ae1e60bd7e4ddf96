package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kith"
)

// Exit codes, as `kith --help` documents them.
const (
	exitOK     = 0
	exitFailed = 1 // the input could not be used, or some of it
	exitUsage  = 2 // the command line is wrong
)

// streams are the three standard streams of a run.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// usageError is a mistake on the command line.
type usageError struct{ error }

// run is the whole program: it returns the exit code.
func run(ctx context.Context, std streams, args []string) int {
	if len(args) == 1 && args[0] == pdfChildArg {
		if runPDFChild(std.in, std.out) != nil {
			return exitFailed
		}
		return exitOK
	}
	root := newRoot(std)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		fmt.Fprintf(std.err, "kith: %s\nTry: %s --help\n", kith.CleanLine(err.Error()), commandOf(root, args))
		return exitUsage
	case errors.Is(err, errReported):
		return exitFailed
	}
	fmt.Fprintf(std.err, "kith: %s\n", kith.CleanLine(err.Error()))
	return exitFailed
}

// errReported ends a run whose errors stand in its output already.
var errReported = errors.New("some of the input could not be used")

// commandOf names the command a mistake was made in.
func commandOf(root *cobra.Command, args []string) string {
	cmd, _, err := root.Find(args)
	if err != nil {
		return "kith"
	}
	return cmd.CommandPath()
}

func newRoot(std streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "kith",
		Short: "Decide on professional-network invitations, by your own goals",
		Long: `Kith says for every invitation: accept, ask first, decline or report. It goes by
your goals, gives its reasons in plain words, and asks the one question that
would settle a doubt. It reads files that belong to you; nothing leaves this
machine.

Exit codes: 0 done; 1 the input, or some of it, could not be used; 2 the command
line is wrong.`,
		Example: `  kith triage Complete_LinkedInDataExport.zip invitations.mbox contacts.vcf calendar.ics
  kith init
  kith judge < case.json
  kith note check "Hi Mara, we met in Delft on Tuesday."`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(triageCommand(), judgeCommand(), noteCommand(), initCommand(), serveCommand(), importCommand(), explainCommand(),
		backupCommand(), restoreCommand(), exportCommand(), eraseCommand(), adminCommand())
	checkArgs(root)
	return root
}

// checkArgs makes a wrong number of arguments a usage error.
func checkArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usageError{errors.New(strings.TrimSuffix(err.Error(), "."))}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		checkArgs(sub)
	}
}
