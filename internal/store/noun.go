package store

import (
	"fmt"
	"strings"

	"kith"
)

// Noun is one thing a source said of a contact, kept as it was read.
type Noun struct {
	Contact kith.ContactID
	Name    string // made from the content: the same thing is kept once
	Kind    string // see app's list of kinds
	Runs    string // the numbers of the import runs that brought it, " 3 7 "
	Body    string // JSON, by kind
}

const (
	nounColumns          = "contact, name, kind, runs, body"
	nounsOf      sqlText = "SELECT " + nounColumns + " FROM noun WHERE owner = $1 AND contact = $2 ORDER BY name"
	forgetNouns  sqlText = "DELETE FROM noun WHERE owner = $1 AND contact = $2"
	countNouns   sqlText = "SELECT COUNT(*) FROM noun WHERE owner = $1 AND runs = $2"
	kindsOf      sqlText = "SELECT kind, COUNT(*) FROM noun WHERE owner = $1 AND contact = $2 GROUP BY kind ORDER BY kind"
	contactsByID sqlText = `SELECT DISTINCT contact FROM noun WHERE owner = $1 AND contact > $2 AND runs LIKE $3
	ORDER BY contact LIMIT $4 + 0`
	dropRunNouns sqlText = "DELETE FROM noun WHERE owner = $1 AND contact = $2 AND runs = $3"
	dropRunMarks sqlText = "UPDATE noun SET runs = replace(runs, $3, ' ') WHERE owner = $1 AND contact = $2 AND runs LIKE $4"
)

var (
	nounsIn = unionOf("SELECT "+nounColumns+" FROM noun WHERE owner = $1 AND contact = $2", 1)
	// A noun that was there learns who brought it too. What a run has brought
	// already is left alone: a run may start again.
	addNouns = insertMany("INSERT INTO noun (owner, contact, name, kind, runs, body)", 6, `ON CONFLICT (owner, contact, name)
	DO UPDATE SET runs = noun.runs || substr(excluded.runs, 2) WHERE noun.runs NOT LIKE '%' || excluded.runs || '%'
	RETURNING contact, name, kind, runs`)
)

// Brought reports whether a run, by its mark, is among a noun's runs.
func Brought(runs, mark string) bool { return strings.Contains(runs, mark) }

// RunMark is how a noun names a run.
func RunMark(n int64) string { return fmt.Sprintf(" %d ", n) }

// News is a noun that was not there before.
type News struct {
	Contact kith.ContactID
	Kind    string
}

// AddNouns keeps nouns, each once, and says which are new. Within one call no
// two may be the same.
func (tx *Tx) AddNouns(owner kith.MemberID, list []Noun) (news []News, err error) {
	values := make([]any, 0, len(list)*addNouns.width)
	given := make(map[string]string, len(list))
	for i := range list {
		n := &list[i]
		given[n.Name] = n.Runs
		values = append(values, string(owner), string(n.Contact), n.Name, n.Kind, n.Runs, n.Body)
	}
	err = tx.eachOf(&addNouns, nil, values, func(row scanner) error {
		var n News
		var name, runs string
		err := row.Scan(&n.Contact, &name, &n.Kind, &runs)
		if given[name] == runs {
			news = append(news, n)
		}
		return err
	})
	return news, err
}

// EachNoun calls do with everything said of a contact, always in the same
// order. do may not use the transaction.
func (tx *Tx) EachNoun(owner kith.MemberID, id kith.ContactID, do func(*Noun) error) error {
	return tx.each(nounsOf, nounScanner(do), string(owner), string(id))
}

// EachNounOf is EachNoun for several contacts, in no order.
func (tx *Tx) EachNounOf(owner kith.MemberID, ids []kith.ContactID, do func(*Noun) error) error {
	return tx.eachOf(&nounsIn, []any{string(owner)}, texts(ids), nounScanner(do))
}

func nounScanner(do func(*Noun) error) func(scanner) error {
	return func(row scanner) error {
		var n Noun
		if err := row.Scan(&n.Contact, &n.Name, &n.Kind, &n.Runs, &n.Body); err != nil {
			return err
		}
		return do(&n)
	}
}

// NounKinds counts what is kept of a contact, by kind.
func (tx *Tx) NounKinds(owner kith.MemberID, id kith.ContactID) (map[string]int, error) {
	out := map[string]int{}
	err := tx.each(kindsOf, func(row scanner) error {
		var kind string
		var n int
		err := row.Scan(&kind, &n)
		out[kind] = n
		return err
	}, string(owner), string(id))
	return out, err
}

// ForgetNouns forgets everything said of a contact.
func (tx *Tx) ForgetNouns(owner kith.MemberID, id kith.ContactID) error {
	_, err := tx.exec(forgetNouns, string(owner), string(id))
	return err
}

// CountBrought says how many nouns a run alone brought.
func (tx *Tx) CountBrought(owner kith.MemberID, run int64) (n int64, err error) {
	err = tx.row(countNouns, string(owner), RunMark(run)).Scan(&n)
	return n, err
}

// BroughtOf gives the contacts a run said something of, in the order of their
// ids, after one.
func (tx *Tx) BroughtOf(owner kith.MemberID, run int64, after kith.ContactID, limit int) ([]kith.ContactID, error) {
	return all(tx, contactsByID, func(row scanner, id *kith.ContactID) error { return row.Scan(id) },
		string(owner), string(after), "%"+RunMark(run)+"%", limit)
}

// TakeBack forgets that a run said anything of a contact, and what it alone
// said.
func (tx *Tx) TakeBack(owner kith.MemberID, run int64, id kith.ContactID) error {
	mark := RunMark(run)
	if _, err := tx.exec(dropRunNouns, string(owner), string(id), mark); err != nil {
		return err
	}
	_, err := tx.exec(dropRunMarks, string(owner), string(id), mark, "%"+mark+"%")
	return err
}
