// Package note knows the language of invitations: it reads what a note is like,
// checks a draft, and writes one from facts.
//
// # Reading
//
// [Read] folds a note once (case, accents, look-alike letters and markup go;
// sentence ends, amounts, links and template slots stay), walks it through one
// automaton that holds the phrases of all languages, and weighs what it finds:
//
//	fold.go, special.go, unmask.go   text → tokens and sentences
//	lexicon.go, pattern.go           data/*.txt → automaton
//	vocabulary.go, match.go          tokens → hits of phrase groups
//	parts.go                         greeting, body, signature
//	defaults.go                      the platform's own texts, by edit distance
//	concrete.go, weigh.go, says.go   hits → [Features]
//
// The scoring rule stands in weigh.go and is meant to be read. The words are
// data: to teach a new phrase, add it to a file in data/ and run the tests.
// Word lists of all languages are matched at once, and no verdict depends on
// the language.
//
// What a note is like is an inference. [Features] says "reads like", and only
// explicit requests for money or secrets ever lead to a report: their phrases
// prefer missing one to accusing one.
//
// # Writing
//
// [Check] tells a sender what to improve, the greatest gain first. [Draft]
// writes one or two honest sentences from [DraftFacts]; the templates of the
// advice have functions of their own ([Ask], [MetYesterday],
// [SharedInvolvement], [Alumni], [AcceptAndSee], [OnlyThroughNetwork]).
//
// The package does no I/O, reads no clock and keeps no state beside the lexicon
// it builds on first use.
package note
