package main

import (
	"os"
	"strings"
	"testing"
	"time"

	"kith/bench/rig"
)

// TestMain lets the test's own program be the server that it starts.
func TestMain(m *testing.M) {
	if serving, err := rig.Serving(); serving {
		if err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

func TestRunDecidesOverHTTP(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := run(t.Context(), &b, 1, 40*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"| kith | 4 |", "| kith | 16 |"} {
		if !strings.Contains(b.String(), row) {
			t.Errorf("no row %q in\n%s", row, b.String())
		}
	}
}

func TestMailsCarryTheTexts(t *testing.T) {
	t.Parallel()
	all, err := texts(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Errorf("%d texts are too few", len(all))
	}
	for i, m := range mails(all, "127.0.0.1:1") {
		if want := strings.ReplaceAll(all[i].note, "\n", "\r\n"); !strings.HasSuffix(string(m), want+"\r\n") {
			t.Errorf("mail %d does not end in its text:\n%s", i, m)
		}
	}
}
