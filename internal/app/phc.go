package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/crypto/argon2"
)

// hashCost is what hashing a password takes.
type hashCost struct {
	memory, time uint32 // KiB, passes
	lanes        uint8
}

// todaysCost is how passwords are hashed: argon2id with 19 MiB, two passes and
// one lane, the first choice of OWASP's Password Storage Cheat Sheet.
var todaysCost = hashCost{memory: 19 * 1024, time: 2, lanes: 1}

// How many bytes of salt and hash are kept.
const (
	saltBytes = 16
	keyBytes  = 32
)

// hashers is how many passwords are hashed at a time: what they take of the
// machine is bounded, however many sign in at once.
const hashers = 2

// phc is a hashed password, written as a PHC string: the parameters it was made
// with stand in it, so that newer ones need no migration.
type phc struct {
	hashCost
	salt, key []byte
}

// newPHC hashes a password.
func newPHC(password string, cost hashCost) phc {
	p := phc{hashCost: cost, salt: make([]byte, saltBytes)}
	_, _ = rand.Read(p.salt) // never fails: see crypto/rand
	p.key = p.hash(password, keyBytes)
	return p
}

// nobody is what is compared with where there is no password, so that an
// unknown address takes as long as a known one.
func nobody(cost hashCost) phc {
	return phc{hashCost: cost, salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
}

func (p *phc) hash(password string, length uint32) []byte {
	return argon2.IDKey([]byte(password), p.salt, p.time, p.memory, p.lanes, length)
}

// matches reports whether a password is the one that was hashed.
func (p *phc) matches(password string) bool {
	return subtle.ConstantTimeCompare(p.key, p.hash(password, uint32(len(p.key)))) == 1
}

// String writes it as "$argon2id$v=19$m=19456,t=2,p=1$salt$key".
func (p *phc) String() string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.memory, p.time, p.lanes,
		b64.EncodeToString(p.salt), b64.EncodeToString(p.key))
}

// What parsePHC takes at most: more would let a row of the database take the
// whole machine.
const (
	maxHashMemory = 256 * 1024 // KiB
	maxHashTime   = 16
	maxHashLanes  = 16
	maxKeyBytes   = 64
)

// parsePHC reads what String wrote; ok is false for anything else.
func parsePHC(s string) (p phc, ok bool) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != "v="+strconv.Itoa(argon2.Version) {
		return p, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.time, &p.lanes); err != nil {
		return p, false
	}
	b64 := base64.RawStdEncoding.Strict()
	salt, err := b64.DecodeString(parts[4])
	if err != nil {
		return p, false
	}
	key, err := b64.DecodeString(parts[5])
	if err != nil {
		return p, false
	}
	p.salt, p.key = salt, key
	sound := p.memory >= 8 && p.memory <= maxHashMemory && p.time >= 1 && p.time <= maxHashTime && p.lanes >= 1 && p.lanes <= maxHashLanes &&
		len(salt) >= 8 && len(salt) <= maxKeyBytes && len(key) >= 16 && len(key) <= maxKeyBytes
	return p, sound && p.String() == s
}

// hash hashes a password, when it is its turn. It takes tens of milliseconds
// and is never done inside a transaction.
func (a *App) hash(ctx context.Context, password string) (string, error) {
	done, err := a.doors.hashing(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	p := newPHC(plainPassword(password), a.doors.cost)
	return p.String(), nil
}

// matches compares a password with a kept one, when it is its turn; with an
// empty one it takes as long and says no.
func (a *App) matches(ctx context.Context, kept, password string) (bool, error) {
	p, known := nobody(a.doors.cost), kept != ""
	if known {
		var ok bool
		if p, ok = parsePHC(kept); !ok {
			return false, errors.New("a kept password cannot be read")
		}
	}
	done, err := a.doors.hashing(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	return p.matches(plainPassword(password)) && known, nil
}
