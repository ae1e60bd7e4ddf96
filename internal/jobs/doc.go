// Package jobs does what falls due: a [Loop] claims duties of package app and
// does them, and [NewPost] hands letters to a mail server or a folder.
//
// Any number of loops may work on one database, in one process or in many. What
// is due, who holds it and what has been done is all in the database: a loop
// that stops, or is killed, leaves nothing but leases that run out.
package jobs
