// Package signals is the catalogue: every statement Kith can make about a case,
// one literal each, with its weight, where that comes from, and an example of
// it speaking and of it staying silent. docs/signals.md is generated from
// these literals.
//
// A file holds one family or a part of one. The order inside a file is the
// order in which deciding signals are heard.
//
// Weights of "worth it" restate the four articles on a common scale; no public
// data on outcomes stands behind them, so their grade is E unless a source
// says otherwise. Weights of "genuine" and of the chance of acceptance come
// from the studies their Source names.
//
// Fair: no signal reads a name, a face, a gender, an age, an ethnicity, a
// nationality or a school's prestige. A country speaks only through the
// member's own rule; a stated employer never raises P(genuine).
package signals
