package store

import (
	"fmt"
	"strconv"
	"strings"
)

// bulk is a statement over many rows or values at once, in a few fixed sizes so
// that each is prepared once: what a statement costs is then shared by all its
// rows. Its texts are for both databases, as every [sqlText] is.
type bulk struct {
	texts [len(bulkSizes)]sqlText
	// shared is how many parameters come first and once, width how many each
	// row has.
	shared, width int
}

// bulkSizes are the rows of one statement, largest first. A batch of 500 rows is
// five statements.
var bulkSizes = [...]int{100, 20, 5, 1}

// insertMany makes a bulk of "INSERT INTO … VALUES" and what follows the rows.
func insertMany(head string, width int, tail string) bulk {
	b := bulk{width: width}
	for i, size := range bulkSizes {
		rows := make([]string, size)
		for r := range rows {
			rows[r] = "(" + parameters(r*width+1, width) + ")"
		}
		b.texts[i] = sqlText(head + " VALUES " + strings.Join(rows, ", ") + " " + tail)
	}
	return b
}

// whereIn makes a bulk of an UPDATE or DELETE that ends in "… IN (values)",
// after shared parameters of its own. What SELECTs is made by [unionOf].
func whereIn(head string, shared int) bulk {
	b := bulk{shared: shared, width: 1}
	for i, size := range bulkSizes {
		b.texts[i] = sqlText(head + " IN (" + parameters(shared+1, size) + ")")
	}
	return b
}

// unionOf makes a bulk of a SELECT of what has one value, its last parameter
// after the shared ones: the SELECT for each value, as one statement.
//
// With "owner = $1 AND name IN (values)" PostgreSQL would choose between looking
// up each and reading all an owner has, by how much it guesses that to be. It
// guesses low for whoever has much, or while a table grows, and reads all of it
// for a few rows.
func unionOf(one string, shared int) bulk {
	b := bulk{shared: shared, width: 1}
	last := parameters(shared+1, 1)
	for i, size := range bulkSizes {
		parts := make([]string, size)
		for r := range parts {
			parts[r] = strings.ReplaceAll(one, last, parameters(shared+1+r, 1))
		}
		b.texts[i] = sqlText(strings.Join(parts, " UNION ALL "))
	}
	return b
}

// parameters gives "$3, $4, $5".
func parameters(from, n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = "$" + strconv.Itoa(from+i)
	}
	return strings.Join(out, ", ")
}

// parts calls do with the statements that cover all rows. values holds the
// rows one after the other.
func (b *bulk) parts(shared, values []any, do func(text sqlText, args []any) error) error {
	for i, size := range bulkSizes {
		for n := size * b.width; len(values) >= n && n > 0; values = values[n:] {
			args := values[:n]
			if b.shared > 0 {
				args = append(append(make([]any, 0, b.shared+n), shared...), args...)
			}
			if err := do(b.texts[i], args); err != nil {
				return err
			}
		}
	}
	if len(values) > 0 {
		return fmt.Errorf("%d values are no row of %d", len(values), b.width)
	}
	return nil
}

// execMany runs a bulk and says how many rows it changed.
func (tx *Tx) execMany(b *bulk, shared, values []any) (changed int64, err error) {
	err = b.parts(shared, values, func(text sqlText, args []any) error {
		n, err := tx.exec(text, args...)
		changed += n
		return err
	})
	return changed, err
}

// eachOf runs a bulk and calls scan for every row found.
func (tx *Tx) eachOf(b *bulk, shared, values []any, scan func(scanner) error) error {
	return b.parts(shared, values, func(text sqlText, args []any) error { return tx.each(text, scan, args...) })
}

// allOf collects what scan makes of every row a bulk finds.
func allOf[T any](tx *Tx, b *bulk, shared, values []any, scan func(scanner, *T) error) (out []T, err error) {
	err = tx.eachOf(b, shared, values, func(row scanner) error {
		var v T
		err := scan(row, &v)
		out = append(out, v)
		return err
	})
	return out, err
}

// texts gives values of a string type as parameters.
func texts[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
