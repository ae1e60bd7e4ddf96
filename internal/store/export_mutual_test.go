package store

// RunSQL runs a statement that is no constant of this package: tests fill
// tables with it.
func (tx *Tx) RunSQL(text string, args ...any) error {
	_, err := tx.exec(sqlText(text), args...)
	return err
}
