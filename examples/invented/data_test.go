package invented

import (
	"strings"
	"testing"

	"kith"
)

func TestReadField(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, key, value string }{
		{"name: Mara Quillon", "name", "Mara Quillon"},
		{"name:", "name", ""},
		{`note: "a\x1bb\n"`, "note", "a\x1bb\n"},
		{`from: "A B" <a@b.example>`, "from", `"A B" <a@b.example>`},
		{"date: 2026-11-20 08:05", "date", "2026-11-20 08:05"},
	} {
		f, err := readField("here", c.line)
		if err != nil || f.key != c.key || f.value != c.value {
			t.Errorf("%s: %+v, %v", c.line, f, err)
		}
	}
	for _, line := range []string{"no colon", `name: "\x"`} {
		if _, err := readField("here", line); kith.KindOf(err) != kith.Internal || err == nil || !strings.Contains(err.Error(), "here") {
			t.Errorf("%s: error %v, want one that says where", line, err)
		}
	}
}

func TestFieldGrowsByLines(t *testing.T) {
	t.Parallel()
	f := field{key: "note"}
	for _, line := range []string{"one", ".", "two"} {
		f.add(line)
	}
	if f.value != "one\n\ntwo" {
		t.Errorf("%q", f.value)
	}
}

func TestMissingData(t *testing.T) {
	t.Parallel()
	if _, err := readStanzas("nobody.txt"); err == nil || !strings.Contains(err.Error(), "nobody.txt") {
		t.Errorf("error %v, want one that names the file", err)
	}
}

func TestSlugs(t *testing.T) {
	t.Parallel()
	for _, name := range []string{owner, "דניאל בן־שושן", "山本 さくら", "Tomasz Brzęczyszczykiewicz-Lewandowski", "=1+1 | x"} {
		if slug, ok := kith.Slug(linkOf(name)); !ok || slug != slugOf(name) {
			t.Errorf("%s: the link reads back as %q, want %q", name, slug, slugOf(name))
		}
	}
	if slugOf("Wim Terpstra") == slugOf("Wim Terpstra ") {
		t.Error("two names have one slug")
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("wörter ", 40)
	folded := fold(long)
	for line := range strings.SplitSeq(folded, "\r\n") {
		if len(line) > 75 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	if strings.ReplaceAll(folded, "\r\n ", "") != long {
		t.Error("folding changes the text")
	}
}

func TestQuoteFrom(t *testing.T) {
	t.Parallel()
	got := string(quoteFrom([]byte("From here\n>From there\nfrom below\n")))
	if want := ">From here\n>>From there\nfrom below\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
