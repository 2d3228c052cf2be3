package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/serve"
)

// TestOperatorListener sends requests to both listeners of a running service.
func TestOperatorListener(t *testing.T) {
	t.Parallel()
	s := startServe(t, "--demo", "--database-url", storetest.URL(t), "--listen", "127.0.0.1:0", "--operator-listen", "127.0.0.1:0")
	operatorURL := ""
	for _, line := range s.lines {
		if address, ok := strings.CutPrefix(line, "Metrics and profiles are at "); ok {
			operatorURL = address
		}
	}
	if outbox := "Mails are not sent, since no mail server is configured (--smtp): they are at " + operatorURL + "/outbox"; !slices.Contains(s.lines, outbox) {
		t.Errorf("it does not say where mails are: %q", s.lines)
	}
	if operatorURL == "" {
		t.Fatalf("the address of the metrics is not printed: %q", s.lines)
	}
	demoPins := s.awaitDemo(t)

	for path, want := range map[string]int{
		"/metrics": 200, "/debug/pprof/": 200, "/debug/pprof/heap": 200, "/debug/pprof/cmdline": 200, "/debug/pprof/none": 404, "/": 404, "/readyz": 404,
		"/outbox": 200, "/mails?lang=pl": 200, "/jobs": 200,
	} {
		if code, _ := get(t, operatorURL+path); code != want {
			t.Errorf("%s responds %d on the operator listener, want %d", path, code, want)
		}
	}
	for _, path := range []string{"/metrics", "/debug/pprof/", "/debug/pprof/heap", "/debug/pprof/profile", "/outbox", "/mails", "/jobs"} {
		if code, _ := get(t, "http://"+s.addr+path); code != http.StatusNotFound {
			t.Errorf("%s responds %d on the public listener", path, code)
		}
	}

	testRequestMetrics(t, s, operatorURL, demoPins)
	began := time.Now()
	eventually(t, "the lag is that since a later reading of the database", func() bool {
		lag := readMetrics(t, operatorURL)["pinezka_index_lag_seconds"]
		return lag > 0 && lag < time.Since(began).Seconds()
	})
	after := readMetrics(t, operatorURL)
	for name := range after {
		if strings.Contains(name, "secret") || strings.Contains(name, "1137") {
			t.Errorf("a label has what a client sent: %s", name)
		}
	}
	for _, name := range []string{"go_goroutines", "process_resident_memory_bytes", "pinezka_index_versions_published_total"} {
		if after[name] <= 0 {
			t.Errorf("%s is %v", name, after[name])
		}
	}
}

// testRequestMetrics checks how metrics change with some requests.
func testRequestMetrics(t *testing.T, s *service, operatorURL string, demoPins int) {
	t.Helper()
	before := finishedMetrics(t, operatorURL)
	for path, want := range map[string]int{
		"/tiles/podgorze/pins/11/1137/694.mvt": 200, "/tiles/podgorze/hexes/11/1137/694.mvt": 200, "/tiles/podgorze/secret-layer/11/1137/694.mvt": 404,
		"/secret-path": 404, "/tiles/podgorze/pins/30/1/1.mvt": 400,
	} {
		if code, _ := get(t, "http://"+s.addr+path); code != want {
			t.Errorf("%s responds %d, want %d", path, code, want)
		}
	}
	after := finishedMetrics(t, operatorURL)
	for name, want := range map[string]float64{
		`pinezka_http_requests_total{code="200",method="GET",route="/tiles/{district}/pins/{z}/{x}/{y}.mvt"}`: 1,
		`pinezka_http_requests_total{code="400",method="GET",route="/tiles/{district}/pins/{z}/{x}/{y}.mvt"}`: 1,
		`pinezka_http_requests_total{code="404",method="GET",route="none"}`:                                   2,
		`pinezka_tiles_total{code="200",layer="pins"}`:                                                        1,
		`pinezka_tiles_total{code="400",layer="pins"}`:                                                        1,
		`pinezka_tiles_total{code="200",layer="hexes"}`:                                                       1,
		`pinezka_tile_duration_seconds_count{layer="pins"}`:                                                   2,
		`pinezka_tile_size_bytes_count{layer="pins"}`:                                                         1,
		`pinezka_tile_size_bytes_count{layer="areas"}`:                                                        0,
		`pinezka_tile_cache_hits_total`:                                                                       0,
		`pinezka_tile_cache_misses_total`:                                                                     2,
		`pinezka_tile_cache_tiles`:                                                                            2,
	} {
		if got := after[name] - before[name]; got != want {
			t.Errorf("%s grew by %v, want %v", name, got, want)
		}
	}
	if after[`pinezka_tile_size_bytes_sum{layer="pins"}`] < 1000 {
		t.Errorf("the tile of pins has %v bytes", after[`pinezka_tile_size_bytes_sum{layer="pins"}`])
	}
	for name, want := range map[string]float64{
		"pinezka_index_pins": float64(demoPins), "pinezka_index_base_rows": float64(demoPins), "pinezka_index_districts": 1, "pinezka_index_ready": 1,
		`pinezka_limit_used{limit="rendering"}`: 0, `pinezka_limit_size{limit="streams"}`: 2000, `pinezka_limit_size{limit="sending"}`: 64 << 20,
		`pinezka_limit_refused_total{limit="querying"}`: 0, `pinezka_limit_waiting{limit="querying"}`: 0, `pinezka_limit_cut_total{limit="connections"}`: 0,
		`pinezka_limit_size{limit="writes"}`: 300,
		"pinezka_index_stale":                0, "pinezka_index_follow_errors_total": 0, "pinezka_http_requests_in_flight": 0,
	} {
		if got, found := after[name]; !found || got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// get returns the status code and the body of a GET.
func get(t testing.TB, url string) (code int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// finishedMetrics returns metrics that include all requests so far. A request is
// counted after its response, so that a client can be earlier.
func finishedMetrics(t testing.TB, operatorURL string) map[string]float64 {
	t.Helper()
	eventually(t, "no request in flight", func() bool {
		return readMetrics(t, operatorURL)["pinezka_http_requests_in_flight"] == 0
	})
	return readMetrics(t, operatorURL)
}

// readMetrics returns the values of metrics by name and labels; of histograms
// and summaries the count and the sum.
func readMetrics(t testing.TB, operatorURL string) map[string]float64 {
	t.Helper()
	_, text := get(t, operatorURL+"/metrics")
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for name, family := range families {
		for _, m := range family.GetMetric() {
			var pairs []string
			for _, l := range m.GetLabel() {
				pairs = append(pairs, l.GetName()+`="`+l.GetValue()+`"`)
			}
			labels := ""
			if len(pairs) > 0 {
				labels = "{" + strings.Join(pairs, ",") + "}"
			}
			switch {
			case m.GetHistogram() != nil:
				out[name+"_count"+labels] = float64(m.GetHistogram().GetSampleCount())
				out[name+"_sum"+labels] = m.GetHistogram().GetSampleSum()
			case m.GetSummary() != nil:
				out[name+"_count"+labels] = float64(m.GetSummary().GetSampleCount())
				out[name+"_sum"+labels] = m.GetSummary().GetSampleSum()
			default:
				out[name+labels] = m.GetCounter().GetValue() + m.GetGauge().GetValue() + m.GetUntyped().GetValue()
			}
		}
	}
	return out
}

func TestOperatorIsOffByDefault(t *testing.T) {
	o, err := listenOperator(t.Context(), "")
	if o != nil || err != nil {
		t.Fatalf("%v, %v", o, err)
	}
	o.watch(nil)
	o.watchLimits(nil)
	o.close()
	if err := o.serve(t.Context(), quiet()); err != nil || o.middleware() != nil {
		t.Errorf("middleware or an error: %v", err)
	}
	if _, err := listenOperator(t.Context(), "nonsense"); err == nil || !strings.Contains(err.Error(), "--operator-listen") {
		t.Errorf("invalid address: %v", err)
	}
}

// TestMetricsLint checks names and help texts by the conventions of Prometheus.
func TestMetricsLint(t *testing.T) {
	o, err := listenOperator(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer o.close()
	o.watch(tiles.New(tiles.Config{}))
	o.watchLimits(func() []serve.LimitMetrics { return []serve.LimitMetrics{serve.NewShares(1).Metrics("sending")} })
	o.meter.RequestStarted()
	o.meter.RequestFinished(serve.Request{Method: "GET", Status: 200, Layer: draw.LayerPins, Bytes: 1})
	problems, err := testutil.GatherAndLint(o.registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// TestRecordAllocations checks that recording a request allocates at most the
// wrapper of its ResponseWriter.
func TestRecordAllocations(t *testing.T) {
	m := newMeter()
	nothing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	h := web.Record(m)(nothing)
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
	if n := testing.AllocsPerRun(100, func() { h.ServeHTTP(w, r) }); n > 2 {
		t.Errorf("%v allocations for a request", n)
	}
	a := serve.Request{Route: "/", Method: "GET", Layer: draw.LayerHexes, Status: 304}
	if n := testing.AllocsPerRun(100, func() { m.RequestStarted(); m.RequestFinished(a) }); n > 0 {
		t.Errorf("%v allocations for the metrics of a request", n)
	}
}

func BenchmarkRecord(b *testing.B) {
	m := newMeter()
	h := web.Record(m)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(w, r)
	}
}
