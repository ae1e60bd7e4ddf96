package app

import "kith"

// Paged cuts a list that was read for one more than a page holds down to the
// page. more: there is a next one.
func Paged[T any](list []T, limit int) (page []T, more bool) {
	if len(list) <= limit {
		return list, false
	}
	return list[:limit], true
}

// ifMore gives where the next page begins, nowhere after the last one.
func ifMore(next Cursor, more bool) Cursor {
	if !more {
		return Cursor{}
	}
	return next
}

// pagedFaces is Paged for a list in the order of ids, with where it goes on.
func pagedFaces(list []Face, limit int) (page []Face, next kith.MemberID) {
	page, more := Paged(list, limit)
	if more {
		next = page[limit-1].ID
	}
	return page, next
}
