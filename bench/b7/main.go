// Command b7 measures how long an archive of 30,000 connections and 10,000
// invitations takes from its file to durable and searchable contacts, and until
// every invitation is judged; and the memory of a large one beside a small one.
//
//	KITH_FSYNC=on ../scripts/postgres go run ./b7
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"kith/bench/rig"
	"kith/examples/invented"
	"kith/internal/app"
)

func main() {
	var err error
	if len(os.Args) == 4 && os.Args[1] == read {
		err = readOnce(context.Background(), os.Stdout, os.Args[2], os.Args[3])
	} else {
		rounds := flag.Int("rounds", 3, "how often everything is measured")
		rows := flag.Int("rows", 1_000_000, "connections of the large archive; 0: none")
		flag.Parse()
		err = run(context.Background(), os.Stdout, *rounds, *rows)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "b7:", err)
		os.Exit(1)
	}
}

// read is the word by which this program is told to import one archive.
const read = "read"

// target is the archive the target is for.
var target = invented.Size{Invitations: 10_000, Connections: 30_000}

func run(ctx context.Context, w io.Writer, rounds, rows int) (err error) {
	dir, err := os.MkdirTemp("", "kith-b7")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := times(ctx, w, dir, rounds); err != nil || rows == 0 {
		return err
	}
	return memory(ctx, w, dir, []int{rows / 10, rows})
}

// times imports the archive of the target on each database, in interleaved
// rounds.
func times(ctx context.Context, w io.Writer, dir string, rounds int) error {
	archive, err := write(dir, target)
	if err != nil {
		return err
	}
	kinds := rig.Databases()
	kept, judged := make([][]float64, len(kinds)), make([][]float64, len(kinds))
	for r := range rounds {
		for i := range kinds {
			at := (r + i) % len(kinds)
			k, j, err := fresh(ctx, kinds[at], dir, archive)
			if err != nil {
				return fmt.Errorf("%s: %w", kinds[at].Name, err)
			}
			kept[at], judged[at] = append(kept[at], k.Seconds()), append(judged[at], j.Seconds())
		}
	}
	_, err = fmt.Fprintf(w, "%d connections, %d invitations; medians of %d rounds, %s.\n\n| database | searchable, s | judged, s |\n|---|---:|---:|\n",
		target.Connections, target.Invitations, rounds, rig.Machine())
	for i, kind := range kinds {
		_, e := fmt.Fprintf(w, "| %s | %.2f | %.2f |\n", kind.Name, rig.Median(kept[i]), rig.Median(judged[i]))
		err = errors.Join(err, e)
	}
	return err
}

// fresh imports an archive into an empty database.
func fresh(ctx context.Context, kind rig.Database, dir, archive string) (kept, judged time.Duration, err error) {
	dsn, remove, err := kind.Make(ctx, dir)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, remove()) }()
	return load(ctx, dsn, archive)
}

// load imports an archive as the console does, for a member of their own. kept
// is how long it took until all of it was on disk and a contact is found by
// name, judged until every invitation has a verdict.
func load(ctx context.Context, dsn, archive string) (kept, judged time.Duration, err error) {
	members, err := rig.Members(ctx, dsn, 1)
	if err != nil {
		return 0, 0, err
	}
	a, err := app.Open(ctx, dsn, app.Config{})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	who := rig.Session(members[0])
	watching, stop := context.WithCancel(ctx)
	defer stop()
	begun, found := time.Now(), make(chan error, 1)
	go func() {
		err := searchable(watching, a, who)
		kept = time.Since(begun)
		found <- err
	}()
	r, err := a.ImportFiles(ctx, who, []string{archive}, app.ReadOptions{})
	judged = time.Since(begun)
	if err != nil {
		stop()
		return 0, 0, errors.Join(err, <-found)
	}
	if err := <-found; err != nil {
		return 0, 0, err
	}
	if r.State != app.ImportDone {
		return 0, 0, fmt.Errorf("the import ended as %v: %s", r.State, r.Failure)
	}
	return kept, judged, nil
}

// searchable returns when the actor's import has kept everything and a search
// by name finds somebody. It looks every few milliseconds, beside the import.
func searchable(ctx context.Context, a *app.App, who app.Actor) error {
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		runs, err := a.Imports(ctx, who, 0, 1)
		if err != nil {
			return err
		}
		if len(runs) == 0 || runs[0].State != app.ImportJudging && runs[0].State != app.ImportDone {
			continue
		}
		some, err := a.Contacts(ctx, who, "", app.ContactCursor{}, 1)
		if err != nil || len(some) == 0 {
			return errors.Join(err, errors.New("no contact is there"))
		}
		named, err := a.Contacts(ctx, who, some[0].Name, app.ContactCursor{}, 1)
		if err == nil && len(named) == 0 {
			err = fmt.Errorf("%s is not found", some[0].Name)
		}
		return err
	}
}

// memory imports archives of several sizes, each in a process of its own, and
// shows the most memory that took.
func memory(ctx context.Context, w io.Writer, dir string, rows []int) error {
	if _, err := fmt.Fprintf(w, "\nSQLite, a process each, connections only.\n\n| rows | searchable, s | rows a second | MB at most |\n|---:|---:|---:|---:|\n"); err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	for _, n := range rows {
		archive, err := write(dir, invented.Size{Connections: n})
		if err != nil {
			return err
		}
		dsn, remove, err := rig.Database{Name: "SQLite"}.Make(ctx, dir)
		if err != nil {
			return err
		}
		c := exec.CommandContext(ctx, exe, read, dsn, archive)
		c.Stderr = os.Stderr
		out, err := c.Output()
		if err := errors.Join(err, remove()); err != nil {
			return err
		}
		seconds, most, err := parse(string(out))
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "| %d | %.2f | %.0f | %.0f |\n", n, seconds, float64(n)/seconds, most/1e6); err != nil {
			return err
		}
	}
	return nil
}

// readOnce imports one archive and writes the seconds it took until it was
// searchable, and the bytes of memory this process took at most.
func readOnce(ctx context.Context, w io.Writer, dsn, archive string) error {
	kept, _, err := load(ctx, dsn, archive)
	if err != nil {
		return err
	}
	_, most, err := rig.Memory(os.Getpid())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, kept.Seconds(), most)
	return err
}

// parse reads what readOnce wrote.
func parse(line string) (seconds, most float64, err error) {
	first, second, _ := strings.Cut(strings.TrimSpace(line), " ")
	seconds, err = strconv.ParseFloat(first, 64)
	most, e := strconv.ParseFloat(second, 64)
	return seconds, most, errors.Join(err, e)
}

// write makes an archive.
func write(dir string, s invented.Size) (name string, err error) {
	name = filepath.Join(dir, fmt.Sprintf("archive-%d-%d.zip", s.Connections, s.Invitations))
	f, err := os.Create(name)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return name, invented.Archive(f, s, 7)
}
