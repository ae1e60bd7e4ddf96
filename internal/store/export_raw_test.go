package store

import "strings"

// Raw runs any statement: tests try to break what is kept.
func (tx *Tx) Raw(text string, args ...any) (int64, error) { return tx.exec(sqlText(text), args...) }

// ForgetOnceAbout is the statement by which answers that tell of somebody go.
const ForgetOnceAbout = string(forgetOnceAbout)

// Plan says how the database would run a statement if its tables were large.
func (tx *Tx) Plan(text string, args ...any) (string, error) {
	explain, columns := "EXPLAIN QUERY PLAN ", make([]any, 4)
	if !tx.db.isSQLite() {
		explain, columns = "EXPLAIN ", make([]any, 1)
		if _, err := tx.exec("SET LOCAL enable_seqscan = off"); err != nil {
			return "", err
		}
	}
	var steps strings.Builder
	var step string
	for i := range columns {
		columns[i] = new(any)
	}
	columns[len(columns)-1] = &step
	err := tx.each(sqlText(explain+text), func(row scanner) error {
		err := row.Scan(columns...)
		steps.WriteString(step + "\n")
		return err
	}, args...)
	return steps.String(), err
}

// ReadHead is the statement every page runs for its head.
const ReadHead = string(readHead)
