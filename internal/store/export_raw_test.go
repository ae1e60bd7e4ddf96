package store

// Raw runs any statement: tests try to break what is kept.
func (tx *Tx) Raw(text string, args ...any) (int64, error) { return tx.exec(sqlText(text), args...) }
