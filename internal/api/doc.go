// Package api is REST v1: the verbs of package app over HTTP, described by an
// OpenAPI 3.1 document the program serves itself (/api/v1/openapi.json); it lies
// in docs too, where a change of the API shows.
//
// # The data's way
//
// policy.go lists every route: method, path, who may call it with which scope,
// how often, and whether an idempotency key makes it happen once. A file per
// noun holds the handlers, one call of handle each; a handler turns wire
// structs of package client into a verb's words and back, and decides nothing.
// handle refuses to be built without a row in the policy table, and [New]
// refuses a row without a handler, so nothing is reachable that the table does
// not list.
//
// A request passes: who is it (access.go), may they (the policy row), how often
// (limit.go), is it well-formed (huma, from the wire structs; body.go), the
// verb, and back. Errors are problem+json (problem.go), with the field named.
package api
