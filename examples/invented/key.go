package invented

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"

	"kith"
)

// slugOf gives the profile slug of an invented person: the folded name and six
// digits that only depend on it. Files refer to each other by name.
func slugOf(name string) string {
	sum := digest("slug", name)
	return strings.ReplaceAll(kith.FoldText(name), " ", "-") + "-" + hex.EncodeToString(sum[:3])
}

// linkPrefix stands before the slug in a profile's link.
const linkPrefix = "https://www.linkedin.com/in/"

// linkOf gives the link to an invented person's profile.
func linkOf(name string) string { return kith.ProfileLink(slugOf(name)) }

// token makes what looks like a secret in a link; it opens nothing.
func token(purpose, name string) string {
	sum := digest(purpose, name)
	return "AQ" + base64.RawURLEncoding.EncodeToString(sum[:9])
}

// number makes what looks like the platform's own 19-digit number.
func number(purpose, name string) string {
	sum := digest(purpose, name)
	return fmt.Sprintf("73%017d", binary.BigEndian.Uint64(sum[:])%1e17)
}

func digest(purpose, name string) [sha256.Size]byte {
	return sha256.Sum256([]byte(purpose + "\x00" + name))
}

// emailOf makes a mail address for a person whose card has none.
func emailOf(name string) string {
	return strings.ReplaceAll(kith.FoldText(name), " ", ".") + "@guest.example"
}
