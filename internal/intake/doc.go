// Package intake turns files that belong to a member into the nouns of package
// kith: the LinkedIn data archive, invitation mails, address books, calendars
// and profile PDFs. It reads bytes and nothing else: nothing found in a file is
// ever fetched, no name found in a file is ever used as a path, and no secret
// a link carries is kept.
//
// # The data's way
//
// [Read] takes paths: files, zip archives or folders, in any mix and order.
// Every file found is classified by what it holds, not by how it is called
// (a table of formats in formats.go), and the readers run in phases so that
// each knows what it needs: first the member's own profile and addresses,
// then invitations and connections, then messages, mails, address books,
// calendars and PDFs. Readers stream: what they hold at one time does not grow
// with the file. Each noun goes to the [Sink] as soon as it is read; all text
// in it has passed kith.Clean.
//
// # What can go wrong
//
// Anything from outside may be broken or hostile. A broken row is skipped and
// reported with its file, row and column; a file that is cut or hostile is
// reported with what to do, and nothing of it that was not whole counts. The
// [Report] says of every file what was read from it or why it was skipped.
// Limits (limits.go) bound bytes, rows, fields, nesting and time.
package intake
