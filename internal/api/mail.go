package api

import (
	"context"
	"encoding/json"
	"strings"

	"kith/client"
	"kith/internal/app"
)

func (s *service) mailRoutes() {
	handle(s, "get-mailbox", func(ctx context.Context, who app.Actor, _ *struct{}) (*reply[client.Mailbox], error) {
		box, err := s.app.Mailbox(ctx, who)
		return &reply[client.Mailbox]{client.Mailbox{Address: box.Address, Refused: box.Refused}}, err
	})
	handle(s, "resume-mail", func(ctx context.Context, who app.Actor, _ *struct{}) (*struct{}, error) {
		return nil, s.app.ResumeMail(ctx, who)
	})
	handle(s, "get-subscription", func(ctx context.Context, _ app.Actor, in *unsubscribeLink) (*unsubscribePage, error) {
		on, err := s.app.Subscription(ctx, in.Token)
		if err != nil {
			return nil, err
		}
		return in.answer(on)
	})
	// A mail program posts "List-Unsubscribe=One-Click" here, as a form of either
	// kind (RFC 8058), a browser an empty form, a client nothing: all mean the
	// same, and nobody reads it.
	handle(s, "unsubscribe", func(ctx context.Context, _ app.Actor, in *unsubscribeLink) (*unsubscribePage, error) {
		if err := s.app.Unsubscribe(ctx, in.Token); err != nil {
			return nil, err
		}
		return in.answer(false)
	})
}

// unsubscribeLink is a request that came by the link in a letter.
type unsubscribeLink struct {
	Token  string `path:"token" maxLength:"200" doc:"from the link in a letter"`
	Accept string `header:"Accept" doc:"text/html gives a page for a person"`
}

// unsubscribePage answers it, for people as a page, for programs as JSON.
type unsubscribePage struct {
	ContentType string `header:"Content-Type"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// The page is for whoever opens the link in a letter. It needs nothing but
// itself, and its button needs the reader's own hand: opening changes nothing,
// since mail programs open links before their readers do.
const (
	subscribedPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Letters with news</title>
<h1>Letters with news</h1>
<p>You get a letter when there is news for you here.</p>
<form method="post"><button>Stop these letters</button></form>
</html>
`
	unsubscribedPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Letters with news</title>
<h1>Letters with news</h1>
<p>You get no letters with news. In your settings you can turn them on again.</p>
</html>
`
)

func (in *unsubscribeLink) answer(on bool) (*unsubscribePage, error) {
	if strings.Contains(in.Accept, "text/html") {
		page := unsubscribedPage
		if on {
			page = subscribedPage
		}
		return &unsubscribePage{"text/html; charset=utf-8", "default-src 'none'; form-action 'self'; frame-ancestors 'none'", []byte(page)}, nil
	}
	data, err := json.Marshal(client.Subscription{On: on})
	return &unsubscribePage{ContentType: "application/json", Body: data}, err
}
