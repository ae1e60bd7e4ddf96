package client

import (
	"context"
	"net/http"
	"time"
)

// Settings are how a member wants things.
type Settings struct {
	Goals            []string `json:"goals" doc:"what the network is for, words of the goals G1 to G18"`
	Stance           string   `json:"stance" enum:"from-goals,open,balanced,selective,only-known" doc:"how open to strangers; from-goals lets the goals decide"`
	Rules            Rules    `json:"rules" doc:"the member's own rules"`
	Areas            []string `json:"areas" doc:"fields to grow in"`
	Topics           []string `json:"topics" doc:"what the member writes and reads about"`
	Clients          []string `json:"clients" doc:"roles and fields the member sells to"`
	Competitors      []string `json:"competitors" doc:"organisations"`
	Admires          []string `json:"admires" doc:"organisations, groups or people"`
	WorryCompetitors bool     `json:"worry_competitors" doc:"ask before a competitor is accepted"`

	Invites          string    `json:"invites" enum:"everyone,mail,mutual,nobody" doc:"who may invite: everyone, who knows the e-mail address, who has a connection in common, nobody"`
	NotNowUntil      time.Time `json:"not_now_until,omitzero" doc:"nobody may invite until then"`
	ShowsConnections string    `json:"shows_connections" enum:"connections,members,nobody" doc:"who sees the member's connections; nobody also keeps the member out of connections in common"`
	Publishes        bool      `json:"publishes" doc:"whether the policy is shown"`
	Policy           Policy    `json:"policy" doc:"what people who want to invite are told"`
	RemoveSilent     bool      `json:"remove_silent" doc:"accept and see ends a silent connection by itself"`
	Digest           string    `json:"digest" enum:"weekly,daily,never" doc:"how often news come by mail"`
	Mails            []string  `json:"mails" doc:"what mails may be about: invitations, answers, messages, follow-ups"`
}

// Rules are a member's own rules; a mode is off, may or always.
type Rules struct {
	OwnCountry    CountryRule `json:"own-country,omitzero" doc:"decline other countries"`
	PhotoRequired string      `json:"photo-required,omitempty" enum:"off,may,always" doc:"decline without a photo"`
	NoteRequired  string      `json:"note-required,omitempty" enum:"off,may,always" doc:"decline without a note of their own"`
	MinMutual     MutualRule  `json:"min-mutual,omitzero" doc:"decline below a number of mutual connections"`
	KnownOnly     string      `json:"known-only,omitempty" enum:"off,may,always" doc:"decline people known not to be known"`
}

// CountryRule names the member's country and how strong the rule is.
type CountryRule struct {
	Value string `json:"value" maxLength:"600" doc:"name or two letters"`
	When  string `json:"when" enum:"off,may,always"`
}

// MutualRule is a least number and how strong the rule is.
type MutualRule struct {
	Value int    `json:"value" minimum:"0" maximum:"500"`
	When  string `json:"when" enum:"off,may,always"`
}

// Policy is what a member publishes about being invited.
type Policy struct {
	Stance string `json:"stance,omitempty" enum:"from-goals,open,balanced,selective,only-known"`
	Rules  Rules  `json:"rules,omitzero"`
	Asks   string `json:"asks,omitempty" maxLength:"2048" doc:"such as: please say where we met; at most 300 letters"`
}

// SettingsChange changes settings: what is left out (nil) stays as it is, what
// is there replaces what was, lists, rules and policy whole.
type SettingsChange struct {
	Goals            []string   `json:"goals,omitzero" maxItems:"18"`
	Stance           *string    `json:"stance,omitempty" enum:"from-goals,open,balanced,selective,only-known"`
	Rules            *Rules     `json:"rules,omitempty"`
	Areas            []string   `json:"areas,omitzero" maxItems:"100"`
	Topics           []string   `json:"topics,omitzero" maxItems:"100"`
	Clients          []string   `json:"clients,omitzero" maxItems:"100"`
	Competitors      []string   `json:"competitors,omitzero" maxItems:"100"`
	Admires          []string   `json:"admires,omitzero" maxItems:"100"`
	WorryCompetitors *bool      `json:"worry_competitors,omitempty"`
	Invites          *string    `json:"invites,omitempty" enum:"everyone,mail,mutual,nobody"`
	NotNowUntil      *time.Time `json:"not_now_until,omitempty" doc:"a time to come, within a year; 0001-01-01T00:00:00Z ends it"`
	ShowsConnections *string    `json:"shows_connections,omitempty" enum:"connections,members,nobody"`
	Publishes        *bool      `json:"publishes,omitempty"`
	Policy           *Policy    `json:"policy,omitempty"`
	RemoveSilent     *bool      `json:"remove_silent,omitempty"`
	Digest           *string    `json:"digest,omitempty" enum:"weekly,daily,never"`
	Mails            []string   `json:"mails,omitzero" maxItems:"4" doc:"invitations, answers, messages, follow-ups"`
}

// Settings gives the member's own settings.
func (c *Client) Settings(ctx context.Context) (out Settings, err error) {
	err = c.do(ctx, http.MethodGet, "/me/settings", nil, nil, &out)
	return out, err
}

// ChangeSettings changes some of the member's settings and gives all of them.
func (c *Client) ChangeSettings(ctx context.Context, change SettingsChange) (out Settings, err error) {
	err = c.do(ctx, http.MethodPut, "/me/settings", nil, change, &out)
	return out, err
}
