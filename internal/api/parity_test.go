package api

import (
	"flag"
	"strings"
	"sync"
	"testing"

	"kith/internal/app"
	"kith/internal/store/storetest"
)

var parityScripts = flag.Int("parity-scripts", 1000, "send so many request scripts to both databases")

// mostlyDone is the least share of what scripts ask to be done that must be
// done: two databases that refuse alike have been compared little.
const mostlyDone = 0.6

// Both databases answer the same requests with the same bytes.
func TestBothDatabasesAnswerAlike(t *testing.T) {
	t.Parallel()
	scripts := *parityScripts
	if testing.Short() {
		scripts = 50
	}
	dsns := storetest.DSNs(t)
	if len(dsns) < 2 {
		t.Log("SQLite is left without another to compare it with") // in CI, DSNs has failed
		return
	}
	worlds := make([]*world, len(dsns))
	for i, dsn := range dsns {
		worlds[i] = newWorld(t, dsn.Make(t), app.Config{SignUp: app.SignUpByInvitation})
	}
	writes, done := 0, 0
	for seed := range uint64(scripts) {
		told := make([]*script, len(worlds))
		var playing sync.WaitGroup
		for i, w := range worlds {
			playing.Go(func() { told[i] = newScript(w, seed).play() })
		}
		playing.Wait()
		if t.Failed() {
			return
		}
		if a, b := told[0].said.String(), told[1].said.String(); a != b {
			t.Fatalf("script %d differs:\n%s", seed, difference(a, b))
		}
		writes += told[0].writes
		done += told[0].done
	}
	if t.Logf("of %d writes %d were done", writes, done); float64(done) < mostlyDone*float64(writes) {
		t.Error("most was refused: little was compared")
	}
}

// unscripted are routes no script asks: hashing a password takes long, a
// ceremony's challenge is drawn by chance, a browser's cookie is not the test's,
// and files are no JSON (what files bring is compared: see gather).
var unscripted = strings.Fields(`sign-up verify forgot-password reset-password change-password change-email sign-in
	begin-passkey-sign-in finish-passkey-sign-in begin-passkey add-passkey set-photo get-photo start-import
	get-subscription unsubscribe`)
