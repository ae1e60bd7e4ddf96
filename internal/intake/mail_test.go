package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kith"
)

// TestMailGolden reads invented mails in the forms of 2016, 2018 and 2024, in
// four languages and three encodings: what is told of each, and what is not,
// stands in the .golden file beside it.
func TestMailGolden(t *testing.T) {
	t.Parallel()
	testGolden(t, "testdata/mail/*.eml", Owner{})
}

// mailFile gives one of the invented mails.
func mailFile(t testing.TB, name string) string {
	t.Helper()
	return testFile(t, filepath.Join("mail", name))
}

func bookFile(t testing.TB, name string) string {
	t.Helper()
	return testFile(t, filepath.Join("book", name))
}

func testFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// invitationMail writes a mail of LinkedIn's with this body.
func invitationMail(contentType, body string) string {
	return "From: Jonas Feldweg via LinkedIn <invitations@linkedin.com>\nTo: mara@example.net\n" +
		"Subject: I want to connect\nDate: Fri, 3 May 2024 09:13:20 +0000\nContent-Type: " + contentType + "\n\n" + body
}

func TestLetterLanguages(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lang, pre, mutual, accept, view, more, foot string }{
		{"en", "Mara, respond to Jonas Feldweg’s invite now.", "12 connections in common", "Accept", "View profile", "More people you may know", "This email was intended for Mara Quillon (Forecaster)"},
		{"en shared", "Jonas Feldweg would like to connect on LinkedIn. How would you like to respond?", "12 shared connections", "Accept:", "View profile:", "People you may know", "This email was intended for Mara Quillon (Forecaster)."},
		{"de", "Mara, antworten Sie auf die Einladung von Jonas Feldweg.", "12 gemeinsame Kontakte", "Annehmen", "Profil ansehen", "Weitere Personen, die Sie vielleicht kennen", "Diese E-Mail ist für Mara Quillon (Vorhersage) bestimmt."},
		{"fr", "Mara, répondez à l’invitation de Jonas Feldweg.", "12 relations en commun", "Accepter", "Voir le profil", "D’autres personnes que vous pourriez connaître", "Cet e-mail est destiné à Mara Quillon (prévisions)"},
		{"es", "Mara, responde a la invitación de Jonas Feldweg.", "12 contactos en común", "Aceptar", "Ver perfil", "Más personas que podrías conocer", "Este correo electrónico estaba dirigido a Mara Quillon (previsión)"},
		{"it", "Mara, rispondi all’invito di Jonas Feldweg.", "12 collegamenti in comune", "Accetta", "Visualizza profilo", "Altre persone che potresti conoscere", "Questa e-mail era destinata a Mara Quillon (previsioni)"},
		{"pt", "Mara, responda ao convite de Jonas Feldweg.", "12 conexões em comum", "Aceitar", "Exibir perfil", "Mais pessoas que talvez você conheça", "Este e-mail foi destinado a Mara Quillon (previsão)"},
		{"nl", "Mara, reageer op de uitnodiging van Jonas Feldweg.", "12 gemeenschappelijke connecties", "Accepteren", "Profiel weergeven", "Meer mensen die u misschien kent", "Deze e-mail is bedoeld voor Mara Quillon (verwachting)"},
	} {
		t.Run(tt.lang, func(t *testing.T) {
			t.Parallel()
			text := strings.Join([]string{
				tt.pre, "", "Jonas Feldweg, PhD", "Head of Data at Northwind Rivers", "Leeds, United Kingdom", tt.mutual, "",
				tt.accept + " https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/77/sharedKey/k/",
				tt.view, "https://www.linkedin.com/comm/in/jonas-feldweg?midToken=s",
				tt.more, "Oskar Bellweather", "Hydrologist", "99 connections in common", "https://www.linkedin.com/comm/in/oskar-bellweather",
				tt.foot,
			}, "\n")
			want := letter{
				name: "Jonas Feldweg, PhD", headline: "Head of Data at Northwind Rivers", location: "Leeds, United Kingdom",
				slug: "jonas-feldweg", ref: "77", recipient: "Mara Quillon",
				mutual: kith.Opt[int]{Val: 12, State: kith.Present, Source: kith.FromMail},
			}
			if got := readLetter(plainLines(text), "Jonas Feldweg"); got != want {
				t.Errorf("as text: got %+v\nwant %+v", got, want)
			}
			page := "<p>" + strings.ReplaceAll(text, "\n", "</p><p>") + "</p>"
			page = strings.NewReplacer(
				"<p>"+tt.accept+" https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/77/sharedKey/k/</p>",
				`<a href="https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/77/sharedKey/k/"><td>`+tt.accept+`</td></a>`,
				"<p>"+tt.view+"</p><p>https://www.linkedin.com/comm/in/jonas-feldweg?midToken=s</p>",
				`<a href="https://www.linkedin.com/comm/in/jonas-feldweg?midToken=s">`+tt.view+`</a>`,
			).Replace(page)
			if got := readLetter(htmlLines(page), "Jonas Feldweg"); got != want {
				t.Errorf("as a page: got %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestLetterNote(t *testing.T) {
	t.Parallel()
	const button = "\nAccept: https://www.linkedin.com/comm/people/invite-accept?invitationId=5\n"
	for _, tt := range []struct{ name, text, want string }{
		{"none", "Jonas Feldweg\nData\nLeeds" + button, ""},
		{"greeting alone", "Hi Mara,\n\nJonas Feldweg\nData\nLeeds" + button, ""},
		{"LinkedIn's sentence", "Hi Mara, I'd like to join your LinkedIn network.\n\nJonas Feldweg\nData" + button, "Hi Mara, I'd like to join your LinkedIn network."},
		{"two lines", "Hi Mara,\nwe met in Utrecht.\n\nJonas Feldweg\nData" + button, "Hi Mara,\nwe met in Utrecht."},
		{"signed", "We met in Utrecht.\nJonas Feldweg\n\nJonas Feldweg\nData" + button, "We met in Utrecht."},
		{"wrapper", "Confirm that you know Jonas Feldweg\nJonas Feldweg\nData" + button, ""},
		{"names the sender", "Jonas Feldweg here, we met in Utrecht.\nJonas Feldweg\nData" + button, "Jonas Feldweg here, we met in Utrecht."},
		{"below, quoted", "Jonas Feldweg\nData\nLeeds\n“Short one”" + button, "Short one"},
		{"below the number", "Jonas Feldweg\nData\nLeeds\n4 connections in common\nwe both sat on the gauge panel" + button, "we both sat on the gauge panel"},
		{"below, a badge", "Jonas Feldweg\nData\nLeeds\nOpen profile" + button, ""},
		{"padding", "Respond!" + strings.Repeat(" \u034f", 60) + "\nJonas Feldweg\nData" + button, ""},
		{"Persian joiners", strings.Repeat("می\u200cخواهم ", 12) + "\nJonas Feldweg\nData" + button, strings.TrimSpace(strings.Repeat("می\u200cخواهم ", 12))},
		{"a stop word in it", "Unsubscribe me from doubt\nJonas Feldweg\nData" + button, "Unsubscribe me from doubt"},
		{"a link in it", "See https://example.org/?invitationId=9 please do\nJonas Feldweg\nData" + button, "See please do"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := readLetter(plainLines(tt.text), "Jonas Feldweg")
			if l.note != tt.want || l.headline != "Data" || l.ref != "5" {
				t.Errorf("note %q, headline %q, ref %q; want note %q", l.note, l.headline, l.ref, tt.want)
			}
		})
	}
}

// TestStopsAtOtherPeople: whatever stands below "More people you may know",
// nothing of it reaches a noun.
func TestStopsAtOtherPeople(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		stranger := rapid.SliceOfN(rapid.SampledFrom([]string{
			"Oskar Bellweather", "Jonas Feldweg", "88 connections in common", "Recruiter at Harbour Talent", "Ghent, Belgium",
			"View profile: https://www.linkedin.com/comm/in/oskar-bellweather", "“Hello there, how are you today”", "Accept",
		}), 0, 12).Draw(t, "stranger")
		top := []string{"Jonas Feldweg", "Data", "Accept: https://www.linkedin.com/comm/people/invite-accept?invitationId=5", "More people you may know"}
		l := readLetter(plainLines(strings.Join(append(top, stranger...), "\n")), "Jonas Feldweg")
		if want := (letter{name: "Jonas Feldweg", headline: "Data", ref: "5"}); l != want {
			t.Fatalf("got %+v", l)
		}
	})
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		from, template, class, subject string
		want                           mailKind
	}{
		{"invitations@linkedin.com", "email_m2m_invite_single_01", "", "whatever", mailInvitation},
		{"invitations@linkedin.com", "invite_guest_59", "INVITE-GUEST", "Join me", mailInvitation},
		{"messages-noreply@linkedin.com", "email_m2m_invite_single_01", "", "Jonas Feldweg's invitation is waiting for your response", mailReminder},
		{"messages-noreply@linkedin.com", "email_pymk_02", "", "I want to connect", mailOther},
		{"messages-noreply@linkedin.com", "connection_suggestion_email", "", "Mara, add Jonas - Data", mailOther},
		{"hit-reply@linkedin.com", "email_member_message_v2", "MBR-TO-MBR", "Hello", mailOther},
		{"invitations@e.linkedin.com", "", "", "Voglio collegarmi", mailInvitation},
		{"invitations@linkedin.com", "", "", "Mara, please add me to your LinkedIn network", mailInvitation},
		{"invitations@linkedin.com", "", "", "Wörter, die niemand kennt", mailUnsure},
		{"invitations@linkedin.com", "", "", "Mara, start a conversation with your new connection, Jonas Feldweg", mailAccepted},
		{"messages-noreply@linkedin.com", "", "", "See Jonas Feldweg’s connections, experience, and more", mailAccepted},
		{"messages-noreply@linkedin.com", "", "", "Mara, add Jonas Feldweg - Head of Data", mailOther},
		{"jobs-noreply@linkedin.com", "", "", "12 new jobs", mailOther},
		{"invitations@linkedin.com.example.org", "", "", "I want to connect", mailOther},
		{"invitations@notlinkedin.com", "", "", "I want to connect", mailOther},
		{"jonas@example.org", "", "", "I want to connect", mailOther},
		{"invitations@example.org", "email_m2m_invite_single_01", "", "I want to connect", mailInvitation}, // reported as a copy
	} {
		h, _ := parseHeader(fmt.Appendf(nil, "From: X <%s>\nX-LinkedIn-Template: %s\nX-LinkedIn-Class: %s\nSubject: %s\n\n", tt.from, tt.template, tt.class, tt.subject))
		if got := kindOf(h); got != tt.want {
			t.Errorf("%s %s %s %q: got %d, want %d", tt.from, tt.template, tt.class, tt.subject, got, tt.want)
		}
	}
}

func TestIsCopy(t *testing.T) {
	t.Parallel()
	const signed, foreign = "DKIM-Signature: v=1; a=rsa-sha256; d=linkedin.com; b=x\n", "DKIM-Signature: v=1; d=example.org; b=x\n"
	for _, tt := range []struct {
		name, header string
		want         bool
	}{
		{"no word of it", "From: x\n", false},
		{"signed", signed, false},
		{"signed for a subdomain", strings.ReplaceAll(signed, "linkedin.com", "maile.linkedin.com"), false},
		{"signed by somebody else", foreign, true},
		{"signed by both", foreign + signed, false},
		{"signed for a look-alike", "DKIM-Signature: d=notlinkedin.com\n", true},
		{"passed", "Authentication-Results: mx.example.net; dkim=pass header.i=@linkedin.com; spf=fail\n", false},
		{"passed by DMARC alone", "Authentication-Results: mx.example.net; dmarc=pass (p=REJECT) header.from=linkedin.com\n", false},
		{"failed", "Authentication-Results: mx.example.net; dkim=fail header.d=linkedin.com\n" + signed, true},
		{"passed for somebody else", "Authentication-Results: mx.example.net; dkim=pass header.d=example.org; dmarc=fail header.from=linkedin.com\n" + signed, true},
		{"forwarded, signed again", "Authentication-Results: mx.example.net; dkim=pass header.d=list.example.org; dkim=pass header.d=linkedin.com\n", false},
		{"SPF says nothing", "Authentication-Results: mx.example.net; spf=softfail\n" + signed, false},
		{"a result of the sender's own", "Authentication-Results: mx.example.net; dkim=none; dmarc=fail header.from=linkedin.com\n" +
			"Authentication-Results: evil.example.org; dkim=pass header.d=linkedin.com\n" + signed, true},
		{"two of one server", "Authentication-Results: mx.example.net; spf=pass\nAuthentication-Results: mx.example.net 1; dkim=pass header.d=linkedin.com\n", false},
	} {
		h, _ := parseHeader([]byte(tt.header + "\n"))
		if got := h.isCopy(); got != tt.want {
			t.Errorf("%s: got %t, want %t", tt.name, got, tt.want)
		}
	}
}

func TestMailHeader(t *testing.T) {
	t.Parallel()
	h, body := parseHeader([]byte("From: =?ISO-8859-1?Q?J=F6rg_W=FCst?=\r\n\t=?utf-8?B?ZW5oYWdlbg==?= via LinkedIn\r\n <Invitations@LinkedIn.COM>\r\nno field\r\nTo: \"Quillon, Mara\" <mara@example.net>\r\nSubject: caf\xe9\r\nDate: Mo, 13 Mai 2024 10:00:00 +0200\r\n\r\nbody"))
	display, email := h.address("from")
	if display != "Jörg Wüstenhagen via LinkedIn" || email != "invitations@linkedin.com" {
		t.Errorf("from: %q %q", display, email)
	}
	if got := senderName(h); got != "Jörg Wüstenhagen" {
		t.Errorf("sender: %q", got)
	}
	if display, email := h.address("to"); display != "Quillon, Mara" || email != "mara@example.net" {
		t.Errorf("to: %q %q", display, email)
	}
	if got := h.text("subject"); got != "café" {
		t.Errorf("subject: %q", got)
	}
	if string(body) != "body" {
		t.Errorf("body: %q", body)
	}
	if !h.date().IsZero() {
		t.Errorf("a month that is not English: %v", h.date())
	}
}

func TestMailDate(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"Fri, 3 May 2024 09:13:20 +0000 (UTC)": "2024-05-03T09:13Z",
		"Fri, 03 May 2024 09:13:20 +0200":      "2024-05-03T07:13Z",
		"3 May 2024 09:13 GMT":                 "2024-05-03T09:13Z",
		"Fri,  3 May 24 09:13:20 +0200":        "2024-05-03T07:13Z",
		"2024-05-03T09:13:20Z":                 "2024-05-03T09:13Z",
		"yesterday":                            "unknown",
		"":                                     "unknown",
	} {
		if got := moment((mailHeader{{"date", s}}).date()); got != want {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
}

func TestMailUnsure(t *testing.T) {
	t.Parallel()
	mail := strings.Replace(mailFile(t, "invite_en_text_2018.eml"), "Mara, please add me to your LinkedIn network", "Ik weet het niet", 1)
	mail = strings.Replace(mail, "X-LinkedIn-Template: email_m2m_invite_single_01\n", "", 1)
	if h, _ := reading(t, readMail, mail, Owner{}); len(h.Invitations) != 1 {
		t.Error("an invitation with a subject in no known language was not found by its button")
	}
	h, j := reading(t, readMail, strings.ReplaceAll(mail, "invitationId", "id"), Owner{})
	if h.total() != 0 || j.Ignored[otherMail] != 1 {
		t.Errorf("without the button: %s", transcribe(h, j))
	}
}

func TestMailOwner(t *testing.T) {
	t.Parallel()
	mail := mailFile(t, "invite_en_text_2018.eml")
	for _, tt := range []struct {
		name  string
		owner Owner
		want  string
	}{
		{"nobody is known", Owner{}, `"Mara Quillon" ["mara.quillon@example.net"]`},
		{"the same", Owner{Name: "mara quillon"}, `"mara quillon" ["mara.quillon@example.net"]`},
		{"somebody else's mailbox", Owner{Name: "Teo Brandl"}, `"Teo Brandl" []`},
		{"known already", Owner{Name: "Mara Quillon", Emails: []string{"mara.quillon@example.net"}}, `"Mara Quillon" ["mara.quillon@example.net"]`},
	} {
		_, j := reading(t, readMail, mail, tt.owner)
		if got := fmt.Sprintf("%q %q", j.owner.Name, j.owner.Emails); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestMailAsFile reads mails the way a person gives them: a folder of single
// files, as a mail program leaves them, and one mailbox file of the same.
func TestMailAsFile(t *testing.T) {
	t.Parallel()
	h, report := readPaths(t, "testdata/mail")
	if len(h.Invitations) != 8 || len(h.Connections) != 1 {
		t.Errorf("folder: %d invitations and %d connections, want 8 and 1", len(h.Invitations), len(h.Connections))
	}
	if report.Owner.Name != "Mara Quillon" {
		t.Errorf("owner %q", report.Owner.Name)
	}
	h, line := readFile(t, "Inbox", mboxOf(t))
	if len(h.Invitations) != 8 || len(h.Connections) != 1 || line.Format != "mailbox" || line.Ignored[otherMail] != 2 {
		t.Errorf("mailbox: %+v", line)
	}
}

func TestMIME(t *testing.T) {
	t.Parallel()
	part := func(typ, encoding, text string) string {
		return "--b\r\nContent-Type: " + typ + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + text + "\r\n"
	}
	for _, tt := range []struct{ name, ctype, body, want, fault string }{
		{"no type", "", "plain", `[{false plain}]`, ""},
		{"broken type", "text", "plain", `[{false plain}]`, ""},
		{"broken parameter", "text/html; charset", "page", `[{true page}]`, ""},
		{"both", "multipart/alternative; boundary=b", "preamble\r\n" + part("text/plain; charset=iso-8859-15", "quoted-printable", "10 =A4 f=\r\nor you") + part("text/html", "BASE64", "PGI+aGk8\r\n> L2I+") + "--b--\r\nepilogue", `[{false 10 € for you` + "\r\n" + `} {true <b>hi</b>}]`, ""},
		{"attachment", "multipart/mixed; boundary=b", "--b\nContent-Disposition: Attachment; filename=x\n\nx\n--b\nContent-Type: message/rfc822\n\nFrom: y\n\n--b\n\nyes\n--b--", "[{false yes\n}]", ""},
		{"boundary inside a line", "multipart/mixed; boundary=b", "--b\n\nx --b\n--bb\n--b--", "[{false x --b\n--bb\n}]", ""},
		{"cut", "multipart/mixed; boundary=b", "--b\n\nx", "[]", "the mail ends in the middle; export it again"},
		{"no boundary", "multipart/mixed", "--b\n\nx\n--b--", "[]", "the mail's parts cannot be told apart; export it again"},
		{"unknown charset", "text/plain; charset=klingon", "caf\xe9", "[{false café}]", ""},
		{"not the charset it says", "text/plain; charset=utf-8", "caf\xe9", "[{false café}]", ""},
	} {
		texts, err := mailTexts(mailHeader{{"content-type", tt.ctype}}, []byte(tt.body))
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if got := fmt.Sprint(texts); got != tt.want || fault != tt.fault {
			t.Errorf("%s: got %q %q, want %q %q", tt.name, got, fault, tt.want, tt.fault)
		}
	}
}

func TestHTMLText(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"<p>Hi&nbsp;&amp; <b>bye</b></p><p>two</p>": "Hi & bye\ntwo",
		"a<br>b<br/>c": "a\nb\nc",
		"<script>x()</script><style>p{}</style>seen<!-- not -->":      "seen",
		`<div style="Display : NONE"><div>x</div>y</div>z`:            "z",
		`<p style="font-size:0.9em">small</p>`:                        "small",
		`<img style="display:none">seen`:                              "seen",
		`<span hidden>x</span>seen`:                                   "seen",
		"<p>unclosed <b":                                              "unclosed",
		"1 < 2":                                                       "1 < 2",
		"<a href=x>one</a> <a href=y>two</a> and <a href=z>three</a>": "one\ntwo and three",
		"\u202eevil\x1b[31m":                                          "evil[31m",
	} {
		if got := htmlText(page); got != want {
			t.Errorf("%q: got %q, want %q", page, got, want)
		}
	}
}

// TestMailUnnamed reads mails whose header names only LinkedIn: the first link
// to a profile that can be a name is one.
func TestMailUnnamed(t *testing.T) {
	t.Parallel()
	const button = `<a href="https://www.linkedin.com/x?invitationId=5">Accept</a>`
	for _, tt := range []struct{ name, body, want string }{
		{"by its link", `<p>Hi Mara,</p><h2><a href="https://www.linkedin.com/comm/in/jonas-feldweg?x=1">Jonas Feldweg</a></h2><p>Data</p>` + button,
			`"Jonas Feldweg" slug="jonas-feldweg" emails=[]`},
		{"a button is no name", `<a href="https://www.linkedin.com/in/jonas-feldweg">View profile</a>` + button, ""},
		{"other people are none", `<p>More people you may know</p><a href="https://www.linkedin.com/in/oskar">Oskar Bellweather</a>` + button, ""},
		{"nothing", button, ""},
	} {
		mail := strings.Replace(invitationMail("text/html", tt.body), "Jonas Feldweg via LinkedIn", "LinkedIn", 1)
		h, j := reading(t, readMail, mail, Owner{})
		got := ""
		if len(h.Invitations) > 0 {
			got = person(h.Invitations[0].Who)
		}
		if got != tt.want || (got == "") != (len(j.Problems) == 1) {
			t.Errorf("%s: %s", tt.name, transcribe(h, j))
		}
	}
}

// TestMailUnknownLayout: what the header says holds, whatever the body looks
// like.
func TestMailUnknownLayout(t *testing.T) {
	t.Parallel()
	h, _ := reading(t, readMail, invitationMail("text/html", `<a href="https://www.linkedin.com/x?invitationId=5"><img></a>`), Owner{})
	if len(h.Invitations) != 1 || h.Invitations[0].Ref != "5" || h.Invitations[0].Who.Name != "Jonas Feldweg" || h.Invitations[0].Note.Known() {
		t.Errorf("got %+v", h.Invitations)
	}
}

func TestProfileSlug(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Jonas Feldweg https://www.linkedin.com/in/a\nView profile https://www.linkedin.com/in/b":    "a",
		"Jonas Feldweg\nhttps://www.linkedin.com/in/a\nView profile:\nhttps://www.linkedin.com/in/b": "b",
		"Jonas Feldweg\nhttps://www.linkedin.com/in/a\nhttps://www.linkedin.com/in/a?x=1":            "a",
		"Jonas Feldweg\nhttps://www.linkedin.com/in/a\nhttps://www.linkedin.com/in/b":                "",
		"Jonas Feldweg\nhttps://example.org/in/a":                                                    "",
	} {
		if got := profileSlug(plainLines(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestDecodeWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"=?utf-8?q?J=C3=B6rg?= =?utf-8?q?_W?=": "Jörg W",
		"=?windows-1252?Q?=80?=":               "€",
		"=?klingon?Q?=E9?=":                    "é",
		"=?utf-8?B?broken":                     "=?utf-8?B?broken",
		"plain":                                "plain",
	} {
		if got := decodeWords(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}
