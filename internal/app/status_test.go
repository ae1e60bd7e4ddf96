package app

import (
	"errors"
	"fmt"
	"testing"

	"kith"
)

func TestStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want int
	}{
		{errors.New("anything"), 500},
		{fmt.Errorf("inside: %w", errNoInvitation), 404},
		{&kith.Error{Kind: kith.Busy}, 503},
		{errLooks, 429},
		{errTries, 429},
	} {
		if got := Status(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
	for kind := range kith.Busy + 1 {
		if statuses[kind] < 400 {
			t.Errorf("the kind %d has no status", kind)
		}
	}
}
