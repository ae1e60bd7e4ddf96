package web

import (
	"slices"
	"testing"
)

func TestTheScriptOfANote(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "",
		"2026, 17 %":                         "",
		"May I ask how you keep the gauges?": "",
		"Grüße aus Łódź, déjà vu":            "",
		"مرحبا، هل التقينا في دلفت؟":         "und-Arab",
		"مرحبا Judith, هل التقينا في Delft؟": "und-Arab",
		"Dear Judith, we met in Delft. سلام": "",
		"Здравствуйте, мы встречались":       "und-Cyrl",
		"שלום, נפגשנו בדלפט":                 "und-Hebr",
		"デルフトでお会いしました":                       "ja",
		"我们在代尔夫特见过面":                         "zh",
		"델프트에서 만났습니다":                        "ko",
		"Συναντηθήκαμε στο Ντελφτ":           "el",
		"ᚠᚢᚦᚨᚱᚲ":                             "",
	} {
		got := ""
		if s := scriptOf(text); s != nil {
			got = s.lang
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestWhereTheLinksOfANoteLead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"We met in Delft, e.g. at 9.30/10.":                            nil,
		"See https://brook.example/paper.pdf, and reply.":              {"brook.example"},
		"Log in at https://www.linkedin.com@evil.example/verify today": {"evil.example"},
		"bit.example/x, www.shop.example and HTTP://BIT.example/y.":    {"bit.example", "www.shop.example", "BIT.example"},
		"https://a.example/1 https://a.example/2":                      {"a.example"},
		"https://[broken": nil,
	} {
		if got := hostsIn(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
