package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"kith"
	"kith/examples/invented"
	"kith/internal/store"
	"kith/internal/store/storetest"
)

// BenchmarkImport keeps an archive of 30,000 connections and 10,000
// invitations: from the uploaded file to durable and searchable contacts, and
// beside it what deciding the invitations takes.
func BenchmarkImport(b *testing.B) {
	path := writeArchive(b, invented.Size{Invitations: 10_000, Connections: 30_000})
	for _, dsn := range storetest.DSNs(b) {
		b.Run(dsn.Name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				a, owner := benchWorld(b, dsn.Make(b))
				run := benchRun(b, a, owner, path)
				b.StartTimer()
				begun := time.Now()
				if err := run.read(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(begun).Seconds(), "s/kept")
				begun = time.Now()
				if err := run.judge(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(time.Since(begun).Seconds(), "s/judged")
				b.StopTimer()
				if err := a.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// BenchmarkImportRows keeps KITH_ROWS connections (100,000 if not set) and
// reports the most memory the heap took meanwhile: it does not grow with the
// rows.
func BenchmarkImportRows(b *testing.B) {
	rows, err := strconv.Atoi(os.Getenv("KITH_ROWS"))
	if err != nil {
		rows = 100_000
	}
	path := writeArchive(b, invented.Size{Connections: rows})
	for b.Loop() {
		a, owner := benchWorld(b, storetest.SQLite(b))
		run := benchRun(b, a, owner, path)
		var peak uint64
		run.opt.Progress = func(int64, int64) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
		if err := run.read(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(peak)/(1<<20), "MiB-heap")
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func writeArchive(b *testing.B, s invented.Size) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "archive.zip")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := invented.Archive(f, s, 7); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

func benchWorld(b *testing.B, dsn string) (*App, kith.MemberID) {
	b.Helper()
	a, err := Open(b.Context(), dsn, Config{})
	if err != nil {
		b.Fatal(err)
	}
	m := store.Member{ID: kith.MemberID(a.db.NewID()), Name: "Noa Brinkhorst-Sato", Email: "noa@brinkhorst-sato.example", CreatedAt: beginning, VerifiedAt: beginning}
	if err := a.write(b.Context(), func(_ context.Context, tx *store.Tx) error { return tx.AddMember(&m) }); err != nil {
		b.Fatal(err)
	}
	return a, m.ID
}

func benchRun(b *testing.B, a *App, owner kith.MemberID, path string) *running {
	b.Helper()
	run := &running{a: a, step: a.write, owner: owner, paths: []string{path}, now: time.Now()}
	err := a.write(b.Context(), func(_ context.Context, tx *store.Tx) error {
		r, err := a.newImport(tx, owner, tx.NewID(), nil, 0)
		run.id = r.ID
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return run
}
