package rig

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Load is a load over HTTP.
type Load struct {
	Addr        string
	Connections int
	// Requests are sent in turn, each as it goes over the wire. They ask to keep
	// the connection; where the server closes it all the same, the next opens
	// another.
	Requests [][]byte
}

// Rate is what a load came to.
type Rate struct {
	PerSec       float64
	Median, Slow time.Duration // half, and one in a hundred, took longer
	Bytes        int           // of the last answer's body
	Closed       int           // answers after which the server closed the connection
}

// Run sends requests on all connections for a while. Every answer must be 200.
func (l *Load) Run(lasts time.Duration) (r Rate, err error) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	begun := time.Now()
	for i := range l.Connections {
		wg.Go(func() {
			c := caller{addr: l.Addr, requests: l.Requests, next: i * len(l.Requests) / l.Connections}
			e := c.until(begun.Add(lasts))
			mu.Lock()
			defer mu.Unlock()
			took = append(took, c.took...)
			r.Bytes, r.Closed = c.bytes, r.Closed+c.closed
			if e != nil {
				err = e
			}
		})
	}
	wg.Wait()
	if err != nil || len(took) == 0 {
		return r, err
	}
	r.PerSec = float64(len(took)) / time.Since(begun).Seconds()
	slices.Sort(took)
	r.Median, r.Slow = took[len(took)/2], took[len(took)*99/100]
	return r, nil
}

// caller is one connection. It reads and writes HTTP itself, for a client that
// does more takes its work from the same processors as the server.
type caller struct {
	addr     string
	requests [][]byte
	next     int

	conn   net.Conn
	in     *bufio.Reader
	took   []time.Duration
	bytes  int
	closed int
}

func (c *caller) until(end time.Time) error {
	for now := time.Now(); now.Before(end); {
		if err := c.ask(); err != nil {
			return err
		}
		begun := now
		now = time.Now()
		c.took = append(c.took, now.Sub(begun))
	}
	if c.conn != nil {
		return c.conn.Close()
	}
	return nil
}

// ask sends a request and reads its answer.
func (c *caller) ask() (err error) {
	if c.conn == nil {
		if c.conn, err = net.Dial("tcp", c.addr); err != nil {
			return err
		}
		c.in = bufio.NewReaderSize(c.conn, 64<<10)
	}
	if _, err := c.conn.Write(c.requests[c.next%len(c.requests)]); err != nil {
		return err
	}
	c.next++
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, answer.Body)
	if c.bytes = int(n); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", c.addr, answer.Status)
	}
	if answer.Close {
		c.closed++
		err, c.conn = c.conn.Close(), nil
	}
	return err
}
