package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// What tests of everything there is need to know of the tables.

// Unowned are the tables that belong to no member, and why nothing of one is in
// them.
var Unowned = map[string]string{
	"secret":     "keys of the database",
	"safety":     "keyed hashes",
	"asked":      "keyed hashes, of a day",
	"suppressed": "keyed hashes",
	"member":     "the account itself: see emptyMember",
}

// memberish are the names columns with members' ids have.
var memberish = []string{"owner", "other", "sender", "recipient", "about", "actor", "closed_by", "a", "b", "member", "who"}

// Untraced names what erasing a member forgets.
func (db *DB) Untraced(ctx context.Context) (out []string, err error) {
	tables, err := db.schema(ctx)
	for _, table := range tables {
		i := slices.IndexFunc(traces, func(tr trace) bool { return tr.table == table.name })
		if i < 0 {
			if Unowned[table.name] == "" {
				out = append(out, table.name)
			}
			continue
		}
		tr := traces[i]
		traced := append(slices.Concat(tr.about, tr.by), tr.owner)
		for _, c := range table.columns {
			if slices.Contains(memberish, c.name) && !slices.Contains(traced, c.name) && !isProjection(table.name) {
				out = append(out, table.name+"."+c.name)
			}
		}
	}
	return out, err
}

// isProjection reports whether a table's rows about a member go with the pairs.
func isProjection(table string) bool { return table == "link" || table == "inbox" }

func (db *DB) schema(ctx context.Context) (tables []table, err error) {
	version, err := newestMigration()
	if err != nil {
		return nil, err
	}
	err = db.Read(ctx, func(tx *Tx) error { tables, err = tx.tables(version); return err })
	return tables, err
}

// suited are values for columns whose table takes none of the usual ones: 0, or
// the canary.
var suited = map[string]any{
	"pair.a_course": 4, "pair.b_course": 4, "pair.a_ended_at": 1, "pair.b_ended_at": 1, "pair.a_invitation": "", "pair.b_invitation": "",
	"ticket.purpose": "verify", "token.scopes": 1, "code.expires_at": 1, "message.at": 1, "link_note.at": 1,
	"restriction.n": 1, "restriction.step": 1, "restriction.until_at": 1, "restriction.appeal": 1, "restriction.appealed_at": 1,
	"answer.accepted_at": 1, "report.source": 0, "desk.state": 1, "desk.closed_at": 1, "audit.shown_at": 1, "photo.size": 1,
	"importrun.n": 1, "importrun.state": 4, "importrun.ended_at": 1,
	"contact.id": "c", "contact_key.contact": "c", "noun.contact": "c", "elsewhere.contact": "c", "noun.runs": " 1 ",
	"elsewhere.direction": 1, "elsewhere.note_state": 1,
	"verdict.n": 1, "verdict.side": 1, "verdict.at": 1, "verdict.rank": 1, "verdict.contact": "",
	"once.name": "k", "once_about.name": "k",
	"own_answer.answer": 1, "own_answer.at": 1, "own_answer.contact": "", "snooze.until": 1,
}

// Filled says which tables are to be filled.
type Filled int

// The tables with rows of the owner, those whose rows tell of the other, those
// where the other did something.
const (
	AllTables Filled = iota
	AboutOther
	ByOther
)

// FillAll puts a row into every table that holds members, with a text of its
// own in every column that can hold one, and says how many there are. What is
// there already stays.
func (tx *Tx) FillAll(owner, other, tag string, in Filled) (texts int, err error) {
	version, err := newestMigration()
	if err != nil {
		return 0, err
	}
	tables, err := tx.tables(version)
	if err != nil {
		return 0, err
	}
	for _, table := range tables {
		i := slices.IndexFunc(traces, func(tr trace) bool { return tr.table == table.name })
		if i < 0 {
			continue
		}
		tr := traces[i]
		if in == AboutOther && len(tr.about) == 0 || in == ByOther && len(tr.by) == 0 {
			continue
		}
		var args []any
		for _, c := range table.columns {
			v, ok := suited[table.name+"."+c.name]
			switch {
			case table.name == "pair" && c.name == "a":
				v = min(owner, other)
			case table.name == "pair" && c.name == "b":
				v = max(owner, other)
			case c.name == tr.owner:
				v = owner
			case slices.Contains(tr.about, c.name), slices.Contains(tr.by, c.name), c.name == "other":
				v = other
			case ok:
			case c.kind == number:
				v = 0
				if c.key > 0 { // rows of one owner must not meet
					v = len(tag)
				}
			case c.kind == octets:
				v = []byte(tag + "-" + table.name + "-" + c.name)
			default:
				v = tag + "-" + table.name + "-" + c.name
				texts++
			}
			if n, ok := v.(int); ok {
				v = int64(n)
			}
			args = append(args, v)
		}
		insert := "INSERT INTO " + table.name + " (" + table.names() + ") VALUES (" + parameters(1, len(args)) + ") ON CONFLICT DO NOTHING"
		if _, err := tx.exec(sqlText(insert), args...); err != nil {
			return texts, fmt.Errorf("%s: a row suits it no longer; say in suited what does: %w", table.name, err)
		}
	}
	return texts, nil
}

// Dump gives the rows of every table as text.
func (db *DB) Dump(ctx context.Context) (out map[string][]string, err error) {
	out = map[string][]string{}
	tables, err := db.schema(ctx)
	if err != nil {
		return nil, err
	}
	return out, db.Read(ctx, func(tx *Tx) error {
		for _, table := range tables {
			values, into := make([]any, len(table.columns)), make([]any, len(table.columns))
			for i := range values {
				into[i] = &values[i]
			}
			err := tx.each(sqlText("SELECT "+table.names()+" FROM "+table.name+" ORDER BY "+table.key()), func(row scanner) error {
				err := row.Scan(into...)
				out[table.name] = append(out[table.name], fmt.Sprintf("%s", values))
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// NotExported names tables with an owner that neither an export nor the list of
// reasons knows, and those that both know.
func (db *DB) NotExported(ctx context.Context) (out []string, err error) {
	tables, err := db.schema(ctx)
	for _, table := range tables {
		if Unowned[table.name] != "" {
			continue
		}
		exported := slices.ContainsFunc(parts, func(p Part) bool { return slices.Contains(p.tables, table.name) })
		if exported == (notForOwners[table.name] != "") {
			out = append(out, table.name)
		}
	}
	return out, err
}

// Unvacuumed names the tables with members in them that PostgreSQL never
// cleared of deleted rows.
func (db *DB) Unvacuumed(ctx context.Context) (out []string, err error) {
	if db.isSQLite() {
		return nil, nil
	}
	tables, err := db.schema(ctx)
	if err != nil {
		return nil, err
	}
	err = db.Read(ctx, func(tx *Tx) error {
		for _, table := range tables {
			var done bool
			query := "SELECT last_vacuum IS NOT NULL FROM pg_stat_user_tables WHERE relname = $1"
			if err := tx.row(sqlText(query), table.name).Scan(&done); err != nil {
				return err
			}
			if !done && (Unowned[table.name] == "" || table.name == "member") {
				out = append(out, table.name)
			}
		}
		return nil
	})
	return out, err
}

var (
	uniqueIndex = regexp.MustCompile(`(?m)^CREATE UNIQUE INDEX \w+ ON (\w+) \(([^)]*)\)`)
	tableText   = regexp.MustCompile(`(?ms)^CREATE TABLE (\w+) \((.*?)^\)`)
	ownerMember = regexp.MustCompile(`(?m)^\towner\s+TEXT NOT NULL (PRIMARY KEY )?REFERENCES member`)
)

// Exceptions gives the tables whose key does not start with the member they
// belong to, with a unique key that does not include that member, or whose owner
// need not be one.
func (db *DB) Exceptions(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	tables, err := db.schema(ctx)
	for _, table := range tables {
		if first, _, _ := strings.Cut(table.key(), ","); first != "owner" {
			out[table.name] = true
		}
	}
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	for _, file := range files {
		data, failed := migrations.ReadFile(file)
		err = errors.Join(err, failed)
		up, _, _ := strings.Cut(string(data), "-- +goose Down")
		for _, index := range uniqueIndex.FindAllStringSubmatch(up, -1) {
			if !slices.Contains(strings.Split(index[2], ", "), "owner") {
				out[index[1]] = true
			}
		}
		for _, table := range tableText.FindAllStringSubmatch(up, -1) {
			if !ownerMember.MatchString(table[2]) {
				out[table[1]] = true
			}
		}
	}
	return out, err
}
