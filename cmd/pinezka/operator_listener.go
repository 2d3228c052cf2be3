package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/mail"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/serve"
)

// operator is a second listener, for metrics, profiles and pages about mails and
// jobs, which are never on the public one. A nil operator does nothing.
type operator struct {
	address  string // as it was given
	listener net.Listener
	registry *prometheus.Registry
	meter    *meter
	pages    http.Handler // nil for none
}

// listenOperator returns nil for an empty address.
func listenOperator(ctx context.Context, address string) (*operator, error) {
	if address == "" {
		return nil, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; choose another with --operator-listen", address, err)
	}
	o := &operator{address: address, listener: listener, registry: prometheus.NewRegistry(), meter: newMeter()}
	o.registry.MustRegister(o.meter, collectors.NewGoCollector(), collectors.NewBuildInfoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return o, nil
}

func (o *operator) close() {
	if o != nil {
		_ = o.listener.Close() // an error if serve has closed it
	}
}

// show adds the pages about mails and jobs.
func (o *operator) show(mailer *mail.Mailer, store mail.OperatorStore, log *slog.Logger) (err error) {
	if o != nil {
		o.pages, err = mailer.OperatorHandler(store, log)
	}
	return err
}

// watch adds the metrics of the live index.
func (o *operator) watch(live *tiles.Live) {
	if o != nil {
		o.registry.MustRegister(newIndexCollector(live.Metrics))
	}
}

// watchCache adds the metrics of the tile cache.
func (o *operator) watchCache(metrics func() maps.CacheMetrics) {
	if o == nil {
		return
	}
	counter := func(name, help string, value func(maps.CacheMetrics) uint64) {
		o.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "pinezka_tile_cache_" + name, Help: help},
			func() float64 { return float64(value(metrics())) }))
	}
	gauge := func(name, help string, value func(maps.CacheMetrics) int) {
		o.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "pinezka_tile_cache_" + name, Help: help},
			func() float64 { return float64(value(metrics())) }))
	}
	counter("hits_total", "Tiles served from the cache.", func(m maps.CacheMetrics) uint64 { return m.Hits })
	counter("misses_total", "Tiles rendered because the cache did not have them or they had changed.", func(m maps.CacheMetrics) uint64 { return m.Misses })
	counter("evictions_total", "Tiles removed to make room for others.", func(m maps.CacheMetrics) uint64 { return m.Evictions })
	gauge("tiles", "Tiles in the cache.", func(m maps.CacheMetrics) int { return m.Tiles })
	gauge("bytes", "Largest size of the tiles in the cache, with their compressed variants and queries.", func(m maps.CacheMetrics) int { return m.Bytes })
}

// watchLimits adds the metrics of the limits.
func (o *operator) watchLimits(metrics func() []serve.LimitMetrics) {
	if o != nil {
		o.registry.MustRegister(newLimitCollector(metrics))
	}
}

// middleware returns the middleware that measures the public service.
func (o *operator) middleware() []func(http.Handler) http.Handler {
	if o == nil {
		return nil
	}
	return []func(http.Handler) http.Handler{web.Record(o.meter)}
}

func (o *operator) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.registry, promhttp.HandlerOpts{EnableOpenMetrics: true}))
	pages := http.NewServeMux()
	pages.HandleFunc("GET /debug/pprof/", pprof.Index) // and every named profile
	pages.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	pages.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	pages.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	pages.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	if o.pages != nil {
		pages.Handle("/", o.pages)
	}
	mux.Handle("/", protectOperator(o.address, pages)) // a program that reads metrics may use any name
	return mux
}

// serve serves until ctx ends. It then closes open requests, since a profile
// can take long.
func (o *operator) serve(ctx context.Context, log *slog.Logger) error {
	if o == nil {
		return nil
	}
	h := &http.Server{
		Handler:           o.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	defer context.AfterFunc(ctx, func() { _ = h.Close() })()
	if err := h.Serve(o.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}

// meter counts requests and tiles.
type meter struct {
	requests *prometheus.CounterVec
	inFlight prometheus.Gauge
	tiles    *prometheus.CounterVec
	latency  *prometheus.HistogramVec
	size     *prometheus.HistogramVec
	codes    [600]string // text of each status code
}

func newMeter() *meter {
	m := &meter{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pinezka_http_requests_total", Help: "HTTP requests by route (none: no route matches), method and status code.",
		}, []string{"route", "method", "code"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pinezka_http_requests_in_flight", Help: "HTTP requests in progress, open event streams included.",
		}),
		tiles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pinezka_tiles_total", Help: "Requests for tiles by layer and status code.",
		}, []string{"layer", "code"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pinezka_tile_duration_seconds", Help: "Time from a request for a tile to the last byte of the response, by layer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"layer"}),
		size: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pinezka_tile_size_bytes", Help: "Size of tiles with a body as sent, by layer.",
			Buckets: []float64{256, 1 << 10, 4 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 500_000, 1 << 20},
		}, []string{"layer"}),
	}
	for i := range m.codes {
		m.codes[i] = strconv.Itoa(i)
	}
	for _, layer := range draw.Layers() { // so that they are exported from the start, as zero
		m.tiles.WithLabelValues(layer, m.codes[http.StatusOK])
		m.latency.WithLabelValues(layer)
		m.size.WithLabelValues(layer)
	}
	return m
}

func (m *meter) all() []prometheus.Collector {
	return []prometheus.Collector{m.requests, m.inFlight, m.tiles, m.latency, m.size}
}

func (m *meter) Describe(to chan<- *prometheus.Desc) {
	for _, c := range m.all() {
		c.Describe(to)
	}
}

func (m *meter) Collect(to chan<- prometheus.Metric) {
	for _, c := range m.all() {
		c.Collect(to)
	}
}

// RequestStarted implements serve.Recorder.
func (m *meter) RequestStarted() { m.inFlight.Inc() }

// RequestFinished implements serve.Recorder.
func (m *meter) RequestFinished(a serve.Request) {
	defer m.inFlight.Dec() // when the request is counted
	code, route := "other", a.Route
	if a.Status >= 100 && a.Status < len(m.codes) {
		code = m.codes[a.Status]
	}
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(route, a.Method, code).Inc()
	if a.Layer == "" {
		return
	}
	m.tiles.WithLabelValues(a.Layer, code).Inc()
	m.latency.WithLabelValues(a.Layer).Observe(a.Duration.Seconds())
	if a.Status == http.StatusOK && a.Method != http.MethodHead {
		m.size.WithLabelValues(a.Layer).Observe(float64(a.Bytes))
	}
}

// indexCollector collects the metrics of the live index.
type indexCollector struct {
	metrics func() tiles.Metrics

	ready, stale, lag, failures, reloads *prometheus.Desc
	districts, pins, segments, delta     *prometheus.Desc
	versions, merges                     *prometheus.Desc
}

func newIndexCollector(metrics func() tiles.Metrics) *indexCollector {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("pinezka_index_"+name, help, nil, nil)
	}
	return &indexCollector{
		metrics:   metrics,
		ready:     desc("ready", "1 when the index has been loaded."),
		stale:     desc("stale", "1 while the database cannot be read and the last version is served."),
		lag:       desc("lag_seconds", "Time since the last successful reading of the database."),
		failures:  desc("follow_errors_total", "Readings of the database that failed."),
		reloads:   desc("reloads_total", "Times that everything was read again after a failover or a restore of the database."),
		districts: desc("districts", "Districts served."),
		pins:      desc("pins", "Pins served."),
		segments:  desc("base_rows", "Rows of the merged segments, deleted ones included."),
		delta:     desc("delta_rows", "Rows of the deltas: added or changed and not yet merged."),
		versions:  desc("versions_published_total", "Versions of the index published."),
		merges:    desc("merge_duration_seconds", "Time of the merges of a delta into a segment, in the background."),
	}
}

func (c *indexCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		c.ready, c.stale, c.lag, c.failures, c.reloads, c.districts, c.pins, c.segments, c.delta, c.versions, c.merges,
	} {
		to <- d
	}
}

func (c *indexCollector) Collect(to chan<- prometheus.Metric) {
	m := c.metrics()
	gauge := func(d *prometheus.Desc, value float64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value)
	}
	counter := func(d *prometheus.Desc, value uint64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(value))
	}
	gauge(c.ready, boolValue(m.Ready))
	gauge(c.stale, boolValue(m.Err != nil))
	if m.Ready {
		gauge(c.lag, time.Since(m.Followed).Seconds())
	}
	counter(c.failures, m.Failures)
	counter(c.reloads, m.Reloads)
	gauge(c.districts, float64(m.Districts))
	gauge(c.pins, float64(m.Pins))
	gauge(c.segments, float64(m.SegmentRows))
	gauge(c.delta, float64(m.DeltaRows))
	counter(c.versions, m.Versions)
	to <- prometheus.MustNewConstSummary(c.merges, m.Merges, m.MergeTime.Seconds(), nil)
}

func boolValue(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
