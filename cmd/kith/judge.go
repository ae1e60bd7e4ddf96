package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"kith"
	"kith/internal/gather"
	"kith/triage"
	"kith/triage/signals"
)

func judgeCommand() *cobra.Command {
	var lines, trace bool
	var schema, config string
	cmd := &cobra.Command{
		Use:   "judge",
		Short: "Judge one case given as JSON, or many, one a line",
		Long: `Judge reads one case as JSON on standard input and prints its verdict as JSON.
With --lines it reads one case a line and prints one verdict a line; a line that
cannot be used gives {"line":3,"error":{"field":…,"msg":…}} in its place, the
rest goes on, and the exit code is 1 at the end.

It reads no file, no clock and no network; --config takes goals, stance and
rules that a case leaves out from a kith.toml. docs/judge.md shows a full case
for each side.`,
		Example: `  kith judge < case.json
  kith judge --lines --trace < cases.jsonl
  kith judge --schema case`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if schema != "" {
				return printSchema(cmd.OutOrStdout(), schema)
			}
			member, err := optionalConfig(config)
			if err != nil {
				return err
			}
			j, err := newJudging(member, trace)
			if err != nil {
				return err
			}
			if lines {
				return j.lines(cmd.InOrStdin(), cmd.OutOrStdout())
			}
			return j.one(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&lines, "lines", false, "read one case a line, print one verdict a line")
	cmd.Flags().BoolVar(&trace, "trace", false, "add every signal with its log-odds")
	cmd.Flags().StringVar(&schema, "schema", "", "print a JSON Schema and exit: case or verdict")
	cmd.Flags().StringVar(&config, "config", "", "take what a case leaves out of the member from this kith.toml")
	return cmd
}

func printSchema(w io.Writer, name string) error {
	switch name {
	case "case":
		_, err := w.Write(kith.CaseSchema())
		return err
	case "verdict":
		_, err := w.Write(kith.VerdictSchema())
		return err
	}
	return usageError{fmt.Errorf("--schema takes case or verdict, not %q", name)}
}

// judging turns cases into verdicts.
type judging struct {
	judge  *triage.Judge
	member *kith.Member // what a case leaves out; nil without --config
	trace  bool
}

func newJudging(member *kith.Member, trace bool) (*judging, error) {
	judge, err := signals.Judge()
	if err != nil {
		return nil, err
	}
	return &judging{judge, member, trace}, nil
}

// verdict completes a case from its raw facts, judges it and writes the draft.
func (j *judging) verdict(c kith.Case) kith.Verdict {
	if j.member != nil {
		fillMember(&c.Member, j.member)
	}
	gather.Complete(&c)
	return j.decide(c)
}

// decide judges a case that is complete.
func (j *judging) decide(c kith.Case) kith.Verdict {
	v := j.judge.Decide(c)
	v.Draft = gather.Draft(&c, &v)
	if j.trace {
		v.Trace = j.judge.Trace(c)
	}
	return v
}

// fillMember takes from settings what a case leaves out.
func fillMember(m, settings *kith.Member) {
	if m.Goals == 0 {
		m.Goals = settings.Goals
	}
	if m.Stance == kith.StanceUnset {
		m.Stance = settings.Stance
	}
	if m.Rules == (kith.Rules{}) {
		m.Rules = settings.Rules
	}
}

// maxInput is more than any case takes.
const maxInput = 1 << 20

func (j *judging) one(r io.Reader, w io.Writer) error {
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	if err != nil {
		return err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return &kith.Error{Kind: kith.Invalid, Msg: "no case on standard input; see kith judge --help"}
	}
	c, err := kith.DecodeCase(data)
	if err != nil {
		return err
	}
	return writeJSON(w, j.verdict(c))
}

// lineError stands in the place of a line that could not be used.
type lineError struct {
	Line  int `json:"line"`
	Error struct {
		Field string `json:"field"`
		Msg   string `json:"msg"`
	} `json:"error"`
}

func (j *judging) lines(r io.Reader, w io.Writer) error {
	in := bufio.NewReaderSize(r, 64<<10)
	out := bufio.NewWriterSize(w, 64<<10)
	var failed error
	for n := 1; ; n++ {
		line, err := readLine(in)
		if errors.Is(err, io.EOF) && len(line) == 0 {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) && kith.KindOf(err) != kith.Limit {
			return err
		}
		if err == nil || errors.Is(err, io.EOF) {
			if len(bytes.TrimSpace(line)) == 0 {
				continue
			}
			var c kith.Case
			if c, err = kith.DecodeCase(line); err == nil {
				if err = writeJSON(out, j.verdict(c)); err != nil {
					return err
				}
				continue
			}
		}
		failed = errReported
		if err := writeJSON(out, asLineError(n, err)); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return failed
}

func asLineError(n int, err error) lineError {
	le := lineError{Line: n}
	le.Error.Msg = err.Error()
	var e *kith.Error
	if errors.As(err, &e) {
		le.Error.Field, le.Error.Msg = e.Field, e.Msg
	}
	return le
}

// readLine reads a line of at most maxInput bytes; the rest of a longer one is
// passed over.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if len(line)+len(part) > maxInput {
			tooLong, line = true, line[:0]
		}
		if !tooLong {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if tooLong {
			return nil, &kith.Error{Kind: kith.Limit, Msg: fmt.Sprintf("longer than %d bytes", maxInput)}
		}
		return line, err
	}
}

// writeJSON writes one value on one line, with its letters as they are.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
