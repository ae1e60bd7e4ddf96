package store

import "kith"

// Picture is a photo in one size.
type Picture struct {
	Size int // pixels of a side
	Data []byte
}

const (
	dropPhoto   sqlText = "DELETE FROM photo WHERE owner = $1"
	insertPhoto sqlText = "INSERT INTO photo (owner, size, hash, data) VALUES ($1, $2, $3, $4)"
	readPhoto   sqlText = "SELECT data FROM photo WHERE owner = $1 AND size = $2 AND hash = $3"
	photoHash   sqlText = "SELECT COALESCE(MIN(hash), '') FROM photo WHERE owner = $1"
)

// SetPhoto keeps a member's photo in all its sizes in place of the one before.
func (tx *Tx) SetPhoto(owner kith.MemberID, hash string, pictures []Picture) error {
	if err := tx.lockMember(owner); err != nil {
		return err
	}
	if err := tx.DropPhoto(owner); err != nil {
		return err
	}
	for _, p := range pictures {
		if _, err := tx.exec(insertPhoto, string(owner), p.Size, hash, p.Data); err != nil {
			return err
		}
	}
	return nil
}

// DropPhoto forgets a member's photo, if there is one.
func (tx *Tx) DropPhoto(owner kith.MemberID) error {
	_, err := tx.exec(dropPhoto, string(owner))
	return err
}

// Photo gives a photo in a size; ok is false if it is not, or no longer, the
// member's.
func (tx *Tx) Photo(owner kith.MemberID, hash string, size int) (data []byte, ok bool, err error) {
	return maybe(func(row scanner, data *[]byte) error { return row.Scan(data) }, tx.row(readPhoto, string(owner), size, hash))
}

// PhotoHash names a member's photo; it is empty if there is none.
func (tx *Tx) PhotoHash(owner kith.MemberID) (hash string, err error) {
	if d := tx.dossier(owner); d != nil {
		return d.photo, nil
	}
	err = tx.row(photoHash, string(owner)).Scan(&hash)
	return hash, err
}
