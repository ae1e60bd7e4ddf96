package store

// Prepare prepares a statement, for the test that prepares all of them.
func (tx *Tx) Prepare(text string) error {
	_, err := tx.pool.prepare(tx.ctx, tx.conn, sqlText(text))
	return err
}
