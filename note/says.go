package note

import (
	"strings"

	"kith"
)

// say fills in what the note says beside its kind.
func (r *reader) say(f *Features) {
	contacts, how, why := false, false, r.asks
	for _, h := range r.hits {
		switch g := r.group(h); {
		case g.name == "abuse":
			f.Abusive = true
		case g.name == "contacts":
			contacts = true
		case g.name == "self":
			f.SaysWho = true
		case g.name == "reason", strings.HasPrefix(g.name, "why-"):
			why = true
		case strings.HasPrefix(g.name, "how-"):
			how = true
		}
	}
	specific := f.Kind == kith.NoteSpecific
	f.SaysHow = how && specific
	f.GivesReason = (how || why) && specific || f.Kind == kith.NotePitch
	f.WantsContacts = contacts && !specific
}
