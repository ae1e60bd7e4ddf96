package main

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kith/internal/app"
)

// watch is what an operator can see of the service: logs and metrics, without
// personal data in either: no address, no id, no path beyond its pattern.
type watch struct {
	log      *slog.Logger
	metrics  *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	duties   *prometheus.CounterVec
}

func newWatch(log *slog.Logger) *watch {
	w := &watch{
		log:     log,
		metrics: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "kith_http_request_seconds", Help: "How long requests took, by route.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		duties: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_duties_total", Help: "Duties tried, by kind and outcome.",
		}, []string{"kind", "outcome"}),
	}
	w.metrics.MustRegister(w.requests, w.seconds, w.duties, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return w
}

// page serves the metrics, to this machine only. Whatever a proxy passes on comes
// from elsewhere, though the connection does not: counts by route would tell a
// sender when somebody declined.
func (w *watch) page() http.Handler {
	serve := promhttp.HandlerFor(w.metrics, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		passedOn := r.Header.Get("X-Forwarded-For")+r.Header.Get("X-Forwarded-Host")+r.Header.Get("Forwarded")+r.Header.Get("Via") != ""
		if from := (&listening{}).caller(r); passedOn || !isLoopback(from) {
			http.NotFound(rw, r)
			return
		}
		serve.ServeHTTP(rw, r)
	})
}

// backlog counts, whenever it is asked, what waits to be done and what failed
// for good.
type backlog struct {
	app   *app.App
	about *prometheus.Desc
}

func newBacklog(a *app.App) *backlog {
	return &backlog{a, prometheus.NewDesc("kith_duties", "Duties that are not done, by kind and state.", []string{"kind", "state"}, nil)}
}

// Describe implements prometheus.Collector.
func (b *backlog) Describe(out chan<- *prometheus.Desc) { out <- b.about }

// Collect implements prometheus.Collector.
func (b *backlog) Collect(out chan<- prometheus.Metric) {
	counts, err := b.app.DutyCounts(context.Background())
	if err != nil {
		out <- prometheus.NewInvalidMetric(b.about, err)
		return
	}
	for _, c := range counts {
		for state, n := range map[string]int{"waiting": c.Waiting, "overdue": c.Overdue, "dead": c.Dead} {
			out <- prometheus.MustNewConstMetric(b.about, prometheus.GaugeValue, float64(n), c.Kind, state)
		}
	}
}

// did counts a duty.
func (w *watch) did(kind string, _ time.Duration, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	w.duties.WithLabelValues(kind, outcome).Inc()
}

// observe logs and counts requests to mux, and answers for one that panics.
func (w *watch) observe(mux http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := uuid.NewString()
		out := &recorder{ResponseWriter: rw}
		out.Header().Set("X-Request-Id", id)
		r = r.WithContext(context.WithValue(r.Context(), requestID{}, id)) // for the log: see withRequest
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so
					panic(p)
				}
				w.log.Error("a handler failed", "request", id, "route", r.Pattern, "stack", string(debug.Stack()))
				if out.status == 0 {
					http.Error(out, "something went wrong here; try again", http.StatusInternalServerError)
				}
			}
			w.count(r, out, id, time.Since(start))
		}()
		mux.ServeHTTP(out, r)
	})
}

func (w *watch) count(r *http.Request, out *recorder, id string, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	status := out.status
	if status == 0 {
		status = http.StatusOK
	}
	w.requests.WithLabelValues(route, known(r.Method), http.StatusText(status)).Inc()
	w.seconds.WithLabelValues(route).Observe(took.Seconds())
	w.log.Info("request", "request", id, "method", known(r.Method), "route", route, "status", status, "bytes", out.bytes, "took", took)
}

// known gives a method that is one of HTTP's, and "other" for what a client made
// up: each one counted takes memory for good.
func known(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach what is underneath.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// guard sets the headers every answer has. Nothing of a Kith may be framed,
// guessed to be of another type, or leave traces in a referrer.
func guard(next http.Handler, secure bool) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(rw, r)
	})
}

// sameOrigin keeps other sites from acting in a member's name: a request that
// shows a cookie and changes something must say where it comes from.
func sameOrigin(next http.Handler, site string) (http.Handler, error) {
	check := http.NewCrossOriginProtection()
	if err := check.AddTrustedOrigin(site); err != nil {
		return nil, err
	}
	checked := check.Handler(next)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		read := r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions
		if !read && r.Header.Get("Cookie") != "" && r.Header.Get("Sec-Fetch-Site") == "" && r.Header.Get("Origin") == "" {
			http.Error(rw, "this browser does not say where the request comes from; use a newer one", http.StatusForbidden)
			return
		}
		checked.ServeHTTP(rw, r)
	}), nil
}

// requestID is the key under which a context carries the id of its request.
type requestID struct{}

// withRequest adds the id of the request to whatever is logged in its course.
type withRequest struct{ slog.Handler }

// Handle implements slog.Handler.
func (h withRequest) Handle(ctx context.Context, r slog.Record) error {
	if id, ok := ctx.Value(requestID{}).(string); ok {
		r.AddAttrs(slog.String("request", id))
	}
	return h.Handler.Handle(ctx, r)
}
