// Package invented makes the data of invented people: what a member of a
// professional network could bring to Kith from elsewhere.
//
// [Write] makes the example of the README: Judith Vanderlinden, a hydrologist
// with more undecided invitations than she likes, her LinkedIn archive, the
// mails, address book and calendar around it, a few profiles saved as PDF, and
// what the advice says about the clear cases. Everything was written by hand
// and lies as text in data/judith; this package only gives it the form of the
// files. [Archive] makes LinkedIn archives of any size from a seed.
//
// Both give the same bytes for the same input, everywhere and always: no clock,
// no map order, no random source but the seed. Archives are compressed, so the
// bytes may change with a new release of Go.
//
// Every person, organisation, address and link is invented. Mail addresses end
// in .example, where nobody lives.
package invented
