package rig

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

func TestLoadCountsAnswersAndClosedConnections(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/once" {
			w.Header().Set("Connection", "close")
		}
		_, _ = io.WriteString(w, "twelve bytes")
	}))
	t.Cleanup(server.Close)
	addr := strings.TrimPrefix(server.URL, "http://")
	for path, closes := range map[string]bool{"/kept": false, "/once": true} {
		l := Load{Addr: addr, Connections: 3, Requests: [][]byte{[]byte("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")}}
		r, err := l.Run(30 * time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		if r.PerSec <= 0 || r.Median <= 0 || r.Slow < r.Median || r.Bytes != 12 || r.Closed > 0 != closes {
			t.Errorf("%s: %+v", path, r)
		}
	}
}

func TestLoadFailsOnAnyOtherAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	l := Load{Addr: strings.TrimPrefix(server.URL, "http://"), Connections: 1, Requests: [][]byte{[]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")}}
	if _, err := l.Run(time.Second); err == nil {
		t.Error("no error for 404")
	}
}

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		of   []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{4, 1, 3, 2}, 2.5}, {[]float64{9, 1, 3}, 3}} {
		if got := Median(tc.of); got != tc.want {
			t.Errorf("of %v: %v, want %v", tc.of, got, tc.want)
		}
	}
}

func TestMemoryOfThisProcess(t *testing.T) {
	t.Parallel()
	now, most, err := Memory(os.Getpid())
	if err != nil || now < 1<<20 || most < 1<<20 {
		t.Errorf("%d now, %d at most, %v", now, most, err)
	}
}
