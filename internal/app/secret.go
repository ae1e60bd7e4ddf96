package app

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// newSecret makes 256 random bits, as 64 hexadecimal digits.
func newSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: see crypto/rand
	return hex.EncodeToString(b[:])
}

// digest is what is kept of a secret: enough to know it again. A secret of 80
// random bits and more needs no salt and no slow hash.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// now is the time credentials are counted by. (What is decided in a transaction
// goes by the transaction's own.)
func (a *App) now() time.Time {
	now := time.Now()
	if a.conf.Clock != nil {
		now = a.conf.Clock(now)
	}
	return now.UTC().Truncate(time.Microsecond)
}
