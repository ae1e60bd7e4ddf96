package store

import (
	"fmt"
	"testing"
)

// Whatever the number of rows, each is in one statement, in order.
func TestBulksCoverEveryRow(t *testing.T) {
	t.Parallel()
	for _, width := range []int{1, 3} {
		insert := insertMany("INSERT INTO x (a)", width, "")
		for rows := range 250 {
			var values, got []any
			for i := range rows * width {
				values = append(values, i)
			}
			if err := insert.parts(nil, values, func(_ sqlText, args []any) error {
				got = append(got, args...)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(values) {
				t.Errorf("%d rows of %d became %v", rows, width, got)
			}
		}
	}
	insert := insertMany("INSERT INTO x (a)", 3, "")
	if err := insert.parts(nil, []any{1, 2}, func(sqlText, []any) error { return nil }); err == nil {
		t.Error("two values are taken for a row of three")
	}
}

func TestBulkTexts(t *testing.T) {
	t.Parallel()
	few := len(bulkSizes) - 2 // 5 rows
	insert, find := insertMany("INSERT INTO x (a, b)", 2, "RETURNING a"), unionOf("SELECT a FROM x WHERE o = $1 AND a = $2", 1)
	for got, want := range map[sqlText]sqlText{
		insert.texts[few]: "INSERT INTO x (a, b) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8), ($9, $10) RETURNING a",
		find.texts[few]: "SELECT a FROM x WHERE o = $1 AND a = $2" +
			" UNION ALL SELECT a FROM x WHERE o = $1 AND a = $3 UNION ALL SELECT a FROM x WHERE o = $1 AND a = $4" +
			" UNION ALL SELECT a FROM x WHERE o = $1 AND a = $5 UNION ALL SELECT a FROM x WHERE o = $1 AND a = $6",
	} {
		if got != want {
			t.Errorf("it reads %s", got)
		}
	}
}

func TestParametersInOrderNeedNoNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[sqlText]string{
		"SELECT 1":                                  "SELECT 1",
		"INSERT INTO x (a, b) VALUES ($1, $2)":      "INSERT INTO x (a, b) VALUES (?, ?)",
		"SELECT a FROM x WHERE o = $1 AND p = $1":   "SELECT a FROM x WHERE o = $1 AND p = $1",
		"UPDATE x SET a = $2 WHERE o = $1":          "UPDATE x SET a = $2 WHERE o = $1",
		"SELECT a FROM x WHERE o = $2":              "SELECT a FROM x WHERE o = $2",
		"SELECT a FROM x WHERE o = $1 LIMIT $2 + 0": "SELECT a FROM x WHERE o = ? LIMIT ? + 0",
	} {
		if got := sqlite.text(text); got != want {
			t.Errorf("%s became %s", text, got)
		}
		if got := postgres.text(text); got != string(text) {
			t.Errorf("for PostgreSQL %s became %s", text, got)
		}
	}
}
