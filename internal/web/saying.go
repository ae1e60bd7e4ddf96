package web

import (
	"context"
	"strings"

	"kith"
	"kith/internal/app"
)

// sentences are what the judgement says in English, by key.
var sentences = app.Sentences()

// saying gives the sentence of a reason in the language of the page: as it was
// written when the verdict was kept, or the language's own under signal.<id>
// with the same fact filled in. What settled a disagreement of the articles is
// then said by the language's text under settled.<contradiction>.
func saying(ctx context.Context, r *kith.Reason) string {
	key := "signal." + r.Signal
	c, _ := ctx.Value(catalogueKey{}).(catalogue)
	text, ok := c[key]
	if !ok {
		return r.Text
	}
	text = strings.Replace(text, "{}", filling(sentences[key], r.Text), 1)
	if r.SettledBy == nil {
		return text
	}
	if settled, ok := c["settled."+*r.SettledBy]; ok {
		text += " " + settled
	}
	return text
}

// filling gives what stands in a text where its English sentence has "{}".
func filling(sentence, text string) string {
	before, after, ok := strings.Cut(sentence, "{}")
	rest, begins := strings.CutPrefix(text, before)
	if !ok || !begins {
		return ""
	}
	if end := strings.Index(rest, after); after != "" && end >= 0 {
		return rest[:end]
	}
	return rest
}
