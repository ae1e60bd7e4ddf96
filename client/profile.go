package client

import (
	"context"
	"net/http"
)

// Profile is what a member shows of themselves. Every list may have 100
// entries of 150 letters unless it says otherwise.
type Profile struct {
	Name         string      `json:"name" minLength:"1" maxLength:"400" doc:"at most 100 letters"`
	Headline     string      `json:"headline,omitempty" maxLength:"880" doc:"the line under the name, at most 220 letters"`
	Summary      string      `json:"summary,omitempty" maxLength:"10240" doc:"who I am, at most 2,600 letters"`
	Location     string      `json:"location,omitempty" maxLength:"600" doc:"at most 150 letters"`
	Industry     string      `json:"industry,omitempty" maxLength:"600" doc:"at most 150 letters"`
	Positions    []Position  `json:"positions,omitempty" maxItems:"50" doc:"newest first"`
	Education    []Education `json:"education,omitempty" maxItems:"20" doc:"newest first"`
	Volunteering []string    `json:"volunteering,omitempty" maxItems:"100" doc:"organisations"`
	Groups       []string    `json:"groups,omitempty" maxItems:"100" doc:"names of groups"`
	Skills       []string    `json:"skills,omitempty" maxItems:"100"`
	Topics       []string    `json:"topics,omitempty" maxItems:"100" doc:"what I write about"`
	Languages    []string    `json:"languages,omitempty" maxItems:"100"`
	Links        []string    `json:"links,omitempty" maxItems:"10" doc:"http and https only"`
}

// Position is one job of a profile. A title or an organisation must be there.
type Position struct {
	Title        string `json:"title,omitempty" maxLength:"600"`
	Organisation string `json:"organisation,omitempty" maxLength:"600"`
	From         string `json:"from,omitempty" maxLength:"7" doc:"YYYY or YYYY-MM"`
	To           string `json:"to,omitempty" maxLength:"7" doc:"YYYY or YYYY-MM; empty if it goes on"`
	Description  string `json:"description,omitempty" maxLength:"8192" doc:"at most 2,000 letters"`
}

// Education is one school of a profile.
type Education struct {
	School string `json:"school" minLength:"1" maxLength:"600"`
	Degree string `json:"degree,omitempty" maxLength:"600"`
	From   string `json:"from,omitempty" maxLength:"7" doc:"YYYY or YYYY-MM"`
	To     string `json:"to,omitempty" maxLength:"7" doc:"YYYY or YYYY-MM"`
}

// Profile gives the member's own profile.
func (c *Client) Profile(ctx context.Context) (out Profile, err error) {
	err = c.do(ctx, http.MethodGet, "/me/profile", nil, nil, &out)
	return out, err
}

// SetProfile puts a profile in place of the member's own, whole: what is left
// out is empty then. The answer is the profile as it is kept, cleaned.
func (c *Client) SetProfile(ctx context.Context, p Profile) (out Profile, err error) {
	err = c.do(ctx, http.MethodPut, "/me/profile", nil, p, &out)
	return out, err
}
