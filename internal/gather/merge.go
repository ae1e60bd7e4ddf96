package gather

import (
	"reflect"
	"time"

	"kith"
)

// mergeFacts takes over what other knows: of two observations the newer, of two
// equally old the fuller source (a PDF before a mail).
func mergeFacts(into, other *kith.PersonFacts) {
	a, b := reflect.ValueOf(into).Elem(), reflect.ValueOf(other).Elem()
	for i := range a.NumField() {
		x, y := a.Field(i), b.Field(i)
		if !known(y) {
			continue
		}
		if !known(x) || better(y, x) {
			x.Set(y)
		}
	}
}

// The fields of every kith.Opt, in their order.
const (
	optState = 1 + iota
	optSource
	optAt
)

func known(v reflect.Value) bool {
	s := kith.State(v.Field(optState).Uint())
	return s == kith.Present || s == kith.Absent
}

// better reports whether observation y replaces x.
func better(y, x reflect.Value) bool {
	ry, rx := fullness(y), fullness(x)
	if ry != rx {
		return ry > rx
	}
	ty, tx := y.Field(optAt).Interface().(time.Time), x.Field(optAt).Interface().(time.Time)
	return ty.After(tx)
}

// fullness ranks sources by how much of a profile they show uncut.
func fullness(v reflect.Value) int {
	switch kith.Source(v.Field(optSource).Uint()) {
	case kith.FromNetwork: // whole, and as of now
		return 3
	case kith.FromPDF:
		return 2
	case kith.FromMail:
		return 1
	}
	return 0
}

// mergeSettings lays what the member's settings say over what sources show.
func mergeSettings(own, settings *kith.PersonFacts) {
	a, b := reflect.ValueOf(own).Elem(), reflect.ValueOf(settings).Elem()
	for i := range a.NumField() {
		if known(b.Field(i)) {
			a.Field(i).Set(b.Field(i))
		}
	}
}
