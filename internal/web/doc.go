// Package web is the pages of a Kith. Today these are the ways in: the first
// account, signing up and in, confirming an address, a new password. They work
// without JavaScript.
//
// # The data's way
//
// The table in account.go lists every page with who may see it. A handler (a file per page)
// calls verbs of package app, makes a view of what they return, and renders it
// with a template of the same name (*.templ, generated to *_templ.go). A view
// holds what is shown and nothing else; templates decide nothing.
//
// Words stand in texts/en.toml, under keys; what a signal, a verdict or an
// error says comes from where it is decided, in its own words. Assets are
// embedded and served under names that hold a hash of what is in them.
//
// # Safety of pages
//
// No script and no style stands in a page, and the policy sent with it allows
// none. No text of a member reaches an attribute that is more than a value.
// Nothing is done by a GET, whatever link led to it, and other sites cannot send
// a form: the service checks where every request that changes anything comes
// from.
package web
