package kith_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"kith"
)

func TestSlug(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://www.linkedin.com/in/mara-quillon-0a1b2c":                       "mara-quillon-0a1b2c",
		"https://www.linkedin.com/in/Mara-Quillon/":                             "mara-quillon",
		"www.linkedin.com/in/mara":                                              "mara",
		"https://www.linkedin.com/comm/in/mara?midToken=AQ&midSig=1&otpToken=x": "mara",
		"http://de.linkedin.com/in/j%C3%BCrgen-b":                               "jürgen-b",
		"https://www.linkedin.com/in/mara#about":                                "mara",
		"https://www.linkedin.com/in/mara/details/experience/":                  "mara",
		"https://evil.example/in/mara":                                          "",
		"https://linkedin.com.evil.example/in/mara":                             "",
		"javascript://www.linkedin.com/in/mara":                                 "",
		"https://www.linkedin.com/comm/mynetwork/invite-accept/invitationId/1":  "",
		"https://www.linkedin.com/in/":                                          "",
		"https://www.linkedin.com/in/a b":                                       "",
		"https://www.linkedin.com/in/" + strings.Repeat("a", 400):               "",
		"https://www.linkedin.com/in/%1b%5b31m":                                 "[31m",
	} {
		got, ok := kith.Slug(link)
		if want == "[31m" {
			want = "" // the bracket is no letter of a slug
		}
		if got != want || ok != (want != "") {
			t.Errorf("Slug(%q) = %q, %v; want %q", link, got, ok, want)
		}
	}
}

func TestProfileLinkLeadsBackToItsSlug(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`[a-z0-9äöüéñ-]{1,40}`).Draw(t, "slug")
		slug, ok := kith.Slug("https://www.linkedin.com/in/" + in)
		if !ok {
			t.Fatalf("%q is no slug", in)
		}
		again, ok := kith.Slug(kith.ProfileLink(slug))
		if !ok || again != slug {
			t.Fatalf("%q became %q", slug, again)
		}
	})
}

func TestFoldName(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Odile Farrow, PhD":         "odile farrow",
		"ODILE  FARROW":             "odile farrow",
		"Jürgen Groß":               "jurgen gross",
		"Søren Łukasiewicz (Smith)": "soren lukasiewicz",
		"Seán O’Neill 🚀":            "sean oneill",
		"Mara":                      "mara",
	} {
		got, ok := kith.FoldName(in)
		if got != want || ok != strings.Contains(want, " ") {
			t.Errorf("FoldName(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestCleanRemovesWhatHidesOrCommands(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"plain":                            "plain",
		"a\x1b[31mred":                     "a[31mred",
		"a\u202egpj.exe":                   "agpj.exe",
		"ad\u200bmin":                      "admin",
		"line\r\nnext\rlast":               "line\nnext\nlast",
		"tab\there":                        "tab here",
		"nul\x00":                          "nul",
		"bad\xff":                          "bad\uFFFD",
		"e\u0301":                          "é",
		"Z" + strings.Repeat("\u0336", 40): "Z" + strings.Repeat("\u0336", 4),
		"👩\u200d🔬":                         "👩\u200d🔬",
		"م\u200cی":                         "م\u200cی",
		"a\u200db":                         "ab",
	} {
		if got := kith.Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCleanIsSafeAndSettles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		got := kith.Clean(s)
		for _, r := range got {
			if r != '\n' && unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
				t.Fatalf("%q keeps %U", s, r)
			}
		}
		if again := kith.Clean(got); again != got {
			t.Fatalf("cleaned twice %q becomes %q", got, again)
		}
		if folded := kith.FoldText(s); kith.FoldText(folded) != folded {
			t.Fatalf("folded twice %q becomes %q", folded, kith.FoldText(folded))
		}
	})
}
