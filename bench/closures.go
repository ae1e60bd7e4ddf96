package bench

import (
	"fmt"

	"kith"
)

// Closures decides with plain Go functions over a struct: the floor that no
// engine with rules as data can go below by much.
func Closures(rules []Rule, cases []kith.Case) (Decide, error) {
	byID := closures()
	fires := make([]func(*Facts) bool, len(rules))
	for i, r := range rules {
		if fires[i] = byID[r.ID]; fires[i] == nil {
			return nil, fmt.Errorf("closures: none for rule %s", r.ID)
		}
	}
	inputs := make([]Facts, len(cases))
	for i := range cases {
		inputs[i] = flatten(&cases[i])
	}
	return func(i int, a *Answer) error {
		a.reset()
		for k := range rules {
			if fires[k](&inputs[i]) {
				a.add(rules[k].ID, rules[k].Weight)
			}
		}
		return nil
	}, nil
}

// closures gives every rule as a Go function.
func closures() map[string]func(*Facts) bool {
	known := func(f *Facts) bool { return f.SameEmployer == "now" || f.SameEmployer == "earlier" }
	return map[string]func(*Facts) bool{
		"colleague":          func(f *Facts) bool { return f.SameEmployer == "now" },
		"former-colleague":   func(f *Facts) bool { return f.SameEmployer == "earlier" },
		"same-school":        func(f *Facts) bool { return f.SameSchool },
		"same-programme":     func(f *Facts) bool { return f.SameProgramme && !f.SameSchool },
		"same-volunteering":  func(f *Facts) bool { return f.SameVolunteering },
		"same-industry":      func(f *Facts) bool { return f.SameIndustry && !f.InArea },
		"in-area":            func(f *Facts) bool { return f.InArea },
		"same-group":         func(f *Facts) bool { return f.SameGroup && !f.ActiveInGroup },
		"active-in-group":    func(f *Facts) bool { return f.ActiveInGroup },
		"admired":            func(f *Facts) bool { return f.Admired },
		"shares-topics":      func(f *Facts) bool { return f.SharesTopics },
		"recruiter":          func(f *Facts) bool { return f.Recruiter },
		"sells-programmes":   func(f *Facts) bool { return f.SellsProgrammes },
		"unprofessional":     func(f *Facts) bool { return f.Unprofessional },
		"note-specific":      func(f *Facts) bool { return f.Note == "specific" },
		"note-empty":         func(f *Facts) bool { return f.Note == "empty" && f.Mutual < 5 && !known(f) },
		"note-generic":       func(f *Facts) bool { return f.Note == "generic" && f.Mutual < 5 && !known(f) },
		"note-pitch":         func(f *Facts) bool { return f.Note == "pitch" },
		"wants-contacts":     func(f *Facts) bool { return f.WantsContacts },
		"follower-elsewhere": func(f *Facts) bool { return f.Elsewhere == "follower" },
		"replied":            func(f *Facts) bool { return f.Replied },
		"verified":           func(f *Facts) bool { return f.Verified },
		"old-account":        func(f *Facts) bool { return f.AccountDays > 365 },
		"new-account":        func(f *Facts) bool { return f.AccountDays >= 0 && f.AccountDays < 30 },
		"many-mutuals":       func(f *Facts) bool { return f.Mutual >= 5 },
		"complete-profile":   func(f *Facts) bool { return f.Completeness == "complete" && f.Focus != "industry" },
		"thin-profile":       func(f *Facts) bool { return f.Completeness == "thin" },
		"industry-only":      func(f *Facts) bool { return f.Focus == "industry" },
		"no-photo":           func(f *Facts) bool { return f.Photo == "none" },
		"stock-photo":        func(f *Facts) bool { return f.Photo == "stock" },
		"few-connections":    func(f *Facts) bool { return f.Connections >= 0 && f.Connections < 50 },
		"look-alikes":        func(f *Facts) bool { return f.LookAlikes > 0 },
		"abroad":             func(f *Facts) bool { return f.Country != "" && f.Country != "NL" },
		"stranger-without-a-word": func(f *Facts) bool {
			return f.Mutual >= 0 && f.Mutual < 3 && (f.Note == "empty" || f.Note == "default")
		},
		"recruiter-in-area": func(f *Facts) bool { return f.Recruiter && f.InArea && f.Mutual >= 1 },
		"thin-and-new": func(f *Facts) bool {
			return f.Completeness == "thin" && f.AccountDays >= 0 && f.AccountDays < 90 && !f.Verified
		},
		"alumni-in-field": func(f *Facts) bool { return f.SameSchool && (f.SameIndustry || f.InArea) },
		"well-linked":     func(f *Facts) bool { return f.SameIndustry && f.Connections >= 500 },
		"group-pitch": func(f *Facts) bool {
			return f.SameGroup && !f.ActiveInGroup && (f.Note == "pitch" || f.Note == "generic")
		},
		"vouched-newcomer": func(f *Facts) bool {
			return f.AccountDays >= 0 && f.AccountDays < 365 && f.Mutual >= 3 &&
				(f.Photo == "present" || f.Photo == "professional")
		},
	}
}
