package intake

import (
	"context"
	"io"
	"time"

	"kith"
)

// Sink takes the nouns as they are read. Calls come from one goroutine.
type Sink interface {
	Profile(kith.Profile)
	Invitation(kith.Invitation)
	Connection(kith.Connection)
	Message(kith.Message)
	Contact(kith.Contact)
	Meeting(kith.Meeting)
	Application(kith.Application)
	Hint(kith.Hint)
}

// Owner is what is known of the member whose data is read: needed to tell who
// wrote a message and which attendee is the member. Readers of the first phase
// add to it; the caller may start it from settings.
type Owner struct {
	Name   string
	Slug   string
	Emails []string // folded
}

// Options steer [Read].
type Options struct {
	Now   time.Time // for two-digit years, recurring meetings and what is past
	Owner Owner
	// PDF reads a profile PDF. It runs the parser in a child process; the
	// caller hands it in because only the caller knows its own executable. Nil
	// means PDFs are skipped, and the report says so.
	PDF func(ctx context.Context, r io.Reader) (kith.Profile, error)
	// Progress, if not nil, is told how many of how many bytes were read.
	Progress func(done, total int64)
}

// Report says what was read and what was not.
type Report struct {
	Files []FileReport
	Owner Owner
}

// FileReport is one file's line of the report.
type FileReport struct {
	Name   string         // as shown: "archive.zip › Connections.csv"; cleaned
	Format string         // "LinkedIn connections"; empty if not recognised
	Counts map[string]int // nouns read, by noun: "invitation": 212
	// Ignored counts what was understood and passed over on purpose, by kind:
	// "draft": 3, "group message": 40, "other mail": 1204.
	Ignored map[string]int
	// Skipped says why nothing was read of the file; empty if it was read.
	Skipped string
	// Failed says that the file was to be read and could not be; without it,
	// nothing in a skipped file is Kith's business.
	Failed bool
	// Problems are the first rows that could not be used; More counts the rest.
	Problems []Problem
	More     int
}

// Problem is one row, message or card that could not be used.
type Problem struct {
	Row    int    // line, message or card number, from 1; 0 if the file as a whole
	Column string // column or field; empty if the row as a whole
	Msg    string // what is wrong and what to do, one line, cleaned
}

// maxProblems is how many problems a file's report names one by one.
const maxProblems = 5

// job is one file being read: the reader's way to the sink and the report.
type job struct {
	FileReport
	sink  Sink
	owner *Owner
	opt   *Options
	// again opens the file once more, for readers that must look at all of it
	// before they read it. It may be nil.
	again func() (io.ReadCloser, error)
	// own collects the member's own profile from the files of one archive; it
	// is handed to the sink when the last of them has been read. Only readers
	// of phaseOwn use it.
	own *ownProfile
}

// count notes that one noun was read.
func (j *job) count(noun string) {
	if j.Counts == nil {
		j.Counts = map[string]int{}
	}
	j.Counts[noun]++
}

// ignore notes that something was understood and passed over on purpose.
func (j *job) ignore(kind string) {
	if j.Ignored == nil {
		j.Ignored = map[string]int{}
	}
	j.Ignored[kind]++
}

// problem notes something that could not be used.
func (j *job) problem(row int, column, msg string) {
	if len(j.Problems) == maxProblems {
		j.More++
		return
	}
	j.Problems = append(j.Problems, Problem{Row: row, Column: kith.CleanLine(column), Msg: kith.CleanLine(msg)})
}

// phase orders the formats: what a reader needs must have been read before.
type phase int

const (
	phaseOwn      phase = iota // the member's own profile and addresses
	phaseInvite                // invitations: they reveal the member's own link
	phaseConnect               // connections, address books, applications, mails, PDFs
	phaseExchange              // messages and calendars: they need the owner
)

// format is one kind of file Kith reads.
type format struct {
	name  string // "LinkedIn connections"
	phase phase
	// is reports whether a file that starts with head is of this format; name
	// is its base name and only a hint.
	is func(name string, head []byte) bool
	// read streams the file into the job. An error means that the file as a
	// whole could not be read: one line that says what and what to do.
	read func(ctx context.Context, r io.Reader, j *job) error
}
