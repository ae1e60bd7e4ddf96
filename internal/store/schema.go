package store

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// table is a table as the database itself describes it. Backups, erasure and
// their tests go by it, so that no table is forgotten there.
type table struct {
	name    string
	columns []column
}

// column is a column of a table.
type column struct {
	name string
	kind kind
	key  int // its place in the primary key, counted from 1; 0: not in it
}

// kind is what a column holds, as the header of a backup says it.
type kind byte

// The kinds; migrations use no others.
const (
	number kind = 'n' // BIGINT
	text   kind = 't' // TEXT
	octets kind = 'o' // BYTEA
)

var kinds = map[string]kind{"INTEGER": number, "TEXT": text, "BLOB": octets, "bigint": number, "text": text, "bytea": octets}

// catalogues are the statements by which the databases describe themselves: a
// row for each column, in order: table, column, type, place in the primary key.
var catalogues = map[string]sqlText{
	sqlite.name: "SELECT t.name, c.name, c.type, c.pk FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid",
	postgres.name: `SELECT t.relname, c.attname, format_type(c.atttypid, NULL),
	COALESCE(array_position(string_to_array(i.indkey::text, ' '), c.attnum::text), 0)
	FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
	LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
	WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, c.attnum`,
}

// tables gives the tables migrations up to a version made, in the order they
// were made in: a row only refers to tables before its own.
func (tx *Tx) tables(version int64) ([]table, error) {
	names, err := tablesMade(version)
	if err != nil {
		return nil, err
	}
	out := make([]table, len(names))
	for i, name := range names {
		out[i].name = name
	}
	err = tx.each(catalogues[tx.db.name], func(row scanner) error {
		var of, typ string
		var c column
		if err := row.Scan(&of, &c.name, &typ, &c.key); err != nil {
			return err
		}
		i := slices.Index(names, of)
		if i < 0 {
			return nil // the migrations' own
		}
		ok := false
		if c.kind, ok = kinds[typ]; !ok {
			return fmt.Errorf("%s.%s is of type %s, which backups do not know", of, c.name, typ)
		}
		out[i].columns = append(out[i].columns, c)
		return nil
	})
	return out, err
}

var makesTable = regexp.MustCompile(`(?m)^(CREATE|DROP) TABLE (\w+)`)

// tablesMade reads from the migrations which tables there are at a version.
func tablesMade(version int64) (names []string, err error) {
	files, err := fs.Glob(migrations, "migrations/*.sql") // in order
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		n, err := migrationNumber(file)
		if err != nil {
			return nil, err
		}
		if n > version {
			break
		}
		text, err := migrations.ReadFile(file)
		if err != nil {
			return nil, err
		}
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		for _, m := range makesTable.FindAllStringSubmatch(up, -1) {
			if m[1] == "CREATE" {
				names = append(names, m[2])
			} else {
				names = slices.DeleteFunc(names, func(name string) bool { return name == m[2] })
			}
		}
	}
	return names, nil
}

// names gives the columns' names, separated by commas.
func (t *table) names() string {
	out := make([]string, len(t.columns))
	for i := range t.columns {
		out[i] = t.columns[i].name
	}
	return strings.Join(out, ", ")
}

// key gives the columns of the primary key, in its order.
func (t *table) key() string {
	var in []column
	for _, c := range t.columns {
		if c.key > 0 {
			in = append(in, c)
		}
	}
	slices.SortFunc(in, func(a, b column) int { return a.key - b.key })
	return (&table{columns: in}).names()
}

// newestMigration is the version of the tables this program makes.
func newestMigration() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql") // in order
	if err != nil {
		return 0, err
	}
	return migrationNumber(names[len(names)-1])
}

// migrationNumber reads the version off a migration's name.
func migrationNumber(file string) (int64, error) {
	number, _, _ := strings.Cut(strings.TrimPrefix(file, "migrations/"), "_")
	return strconv.ParseInt(number, 10, 64)
}
