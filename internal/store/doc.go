// Package store is the memory of a Kith: the only package with SQL in it. It
// keeps everything in one SQLite file or in a PostgreSQL database, with one
// text for every statement.
//
// # The data's way
//
// [Open] opens a database, brings its tables up to date (migrations/) and
// refuses one written by a newer Kith. All reading and writing happens inside
// [DB.Read] and [DB.Write], each one transaction whose time is read once
// ([Tx.Now]). Verbs of package app open them; nobody else does, but package demo
// when it fills an empty database. The methods of [Tx] are grouped by noun, a file
// each, and are small: they store and find, and decide nothing.
//
// # Who has to do with whom
//
// The table pair holds one row for every two members who have to do with each
// other. [Tx.Pair] locks it, [Tx.Move] writes it. Move is the only function
// that changes pair, and with it, in the same statement batch, its projections:
// link (connections, a row for each side) and inbox (invitations as each side
// may see them, made from pair.View). [Tx.Found] writes rows there were not, for
// a community that begins full. [Tx.Reproject] rebuilds the projections, and a
// test compares.
//
// # Owners
//
// Every other table starts its key with the member it belongs to, so that
// everything of one member lies together, can be exported, and can be erased.
// docs/decisions/003-owners.md lists the exceptions.
//
// # Two databases
//
// Statements are constants of type sqlText, in the words both databases
// understand; what they do not share is written as a mark: see sqlText. Ids
// are text made here, times are microseconds since 1970 in UTC, booleans are 0
// and 1, and what has to be compared without case or accents is folded in Go
// and kept beside the original. On SQLite one connection writes, others read
// beside it; on PostgreSQL rows are locked.
package store
