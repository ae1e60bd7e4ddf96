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
// (the tables in archive_tables.go and formats.go), and the readers run in
// phases so that each knows what it needs: first the member's own profile and
// addresses, then the archive's invitations, which hold the member's own link,
// then what else tells of people (connections, address books, mails, profile
// PDFs), and last messages and calendars, in which the member must be told from
// the others. Readers stream: what they hold at one time does not grow with the
// file. Each noun goes to the [Sink] as soon as it is read; all text in it has
// passed kith.Clean.
//
// The way of a file: source.go finds it (zip.go in an archive), formats.go
// says what it is, read.go runs its reader in its phase. CSV files pass csv.go
// (bytes to rows) and csv_rows.go (rows to values), and one archive_*.go for
// each kind of table makes nouns of them.
//
// # What can go wrong
//
// Anything from outside may be broken or hostile. A broken row is skipped and
// reported with its file, row and column; a file that is cut or hostile is
// reported with what to do, and nothing of it that was not whole counts. The
// [Report] says of every file what was read from it or why it was skipped.
// Limits (limits.go) bound bytes, rows, fields, nesting and time.
package intake
