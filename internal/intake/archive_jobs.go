package intake

import (
	"slices"
	"strings"

	"kith"
)

// readApplications reads Job Applications.csv and its numbered parts.
func readApplications(t *rows) {
	date, company, title := t.at("Application Date"), t.at("Company Name"), t.at("Job Title")
	for t.next() {
		a := kith.Application{Organisation: t.line(company), Title: t.line(title), Source: kith.FromArchive}
		var ok bool
		if a.At, _, ok = t.date(date); !ok || a.Organisation == "" {
			t.problem("Application Date", "no date Kith knows, or no company; the row was left out")
			continue
		}
		t.job.sink.Application(a)
		t.job.count("application")
	}
}

// readJobPreferences reads Job Seeker Preferences.csv: one row of what the
// member is looking for, empty if they never said.
func readJobPreferences(t *rows) {
	wishes := []int{t.at("Job Titles"), t.at("Dream Companies"), t.at("Locations"), t.at("Preferred Job Types")}
	open := t.at("Open To Recruiters")
	var searching, recruiters bool
	for t.next() {
		searching = searching || slices.ContainsFunc(wishes, func(col int) bool { return t.line(col) != "" })
		answer := strings.ToLower(t.line(open))
		recruiters = recruiters || answer == "yes" || answer == "true"
	}
	t.hint(searching, kith.JobSearch, "your archive holds job-seeker preferences")
	t.hint(recruiters, kith.AttractRecruiters, "your archive says that you are open to recruiters")
}

// readJobAlerts reads SavedJobAlerts.csv.
func readJobAlerts(t *rows) {
	found := false
	for t.next() {
		found = true
	}
	t.hint(found, kith.JobSearch, "your archive holds job alerts")
}

// hint proposes a goal if the file speaks for it.
func (t *rows) hint(found bool, goal kith.Goal, why string) {
	if !found || t.err != nil {
		return
	}
	t.job.sink.Hint(kith.Hint{Goal: goal, Why: why})
	t.job.count("hint")
}
