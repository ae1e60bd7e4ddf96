package kith

import "time"

// Facts is everything known for one decision. Raw facts (a headline) and
// conclusions (the same employer) stand side by side; a conclusion that is
// given wins over what would be read from raw facts.
type Facts struct {
	Person   PersonFacts   `json:"person" about:"what the other person shows"`
	Relation RelationFacts `json:"relation" about:"what lies between the two"`
	Note     NoteFacts     `json:"note" about:"the text that came, or goes, with the invitation"`
	History  HistoryFacts  `json:"history" about:"what has happened so far"`
	Answers  Answers       `json:"answers" about:"what the member answered: question id to yes, no or unsure"`
}

// Photo is the state of a profile photo. What a photo shows is never weighed:
// requests of profiles that differ only in a generated face are accepted
// differently by race (QJE 2025, grade A), so a face carries only prejudice.
type Photo uint8

// The states of a photo.
const (
	PhotoNone Photo = iota
	PhotoPresent
	PhotoProfessional
	PhotoStock // recognised as a stock picture by the member
)

// Depth is how much a profile says.
type Depth uint8

// The depths of a profile.
const (
	Thin     Depth = iota + 1 // made in a few moments (R73)
	Ordinary                  // some history, little detail
	Complete                  // history, education, a summary or accomplishments
)

// Focus is what a profile talks about.
type Focus uint8

// The two foci of a profile.
const (
	OnPerson   Focus = iota + 1 // the person's own work
	OnIndustry                  // an industry only, no word on the person (R74)
)

// Amount is a rough count.
type Amount uint8

// The amounts.
const (
	None Amount = iota
	Few
	Many
)

// Seniority is a rung of working life read from a headline.
type Seniority uint8

// The rungs, lowest first.
const (
	StudentLevel Seniority = iota + 1
	EntryLevel
	MidLevel
	SeniorLevel
	ManagerLevel
	DirectorLevel
	ExecutiveLevel
)

// OrgSize is a rough size of an employer: under 50, under 5,000, more.
type OrgSize uint8

// The sizes.
const (
	SmallOrg OrgSize = iota + 1
	MediumOrg
	LargeOrg
)

// Shared says when two people shared something.
type Shared uint8

// When something was shared.
const (
	SharedNone Shared = iota
	SharedEarlier
	SharedNow
)

// Pending is the state of an interview or an application.
type Pending uint8

// The states of an interview or application.
const (
	PendingNone Pending = iota
	Undecided
	Over
)

// Elsewhere is a link on another network.
type Elsewhere uint8

// The links on other networks (R79).
const (
	NotElsewhere Elsewhere = iota
	Linked                 // linked there; whether they exchange anything is unknown
	Follower               // follows, and no exchange
	Exchange               // messages go back and forth there
)

// Acquaintance is knowing each other outside work (R80).
type Acquaintance uint8

// The acquaintances outside work.
const (
	NoAcquaintance      Acquaintance = iota
	RegularAcquaintance              // met regularly, at the gym say
	FamilyAcquaintance               // partner or family of a boss or client
)

// NoteKind is what an invitation's note reads like.
type NoteKind uint8

// The kinds of note.
const (
	NoteEmpty    NoteKind = iota
	NoteDefault           // the platform's own sentence
	NoteGeneric           // could have been sent to anybody
	NotePitch             // sells
	NoteScam              // reads like a known fraud
	NoteSpecific          // names something about the recipient or the two
)

// Suspicion is how far impersonation is known.
type Suspicion uint8

// The degrees of suspicion.
const (
	NotSuspected Suspicion = iota
	Suspected
	Confirmed // out of band: by telephone, by the employer, by the person
)

// Position is one job of a profile.
type Position struct {
	Title        string `json:"title" about:"job title as written"`
	Organisation string `json:"organisation" about:"employer as written"`
	From         string `json:"from" about:"start, YYYY or YYYY-MM"`
	To           string `json:"to" about:"end, YYYY or YYYY-MM; empty if current"`
	Description  string `json:"description" about:"what the person did there"`
}

// Current reports whether the position has not ended.
func (p Position) Current() bool { return p.To == "" }

// Education is one school of a profile.
type Education struct {
	School string `json:"school" about:"school or university as written"`
	Degree string `json:"degree" about:"degree and field as written"`
	From   string `json:"from" about:"start, YYYY or YYYY-MM"`
	To     string `json:"to" about:"end, YYYY or YYYY-MM"`
}

// PersonFacts is what a profile shows, raw and concluded. The same struct
// describes the member's own profile.
type PersonFacts struct {
	Name         Opt[string]      `json:"name" about:"full name; serves only to find the same person, never weighed"`
	Headline     Opt[string]      `json:"headline" about:"the line under the name"`
	Summary      Opt[string]      `json:"summary" about:"the profile's own text"`
	Photo        Opt[Photo]       `json:"photo" about:"state of the photo; never what it shows"`
	Location     Opt[string]      `json:"location" about:"place as written"`
	Industry     Opt[string]      `json:"industry" about:"industry as written"`
	Positions    Opt[[]Position]  `json:"positions" about:"jobs, newest first"`
	Education    Opt[[]Education] `json:"education" about:"schools, newest first"`
	Volunteering Opt[[]string]    `json:"volunteering" about:"organisations volunteered for"`
	Groups       Opt[[]string]    `json:"groups" about:"groups the profile lists"`
	Skills       Opt[[]string]    `json:"skills" about:"skills the profile lists"`
	Topics       Opt[[]string]    `json:"topics" about:"what the person writes about"`
	Connections  Opt[int]         `json:"connections" about:"number of connections the profile shows"`
	Verified     Opt[bool]        `json:"verified" about:"the platform shows a verified work address or identity"`
	AccountDays  Opt[int]         `json:"account_age_days" about:"age of the account in days"`

	Country         Opt[string]    `json:"country" about:"ISO 3166 code read from the stated location"`
	Role            Opt[string]    `json:"role" about:"role family read from the headline"`
	Seniority       Opt[Seniority] `json:"seniority" about:"rung read from the headline"`
	Organisation    Opt[string]    `json:"organisation" about:"current employer"`
	OrgSize         Opt[OrgSize]   `json:"organisation_size" about:"size of the employer"`
	Recruiter       Opt[bool]      `json:"recruiter" about:"recruits or hires"`
	SellsProgrammes Opt[bool]      `json:"sells_programmes" about:"sells diet, exercise, prescription, coaching or get-rich programmes (R75)"`
	Student         Opt[bool]      `json:"student" about:"is studying"`
	Founder         Opt[bool]      `json:"founder" about:"founded or owns the organisation"`
	NonProfit       Opt[bool]      `json:"nonprofit" about:"works for a non-profit or holds a board or governance role"`
	Completeness    Opt[Depth]     `json:"completeness" about:"how much the profile says"`
	Focus           Opt[Focus]     `json:"focus" about:"whether the profile speaks of the person or of an industry only"`
	Tidy            Opt[bool]      `json:"tidy" about:"tidy profile with photo and accomplishments"`
	Misspellings    Opt[Amount]    `json:"misspellings" about:"common misspellings on the profile"`
	OddFormatting   Opt[bool]      `json:"odd_formatting" about:"odd formatting on the profile"`
	Unprofessional  Opt[bool]      `json:"unprofessional" about:"content that is not appropriate or professional (R51)"`
	ScamPhrases     Opt[int]       `json:"scam_phrases" about:"groups of scam phrases in the profile"`
	LookAlikes      Opt[int]       `json:"look_alikes" about:"other invitations from the same firm with like headlines"`
	Crowded         Opt[bool]      `json:"crowded" about:"receives very many invitations"`
}

// RelationFacts is what lies between the member and the person.
type RelationFacts struct {
	Mutual           Opt[int]          `json:"mutual" about:"mutual connections; 0 is a value"`
	SameEmployer     Opt[Shared]       `json:"same_employer" about:"same employer now or earlier"`
	SameSchool       Opt[bool]         `json:"same_school" about:"same school or university"`
	SameProgramme    Opt[bool]         `json:"same_programme" about:"same programme or project"`
	SameVolunteering Opt[bool]         `json:"same_volunteering" about:"same volunteer work"`
	SameIndustry     Opt[bool]         `json:"same_industry" about:"same industry"`
	InArea           Opt[bool]         `json:"in_area" about:"works in an area the member chose to grow in"`
	SameGroup        Opt[bool]         `json:"same_group" about:"member of the same group"`
	ActiveInGroup    Opt[bool]         `json:"active_in_group" about:"noticeably active in that group"`
	Met              Opt[Belief]       `json:"met" about:"met face to face; maybe is an equal name only"`
	MetAt            Opt[time.Time]    `json:"met_at" about:"when they last met"`
	MetWhere         Opt[string]       `json:"met_where" about:"where they last met"`
	AddressBook      Opt[Belief]       `json:"address_book" about:"e-mail address or profile link is in the member's address book; maybe is an equal name only"`
	Competitor       Opt[bool]         `json:"competitor" about:"works for a competitor"`
	Interview        Opt[Pending]      `json:"interview" about:"job interview between the two"`
	Application      Opt[Pending]      `json:"application" about:"the member's application at the person's employer"`
	Offer            Opt[bool]         `json:"offer" about:"the member has the offer"`
	Elsewhere        Opt[Elsewhere]    `json:"elsewhere" about:"link on another network"`
	Senior           Opt[bool]         `json:"senior" about:"senior to the member"`
	Admired          Opt[bool]         `json:"admired" about:"linked to a company, group or achievement the member admires"`
	SharesTopics     Opt[bool]         `json:"shares_topics" about:"writes about the member's topics"`
	LikelyClient     Opt[bool]         `json:"likely_client" about:"has a role and field the member sells to"`
	WantsContacts    Opt[bool]         `json:"wants_contacts" about:"wants only the member's contacts"`
	Acquaintance     Opt[Acquaintance] `json:"acquaintance" about:"acquaintance outside work"`
	FarBetterKnown   Opt[bool]         `json:"far_better_known" about:"far better known than the member"`
	Impersonation    Opt[Suspicion]    `json:"impersonation" about:"poses as somebody else; confirmed only out of band"`
	WholeCompany     Opt[bool]         `json:"whole_company" about:"the member is inviting everybody in the company"`
	Reason           Opt[string]       `json:"reason" about:"the member's own reason to connect"`
	Blocked          Opt[bool]         `json:"blocked" about:"one of the two blocked the other"`
	CoolingUntil     Opt[time.Time]    `json:"cooling_until" about:"no new invitation before this time"`
}

// NoteFacts is the note and what it reads like.
type NoteFacts struct {
	Text            Opt[string]   `json:"text" about:"the note; the empty string is an observed empty note"`
	Kind            Opt[NoteKind] `json:"kind" about:"what the note reads like"`
	ScamPhrases     Opt[int]      `json:"scam_phrases" about:"groups of scam phrases in it"`
	AsksMoney       Opt[bool]     `json:"asks_money" about:"asks for money"`
	AsksCredentials Opt[bool]     `json:"asks_credentials" about:"asks for passwords, codes or bank details"`
	Abusive         Opt[bool]     `json:"abusive" about:"threatens or insults"`
	GivesReason     Opt[bool]     `json:"gives_reason" about:"says why they should connect"`
	Placeholder     Opt[bool]     `json:"placeholder" about:"a template slot was left unfilled"`
	Sentences       Opt[int]      `json:"sentences" about:"number of sentences beside greeting and name"`
	OverLimit       Opt[bool]     `json:"over_limit" about:"longer than the platform takes"`
}

// HistoryFacts is what has happened between the two.
type HistoryFacts struct {
	SentAt           Opt[time.Time] `json:"sent_at" about:"when the invitation was sent"`
	AskedAt          Opt[time.Time] `json:"asked_at" about:"when the member asked the sender a question"`
	Replied          Opt[bool]      `json:"replied" about:"whether an answer came"`
	Reply            Opt[string]    `json:"reply" about:"the answer"`
	ReplyKind        Opt[NoteKind]  `json:"reply_kind" about:"what the answer reads like"`
	AcceptedAt       Opt[time.Time] `json:"accepted_at" about:"when the invitation was accepted"`
	Messages         Opt[int]       `json:"messages" about:"messages exchanged, both directions counted"`
	BothWays         Opt[bool]      `json:"both_ways" about:"they have written to each other both ways"`
	Pitched          Opt[bool]      `json:"pitched" about:"pitched after being accepted"`
	Unwanted         Opt[int]       `json:"unwanted" about:"unwanted messages received after connecting"`
	AskedMoney       Opt[bool]      `json:"asked_money" about:"asked for money in a message"`
	AskedCredentials Opt[bool]      `json:"asked_credentials" about:"asked for passwords, codes or bank details in a message"`
	Abuse            Opt[bool]      `json:"abuse" about:"threatened or insulted in a message"`
	BudgetLeft       Opt[int]       `json:"budget_left" about:"invitations the member may still send this week"`
}
