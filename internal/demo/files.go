package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kith"
)

// files writes what the first member brought from elsewhere into a folder, the
// tables of a data archive, an address book, a calendar and a mailbox, and gives
// their names.
func (c *community) files(dir string) (names []string, err error) {
	for _, f := range []struct {
		name string
		make func() ([]byte, error)
	}{
		{"Profile.csv", c.ownProfile}, {"Email Addresses.csv", c.ownAddresses}, {"Connections.csv", c.knownElsewhere},
		{"Invitations.csv", c.invitationsElsewhere}, {"contacts.vcf", c.addressBook}, {"calendar.ics", c.calendar}, {"invitations.mbox", c.mailbox},
	} {
		text, err := f.make()
		if err != nil {
			return nil, err
		}
		name := filepath.Join(dir, f.name)
		if err := os.WriteFile(name, text, 0o600); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

func table(rows ...[]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// link is somebody's profile on the other site.
func (p *person) link() string {
	name, _, _ := strings.Cut(p.email, "@")
	return kith.ProfileLink(strings.ReplaceAll(kith.FoldText(p.profile.Location), " ", "-") + "-" + name)
}

func (c *community) ownProfile() ([]byte, error) {
	h := c.hero()
	given, family, _ := strings.Cut(h.profile.Name, " ")
	return table([]string{"First Name", "Last Name", "Headline", "Summary", "Industry", "Geo Location"},
		[]string{given, family, h.profile.Headline, h.profile.Summary, h.profile.Industry, h.profile.Location})
}

func (c *community) ownAddresses() ([]byte, error) {
	return table([]string{"Email Address", "Confirmed", "Primary", "Updated On"}, []string{c.hero().email, "Yes", "Yes", "1/9/24, 7:30 AM"})
}

func (c *community) knownElsewhere() ([]byte, error) {
	rows := [][]string{{"First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"}}
	for i := range c.known {
		p := &c.known[i]
		given, family, _ := strings.Cut(p.profile.Name, " ")
		at := p.profile.Positions[0]
		rows = append(rows, []string{given, family, p.link(), "", at.Organisation, at.Title, p.joined.Format("02 Jan 2006")})
	}
	return table(rows...)
}

func (c *community) invitationsElsewhere() ([]byte, error) {
	rows := [][]string{{"From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"}}
	h := c.hero()
	for _, v := range c.elsewhere {
		rows = append(rows, []string{v.who.profile.Name, h.profile.Name, v.at.Format("1/2/06, 3:04 PM"), fill(v.note, h, v.who), "INCOMING", v.who.link(), h.link()})
	}
	return table(rows...)
}

// acquaintances are those an invitation marks as in one of the member's books.
func (c *community) acquaintances(marked func(*letter) bool) (out []*person) {
	for _, list := range [][]invitation{c.waiting, c.elsewhere} {
		for i := range list {
			if marked(&list[i].letter) {
				out = append(out, list[i].who)
			}
		}
	}
	return out
}

func (c *community) addressBook() ([]byte, error) {
	var b bytes.Buffer
	for _, p := range c.acquaintances(func(l *letter) bool { return l.book }) {
		given, family, _ := strings.Cut(p.profile.Name, " ")
		fmt.Fprintf(&b, "BEGIN:VCARD\r\nVERSION:3.0\r\nN:%s;%s;;;\r\nFN:%s\r\nEMAIL;TYPE=INTERNET:%s\r\nURL:%s\r\nEND:VCARD\r\n", family, given, p.profile.Name, p.email, p.link())
	}
	return b.Bytes(), nil
}

// meetingEvery is how many days lie between the meetings of the calendar.
const meetingEvery = 17

func (c *community) calendar() ([]byte, error) {
	var b bytes.Buffer
	const layout = "20060102T150405Z"
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Invented//Calendar//EN\r\n")
	for i, p := range c.acquaintances(func(l *letter) bool { return l.met }) {
		at := c.ago(20 + meetingEvery*i)
		fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:meeting%d@calendar.example\r\nDTSTAMP:%s\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:Site visit and lunch\r\n",
			i, at.Format(layout), at.Format(layout), at.Add(2*time.Hour).Format(layout))
		fmt.Fprintf(&b, "ORGANIZER;CN=\"%s\":mailto:%s\r\n", c.hero().profile.Name, c.hero().email)
		for _, who := range []*person{c.hero(), p} {
			fmt.Fprintf(&b, "ATTENDEE;PARTSTAT=ACCEPTED;CN=\"%s\":mailto:%s\r\n", who.profile.Name, who.email)
		}
		b.WriteString("END:VEVENT\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.Bytes(), nil
}

// mailShare is how many of a hundred invitations elsewhere came by mail too,
// from which the headline and connections in common are known.
const mailShare = 80

// padding is a run of invisible letters that keeps the next line of such a mail
// out of its preview.
const padding = "\u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f \u034f "

func (c *community) mailbox() ([]byte, error) {
	var b bytes.Buffer
	for i, v := range c.elsewhere {
		if c.dice.IntN(100) >= mailShare {
			continue
		}
		p, h := v.who, c.hero()
		at := v.at.Add(40 * time.Second)
		fmt.Fprintf(&b, "From invitations@linkedin.com %s\n", at.Format(time.ANSIC))
		for _, line := range [][2]string{
			{"Authentication-Results", "mx.valkenmoor.example; dkim=pass header.d=linkedin.com; dmarc=pass"},
			{"From", mime.QEncoding.Encode("utf-8", p.profile.Name+" via LinkedIn") + " <invitations@linkedin.com>"},
			{"To", h.profile.Name + " <" + h.email + ">"},
			{"Subject", "I want to connect"},
			{"Date", at.Format(time.RFC1123Z)},
			{"Message-ID", fmt.Sprintf("<invitation%d@mail.example>", i)},
			{"X-LinkedIn-Template", "email_m2m_invite_single_01"},
			{"MIME-Version", "1.0"},
			{"Content-Type", "text/plain; charset=UTF-8"},
			{"Content-Transfer-Encoding", "8bit"},
		} {
			fmt.Fprintf(&b, "%s: %s\n", line[0], line[1])
		}
		fmt.Fprintf(&b, "\n%s, respond to %s's invite now.%s\n\n%s\n%s\n%s\n%d connections in common\n\nAccept: %s\nView profile: %s\n\nMore people you may know\n----------\nThis email was intended for %s\n\n",
			h.given, p.given, padding, p.profile.Name, p.profile.Headline, p.profile.Location, 2+c.dice.IntN(5)*c.dice.IntN(5), p.link(), p.link(), h.profile.Name)
	}
	return b.Bytes(), nil
}
