package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kith"
	"kith/internal/store"
	"kith/internal/store/storetest"
	"kith/pair"
)

// drill is a network of which a backup was made before people were kept safe
// from each other.
type drill struct {
	*world
	backup, journal          string
	ada, bea, cem, dora, eve Actor
	token                    string // of dora's, revoked since
	calendar                 string // the secret of eve's, ended since
}

func newDrill(t *testing.T, w *world) *drill {
	dir := t.TempDir()
	d := &drill{world: w, backup: filepath.Join(dir, "kith.backup"), journal: filepath.Join(dir, "newest.journal")}
	d.ada, d.bea, d.cem, d.dora, d.eve = w.member("Ada"), w.member("Bea"), w.member("Cem"), w.member("Dora"), w.member("Eve")
	ctx := t.Context()
	in, err := w.Send(ctx, d.ada, Invite{To: d.bea.ID, Note: "We met in Delft."})
	w.must(err)
	_, err = w.Accept(ctx, d.bea, in.ID, pair.Met, pair.NoSee, "")
	w.must(err)
	w.must(w.Block(ctx, d.eve, d.ada.ID))
	_, d.token, err = w.CreateToken(ctx, Actor{ID: d.dora.ID, Credential: console, Scopes: AllScopes(Ordinary)}, TokenForm{Name: "phone", Scopes: ScopeRead})
	w.must(err)
	eve := Actor{ID: d.eve.ID, Credential: console, Scopes: AllScopes(Ordinary)}
	d.calendar = w.calendar(eve, false)
	w.pass(time.Hour)
	_, err = w.Backup(ctx, d.backup)
	w.must(err)

	w.pass(time.Hour)
	w.must(w.Block(ctx, d.ada, d.bea.ID))
	w.must(w.Unblock(ctx, d.eve, d.ada.ID))
	w.must(w.Block(ctx, d.bea, d.dora.ID))
	w.must(w.Unblock(ctx, d.bea, d.dora.ID))
	w.must(w.EraseNow(ctx, w.Console(), d.cem.ID))
	w.must(w.EndCalendar(ctx, eve))
	w.must(w.write(ctx, func(_ context.Context, tx *store.Tx) error {
		if err := tx.Suppress("eve@mail.example"); err != nil {
			return err
		}
		return w.revoke(tx, d.dora.ID)
	}))
	w.must(w.Journal(ctx, d.journal))
	return d
}

// held says what of the drill holds in another database.
func (d *drill) held(t *testing.T, dsn string) (out []string) {
	t.Helper()
	a, err := Open(t.Context(), dsn, Config{Clock: func(time.Time) time.Time { return d.now() }, NewID: d.newID})
	d.must(err)
	defer func() { d.must(a.Close()) }()
	d.must(a.read(t.Context(), func(tx *store.Tx) error {
		for _, p := range [][2]kith.MemberID{{d.ada.ID, d.bea.ID}, {d.eve.ID, d.ada.ID}, {d.bea.ID, d.dora.ID}} {
			row, err := tx.PeekPair(p[0], p[1])
			if err != nil {
				return err
			}
			_, _, by, _ := pair.Order(p[0], p[1])
			if row.State.Blocks[by] {
				out = append(out, "block")
			}
			if row.State.Connected() {
				out = append(out, "connected")
			}
		}
		m, _, err := tx.Member(d.cem.ID)
		if err != nil {
			return err
		}
		out = append(out, m.State.String())
		stopped, err := tx.Suppressed("eve@mail.example")
		if stopped {
			out = append(out, "suppressed")
		}
		return err
	}))
	if _, err := a.Authenticate(t.Context(), d.token); err != nil {
		out = append(out, "revoked")
	}
	if _, _, err := a.ReadCalendar(t.Context(), d.calendar); err != nil {
		out = append(out, "ended")
	}
	return out
}

// After an old backup is restored, on either database, with the journal nobody
// is unblocked, unerased, unrevoked or unsuppressed. Without it they are.
func TestRestoreDrill(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		d := newDrill(t, w)
		const safe, unsafe = "block erased suppressed revoked ended", "connected block active"
		conf := Config{Clock: func(time.Time) time.Time { return w.now() }, NewID: w.newID}
		for _, kind := range storetest.DSNs(t) {
			dsn := kind.Make(t)
			done, err := Restore(t.Context(), dsn, d.backup, []string{d.backup + journalEnd, d.journal, d.journal}, conf)
			w.must(err)
			if got := strings.Join(d.held(t, dsn), " "); got != safe {
				t.Errorf("restored into %s with the journal: %s (%s)", kind.Name, got, done.Reapplied)
			}
			if want := (Reapplied{Blocks: 3, Erased: 1, Revoked: 2, Suppressed: 1}); done.Reapplied != want {
				t.Errorf("it says %+v", done.Reapplied)
			}
			bare := kind.Make(t)
			_, err = Restore(t.Context(), bare, d.backup, nil, conf)
			w.must(err)
			if got := strings.Join(d.held(t, bare), " "); got != unsafe {
				t.Errorf("restored into %s without: %s", kind.Name, got)
			}
		}
		// Whoever restores by copying files keeps the journal beside them, and
		// that alone is enough.
		copied := storetest.SQLite(t)
		_, err := Restore(t.Context(), copied, d.backup, nil, conf)
		w.must(err)
		newest, err := os.ReadFile(d.journal)
		w.must(err)
		w.must(os.WriteFile(copied+journalEnd, newest, 0o600))
		if got := strings.Join(d.held(t, copied), " "); got != safe {
			t.Errorf("opened with a newer journal beside it: %s", got)
		}
	})
}

// A removed passkey, a changed password and an ended session do not come back
// with an older backup; the passkey that was kept does. Without a journal,
// sessions alone are gone.
func TestEndedCredentialsStayEnded(t *testing.T) {
	t.Parallel()
	eachDoor(t, SignUpByInvitation, func(t *testing.T, w *world) {
		ctx, dir := t.Context(), t.TempDir()
		c := w.collect("Ada")
		who, removed := c.sessions[0], w.enrol(c.sessions[0], newDevice("https://kith.example"))
		_, err := w.Backup(ctx, filepath.Join(dir, "old"))
		w.must(err)
		w.pass(time.Minute)
		w.must(w.RemovePasskey(ctx, who, removed.ID))
		w.must(w.ChangePassword(ctx, who, "", "another long word"))
		w.must(w.EndOtherSessions(ctx, who))
		w.must(w.Journal(ctx, filepath.Join(dir, "journal")))
		for _, tt := range []struct {
			journals []string
			keys     int
			password bool
			tokens   int
		}{{[]string{filepath.Join(dir, "journal")}, 1, false, 0}, {nil, 2, true, 2}} {
			for _, kind := range storetest.DSNs(t) {
				dsn, conf := kind.Make(t), Config{Clock: func(time.Time) time.Time { return w.now() }, NewID: w.newID}
				_, err := Restore(ctx, dsn, filepath.Join(dir, "old"), tt.journals, conf)
				w.must(err)
				a, err := Open(ctx, dsn, conf)
				w.must(err)
				sessions, tokens, keys := (&world{App: a, t: t}).works(&c, who.ID)
				var password bool
				w.must(a.read(ctx, func(tx *store.Tx) (err error) {
					_, password, err = tx.Password(who.ID)
					return err
				}))
				w.must(a.Close())
				if sessions != 0 || tokens != tt.tokens || keys != tt.keys || password != tt.password {
					t.Errorf("%s, journals %v: %d sessions, %d tokens, %d passkeys work, the old password %v", kind.Name, tt.journals, sessions, tokens, keys, password)
				}
			}
		}
	})
}

// A journal or a backup that cannot be used is said in one line, before a file
// is made.
func TestRestoreRefusesBeforeItWrites(t *testing.T) {
	t.Parallel()
	eachWorld(t, func(t *testing.T, w *world) {
		dir := t.TempDir()
		good, bad, dsn := filepath.Join(dir, "good"), filepath.Join(dir, "bad"), filepath.Join(dir, "new.db")
		_, err := w.Backup(t.Context(), good)
		w.must(err)
		w.must(os.WriteFile(bad, []byte("hello\n"), 0o600))
		for _, args := range [][]string{{bad}, {filepath.Join(dir, "none")}, {good, bad}, {good, filepath.Join(dir, "none")}} {
			_, err := Restore(t.Context(), dsn, args[0], args[1:], Config{})
			if k := kith.KindOf(err); k != kith.Invalid && k != kith.NotFound {
				t.Errorf("%v: %v", args, err)
			}
		}
		entries, err := os.ReadDir(dir)
		w.must(err)
		for _, e := range entries {
			if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 || strings.HasPrefix(e.Name(), "new") {
				t.Errorf("there is %s, mode %v (%v)", e.Name(), info.Mode(), err)
			}
		}
	})
}
