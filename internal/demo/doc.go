// Package demo fills an empty database with an invented community, so that a
// Kith can be tried without anybody's data: members with employers, schools,
// groups and photos, their connections and conversations, and one of them whose
// inbox is full.
//
// # How it is made
//
// What the community is made of lies as text in data/: names, employers, fields,
// schools, groups, conversations, and every invitation that waits. A random
// source with a fixed seed puts it together, so that it is the same community
// each time; all times count from now.
//
//	words.go                  data/ → lists
//	community.go, people.go   who there is
//	ties.go, talks.go         who is connected with whom, and what they wrote
//	stamp.go                  photos: drawn stamps, nobody's face
//	settle.go                 all that into the database, in one transaction
//	story.go, steps.go        what the one member lived through: by the verbs
//	                          of package app, at their times, one after the other
//	files.go                  what they brought from elsewhere
//
// What members did with each other long ago is what pair.Next makes of it. What
// concerns the member whose inbox it is happens as it would happen to anybody:
// the clock is set back, verbs are called, duties fall due, and the clock goes on
// until it is now.
//
// Everybody and everything in it is invented. Mail addresses end in .example,
// where nobody lives.
package demo
