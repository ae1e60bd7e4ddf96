package intake

import (
	"context"
	"io"
	"slices"
	"strings"
)

// table is one kind of CSV file of the LinkedIn archive. What a file is follows
// from its header row: file names are translated, header rows are not.
type table struct {
	name  string
	phase phase
	// needs are the columns that tell the table from every other one.
	needs []string
	// alone says that a table with other columns is another one.
	alone bool
	// named are beginnings of the file's name in the archive's languages, for a
	// table whose columns alone could mean anything.
	named []string
	// files are the names LinkedIn gives the file, as fileKey folds them. They
	// serve to say which column is missing.
	files []string
	// dated is a column of dates with slashes.
	dated string
	// read reads the rows; nil if Kith has no use for the table.
	read func(*rows)
}

// tables lists the archive's files by header row. The eras of a file differ in
// columns that are not needed.
var tables = []table{
	{name: "LinkedIn invitations", phase: phaseInvite, files: []string{"invitations"}, dated: "Sent At",
		needs: []string{"From", "To", "Sent At", "Direction"}, read: readInvitations},
	{name: "LinkedIn connections", phase: phaseConnect, files: []string{"connections"}, dated: "Connected On",
		needs: []string{"First Name", "Last Name", "Connected On"}, read: readConnections},
	{name: "LinkedIn messages", phase: phaseExchange, files: []string{"messages"}, dated: "Date",
		needs: []string{"From", "To", "Date", "Content", "Folder"}, read: readMessages},

	{name: "LinkedIn profile", phase: phaseOwn, files: []string{"profile"},
		needs: []string{"First Name", "Last Name", "Headline", "Industry"}, read: readOwnProfile},
	{name: "LinkedIn profile summary", phase: phaseOwn, files: []string{"profilesummary"}, alone: true,
		needs: []string{"Profile Summary"}, read: readOwnSummary},
	{name: "LinkedIn positions", phase: phaseOwn, files: []string{"positions"},
		needs: []string{"Company Name", "Title", "Started On", "Finished On"}, read: readOwnPositions},
	{name: "LinkedIn education", phase: phaseOwn, files: []string{"education"},
		needs: []string{"School Name", "Start Date", "End Date"}, read: readOwnEducation},
	{name: "LinkedIn skills", phase: phaseOwn, files: []string{"skills"}, alone: true,
		named: []string{"skill", "kenntnis", "competen", "aptitud", "vaardig"},
		needs: []string{"Name"}, read: readOwnSkills},
	{name: "LinkedIn volunteering", phase: phaseOwn, files: []string{"volunteering", "volunteerexperiences"},
		needs: []string{"Company Name", "Role", "Started On"}, read: readOwnVolunteering},
	{name: "LinkedIn organisations", phase: phaseOwn, files: []string{"organizations"},
		needs: []string{"Name", "Position", "Started On", "Finished On"}, read: readOwnOrganisations},
	{name: "LinkedIn e-mail addresses", phase: phaseOwn, files: []string{"emailaddresses"},
		needs: []string{"Email Address", "Confirmed", "Primary"}, read: readOwnEmails},

	{name: "LinkedIn imported contacts", phase: phaseConnect, files: []string{"contacts", "importedcontacts"},
		needs: []string{"First Name", "Last Name", "Phone Numbers", "Created At"}, read: readContacts},
	{name: "LinkedIn notes", phase: phaseConnect, files: []string{"notes"},
		needs: []string{"Connection First Name", "Connection Last Name", "Note"}, read: readNotes},
	{name: "LinkedIn job applications", phase: phaseConnect, files: []string{"jobapplications"}, dated: "Application Date",
		needs: []string{"Application Date", "Company Name", "Job Title"}, read: readApplications},
	{name: "LinkedIn job-seeker preferences", phase: phaseConnect, files: []string{"jobseekerpreferences"},
		needs: []string{"Job Titles", "Preferred Job Types"}, read: readJobPreferences},
	{name: "LinkedIn job alerts", phase: phaseConnect, files: []string{"savedjobalerts"},
		needs: []string{"Saved Search Date", "Jobs Search Url"}, read: readJobAlerts},
	{name: "LinkedIn job alerts", phase: phaseConnect,
		needs: []string{"ALERT_PARAMETERS", "QUERY_CONTEXT"}, read: readJobAlerts},

	{name: "LinkedIn sign-ins", needs: []string{"Login Date", "IP Address"}},
	{name: "LinkedIn verifications", needs: []string{"Verification type", "Issuing authority"}},
	{name: "LinkedIn endorsements", needs: []string{"Endorsement Date", "Skill Name"}},
	{name: "LinkedIn recommendations", needs: []string{"First Name", "Last Name", "Text", "Creation Date"}},
	{name: "LinkedIn saved jobs", needs: []string{"Saved Date", "Job Url"}},
	{name: "LinkedIn follows", needs: []string{"Organization", "Followed On"}},
	{name: "LinkedIn follows", needs: []string{"Date", "Status", "FullName"}},
	{name: "LinkedIn searches", needs: []string{"Time", "Search Query"}},
	{name: "LinkedIn languages", needs: []string{"Name", "Proficiency"}},
	{name: "LinkedIn certifications", needs: []string{"Name", "Authority", "License Number"}},
	{name: "LinkedIn honours", needs: []string{"Title", "Description", "Issued On"}},
	{name: "LinkedIn honours", needs: []string{"Title", "Description", "Issue Date"}},
}

// matches reports whether a file of that name, with those rows at its start, is
// such a table.
func (t *table) matches(name string, headers []headerRow) bool {
	key := fileKey(name)
	return slices.ContainsFunc(headers, func(h headerRow) bool { return t.accepts(h.cols) }) &&
		(t.named == nil || slices.ContainsFunc(t.named, func(p string) bool { return strings.HasPrefix(key, p) }))
}

// accepts reports whether a row names the table's columns.
func (t *table) accepts(cols columns) bool {
	return cols.has(t.needs...) && (!t.alone || len(cols) == len(t.needs))
}

// format gives the table as a format.
func (t *table) format() format {
	return format{name: t.name, phase: t.phase, read: func(_ context.Context, r io.Reader, j *job) error {
		in, err := newRows(r, j, t.accepts)
		if err != nil {
			return err
		}
		in.dates.now, in.whole = j.opt.Now, true
		if t.dated != "" && j.again != nil {
			if in.dates.order, err = t.order(j); err != nil {
				return err
			}
		}
		t.read(in)
		if in.row.line == 0 && in.err == nil && len(j.Problems) == 0 {
			j.Skipped = "holds no rows"
		}
		return in.err
	}}
}

// order reads the table's dates once to learn whether the day or the month
// comes first. One date with a 13th month proves it for the whole file; without
// a proof it is LinkedIn's own order. A file whose first date has no slash
// needs none.
func (t *table) order(j *job) (dateOrder, error) {
	r, err := j.again()
	if err != nil {
		return monthFirst, err
	}
	defer r.Close()
	in, err := newRows(r, &job{}, t.accepts)
	if err != nil {
		return monthFirst, err
	}
	var proved [2]bool
	for col := in.at(t.dated); in.next(); {
		date := string(cutBytes(in.cell(col), maxDateBytes))
		if order, ok := slashOrder(date); ok {
			proved[order] = true
		} else if proved == [2]bool{} && date != "" && !strings.Contains(date, "/") {
			return monthFirst, in.err
		}
	}
	if !proved[dayFirst] {
		return monthFirst, in.err
	}
	if proved[monthFirst] {
		j.problem(0, t.dated, "some dates have the day first, others the month; all were read as day first")
	}
	return dayFirst, in.err
}
