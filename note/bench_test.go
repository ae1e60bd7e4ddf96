package note_test

import (
	"testing"

	"kith/note"
)

// BenchmarkRead reads one note of each usual length.
func BenchmarkRead(b *testing.B) {
	for name, text := range map[string]string{
		"50":  "I'd like to add you to my professional network on",
		"150": "Hi Mara, we met on Tuesday at the Rotterdam logistics meetup and talked about cold-chain sensors. I'd be glad to stay in touch with you here. Tom Vries",
		"300": "Hallo Frau Krüger, wir unterstützen mittelständische Unternehmen dabei, planbar neue Kunden zu gewinnen. Mit unserem System haben wir schon über 100 Betrieben geholfen, ihren Umsatz um 30 % zu steigern. Haben Sie nächste Woche 15 Minuten für ein kurzes Telefonat? Viele Grüße aus Köln, Jens Petersen",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				note.Read(text, note.Context{})
			}
		})
	}
}
