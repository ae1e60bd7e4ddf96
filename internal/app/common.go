package app

import (
	_ "embed"
	"strings"

	"kith"
)

// commonPasswords are what is tried first among those long enough: one a line,
// folded.
//
//go:embed common.txt
var commonPasswords string

// minVariety is how many different letters a password has at least.
const minVariety = 4

// isCommon reports whether a password is among the first that are tried, is made
// of hardly any letters, or is what is known about its owner.
func isCommon(password string, about []string) bool {
	p := strings.ToLower(plainPassword(password))
	for line := range strings.Lines(commonPasswords) {
		if strings.TrimSpace(line) == p {
			return true
		}
	}
	for _, a := range about {
		a = strings.ToLower(kith.CleanLine(a))
		if p == a || p == strings.ReplaceAll(a, " ", "") {
			return true
		}
	}
	letters := map[rune]bool{}
	for _, r := range p {
		letters[r] = true
	}
	return len(letters) < minVariety
}
