package pair

// Order names the two members of a pair: a sorts before b, and mine is the
// place of me. Every other function of this package speaks of parties, so this
// is where "nobody has anything to do with themselves" (P16) is kept; it
// answers [ErrSelf] when both ids are one. Aliases of a member (another e-mail
// address) must be resolved to the member's id before.
func Order[ID ~string](me, other ID) (a, b ID, mine Party, err error) {
	switch {
	case me == other:
		return a, b, mine, ErrSelf
	case me < other:
		return me, other, A, nil
	}
	return other, me, B, nil
}
