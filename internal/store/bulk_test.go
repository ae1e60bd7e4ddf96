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
		for rows := range 50 {
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
	last := len(bulkSizes) - 2 // 4 rows
	insert, find := insertMany("INSERT INTO x (a, b)", 2, "RETURNING a"), whereIn("SELECT a FROM x WHERE o = $1 AND a", 1, "ORDER BY a")
	for got, want := range map[sqlText]sqlText{
		insert.texts[last]: "INSERT INTO x (a, b) VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8) RETURNING a",
		find.texts[last]:   "SELECT a FROM x WHERE o = $1 AND a IN ($2, $3, $4, $5) ORDER BY a",
	} {
		if got != want {
			t.Errorf("it reads %s", got)
		}
	}
}
