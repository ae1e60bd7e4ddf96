// Package web is the pages of a Kith: the desk on which invitations are decided,
// and everything around it. They work without JavaScript; htmx and kith.js make
// them quicker to use.
//
// # The data's way
//
// A file per noun lists its pages and acts with who may come (routes), and
// web.go puts them together. A handler calls verbs of package app, makes a view
// of what they return, and renders it with a template of the same name (*.templ,
// generated to *_templ.go). A view holds what is shown; templates decide nothing.
// Every act is a form that is sent, and ends by leading to a page that can be
// looked at again. What may be shown once only (a token, a calendar's address, an
// export) or is a look and no act (a letter as it is written, a moderator's look
// at a case) answers the form itself.
//
//	desk.go     the pile, and the letter in focus with letter.go
//	ask.go      what is written to a sender first, and reports
//	first.go    what one wants a network for; bring.go: files
//	duty.go     what waits; calendar.go: the same as a feed; news.go: notices
//	write.go    inviting, with the recipient's side beside the note
//	people.go   connections, profiles, contacts; message.go: letters between them
//	settings.go and profile.go, the member's own
//	kept.go     what was typed and could not be taken; ways.go: addresses of acts
//	why.go      one verdict whole; pictures.go: many of them
//
// Words stand in texts/en.toml, under keys; what a signal, a verdict or an
// error says comes from where it is decided, in its own words, and through saying
// in another language's. Assets are embedded and served under names that hold a
// hash of what is in them.
//
// # Safety of pages
//
// No script and no style stands in a page, and the policy sent with it allows
// none. No text of a member reaches an attribute that is more than a value.
// Nothing is done by a GET, whatever link led to it, and other sites cannot send
// a form: the service checks where every request that changes anything comes
// from.
package web
