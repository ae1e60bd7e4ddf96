package bench

import "slices"

// Rule is one rule in every language: it fires or not, and adds its weight if
// it does.
type Rule struct {
	ID string
	// Weight is in natural log-odds.
	Weight float64
	// Text is the condition over the names of [Facts.Values]. It is the neutral
	// form, and expr and CEL read it as it stands.
	Text string
	// Cedar is the condition of a policy, over context.
	Cedar string
	// Rego holds one rule body a line; any of them is enough.
	Rego string
}

// Rules lists the forty: thirty-two weighing signals of Kith's catalogue and
// eight as a member would write them.
func Rules() []Rule { return slices.Concat(tieRules(), worthRules(), genuineRules(), memberRules()) }

// tieRules are what two people have in common.
func tieRules() []Rule {
	return []Rule{
		{"colleague", 1.2, `same_employer == "now"`,
			`context.same_employer == "now"`,
			`input.same_employer == "now"`},
		{"former-colleague", .7, `same_employer == "earlier"`,
			`context.same_employer == "earlier"`,
			`input.same_employer == "earlier"`},
		{"same-school", .7, `same_school`,
			`context.same_school`,
			`input.same_school`},
		{"same-programme", .7, `same_programme && !same_school`,
			`context.same_programme && !context.same_school`,
			`input.same_programme; not input.same_school`},
		{"same-volunteering", .7, `same_volunteering`,
			`context.same_volunteering`,
			`input.same_volunteering`},
		{"same-industry", .5, `same_industry && !in_area`,
			`context.same_industry && !context.in_area`,
			`input.same_industry; not input.in_area`},
		{"in-area", 1.2, `in_area`,
			`context.in_area`,
			`input.in_area`},
		{"same-group", .4, `same_group && !active_in_group`,
			`context.same_group && !context.active_in_group`,
			`input.same_group; not input.active_in_group`},
		{"active-in-group", .9, `active_in_group`,
			`context.active_in_group`,
			`input.active_in_group`},
	}
}

// worthRules are what the person, the note and the answer are worth.
func worthRules() []Rule {
	return []Rule{
		{"admired", 1, `admired`,
			`context.admired`,
			`input.admired`},
		{"shares-topics", .3, `shares_topics`,
			`context.shares_topics`,
			`input.shares_topics`},
		{"recruiter", 1.2, `recruiter`,
			`context.recruiter`,
			`input.recruiter`},
		{"sells-programmes", -2.6, `sells_programmes`,
			`context.sells_programmes`,
			`input.sells_programmes`},
		{"unprofessional", -1.5, `unprofessional`,
			`context.unprofessional`,
			`input.unprofessional`},
		{"note-specific", .9, `note == "specific"`,
			`context.note == "specific"`,
			`input.note == "specific"`},
		{"note-empty", -.7, `note == "empty" && mutual < 5 && !(same_employer in ["now", "earlier"])`,
			`context.note == "empty" && context.mutual < 5 && !(["now", "earlier"].contains(context.same_employer))`,
			`input.note == "empty"; input.mutual < 5; not input.same_employer in {"now", "earlier"}`},
		{"note-generic", -.7, `note == "generic" && mutual < 5 && !(same_employer in ["now", "earlier"])`,
			`context.note == "generic" && context.mutual < 5 && !(["now", "earlier"].contains(context.same_employer))`,
			`input.note == "generic"; input.mutual < 5; not input.same_employer in {"now", "earlier"}`},
		{"note-pitch", -1.2, `note == "pitch"`,
			`context.note == "pitch"`,
			`input.note == "pitch"`},
		{"wants-contacts", -2.4, `wants_contacts`,
			`context.wants_contacts`,
			`input.wants_contacts`},
		{"follower-elsewhere", -.8, `elsewhere == "follower"`,
			`context.elsewhere == "follower"`,
			`input.elsewhere == "follower"`},
		{"replied", 1.3, `replied`,
			`context.replied`,
			`input.replied`},
	}
}

// genuineRules are what speaks for or against a real person.
func genuineRules() []Rule {
	return []Rule{
		{"verified", 1.5, `verified`,
			`context.verified`,
			`input.verified`},
		{"old-account", .7, `account_days > 365`,
			`context.account_days > 365`,
			`input.account_days > 365`},
		{"new-account", -.8, `account_days >= 0 && account_days < 30`,
			`context.account_days >= 0 && context.account_days < 30`,
			`input.account_days >= 0; input.account_days < 30`},
		{"many-mutuals", .5, `mutual >= 5`,
			`context.mutual >= 5`,
			`input.mutual >= 5`},
		{"complete-profile", .4, `completeness == "complete" && focus != "industry"`,
			`context.completeness == "complete" && context.focus != "industry"`,
			`input.completeness == "complete"; input.focus != "industry"`},
		{"thin-profile", -.9, `completeness == "thin"`,
			`context.completeness == "thin"`,
			`input.completeness == "thin"`},
		{"industry-only", -.8, `focus == "industry"`,
			`context.focus == "industry"`,
			`input.focus == "industry"`},
		{"no-photo", -.4, `photo == "none"`,
			`context.photo == "none"`,
			`input.photo == "none"`},
		{"stock-photo", -1.5, `photo == "stock"`,
			`context.photo == "stock"`,
			`input.photo == "stock"`},
		{"few-connections", -.4, `connections >= 0 && connections < 50`,
			`context.connections >= 0 && context.connections < 50`,
			`input.connections >= 0; input.connections < 50`},
		{"look-alikes", -1, `look_alikes > 0`,
			`context.look_alikes > 0`,
			`input.look_alikes > 0`},
	}
}

// memberRules are eight as a member would write them.
func memberRules() []Rule {
	return []Rule{
		{"abroad", -.5, `country != "" && country != "NL"`,
			`context.country != "" && context.country != "NL"`,
			`input.country != ""; input.country != "NL"`},
		{"stranger-without-a-word", -.6, `mutual >= 0 && mutual < 3 && note in ["empty", "default"]`,
			`context.mutual >= 0 && context.mutual < 3 && ["empty", "default"].contains(context.note)`,
			`input.mutual >= 0; input.mutual < 3; input.note in {"empty", "default"}`},
		{"recruiter-in-area", .8, `recruiter && in_area && mutual >= 1`,
			`context.recruiter && context.in_area && context.mutual >= 1`,
			`input.recruiter; input.in_area; input.mutual >= 1`},
		{"thin-and-new", -1, `completeness == "thin" && account_days >= 0 && account_days < 90 && !verified`,
			`context.completeness == "thin" && context.account_days >= 0 && context.account_days < 90 && !context.verified`,
			`input.completeness == "thin"; input.account_days >= 0; input.account_days < 90; not input.verified`},
		{"alumni-in-field", .6, `same_school && (same_industry || in_area)`,
			`context.same_school && (context.same_industry || context.in_area)`,
			"input.same_school; input.same_industry\ninput.same_school; input.in_area"},
		{"well-linked", .3, `same_industry && connections >= 500`,
			`context.same_industry && context.connections >= 500`,
			`input.same_industry; input.connections >= 500`},
		{"group-pitch", -.7, `same_group && !active_in_group && note in ["pitch", "generic"]`,
			`context.same_group && !context.active_in_group && ["pitch", "generic"].contains(context.note)`,
			`input.same_group; not input.active_in_group; input.note in {"pitch", "generic"}`},
		{"vouched-newcomer", .4, `account_days >= 0 && account_days < 365 && mutual >= 3 && photo in ["present", "professional"]`,
			`context.account_days >= 0 && context.account_days < 365 && context.mutual >= 3 && ["present", "professional"].contains(context.photo)`,
			`input.account_days >= 0; input.account_days < 365; input.mutual >= 3; input.photo in {"present", "professional"}`},
	}
}
