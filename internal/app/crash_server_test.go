package app

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// crashServer is a PostgreSQL of a test's own, which writes with fsync and is
// killed.
type crashServer struct {
	t        *testing.T
	bin, dir string
	dsn      string
}

// startServer makes and starts one. It is there until the test ends.
func startServer(t *testing.T) *crashServer {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil || len(found) == 0 {
		t.Fatalf("no PostgreSQL here (%v): scripts/postgres installs it", err)
	}
	slices.Sort(found)
	dir, err := os.MkdirTemp("/tmp", "kith-crash-*") // a socket's name must be short
	if err != nil {
		t.Fatal(err)
	}
	s := &crashServer{t: t, bin: found[len(found)-1], dir: dir, dsn: "postgres:///postgres?host=" + dir + "&user=kith"}
	t.Cleanup(func() {
		s.run("pg_ctl", "-D", s.data(), "-m", "immediate", "stop")
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Fatal(err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		if err := os.Chown(dir, uid, -1); err != nil {
			t.Fatal(err)
		}
	}
	s.must("initdb", "-D", s.data(), "-U", "kith", "-A", "trust", "-E", "UTF8", "--locale=C")
	s.start()
	return s
}

func (s *crashServer) data() string { return filepath.Join(s.dir, "data") }

func (s *crashServer) start() {
	s.must("pg_ctl", "-D", s.data(), "-w", "-l", filepath.Join(s.dir, "log"), "-o", "-k "+s.dir+" -c listen_addresses= -c fsync=on", "start")
}

// crash ends the server at once, without a checkpoint or a farewell to anybody,
// and starts it again.
func (s *crashServer) crash() {
	s.must("pg_ctl", "-D", s.data(), "-m", "immediate", "-w", "stop")
	s.start()
}

func (s *crashServer) run(name string, args ...string) ([]byte, error) {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	if os.Getuid() == 0 {
		cmd = exec.Command("runuser", append([]string{"-u", "postgres", "--", filepath.Join(s.bin, name)}, args...)...)
	}
	cmd.Dir = "/"
	return cmd.CombinedOutput()
}

func (s *crashServer) must(name string, args ...string) {
	s.t.Helper()
	if out, err := s.run(name, args...); err != nil {
		s.t.Errorf("%s: %v\n%s", name, err, out)
	}
}
