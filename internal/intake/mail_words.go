package intake

import (
	"regexp"
	"strings"

	"kith"
)

// The words by which LinkedIn's mails are read. Only the English ones and the
// Italian subject were seen in real mails; the other languages follow the
// wording of LinkedIn's pages. A phrase that is missing here costs a fact, never
// gives a wrong one: the sender's domain, LinkedIn's own header fields and the
// links decide what a mail is before any wording does.

// templateKinds reads X-LinkedIn-Template, the first part found deciding:
// email_m2m_invite_single_01, email_pymk_02, email_member_message_v2.
var templateKinds = []struct {
	part string
	kind mailKind
}{
	{"pymk", mailOther},
	{"suggest", mailOther},
	{"message", mailOther},
	{"accept", mailAccepted},
	{"remind", mailReminder},
	{"invit", mailInvitation},
}

// subjectKinds reads subjects; a group called "name" is the other person.
var subjectKinds = []struct {
	kind mailKind
	re   *regexp.Regexp
}{
	{mailReminder, regexp.MustCompile(`^(?P<name>.+?)['’]s? invitation is waiting for your response\.?$`)},
	{mailReminder, regexp.MustCompile(`^Die Einladung von (?P<name>.+) wartet auf (?:Ihre|deine) Antwort\.?$`)},
	{mailReminder, regexp.MustCompile(`^L['’]invitation de (?P<name>.+) (?:attend|est en attente de) votre réponse\.?$`)},
	{mailReminder, regexp.MustCompile(`^La invitación de (?P<name>.+) (?:está esperando|espera) (?:tu|su) respuesta\.?$`)},
	{mailReminder, regexp.MustCompile(`^L['’]invito di (?P<name>.+) (?:è in attesa della|attende la) tua risposta\.?$`)},
	{mailReminder, regexp.MustCompile(`^O convite de (?P<name>.+) está aguardando (?:a )?sua resposta\.?$`)},
	{mailReminder, regexp.MustCompile(`^De uitnodiging van (?P<name>.+) wacht op (?:je|uw) (?:antwoord|reactie)\.?$`)},

	{mailAccepted, regexp.MustCompile(`start a conversation with your new connection, (?P<name>.+)$`)},
	{mailAccepted, regexp.MustCompile(`^(?:See )?(?P<name>.+?)['’]s? connections, experience, and more$`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) (?:has )?accepted your invitation`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) hat Ihre (?:Einladung|Kontaktanfrage) angenommen`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) a accepté votre invitation`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) ha aceptado (?:tu|su) invitación`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) ha accettato il tuo invito`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) aceitou (?:o )?seu convite`)},
	{mailAccepted, regexp.MustCompile(`^(?P<name>.+) heeft (?:je|uw) uitnodiging geaccepteerd`)},

	{mailInvitation, regexp.MustCompile(`(?i)^I want to connect[.!]?$|please add me to your LinkedIn network$`)},
	{mailInvitation, regexp.MustCompile(`(?i)^(?:invitation to connect|join my network) on LinkedIn$`)},
	{mailInvitation, regexp.MustCompile(`(?i)^Ich möchte mich (?:gerne? )?(?:mit Ihnen )?vernetzen|zu (?:Ihrem|Ihrem beruflichen) LinkedIn[ -]Netzwerk hinzu`)},
	{mailInvitation, regexp.MustCompile(`(?i)^Je (?:souhaite|voudrais|souhaiterais) (?:me connecter|entrer en relation)|ajoutez-moi à votre réseau LinkedIn`)},
	{mailInvitation, regexp.MustCompile(`(?i)^(?:Quiero|Me gustaría) (?:conectar|contactar)|añ[aá]deme a tu red de LinkedIn`)},
	{mailInvitation, regexp.MustCompile(`(?i)^(?:Voglio|Vorrei) collegarmi|aggiungimi alla tua rete LinkedIn`)},
	{mailInvitation, regexp.MustCompile(`(?i)^(?:Quero|Gostaria de) me conectar|adicione-me à sua rede do LinkedIn`)},
	{mailInvitation, regexp.MustCompile(`(?i)^Ik wil (?:graag )?(?:connectie maken|connecten)|voeg me toe aan (?:je|uw) LinkedIn-netwerk`)},

	{mailOther, regexp.MustCompile(`^.+, add .+ - .+$`)}, // "{Recipient}, add {Person} - {Headline}"
}

// kindOfSubject tells what a subject says and whom it names; mailUnsure if it
// is none that is known.
func kindOfSubject(subject string) (mailKind, string) {
	for _, s := range subjectKinds {
		m := s.re.FindStringSubmatch(subject)
		if m == nil {
			continue
		}
		if i := s.re.SubexpIndex("name"); i > 0 {
			return s.kind, m[i]
		}
		return s.kind, ""
	}
	return mailUnsure, ""
}

// viaLinkedIn is what LinkedIn puts behind a name: "Jon Doe via LinkedIn".
var viaLinkedIn = regexp.MustCompile(`(?i)\s+(?:via|über|par|sur|a través de|mediante|tramite|su|pelo|por)\s+LinkedIn$`)

// stops are the first words after which nothing belongs to the invitation any
// more: other people, advertisements, the foot. Folded, a line's beginning.
var stops = foldAll(
	"More people you may know", "People you may know", "Never miss an update", "Get the new LinkedIn",
	"Get the LinkedIn app", "Also available on", "You are receiving", "You received this email", "Unsubscribe",
	"Weitere Personen, die", "Personen, die Sie vielleicht", "Personen, die du vielleicht", "Sie erhalten", "Abmelden",
	"D'autres personnes que vous", "Autres personnes que vous", "Personnes que vous", "Vous recevez", "Se désabonner",
	"Más personas que", "Otras personas que", "Personas que quizá", "Personas que podrías", "Estás recibiendo", "Recibes este",
	"Altre persone che", "Persone che potresti", "Ricevi questa", "Stai ricevendo", "Annulla iscrizione",
	"Mais pessoas que", "Outras pessoas que", "Pessoas que talvez", "Você está recebendo", "Cancelar inscrição",
	"Meer mensen die", "Andere mensen die", "Mensen die u misschien", "Mensen die je misschien", "U ontvangt", "Je ontvangt", "Afmelden",
)

// labels are the words on buttons and in front of links. Folded, whole lines.
var labels = foldSet(
	"Accept", "View profile", "View", "Ignore", "Decline", "Reply", "Message", "Accept invitation", "See profile", "LinkedIn",
	"Annehmen", "Profil ansehen", "Profil anzeigen", "Ignorieren", "Einladung annehmen",
	"Accepter", "Voir le profil", "Ignorer", "Accepter l'invitation",
	"Aceptar", "Ver perfil", "Ignorar", "Aceptar invitación",
	"Accetta", "Visualizza profilo", "Vedi profilo", "Ignora",
	"Aceitar", "Exibir perfil", "Aceitar convite",
	"Accepteren", "Profiel weergeven", "Profiel bekijken", "Negeren",
)

// profileLabels are the labels whose link leads to the other person's profile.
var profileLabels = foldSet(
	"View profile", "See profile", "Profil ansehen", "Profil anzeigen", "Voir le profil", "Ver perfil",
	"Visualizza profilo", "Vedi profilo", "Exibir perfil", "Profiel weergeven", "Profiel bekijken",
)

// wrappers are LinkedIn's own sentences around a name, which stands as "@".
// They are no note. Folded, anywhere in a line.
var wrappers = foldNamed(
	"respond to @s invite", "@ would like to connect on LinkedIn", "@ wants to connect", "@ has invited you to connect",
	"Confirm that you know @", "How would you like to respond", "@s invitation is waiting for your response",
	"@ möchte sich mit Ihnen vernetzen", "Antworten Sie auf die Einladung von @", "Die Einladung von @ wartet", "Bestätigen Sie, dass Sie @ kennen",
	"Répondez à l'invitation de @", "@ souhaite entrer en relation", "@ aimerait se connecter", "L'invitation de @", "Confirmez que vous connaissez @",
	"Responde a la invitación de @", "@ quiere conectar", "@ desea conectar", "La invitación de @", "Confirma que conoces a @",
	"Rispondi all'invito di @", "@ vuole collegarsi", "@ vorrebbe collegarsi", "L'invito di @",
	"Responda ao convite de @", "@ quer se conectar", "@ gostaria de se conectar", "O convite de @",
	"Reageer op de uitnodiging van @", "@ wil connectie", "@ wil graag connectie", "De uitnodiging van @",
	"Harap konfirmasi bahwa Anda mengenal @",
)

// greeting is a line that greets and says no more. Folded text.
var greeting = regexp.MustCompile(`^(?:hi|hello|hey|dear|hallo|guten tag|liebe|lieber|bonjour|salut|hola|buenos dias|ciao|buongiorno|ola|beste|dag)(?: \S+){0,3}$`)

// mutualLine is the whole line with the number of shared connections.
var mutualLine = regexp.MustCompile(`(?i)^(\d[\d.,  ’]*)\+?\s+(?:` +
	`connections? in common|(?:shared|mutual) connections?|` +
	`gemeinsamer? kontakte?|gemeinsame kontakte|` +
	`relations? en commun|` +
	`(?:contactos?|conexi[oó]n|conexiones) en común|` +
	`collegament[oi] in comune|` +
	`(?:conex(?:ão|ões)|contatos?|ligaç(?:ão|ões)) em comum|` +
	`gemeenschappelijke (?:connecties?|contacten)|gedeelde connecties?` +
	`)$`)

// intendedFor is the foot that names the recipient, with their headline in
// brackets behind.
var intendedFor = []*regexp.Regexp{
	regexp.MustCompile(`^This email was intended for (.+)$`),
	regexp.MustCompile(`^Diese E-?Mail (?:war|ist) für (.+?)(?: bestimmt| gedacht)?\.?$`),
	regexp.MustCompile(`^Cet e-?mail (?:était|est) destiné à (.+)$`),
	regexp.MustCompile(`^Este (?:correo electrónico|correo|email|e-mail) (?:estaba|está|iba) (?:dirigido|destinado) a (.+)$`),
	regexp.MustCompile(`^Questa e-?mail (?:era|è) (?:destinata|indirizzata) a (.+)$`),
	regexp.MustCompile(`^Este e-?mail (?:foi|era|é) destinado a (.+)$`),
	regexp.MustCompile(`^Deze e-?mail (?:was|is) bedoeld voor (.+)$`),
}

func foldAll(phrases ...string) []string {
	for i, p := range phrases {
		phrases[i] = kith.FoldText(p)
	}
	return phrases
}

func foldSet(phrases ...string) map[string]bool {
	set := make(map[string]bool, len(phrases))
	for _, p := range phrases {
		set[kith.FoldText(p)] = true
	}
	return set
}

// foldNamed folds phrases and keeps their "@".
func foldNamed(phrases ...string) []string {
	const slot = "qqq"
	for i, p := range phrases {
		phrases[i] = strings.ReplaceAll(kith.FoldText(strings.ReplaceAll(p, "@", slot)), slot, "@")
	}
	return phrases
}
