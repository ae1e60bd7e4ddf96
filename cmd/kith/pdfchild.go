package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"time"
	"unicode/utf8"

	"kith"
	"kith/internal/intake"
)

// Limits of reading a profile PDF in a child process. A real one has 40 to 180
// KB and takes 20 ms.
const (
	pdfChildArg    = "__pdf"  // the hidden argument that makes this program the child
	maxPDFInput    = 20 << 20 // bytes of the file
	maxPDFReply    = 1 << 20  // bytes of the child's answer
	maxPDFMsg      = 300      // bytes of an error the child words
	pdfChildTime   = time.Second * 5
	pdfChildLinger = time.Second // for pipes to close after the child was killed
)

// pdfReply is what the child answers: a profile, or why there is none.
type pdfReply struct {
	Profile *intake.PDFProfile `json:"profile,omitempty"`
	Kind    kith.Kind          `json:"kind,omitempty"`
	Msg     string             `json:"msg,omitempty"`
}

// runPDFChild is the whole life of the child: it limits its own process, reads
// one PDF from stdin and writes one answer to stdout. It opens no file and
// never returns what a hostile PDF makes of it as an error: that ends in a
// killed process.
func runPDFChild(stdin io.Reader, stdout io.Writer) error {
	if err := limitPDFChild(); err != nil {
		return err
	}
	data, err := io.ReadAll(io.LimitReader(stdin, maxPDFInput))
	if err != nil {
		return err
	}
	var reply pdfReply
	if reply.Profile, err = intake.ParsePDF(data); err != nil {
		reply.Kind = kith.KindOf(err)
		reply.Msg = err.Error()
	}
	return json.NewEncoder(stdout).Encode(reply)
}

// readPDFInChild gives the function that [intake.Options] wants: it reads a
// profile PDF in a child process, which is this program at the path exe run
// again. A child that takes more than 5 seconds, 256 MiB or 1 MiB of answer is
// ended, and the error says on one line that the PDF could not be read.
func readPDFInChild(exe string) func(context.Context, io.Reader) (kith.Profile, error) {
	return func(ctx context.Context, r io.Reader) (kith.Profile, error) {
		data, err := io.ReadAll(io.LimitReader(r, maxPDFInput+1))
		if err != nil {
			return kith.Profile{}, err
		}
		if len(data) > maxPDFInput {
			return kith.Profile{}, &kith.Error{Kind: kith.Limit, Msg: "could not be read: larger than 20 MiB, which no profile PDF is"}
		}
		return startPDFChild(ctx, exe, data, pdfChildTime)
	}
}

// startPDFChild runs the child over data. The child gets no environment and
// nothing it writes to stderr is shown: both could carry what does not concern
// the other.
func startPDFChild(ctx context.Context, exe string, data []byte, limit time.Duration) (kith.Profile, error) {
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var out cappedBuffer
	cmd := exec.CommandContext(timed, exe, pdfChildArg)
	cmd.Env = []string{"GOTRACEBACK=none"}
	cmd.Stdin = bytes.NewReader(data)
	cmd.Stdout = &out
	cmd.WaitDelay = pdfChildLinger
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return kith.Profile{}, ctx.Err()
	case timed.Err() != nil:
		return kith.Profile{}, &kith.Error{
			Kind: kith.Limit,
			Msg:  "could not be read: reading it takes too long, which no profile PDF does; save the PDF again",
			Err:  err,
		}
	case err != nil:
		return kith.Profile{}, damaged(err)
	}
	return decodePDFReply(out.buf.Bytes())
}

// decodePDFReply checks what the child answered.
func decodePDFReply(answer []byte) (kith.Profile, error) {
	var reply pdfReply
	d := json.NewDecoder(bytes.NewReader(answer))
	d.DisallowUnknownFields()
	if err := d.Decode(&reply); err != nil {
		return kith.Profile{}, damaged(err)
	}
	if reply.Profile != nil {
		return reply.Profile.Profile(), nil
	}
	if reply.Kind != kith.Invalid && reply.Kind != kith.Limit || reply.Msg == "" {
		return kith.Profile{}, damaged(errors.New("the child gave no reason"))
	}
	return kith.Profile{}, &kith.Error{Kind: reply.Kind, Msg: cutText(kith.CleanLine(reply.Msg), maxPDFMsg)}
}

// damaged is the error for a PDF the child did not survive.
func damaged(err error) error {
	return &kith.Error{
		Kind: kith.Invalid,
		Msg:  "could not be read: damaged, or far larger than a profile; save the PDF again",
		Err:  err,
	}
}

// cutText gives the first n bytes of s or fewer, without cutting a letter.
func cutText(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cappedBuffer keeps up to maxPDFReply bytes and fails beyond, which closes
// the child's output.
type cappedBuffer struct{ buf bytes.Buffer }

// errLongReply is the failure of a cappedBuffer.
var errLongReply = errors.New("the answer is longer than 1 MiB")

func (b *cappedBuffer) Write(p []byte) (int, error) {
	if b.buf.Len()+len(p) > maxPDFReply {
		return 0, errLongReply
	}
	return b.buf.Write(p)
}
