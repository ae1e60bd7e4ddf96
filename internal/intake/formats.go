package intake

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// formats lists the kinds of file Kith reads beside the tables of the LinkedIn
// archive (archive_tables.go), the most particular first.
func formats() []format {
	return slices.Concat(
		pdfFormats,
		mailFormats(),
		calendarFormats(),
		bookFormats(),
	)
}

// Why nothing is read of a file that was understood well enough to say so.
const (
	notUsed  = "not used by Kith"
	noReader = "no reader for this kind of file"
)

// classify tells from its first bytes what a file is; its name is only a hint,
// because archives come with translated names. why is empty if the file is to be
// read.
func classify(name string, head []byte) (f format, why string) {
	headers := headerRows(head)
	for _, t := range tables {
		if !t.matches(name, headers) {
			continue
		}
		if t.read == nil {
			return format{name: t.name}, notUsed
		}
		return t.format(), ""
	}
	for _, f := range formats() {
		if f.is(name, head) {
			return f, ""
		}
	}
	key := fileKey(name)
	for _, t := range tables {
		if len(headers) > 0 && slices.Contains(t.files, key) {
			return format{}, fmt.Sprintf("named like %s but has no column %q; export the archive again", t.name, headers[0].cols.missing(t.needs...))
		}
	}
	if slices.Contains(unusedNames, key) {
		return format{}, notUsed
	}
	return format{}, noReader
}

// isSensitive reports whether a file's name says that it holds what Kith must
// not even look at: sign-ins with their addresses, identity papers, telephone
// numbers.
func isSensitive(name string) bool { return slices.Contains(sensitiveNames, fileKey(name)) }

// fileKey folds the name of a CSV file. LinkedIn writes the same name with
// spaces, with underscores or with neither, and numbers the parts of a file;
// browsers number its copies.
func fileKey(name string) string {
	base, ok := strings.CutSuffix(strings.ToLower(path.Base(name)), ".csv")
	if !ok {
		return ""
	}
	return strings.TrimRight(columnKey(base), "0123456789()")
}

var sensitiveNames = []string{
	"logins", "phonenumbers", "securitychallenges", "verifications", "whatsappphonenumbers",
}

// unusedNames are files of the archive that Kith knows and has no use for,
// where the name says more than the header row.
var unusedNames = []string{
	"accountstatushistory", "adsclicked", "adtargeting", "articles", "causesyoucareabout",
	"certifications", "comments", "companyfollows", "courses", "endorsementgiveninfo",
	"endorsementreceivedinfo", "events", "groups", "hashtagfollows", "honors", "inferencesaboutyou",
	"instantreposts", "interests", "jobapplicantsavedanswers",
	"jobapplicantsavedscreeningquestionresponses", "languages", "learning", "learningcoachmessages",
	"memberfollows", "opportunities", "opprtunities", "patents", "projects", "publications",
	"reactions", "receipts", "receiptsv", "recommendationsgiven", "recommendationsreceived",
	"registration", "richmedia", "saveditems", "savedjobs", "searchqueries", "shares",
	"testscores", "votes",
}
