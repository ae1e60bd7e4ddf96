package api

import (
	"context"
	"encoding/base64"
	"strings"

	"kith"
	"kith/client"
	"kith/internal/app"
)

type contactID struct {
	ID kith.ContactID `path:"id" maxLength:"64" doc:"the contact"`
}

type contactPage struct {
	Page
	Name string `query:"name" maxLength:"200" doc:"the first letters of their names"`
}

func (s *service) contactRoutes() {
	handle(s, "list-contacts", s.listContacts)
	handle(s, "get-contact", func(ctx context.Context, who app.Actor, in *contactID) (*reply[client.ContactDetail], error) {
		c, err := s.app.Contact(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		out := client.ContactDetail{Contact: wireContact(&c.Contact), Emails: c.Emails, Kept: c.Kept,
			Invitations: make([]client.Elsewhere, len(c.Invitations))}
		for i, e := range c.Invitations {
			out.Invitations[i] = wireElsewhere(&app.ElsewhereEntry{Elsewhere: e, Who: c.Contact})
		}
		return &reply[client.ContactDetail]{out}, nil
	})
	handle(s, "drop-contact", func(ctx context.Context, who app.Actor, in *contactID) (*struct{}, error) {
		return nil, s.app.DropContact(ctx, who, in.ID)
	})
}

func (s *service) listContacts(ctx context.Context, who app.Actor, in *contactPage) (*reply[client.Contacts], error) {
	after, err := readNameCursor("contacts", in.After)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Contacts(ctx, who, in.Name, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	list, more := app.Paged(list, in.Limit)
	out := client.Contacts{Contacts: make([]client.Contact, len(list))}
	for i := range list {
		out.Contacts[i] = wireContact(&list[i])
	}
	if more {
		out.Next = nameCursor("contacts", app.CursorOf(&list[len(list)-1]))
	}
	return &reply[client.Contacts]{out}, nil
}

// nameCursor writes down a place in a list that is ordered by name.
func nameCursor(list string, c app.ContactCursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(list + " " + string(c.ID) + " " + c.Name))
}

// readNameCursor reads a place back; empty is the beginning.
func readNameCursor(list, s string) (c app.ContactCursor, err error) {
	if s == "" {
		return c, nil
	}
	data, err := base64.RawURLEncoding.DecodeString(s)
	words := strings.SplitN(string(data), " ", 3)
	if err != nil || len(words) != 3 || words[0] != list || !idRunes(words[1]) || words[2] != kith.FoldText(words[2]) {
		return c, errCursor
	}
	return app.ContactCursor{Name: words[2], ID: kith.ContactID(words[1])}, nil
}

func wireContact(c *app.Contact) client.Contact {
	return client.Contact{ID: string(c.ID), Name: c.Name, Headline: c.Headline, Place: c.Place, Organisation: c.Organisation, Title: c.Title,
		Link: kith.ProfileLink(c.Slug), Book: c.Book, Connected: c.Connected, ConnectedAt: c.ConnectedAt, HeardAt: c.HeardAt}
}
