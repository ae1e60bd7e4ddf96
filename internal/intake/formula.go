package intake

import "strings"

// Spreadsheets run a cell that begins like a formula. Whoever writes a table for
// people therefore marks such cells with an apostrophe, which a spreadsheet does
// not show (OWASP ASVS 5.0, 1.2.10), and readers take the mark away.

// formulaStarts are what a formula can begin with, full-width forms too.
const formulaStarts = "=+-@|%\t\r\n＝＋－＠"

// risky reports whether a spreadsheet may take a cell for a formula. Spaces and
// quotes before it do not help, nor does a mark: so that a marked cell can be
// told from a text that begins with an apostrophe, that one is marked too.
func risky(cell string) bool {
	for _, r := range strings.TrimLeft(cell, ` "'`) {
		return strings.ContainsRune(formulaStarts, r)
	}
	return false
}

// MarkFormula keeps a spreadsheet from taking a cell for a formula. The readers
// of tables give back exactly what it was given.
func MarkFormula(cell string) string {
	if risky(cell) {
		return "'" + cell
	}
	return cell
}

// unmarkFormula takes back what MarkFormula did.
func unmarkFormula(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && risky(rest) {
		return rest
	}
	return cell
}
