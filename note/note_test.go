package note_test

import (
	"strings"
	"testing"
	"time"

	"kith"
	"kith/note"
)

func read(text string) note.Features { return note.Read(text, note.Context{}) }

func TestReadKind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       kith.NoteKind
	}{
		{"nothing", "", kith.NoteEmpty},
		{"white space", " \n\t ", kith.NoteEmpty},
		{"only a greeting", "Hi Tom!", kith.NoteGeneric},
		{"only an emoji", "👋", kith.NoteGeneric},
		{"default with typing errors", "Id like to add you to my profesional netwrok on Linkdin", kith.NoteDefault},
		{"default and a sentence", "I'd like to add you to my professional network on LinkedIn. We met at the Delft bridge symposium in May.", kith.NoteSpecific},
		{"default with a leftover slot", "Hi {{first_name}}, I'd like to add you to my professional network on LinkedIn.", kith.NoteDefault},
		{"pitch that flatters", "Your talk on bridge bearings was great! We help engineers like you get 20 qualified leads a month.", kith.NotePitch},
		{"fraud that sells", "Our platform helps companies like yours. Guaranteed returns of 5% daily, message me on WhatsApp.", kith.NoteScam},
		{"harmless crypto", "Hi Wei, your talk on crypto custody law at LawTech Oslo cleared up a lot for me.", kith.NoteSpecific},
		{"harmless money", "Hello Helen, I run our donation campaign at the Hartwell alumni club and saw your speech at the 2022 reunion.", kith.NoteSpecific},
		{"harmless messenger", "Hi Ann, Joe from the sailing club says you are on WhatsApp too. I have the tide tables you wanted.", kith.NoteSpecific},
		{"slot in place of a fact", "Hi Sam, your post about [topic] really resonated with me.", kith.NoteGeneric},
		{"Cyrillic letters", "I'd like tо аdd yоu tо my prоfеssiоnаl nеtwоrk оn LinkedIn.", kith.NoteDefault},
		{"full width", "Ｉ'ｄ ｌｉｋｅ ｔｏ ａｄｄ ｙｏｕ ｔｏ ｍｙ ｐｒｏｆｅｓｓｉｏｎａｌ ｎｅｔｗｏｒｋ", kith.NoteDefault},
		{"markup", "<p>I&nbsp;would like to <b>add you</b> to my professional network on LinkedIn.</p>", kith.NoteDefault},
		{"umlauts spelt out", "Ich moechte Sie gerne zu meinem beruflichen Netzwerk auf LinkedIn hinzufuegen.", kith.NoteDefault},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := read(c.text).Kind; got != c.want {
				t.Errorf("reads like %s, want %s: %q", got, c.want, c.text)
			}
		})
	}
}

func TestReadScamGroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		group, text        string
		money, credentials bool
	}{
		{"guaranteed-returns", "Invest 200 dollars and get 5% daily, profit guaranteed.", false, false},
		{"private-channel", "Hello dear, I like your profile. Please text me on WhatsApp.", false, false},
		{"fee-or-money", "You are hired! Please pay the visa processing fee of $150 today.", true, false},
		{"credentials", "Your account will be suspended. Verify your password at this link: http://x.example", false, true},
		{"inheritance", "I am the lawyer of a late client who left $8.7 million without next of kin.", false, false},
		{"romance", "Hello beautiful, I am a widower and an army doctor looking for a sincere woman.", false, false},
		{"job-offer", "You have been selected for a remote job, $400 per day, no experience needed.", false, false},
		{"secret-opportunity", "I have a confidential business proposal worth 12 million dollars for you.", false, false},
		{"paid-talk", "We pay experts like you 2,000 dollars for a one hour consultation on your government department, all travel expenses covered.", false, false},
		{"loan", "Loans at 2% without any credit check, whatsapp +44 1632 960000.", false, false},
		{"lottery", "You have won the jackpot of $850,000. Claim your prize.", false, false},
	} {
		t.Run(c.group, func(t *testing.T) {
			t.Parallel()
			f := read(c.text)
			checkRead(t, c.text)
			if f.Kind != kith.NoteScam || !strings.Contains(" "+strings.Join(f.ScamGroups, " ")+" ", " "+c.group+" ") {
				t.Errorf("reads like %s with groups %v", f.Kind, f.ScamGroups)
			}
			if f.AsksMoney != c.money || f.AsksCredentials != c.credentials {
				t.Errorf("asks for money %v, credentials %v", f.AsksMoney, f.AsksCredentials)
			}
		})
	}
}

// What is not a request must never look like one: it would lead to a report.
func TestReadAsksNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Hi Jo, our donation campaign at the alumni club raised 3,000 euros, thank you for your part in it!",
		"Hello Ms Lund, the invoice you sent our choir for 9 May shows 240 euros. Could you correct the date?",
		"Hi Raj, I read your post on password managers and have a question about the master password.",
		"Our payroll software helps companies like yours, from 49 euros a month.",
		"Hi Ida, could you send me the code of the scheduler you showed in Ghent?",
		"Hi Tom, you paid for my coffee in Utrecht, the next one is on me.",
		"We met at the bank on Tuesday, you explained the new account rules to our club.",
		"Your account of the 1953 flood moved me. Where can I find the photographs?",
	} {
		if f := read(text); f.AsksMoney || f.AsksCredentials || len(f.ScamGroups) > 0 {
			t.Errorf("asks for money %v, credentials %v, groups %v: %q", f.AsksMoney, f.AsksCredentials, f.ScamGroups, text)
		}
	}
}

func TestReadAbuse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"You are a pathetic idiot and I know where you live.": true,
		"Du bist ein Arschloch, das wirst du noch bereuen.":   true,
		"Je vais te tuer.":                                           true,
		"Te vas a arrepentir, hijo de puta.":                         true,
		"You killed it on stage in Delft, congratulations!":          false,
		"Hi Max, the idiot who spilled coffee on your slides was me": false,
		"Your paper on hurt feelings at work helped me a lot.":       false,
	} {
		if got := read(text).Abusive; got != want {
			t.Errorf("abusive = %v, want %v: %q", got, want, text)
		}
	}
}

func TestReadForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text           string
		greeting, name bool
		sentences      int
		who, how, why  bool
	}{
		{"Hi there, it was great to meet you yesterday at Organization A's get together. -Anna", true, true, 1, false, true, true},
		{"Hello Dr. Ito, I'm a student in Delft. Your paper on bridges helped me. May I ask about table 3? Kind regards, Jan", true, true, 3, true, false, true},
		{"connect?", false, false, 1, false, false, false},
		{"Lieber Herr Prof. Dr. Haas,\nwir haben uns gestern auf der Messe in Ulm unterhalten.\nViele Grüße\nEva Lang", true, true, 1, false, true, true},
	} {
		f := read(c.text)
		if f.Greeting != c.greeting || f.Name != c.name || f.Sentences != c.sentences || f.SaysWho != c.who || f.SaysHow != c.how || f.GivesReason != c.why {
			t.Errorf("%q: greeting %v name %v sentences %d who %v how %v why %v", c.text, f.Greeting, f.Name, f.Sentences, f.SaysWho, f.SaysHow, f.GivesReason)
		}
	}
}

func TestReadPlaceholder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Hi {{first_name}}, let's connect":           "{{first_name}}",
		"Hi [Name], let's connect":                   "[Name]",
		"Hallo <Vorname>, lass uns vernetzen":        "<Vorname>",
		"Hi %FIRSTNAME%, let's connect":              "%FIRSTNAME%",
		"Hi (name), let's connect":                   "(name)",
		"Hi Tom, 20% or 30% [1] of <b>all</b> (two)": "",
	} {
		if got := read(text).Placeholder; got != want {
			t.Errorf("placeholder %q, want %q: %q", got, want, text)
		}
	}
}

func TestReadWantsContacts(t *testing.T) {
	t.Parallel()
	if f := read("Hi, could you introduce me to your CEO?"); !f.WantsContacts {
		t.Error("a wish for contacts and nothing else was not seen")
	}
	if f := read("Hi Ida, we met at the Delft bridge symposium on Friday. Could you introduce me to your colleague Jan Smit, the steel expert?"); f.WantsContacts {
		t.Error("a wish beside a meeting was taken for a hunt for contacts")
	}
}

func TestReadContext(t *testing.T) {
	t.Parallel()
	const text = "I'd love to connect with people from Halden Moss and learn from your experience."
	if k := note.Read(text, note.Context{Theirs: []string{"Halden Moss"}}).Kind; k != kith.NoteSpecific {
		t.Errorf("naming the recipient's employer reads like %s", k)
	}
	if k := note.Read(text, note.Context{Mine: []string{"Halden Moss"}}).Kind; k != kith.NoteGeneric {
		t.Errorf("naming the sender's own employer reads like %s", k)
	}
}

func TestReadLanguage(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"We met at the fair and you told me about your work.":             "en",
		"Wir haben uns auf der Messe getroffen und über Brücken geredet.": "de",
		"Nous nous sommes vus au salon et vous m'avez parlé des ponts.":   "fr",
		"Nos vimos en la feria y me hablaste de los puentes.":             "es",
		"Ci siamo visti alla fiera e mi hai parlato dei ponti.":           "it",
		"Falámos na feira e você explicou-me as pontes do seu trabalho.":  "pt",
		"We zagen elkaar op de beurs en je vertelde me over bruggen.":     "nl",
		"Qqq": "",
	} {
		if got := read(text).Language; got != want {
			t.Errorf("language %q, want %q: %q", got, want, text)
		}
	}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "  abc \n": 3, "é": 1, "e\u0301": 1, "👩‍👩‍👧‍👦": 1, "🇳🇱🇩🇪": 2, "👍🏽": 1, "日本": 2, "a\u200bb": 2,
	} {
		if got := note.Letters(text); got != want {
			t.Errorf("Letters(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestFacts(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	n := note.Facts(read("Please send me 300 euros by Western Union, my wallet was stolen."), kith.FromNote, at)
	if !n.AsksMoney.Is() || n.Kind.Val != kith.NoteScam || !n.ScamPhrases.Is() || n.AsksMoney.Source != kith.FromNote || !n.AsksMoney.At.Equal(at) {
		t.Errorf("facts of a fraud: %+v", n)
	}
	if n.Text.Known() || n.OverLimit.Known() {
		t.Error("text and limit are the caller's to fill in")
	}
	if e := note.Facts(read(""), kith.FromNote, at); !e.Kind.IsNot() || !e.AsksMoney.IsNot() {
		t.Errorf("facts of an empty note: %+v", e)
	}
}

func TestAlike(t *testing.T) {
	t.Parallel()
	const template = "Hi %s, I came across your profile and saw the great work you do at %s. We help firms in your field win new clients every month, would you be open to a short call this week?"
	fill := func(name, org string) string {
		return strings.Replace(strings.Replace(template, "%s", name, 1), "%s", org, 1)
	}
	if !note.Alike(fill("Mara", "Halden Moss"), fill("Jonas", "the Brightwater group")) {
		t.Error("one template filled in twice is not alike")
	}
	if note.Alike(fill("Mara", "Halden Moss"), "Hi Mara, we met on Tuesday at the Rotterdam meetup and talked about cold-chain sensors.") {
		t.Error("two different notes are alike")
	}
	if note.Alike("", "") || note.Alike("Hi Tom", "Hi Ann") {
		t.Error("notes without a body are alike")
	}
}
