package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// sqlText is one statement for both databases, a constant. Parameters are $1,
// $2, … Marks stand for what only PostgreSQL has, or calls by another name:
//
//	/*lock*/        locks the rows found until the transaction ends; rows that refer
//	                to them may come meanwhile
//	/*share*/       keeps them from changing until then, beside others who do the same
//	/*skip locked*/ locks them, leaving out what others have locked
//	/*each*/($2)    a table of the texts in a JSON list; its column is value
//	/*strict*/      in migrations: columns refuse values of another type
//	/*strict by key*/ that, and the rows are kept in the order of their key: one
//	                place to look and to write instead of two
//
// SQLite needs no row locks: whoever writes there writes alone. A limit is
// written "LIMIT $3 + 0": SQLite plans a statement anew for every value of a bare
// parameter there, which costs more than running it.
type sqlText string

// dialect is what a database calls itself and how a sqlText is written for it.
type dialect struct {
	name   string
	driver string
	// How transactions begin. A reader sees one state of everything; a writer
	// on SQLite writes alone, on PostgreSQL it locks rows.
	beginRead, beginWrite string
	words                 *strings.Replacer // of statements
	types                 *strings.Replacer // of migrations
}

var (
	sqlite = dialect{
		name: "sqlite3", driver: "sqlite", beginRead: "BEGIN", beginWrite: "BEGIN IMMEDIATE",
		words: strings.NewReplacer("/*lock*/", "", "/*share*/", "", "/*skip locked*/", "", "/*each*/", "json_each"),
		types: strings.NewReplacer("/*strict*/", "STRICT", "/*strict by key*/", "STRICT, WITHOUT ROWID", "BIGINT", "INTEGER", "BYTEA", "BLOB"),
	}
	postgres = dialect{
		name: "postgres", driver: "pgx", beginRead: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", beginWrite: "BEGIN",
		words: strings.NewReplacer("/*lock*/", "FOR NO KEY UPDATE", "/*share*/", "FOR SHARE", "/*skip locked*/", "FOR NO KEY UPDATE SKIP LOCKED", "/*each*/", "jsonb_array_elements_text"),
		// Text is compared by its bytes, as SQLite does it.
		types: strings.NewReplacer("/*strict*/", "", "/*strict by key*/", "", " TEXT", ` TEXT COLLATE "C"`),
	}
)

// text writes a statement for the database.
func (d *dialect) text(t sqlText) string {
	s := d.words.Replace(string(t))
	if d.name == sqlite.name {
		s = unnumbered(s)
	}
	return s
}

var numbers = regexp.MustCompile(`\$[0-9]+`)

// unnumbered leaves out the numbers of parameters that come in order, each once.
// SQLite goes over the names of all parameters to find one that has a name, each
// time it is given a value.
func unnumbered(text string) string {
	n := 0
	for _, p := range numbers.FindAllString(text, -1) {
		if n++; p != "$"+strconv.Itoa(n) {
			return text
		}
	}
	return numbers.ReplaceAllString(text, "?")
}

// micros is how a time is kept: microseconds since 1970, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// fromMicros reads a kept time.
func fromMicros(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// bit is how a boolean is kept.
func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// at scans a kept time.
func at(t *time.Time) sql.Scanner { return (*timeScanner)(t) }

type timeScanner time.Time

func (s *timeScanner) Scan(v any) error {
	us, ok := v.(int64)
	if !ok {
		return fmt.Errorf("a time is kept as %T", v)
	}
	*s = timeScanner(fromMicros(us))
	return nil
}

// asJSON scans a JSON column into v; empty text leaves v as it is.
func asJSON(v any) sql.Scanner { return jsonScanner{v} }

type jsonScanner struct{ into any }

func (s jsonScanner) Scan(v any) error {
	var data []byte
	switch v := v.(type) {
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("JSON is kept as %T", v)
	}
	if len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, s.into)
}

// toJSON is how a value without columns of its own is kept.
func toJSON(v any) (string, error) {
	data, err := json.Marshal(v)
	return string(data), err
}
