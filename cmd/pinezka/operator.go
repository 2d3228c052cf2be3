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
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/serve"
)

// operator is the listener of whoever runs the service, with metrics and
// profiles. They are never on the public one. A nil operator does nothing.
type operator struct {
	listener net.Listener
	registry *prometheus.Registry
	meter    *meter
}

// listenOperator answers nil for an empty address.
func listenOperator(address string) (*operator, error) {
	if address == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; choose another with --operator-listen", address, err)
	}
	o := &operator{listener, prometheus.NewRegistry(), newMeter()}
	o.registry.MustRegister(o.meter, collectors.NewGoCollector(), collectors.NewBuildInfoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return o, nil
}

func (o *operator) close() {
	if o != nil {
		_ = o.listener.Close() // serve has closed it, or nothing was served
	}
}

// watch the index.
func (o *operator) watch(live *tiles.Live) {
	if o != nil {
		o.registry.MustRegister(newIndexCollector(live.Metrics))
	}
}

// watchCache of the server's tiles.
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
	counter("hits_total", "Tiles given again as they were drawn.", func(m maps.CacheMetrics) uint64 { return m.Hits })
	counter("misses_total", "Tiles drawn, since they were not kept or something had changed in them.", func(m maps.CacheMetrics) uint64 { return m.Misses })
	counter("evictions_total", "Tiles let go for want of room.", func(m maps.CacheMetrics) uint64 { return m.Evictions })
	gauge("tiles", "Tiles kept.", func(m maps.CacheMetrics) int { return m.Tiles })
	gauge("bytes", "Bytes that the tiles kept take at most, with their compressed forms.", func(m maps.CacheMetrics) int { return m.Bytes })
}

// middleware that measures the public service.
func (o *operator) middleware() []func(http.Handler) http.Handler {
	if o == nil {
		return nil
	}
	return []func(http.Handler) http.Handler{web.Record(o.meter)}
}

func (o *operator) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.registry, promhttp.HandlerOpts{EnableOpenMetrics: true}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index) // and every profile that has a name
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// serve until ctx ends. Requests end with it: a profile may take long.
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
		return fmt.Errorf("serve the operator: %w", err)
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
	codes    [600]string // statuses as texts
}

func newMeter() *meter {
	m := &meter{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pinezka_http_requests_total", Help: "Requests answered, by route (none: no route answers), method and status.",
		}, []string{"route", "method", "code"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "pinezka_http_requests_in_flight", Help: "Requests being answered, open streams of changes included.",
		}),
		tiles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "pinezka_tiles_total", Help: "Tiles answered, by layer and status.",
		}, []string{"layer", "code"}),
		latency: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pinezka_tile_duration_seconds", Help: "Time from a request for a tile to its last byte, by layer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
		}, []string{"layer"}),
		size: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "pinezka_tile_size_bytes", Help: "Size of tiles as sent, those with a body, by layer.",
			Buckets: []float64{256, 1 << 10, 4 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10, 256 << 10, 500_000, 1 << 20},
		}, []string{"layer"}),
	}
	for i := range m.codes {
		m.codes[i] = strconv.Itoa(i)
	}
	for _, layer := range tiles.Layers() { // there from the start, at zero
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
	m.inFlight.Dec()
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

// indexCollector asks the index when it is asked itself.
type indexCollector struct {
	metrics func() tiles.Metrics

	ready, stale, lag, failures, reloads *prometheus.Desc
	districts, pins, base, delta         *prometheus.Desc
	versions, merges                     *prometheus.Desc
}

func newIndexCollector(metrics func() tiles.Metrics) *indexCollector {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("pinezka_index_"+name, help, nil, nil)
	}
	return &indexCollector{
		metrics:   metrics,
		ready:     desc("ready", "1 once the map is loaded."),
		stale:     desc("stale", "1 while the record cannot be read and the last version is served."),
		lag:       desc("lag_seconds", "Time since the record was last read to its end."),
		failures:  desc("follow_errors_total", "Attempts to read the record that failed."),
		reloads:   desc("reloads_total", "Times that everything was read anew, after a failover or a restore of the database."),
		districts: desc("districts", "Districts served."),
		pins:      desc("pins", "Pins served."),
		base:      desc("base_rows", "Rows of the merged bases, those that are gone included."),
		delta:     desc("delta_rows", "Rows changed since the last merge."),
		versions:  desc("versions_published_total", "Versions of the map published."),
		merges:    desc("merge_duration_seconds", "Time that merges of a delta into its base took, in the background."),
	}
}

func (c *indexCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		c.ready, c.stale, c.lag, c.failures, c.reloads, c.districts, c.pins, c.base, c.delta, c.versions, c.merges,
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
	gauge(c.ready, truth(m.Ready))
	gauge(c.stale, truth(m.Err != nil))
	if m.Ready { // before, there is no last time
		gauge(c.lag, time.Since(m.Followed).Seconds())
	}
	counter(c.failures, m.Failures)
	counter(c.reloads, m.Reloads)
	gauge(c.districts, float64(m.Districts))
	gauge(c.pins, float64(m.Pins))
	gauge(c.base, float64(m.BaseRows))
	gauge(c.delta, float64(m.DeltaRows))
	counter(c.versions, m.Versions)
	to <- prometheus.MustNewConstSummary(c.merges, m.Merges, m.Merging.Seconds(), nil)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
