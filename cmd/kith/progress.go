package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// slow is how long work takes before it is worth a bar.
const slow = time.Second

// progress is a bar on a terminal's standard error; anywhere else it is silent.
type progress struct {
	to    io.Writer
	begun time.Time
	bar   *progressbar.ProgressBar
}

func newProgress(stderr any) *progress {
	f, ok := stderr.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return &progress{}
	}
	return &progress{to: f, begun: time.Now()}
}

// update shows that done of total bytes were read.
func (p *progress) update(done, total int64) {
	if p.to == nil || time.Since(p.begun) < slow {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.to), progressbar.OptionSetDescription("Reading"),
			progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionFullWidth())
	}
	p.bar.ChangeMax64(total)
	p.drawn(p.bar.Set64(done))
}

func (p *progress) finish() {
	if p.bar != nil {
		p.drawn(p.bar.Finish())
	}
}

// drawn gives the bar up when it cannot be drawn: the work goes on.
func (p *progress) drawn(err error) {
	if err != nil {
		p.to = nil
	}
}
