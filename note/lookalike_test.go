package note_test

import (
	"testing"

	"kith/note"
)

// TestReadLookalikes reads notes beside the labelled sets, among them those that
// hold the words of a fraud or a sale and are none.
func TestReadLookalikes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, asks, text string }{
		{"specific", "", "Good morning Judith, I read gauge 114 in Olst for Buurtregen since the first spring. The funnel leaks again, and on the phone you said photographs help. How do I send them? Truus"},
		{"specific", "", "We compete for the same tenders, I know. But both our systems send alerts in two dialects, and the fire brigades suffer for it. Would Veldermeer join a small meeting on one format in January?"},
		{"specific", "", "I teach flood forecasting in Delft and set your May talk as homework. Thirty students now ask me why gauge 7 drifts. Could I send you the three best answers?"},
		{"specific", "", "Dear Judith, at the reunion of the flume hall you asked who still had the 2003 level book. I do. It has your coffee on page 41. I will gladly hand it over in Merendaal, at Deventer station, or wherever you like to meet. Greta"},
		{"scam", "money", "Judith, I am in a meeting and cannot phone. Buy five gift cards of 200 euro for our partners today, scratch them and send me the codes here. I will pay you back tomorrow. Keep this between us."},
		{"scam", "", "Good day beautiful, I am a lonely ship engineer, God-fearing and looking for a serious woman to love. Your smile made my day. Can we be friends and talk on a private chat?"},
		{"generic", "", "could you introduce me to your director and to the safety regions you work with? I only need the names and their direct numbers."},
		{"generic", "", "Hi there! Love what you do. I host a show for leaders and would love to have you as a guest. Let's connect!"},
		{"default", "", "أود إضافتك إلى شبكتي المهنية على LinkedIn."},
		{"default", "", "أرغب في إضافتك إلى شبكتي المهنية على لينكد إن"},
		{"default", "", "我想在领英上加您为好友。"},
		{"default", "", "我想将您添加到我的领英职业人脉中。"},
		{"default", "", "Saya ingin menambahkan Anda ke jaringan profesional saya di LinkedIn."},
		{"generic", "", "你好，很高兴认识你！"},
		{"generic", "", "مرحبا، يسعدني التواصل معك. مع خالص التحية"},
		{"generic", "", "Halo, salam kenal. Semoga kita bisa saling terhubung. Terima kasih."},
		{"generic", "", "您好，希望能与您建立联系，谢谢！"},
		{"specific", "", "李教授您好，去年十月我在杭州的水文会议上听了您关于洪水预报的报告，想请教第三张图里的数据来源，不知您是否方便回复？我们在宁波用同样的方法做了12个站点的试验，结果不太一样。"},
		{"specific", "", "Selamat pagi Bu Ratna, saya mahasiswa yang ikut kuliah umum Ibu di Bandung tanggal 14 Maret tentang gempa Palu. Bolehkah saya minta rujukan data tabel 3 yang Ibu tampilkan?"},
		{"scam", "money", "Hi mum, this is my new number, my old phone broke. Can you lend me 900 euros for a bill that is due today? I'll pay you back tomorrow"},
		{"scam", "credentials", "Guten Tag, Ihnen steht eine Rückerstattung von 312 Euro zu. Bitte antworten Sie mit IBAN und Kartennummer, damit wir sie auszahlen können."},
		{"scam", "money", "Bonjour, je suis en réunion et je ne peux pas téléphoner. Achetez cinq cartes cadeaux et envoyez-moi les codes ici. Gardez cela entre nous."},
		{"specific", "", "Your piece on gift card fraud for the Harbour Gazette quoted our credit union. We have newer figures from May; could I send you the table?"},
		{"specific", "", "I'm in the finance team at Ostley Council and we pay your invoices. Number 4471 has the wrong IBAN; could you reply with the right purchase order?"},
		{"specific", "", "You asked for the SMS code standard at the Riga workshop. Here it is: section 5 covers how the bank sends the codes."},
		{"specific", "", "We met at the Lisbon hackathon, our WhatsApp group is still alive. Shall I add you again? Tiago"},
		{"specific", "", "Hallo Jana, die Kaution für die Hütte in Brennbach habe ich überwiesen, 200 Euro wie besprochen. Wer bringt die Schlüssel mit?"},
		{"specific", "", "Ihr Vortrag über Passwort-Manager in Kassel war prima. Nutzen Sie das Verfahren aus Folie 9 auch bei Behörden?"},
		{"specific", "", "Votre étude sur l'arnaque aux héritages cite 40 plaintes à Rennes. J'instruis l'une d'elles, pourrions-nous en parler ?"},
		{"specific", "", "Soy la viuda de Julián Ortega, trabajaron juntos en la presa de Almunia. Encontré sus cuadernos y hablan de usted."},
		{"specific", "", "Sono il capitano della squadra di canottaggio di Lerinova: domenica manca un timoniere, il suo nome me l'ha dato Chiara. Può venire?"},
		{"specific", "", "A nossa associação recolheu 3.400 euros para o coreto de Alvedra e você desenhou o telhado. Vem à inauguração em junho?"},
		{"specific", "", "Je zus Marit vertelde dat je de oude sluis van Wierum onderzoekt. Mijn opa was sluiswachter, ik heb zijn logboek nog."},
		{"specific", "", "I'm a widower myself and your column about cooking for one in the Penrith Post made me try the leek pie. Thank you."},
		{"specific", "", "The engineer on our oil platform training, Siv Hagen, said you wrote the fire drill for Gullfaks. May I use it in my class?"},
		{"specific", "", "I'm moving to Utrecht in March and saw you organise the Sunday rowing. Do you take beginners?"},
		{"specific", "", "Wir waren 2006 zusammen bei der Bundeswehr in Munster, ich war der Sanitäter mit dem kaputten Fahrrad."},
		{"specific", "", "At the board meeting you promised the minutes of 9 May. I cannot phone from the train, so could you send them to the usual address?"},
		{"specific", "", "Je suis le nouveau trésorier du club d'aviron de Larmeau. Le compte de la coupe 2019 n'a jamais été clos, auriez-vous encore les relevés ?"},
		{"specific", "", "Your survey of small investors in Leeds found 12% lost money to crypto. We found 19% in Hull. Could we compare the questions?"},
		{"specific", "", "Le escribo del departamento de seguridad vial de Monteoca: su mapa de cruces peligrosos incluye la rotonda nueva, ¿de cuándo son los datos?"},
		{"specific", "", "Bij de beurs in Zwolle vroeg u naar de prijs van onze sluisdeur uit 1960. Ik heb de tekening gevonden, zal ik hem meenemen naar de vergadering?"},
		{"specific", "", "We both tendered for the Aske flood gate and both lost. Could our two firms share the soil report for the next one?"},
		{"specific", "", "Nel suo corso su frodi bancarie a Pavia ha mostrato una mail con IBAN falso. Ne abbiamo ricevuta una uguale, gliela posso girare?"},
		{"generic", "", "I love meeting new people and hearing their stories. Can we connect?"},
		{"generic", "", "Guten Tag, ich suche immer den Austausch mit Führungskräften. Ich freue mich auf Ihre Antwort."},
		{"generic", "", "Boa tarde! Trabalho na área comercial e quero conhecer outros profissionais. Abraço!"},
		{"pitch", "", "Hello Priya, our bookkeeping service for cafés starts at 90 a month. Want me to send details?"},
		{"pitch", "", "Herzlichen Glückwunsch zur neuen Stelle! Wir begleiten Führungskräfte in den ersten 100 Tagen. Darf ich Ihnen unser Programm vorstellen?"},
		{"scam", "money", "Are you free at the moment? I'm stuck in a board session and can't take calls. I need you to pick up some Steam cards for a client, 4 x 100, and text me the numbers on the back."},
		{"scam", "money", "Hallo Papa, mein Handy ist ins Waschbecken gefallen, das hier ist jetzt meine neue Nummer. Könntest du mir heute noch 780 Euro für eine Rechnung überweisen?"},
		{"scam", "money", "Félicitations, votre dossier est retenu pour un poste à Montréal. Merci de régler les 180 euros de frais de visa par mandat avant vendredi."},
		{"scam", "money", "Ciao, sono Marco, mi hanno rubato tutto a Barcellona. Riesci a mandarmi 300 euro con postepay? Te li rendo lunedì."},
		{"scam", "money", "Gefeliciteerd, u heeft de baan als magazijnmedewerker. Maak vandaag nog 95 euro over voor de verplichte veiligheidstraining."},
		{"scam", "credentials", "Le contactamos del equipo de verificación. Su perfil será eliminado en 24 horas salvo que nos envíe su usuario y clave."},
		{"scam", "credentials", "Tax office here: a repayment of 418.20 is waiting for you. Reply with the long number on your card and the three digits on the back."},
		{"scam", "credentials", "Dit is de klantenservice van uw bank. Er is een verdachte betaling gezien. Geef ons de code door die u zojuist per sms kreeg."},
		{"scam", "credentials", "Ihr Konto wurde vorübergehend eingeschränkt. Bitte senden Sie uns zur Freischaltung Ihr Passwort und die letzte TAN."},
		{"scam", "", "Hello pretty lady, I am a surgeon with the UN in Yemen, widower with one son. I believe God has a plan for us. Can we get to know each other on Hangouts?"},
		{"scam", "", "Bonsoir belle dame, votre photo m'a touché au cœur. Je suis capitaine de navire, veuf, et je cherche une femme honnête pour finir ma vie. On peut se parler ailleurs ?"},
		{"scam", "", "Olá flor, vi sua foto e meu coração disparou. Sou engenheiro em uma plataforma no Mar do Norte e me sinto muito só. Me passa seu zap?"},
		{"scam", "", "Hallo, ich verdiene seit drei Monaten mit einer Handelsplattform jeden Tag Geld, mein Onkel arbeitet bei der Börse. Wenn du willst, zeige ich dir, wie es geht."},
		{"scam", "", "Gentile signore, un mio cliente è morto senza eredi lasciando 9 milioni. Lei porta lo stesso cognome. Possiamo dividere la somma se mantiene il segreto."},
		{"scam", "", "Trabaje desde casa dando likes a vídeos de YouTube, 150 euros diarios, sin entrevista. Contacte con Sofía por Telegram para empezar hoy."},
		{"scam", "", "Our client in the Gulf pays experts like you for private briefings about your ministry. Fees are excellent, everything stays confidential. Shall we continue on Signal?"},
		{"scam", "", "Wij zoeken discreet een partner in uw land om een groot bedrag te beleggen. U ontvangt 30%. Antwoord alleen naar mijn privé-mail."},
		{"scam", "", "Vous avez été tirée au sort parmi les utilisateurs : un téléphone et 5 000 euros vous attendent. Réclamez votre prix sous 48 heures."},
		{"pitch", "", "Quick one, Dana. We take the headache out of month-end close for mid-sized manufacturers, and most finance teams see the difference by the second month. Free on Thursday for a demo?"},
		{"pitch", "", "Hallo Herr Brandt, Ihr Webauftritt hat noch Luft nach oben. Wir gestalten Seiten für Handwerksbetriebe zum Festpreis. Soll ich Ihnen ein paar Beispiele schicken?"},
		{"pitch", "", "Bonjour, nous aidons les cabinets dentaires à remplir leur agenda. Auriez-vous un quart d'heure jeudi pour en parler ?"},
		{"pitch", "", "Hola Luis, en nuestra gestoría llevamos la contabilidad de más de 80 autónomos por una cuota fija. ¿Te hago un presupuesto sin compromiso?"},
		{"pitch", "", "Buongiorno, produciamo divise da lavoro personalizzate con consegna in 10 giorni. Le faccio avere un campione?"},
		{"pitch", "", "Bom dia Rita, represento uma seguradora e consigo baixar o seu seguro automóvel até 25%. Posso fazer uma simulação?"},
		{"pitch", "", "Hoi Karin, ik help coaches aan meer klanten via LinkedIn. Zin in een gratis strategiegesprek?"},
		{"pitch", "", "Loved your post about hiring. Our platform matches you with pre-screened engineers in days. Worth a chat next week?"},
		{"generic", "", "Hi Tom, I'm always happy to meet new people in finance. Hope you'll accept!"},
		{"generic", "", "Guten Tag Frau Lenz, Ihr Profil hat mich angesprochen. Über eine Vernetzung würde ich mich sehr freuen."},
		{"generic", "", "Bonjour, je développe mon réseau dans le domaine des RH et votre profil a retenu mon attention. À bientôt !"},
		{"generic", "", "Buenas, soy estudiante de último año y me gustaría aprender de profesionales con más experiencia. Gracias por aceptar."},
		{"generic", "", "Salve, credo che potremmo avere interessi comuni. Che ne dice di restare in contatto?"},
		{"generic", "", "Olá, achei o seu perfil muito interessante e gostaria de trocar ideias sobre o setor."},
		{"generic", "", "Goedemiddag, we hebben veel gedeelde contacten en zitten in dezelfde branche, dus leek het me leuk om te linken."},
		{"generic", "", "Hello! I produce a show about inspiring founders and think you'd be a wonderful guest. Let's connect and talk!"},
		{"generic", "", "I am passionate about innovation and people, and I strongly believe in the power of relationships. Let us grow together."},
		{"specific", "", "Hi Nora, we shared a cabin on the night train to Narvik and you lent me your charger. I still owe you a coffee."},
		{"specific", "", "Hallo Herr Albers, Sie haben letzte Woche im Stadtrat über die Brückensperrung in Wendhausen gesprochen. Ich habe dazu Messdaten, die ich Ihnen gern zeige."},
		{"specific", "", "Bonjour Mme Vidal, je reprends le dossier de la digue de Port-Mérin après Luc Antoine. Il m'a dit que vous gardiez les plans de 1998 ?"},
		{"specific", "", "Hola Ana, usamos tu biblioteca de mareas en el puerto de Candelas y el cálculo falla en año bisiesto. ¿Te mando el parche?"},
		{"specific", "", "Gentile dottoressa, nel suo articolo sul castagno cita un vivaio di Roccalta. Era di mio nonno: posso mostrarle i registri?"},
		{"specific", "", "Olá Paulo, jogámos no mesmo torneio de xadrez em Viseu, tu ganhaste com as pretas. Quando é o próximo?"},
		{"specific", "", "Dag mevrouw Smit, mijn dochter zit bij u in de klas op de Regenboog en vertelde over het watermuseum. Mag ik een keer meehelpen?"},
		{"specific", "", "We send you the tide tables every quarter and page 12 always comes back with corrections in green ink. Is that you? I'd like to understand the second column."},
		{"specific", "", "Our two water boards both buy from the same supplier and both had the valve failure in March. Would you compare notes before the tender closes?"},
		{"specific", "", "Sie und ich sitzen beide im Normenausschuss für Pegel. Ich hätte vor der Sitzung am 12. eine Frage zu Abschnitt 4."},
		{"specific", "", "J'étais dans le public à Nantes quand vous avez parlé des capteurs en bois. Quelle essence utilisez-vous ?"},
		{"specific", "", "Le vendí la bicicleta azul hace dos años, soy el de la calle Olmo. Resulta que ahora trabajo en su mismo edificio."},
		{"specific", "", "Ik las je stuk over vleermuizen in kerktorens. Bij ons in Winsum hangen er sinds kort zestig, wil je komen tellen?"},
		{"default", "", "Hi Anna, I'd like to connect with you on LinkedIn"},
		{"default", "", "Gentile Paolo, mi piacerebbe collegarmi con lei su LinkedIn."},
	} {
		f := note.Read(c.text, note.Context{})
		if got := f.Kind.String(); got != c.kind {
			t.Errorf("read as %s, want %s: %s", got, c.kind, c.text)
		}
		if f.AsksMoney != (c.asks == "money") || f.AsksCredentials != (c.asks == "credentials") {
			t.Errorf("asks money %v, credentials %v, want %q: %s", f.AsksMoney, f.AsksCredentials, c.asks, c.text)
		}
	}
}

func TestWantsOnlyContacts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"could you introduce me to your director and to the safety regions you work with? I only need the names and their direct numbers.": true,
		"Können Sie mir die Durchwahlen der Kollegen nennen? Stellen Sie mich bitte Ihrem Chef vor.":                                       true,
		"Anna Reyes said you both worked on the Olst gauges. Would you introduce me to her? I owe her a book.":                             false,
	} {
		if got := note.Read(text, note.Context{}).WantsContacts; got != want {
			t.Errorf("WantsContacts = %v, want %v: %s", got, want, text)
		}
	}
}
