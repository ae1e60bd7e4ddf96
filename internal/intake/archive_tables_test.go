package intake

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kith"
)

const (
	mara = "https://www.linkedin.com/in/mara-quillon-demo"
	teo  = "https://www.linkedin.com/in/teobrandl-demo"
)

// TestClassify tells files by their header rows, whatever they are called, and
// says why one is not read.
func TestClassify(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, format, why string }{
		{"Einladungen.csv", invitationsHeader, "LinkedIn invitations", ""},
		{"x", "From,To,Sent At,Message,Direction\n", "LinkedIn invitations", ""},
		{"x.csv", "From,To,Sent At,Message,Direction,inviterProfileUrn,inviteeProfileUrn\n", "LinkedIn invitations", ""},
		{"Kontakte.csv", "First Name,Last Name,Email Address,Company,Position,Connected On\n", "LinkedIn connections", ""},
		{"Messages.csv", "From,To,Date,Subject,Content,Direction,Folder\n", "LinkedIn messages", ""},
		{"messages.csv", messagesHeader, "LinkedIn messages", ""},
		{"x.csv", "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n", "LinkedIn messages", ""},
		{"Profile.csv", "First Name,Last Name,Maiden Name,Address,Birth Date,Contact Instructions,Headline,Summary,Industry,Country,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n", "LinkedIn profile", ""},
		{"Kenntnisse.csv", "Name\nOars\n", "LinkedIn skills", ""},
		{"Members.csv", "Name\nOars\n", "", noReader},
		{"Courses.csv", "Name,Number\n", "", notUsed},
		{"Imported Contacts.csv", "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,Instant Message Handles,Addresses,Sites,Full Name,Birthday,Location,Bookmarked At,Profiles\n", "LinkedIn imported contacts", ""},
		{"ImportedContacts.csv", "FirstName, MiddleName, LastName, Emails, PhoneNumbers, Title, Location, CreatedAt, UpdatedAt\n", "LinkedIn imported contacts", ""},
		{"Anmeldungen.csv", "Login Date,IP Address,User Agent,Login Type\n", "LinkedIn sign-ins", notUsed},
		{"Endorsement Received Info.csv", "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Display Status,Endorsement Status\n", "LinkedIn endorsements", notUsed},
		{"Rich_Media.csv", "Date/Time,Media Description,Media Link\n", "", notUsed},
		{"Receipts_v2.csv", "Transaction\n", "", notUsed},
		{"Shares_998877.csv", "Date,ShareLink\n", "", notUsed},
		{"Ad_Targeting.csv", "Company Names,Company Names,Company Names\n", "", notUsed},
		{"Invitations (1).csv", "From,To,Message,Direction\n", "", "named like LinkedIn invitations but has no column \"Sent At\"; export the archive again"},
		{"article.html", "<html><body>", "", noReader},
		{"photo.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF", "", noReader},
	}
	for _, test := range tests {
		f, why := classify(test.name, []byte(test.text))
		if f.name != test.format || why != test.why || (f.read != nil) != (why == "") {
			t.Errorf("%s: %q, %q; want %q, %q", test.name, f.name, why, test.format, test.why)
		}
	}
	for _, name := range []string{"Logins.csv", "Verifications/Verifications.csv", "Phone Numbers.csv", "Whatsapp Phone Numbers.csv"} {
		if !isSensitive(name) {
			t.Errorf("%s would be opened", name)
		}
	}
}

func TestTablesAreTold(t *testing.T) {
	t.Parallel()
	for i := range tables {
		row := []headerRow{{',', newColumns(columnsOf(tables[i].needs))}}
		for k := range tables {
			name := "Skills.csv"
			if i != k && tables[k].matches(name, row) && tables[i].name != tables[k].name {
				t.Errorf("the columns of %s are taken for %s", tables[i].name, tables[k].name)
			}
		}
	}
}

func columnsOf(names []string) [][]byte {
	var cells [][]byte
	for _, name := range names {
		cells = append(cells, []byte(name))
	}
	return cells
}

func TestInvitationEras(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		who  kith.Person
		own  string
	}{
		"names only": {
			text: "From,To,Sent At,Message,Direction\nOdile Farrow,Mara Quillon,\"3/14/18, 9:05 AM\",,INCOMING\n",
			who:  kith.Person{Name: "Odile Farrow"},
		},
		"member numbers": {
			text: "From,To,Sent At,Message,Direction,inviterProfileUrn,inviteeProfileUrn\nOdile Farrow,Mara Quillon,\"6/14/23, 9:05 AM\",,INCOMING,urn:li:member:4711,urn:li:member:12\n",
			who:  kith.Person{Name: "Odile Farrow", URN: "4711"},
		},
		"links": {
			text: invitationsHeader + "Odile Farrow,Mara Quillon,\"6/14/26, 9:05 AM\",,INCOMING,https://www.linkedin.com/in/Odile-Farrow-Demo?trk=x," + mara + "\n",
			who:  kith.Person{Name: "Odile Farrow", Slug: "odile-farrow-demo"}, own: "mara-quillon-demo",
		},
		"links with a slash": {
			text: invitationsHeader + "Odile Farrow,Mara Quillon,\"6/14/23, 9:05 AM\",,INCOMING,https://www.linkedin.com/in/odile-farrow-demo/," + mara + "/\n",
			who:  kith.Person{Name: "Odile Farrow", Slug: "odile-farrow-demo"}, own: "mara-quillon-demo",
		},
		"a number that is none": {
			text: "From,To,Sent At,Message,Direction,inviterProfileUrn,inviteeProfileUrn\nOdile Farrow,Mara Quillon,6/14/23,,INCOMING,urn:li:member:47x,\n",
			who:  kith.Person{Name: "Odile Farrow"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, report := readPaths(t, writeFile(t, "Invitations.csv", []byte(test.text)))
			if len(h.Invitations) != 1 {
				t.Fatalf("report %+v", report.Files)
			}
			got := h.Invitations[0]
			if got.Who.Name != test.who.Name || got.Who.Slug != test.who.Slug || got.Who.URN != test.who.URN || got.Direction != kith.Incoming {
				t.Errorf("got %+v, want %+v", got.Who, test.who)
			}
			if report.Owner.Slug != test.own || report.Owner.Name != "Mara Quillon" {
				t.Errorf("owner %+v", report.Owner)
			}
			if !got.Note.IsNot() || got.Note.Source != kith.FromArchive {
				t.Errorf("an empty note is %+v, want observed absent", got.Note)
			}
		})
	}
}

// TestInvitationRows reports rows that cannot be used with row and column.
func TestInvitationRows(t *testing.T) {
	t.Parallel()
	const ends = ",INCOMING,https://www.linkedin.com/in/odile-farrow-demo," + mara + "\n"
	tests := map[string]struct {
		row  string
		want Problem
		kept bool
	}{
		"a bad date":      {"Odile Farrow,Mara Quillon,yesterday," + ends, Problem{3, "Sent At", "not a date Kith knows; the row was left out"}, false},
		"no direction":    {"Odile Farrow,Mara Quillon,9/3/26,,SIDEWAYS,,\n", Problem{3, "Direction", "neither INCOMING nor OUTGOING; the row was left out"}, false},
		"nobody":          {",Mara Quillon,9/3/26,,INCOMING,,\n", Problem{3, "", "names nobody; the row was left out"}, false},
		"another link":    {"Odile Farrow,Mara Quillon,9/3/26,,INCOMING,https://example.org/in/x," + mara + "\n", Problem{3, "inviterProfileUrl", "not a link to a LinkedIn profile; it was left out"}, true},
		"a long note":     {"Odile Farrow,Mara Quillon,9/3/26," + strings.Repeat("x", maxTextLetters+1) + ends, Problem{3, "Message", "longer than any note the site takes; cut"}, true},
		"two own links":   {"Odile Farrow,Mara Quillon,9/3/26,,OUTGOING,https://www.linkedin.com/in/other," + teo + "\n", Problem{0, "", "names the member by several links; which of them is theirs cannot be told"}, true},
		"only two fields": {"Odile Farrow,Mara Quillon\n", Problem{3, "", "has 2 columns where the first row has 7; left out"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, f := readFile(t, "Invitations.csv", honestRows+test.row)
			if !slices.Equal(f.Problems, []Problem{test.want}) || (len(h.Invitations) == 2) != test.kept {
				t.Errorf("%d invitations, problems %+v", len(h.Invitations), f.Problems)
			}
		})
	}
}

// TestX1 bounds a note of a million letters and takes piled-up marks away.
func TestX1(t *testing.T) {
	t.Parallel()
	note := func(text string) kith.Opt[string] {
		h, _ := readFile(t, "Invitations.csv", invitationsHeader+"Odile Farrow,Mara Quillon,9/3/26,\""+text+"\",INCOMING,,\n")
		if len(h.Invitations) != 1 {
			t.Fatalf("%d invitations", len(h.Invitations))
		}
		return h.Invitations[0].Note
	}
	if got := note(strings.Repeat("x", 1_000_000)); len(got.Val) != maxTextLetters {
		t.Errorf("a long note has %d letters", len(got.Val))
	}
	if got := note("H" + strings.Repeat("\u0301", 500) + "i"); len([]rune(got.Val)) > 6 {
		t.Errorf("500 marks became %q", got.Val)
	}
	if got := note(strings.Repeat("line\n", 300)); strings.Count(got.Val, "\n") != 299 {
		t.Errorf("300 lines became %d", strings.Count(got.Val, "\n")+1)
	}
	if got := note(" \n "); !got.IsNot() {
		t.Errorf("a note of spaces is %+v", got)
	}
}

// TestX2 takes what reverses and hides text out of names.
func TestX2(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Odile\u202eworraF": "OdileworraF", "Odile \u2066Farrow\u2069": "Odile Farrow",
		"ad\u200bmin": "admin", "Odile\x1b[31m Farrow": "Odile[31m Farrow", "Odile \t Farrow": "Odile Farrow",
		"Аnna Farrow": "Аnna Farrow", // a Cyrillic letter is a letter
	} {
		h, _ := readFile(t, "Invitations.csv", invitationsHeader+"\""+name+"\",Mara Quillon,9/3/26,,INCOMING,,\n")
		if got := h.Invitations[0].Who.Name; got != want {
			t.Errorf("%q became %q, want %q", name, got, want)
		}
	}
}

// TestDateOrder reads dates as month first until one proves the opposite for
// its whole file.
func TestDateOrder(t *testing.T) {
	t.Parallel()
	rows := func(dates ...string) string {
		var b strings.Builder
		b.WriteString(invitationsHeader)
		for _, d := range dates {
			b.WriteString("Odile Farrow,Mara Quillon,\"" + d + "\",,INCOMING,,\n")
		}
		return b.String()
	}
	tests := map[string]struct {
		dates    []string
		want     []time.Month
		problems int
	}{
		"nothing proves anything": {[]string{"3/4/26, 9:05 AM", "4/3/26"}, []time.Month{3, 4}, 0},
		"the month is first":      {[]string{"3/4/26, 9:05 AM", "4/30/26"}, []time.Month{3, 4}, 0},
		"the day is first":        {[]string{"3/4/26, 9:05", "30/4/26"}, []time.Month{4, 4}, 0},
		"both":                    {[]string{"3/4/26, 9:05", "30/4/26", "4/30/26"}, []time.Month{4, 4}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, f := readFile(t, "Invitations.csv", rows(test.dates...))
			var got []time.Month
			for _, inv := range h.Invitations {
				got = append(got, inv.SentAt.Month())
			}
			if !slices.Equal(got, test.want) || len(f.Problems) != test.problems {
				t.Errorf("months %v, want %v; report %+v", got, test.want, f)
			}
		})
	}
}

func TestConnections(t *testing.T) {
	t.Parallel()
	h, f := readFile(t, "Connections.csv", connectionsHeader+
		"Teo,Brandl,"+teo+",Teo@Example.org,Brandl,Maker,soon\n"+
		"Sanna,\"Virtanen 🌊, MBA\",,not an address,,,4-Apr-21\n"+
		",,,,,,07 Jun 2026\n"+
		",,,,,,\n")
	if len(h.Connections) != 3 {
		t.Fatalf("%d connections: %+v", len(h.Connections), f)
	}
	if c := h.Connections[0]; !c.ConnectedAt.IsZero() || c.Who.Slug != "teobrandl-demo" || c.Who.Emails[0] != "teo@example.org" {
		t.Errorf("a row without a date that can be read: %+v", c)
	}
	if c := h.Connections[1]; c.Who.Name != "Sanna Virtanen 🌊, MBA" || c.Who.Emails != nil || c.ConnectedAt.Year() != 2021 {
		t.Errorf("got %+v", c)
	}
	if c := h.Connections[2]; c.Who.Name != "" || c.ConnectedAt.Month() != time.June {
		t.Errorf("a hidden member: %+v", c)
	}
	want := []Problem{{2, "Connected On", "not a date Kith knows; the row is used without it"}, {5, "", "names nobody; the row was left out"}}
	if !slices.Equal(f.Problems, want) {
		t.Errorf("problems %+v", f.Problems)
	}
}

// TestOwnProfileStates keeps apart what a file says there is none of and what
// no file speaks of.
func TestOwnProfileStates(t *testing.T) {
	t.Parallel()
	h, report := readPaths(t,
		writeFile(t, "Profile.csv", []byte("First Name,Last Name,Headline,Summary,Industry\nMara,Quillon,,,\n")),
		writeFile(t, "Skills.csv", []byte("Name\n")),
		writeFile(t, "Positions.csv", []byte("Company Name,Title,Description,Location,Started On,Finished On\nFjord,Engineer,,,Sep 2015,soon\nGauge,Scientist,,,2019,\n")))
	if len(h.Profiles) != 1 || !h.Profiles[0].Own {
		t.Fatalf("profiles %+v", h.Profiles)
	}
	facts := h.Profiles[0].Facts
	if !facts.Headline.IsNot() || !facts.Summary.IsNot() || !facts.Skills.IsNot() || facts.Education.Known() || facts.Location.Known() || facts.Photo.Known() {
		t.Errorf("facts %+v", facts)
	}
	if len(facts.Positions.Val) != 1 || !facts.Positions.Val[0].Current() {
		t.Errorf("positions %+v", facts.Positions.Val)
	}
	if report.Owner.Name != "Mara Quillon" {
		t.Errorf("owner %+v", report.Owner)
	}
}

func TestOwnSummary(t *testing.T) {
	t.Parallel()
	h, _ := readPaths(t,
		writeFile(t, "Profile.csv", []byte("First Name,Last Name,Headline,Summary,Industry\nMara,Quillon,,,\n")),
		writeFile(t, "Profile Summary.csv", []byte("Profile Summary\n\"I measure\nthe sea.\"\n")))
	if got := h.Profiles[0].Facts.Summary.Val; got != "I measure\nthe sea." {
		t.Errorf("summary %q", got)
	}
}

func TestContacts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		name, text string
		want       kith.Contact
	}{
		"2018": {"Imported Contacts.csv",
			"First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At,Full Name,Profiles\n,,\"Brandl, Ltd\",,teo@example.org,,,Teo Brandl,https://example.org " + teo + "\n",
			kith.Contact{Who: kith.Person{Name: "Teo Brandl", Slug: "teobrandl-demo", Emails: []string{"teo@example.org"}}, Organisations: []string{"Brandl, Ltd"}}},
		"with a middle name": {"ImportedContacts.csv",
			"FirstName, MiddleName, LastName, Emails, PhoneNumbers, Title, Location, CreatedAt, UpdatedAt\nTeo,M.,Brandl,\"teo@example.org, Teo@Brandl.example\",,,,,\n",
			kith.Contact{Who: kith.Person{Name: "Teo M. Brandl", First: "Teo", Emails: []string{"teo@example.org", "teo@brandl.example"}}}},
		"an address alone": {"Contacts.csv",
			"FirstName,LastName,Emails,PhoneNumbers,CreatedAt\n,,teo@example.org,,\n",
			kith.Contact{Who: kith.Person{Emails: []string{"teo@example.org"}}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h, f := readFile(t, test.name, test.text)
			test.want.Source = kith.FromArchive
			if len(h.Contacts) != 1 || !reflect.DeepEqual(h.Contacts[0], test.want) {
				t.Errorf("got %+v, want %+v; report %+v", h.Contacts, test.want, f)
			}
		})
	}
}

// TestSmallTables reports what cannot be used in the smaller files.
func TestSmallTables(t *testing.T) {
	t.Parallel()
	const (
		applications = "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n"
		preferences  = "Locations,Industries,Company Employee Count,Preferred Job Types,Job Titles,Open To Recruiters,Dream Companies\n"
		notes        = "Connection First Name,Connection Last Name,Connection Profile URL,Note\n"
		education    = "School Name,Start Date,End Date,Notes,Degree Name,Activities\n"
	)
	tests := []struct {
		name, text      string
		nouns, problems int
		skipped         string
	}{
		{"Job Applications.csv", applications + ",,,Deep Current,,,,\n\"8/30/26, 7:15 PM\",,,,Lead,,,\n\"8/30/26, 7:15 PM\",,,Deep Current,,,,\n", 1, 2, ""},
		{"Job Seeker Preferences.csv", preferences + ",,,,,No,\n", 0, 0, ""},
		{"Job Seeker Preferences.csv", preferences, 0, 0, "holds no rows"},
		{"SavedJobAlerts.csv", "Saved Search Date,Jobs Search Url\n\"8/30/26, 7:15 PM\",https://www.linkedin.com/jobs/\n", 1, 0, ""},
		{"Notes.csv", notes + ",,,a word\nTeo,Brandl,,\"two\nlines\"\n", 1, 1, ""},
		{"Education.csv", education + ",2010,2015,,,\nHigh North,long ago,2015,,,\n", 1, 2, ""},
	}
	for _, test := range tests {
		h, f := readFile(t, test.name, test.text)
		if h.total() != test.nouns || len(f.Problems) != test.problems || f.Skipped != test.skipped {
			t.Errorf("%s: %d nouns, %+v", test.name, h.total(), f)
		}
	}
}

func TestCutText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		n              int
		letters, bytes string
	}{{0, "", ""}, {1, "ø", ""}, {2, "ø🌊", "ø"}, {3, "ø🌊x", "ø"}, {6, "ø🌊x", "ø🌊"}, {9, "ø🌊x", "ø🌊x"}} {
		if l, b := cutLetters("ø🌊x", test.n), string(cutBytes([]byte("ø🌊x"), test.n)); l != test.letters || b != test.bytes {
			t.Errorf("%d: %q, %q; want %q, %q", test.n, l, b, test.letters, test.bytes)
		}
	}
}
