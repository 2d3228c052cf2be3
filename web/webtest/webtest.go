// Package webtest runs a whole server for tests of its subjects: with a new
// database, or without a database for tests that need only the live index.
package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web"
)

// Main runs the tests of a package and exits. TestMain of a package that calls
// Open must call it.
func Main(m *testing.M) { storetest.Main(m) }

// District returns the district "trial" with two areas and a category of each
// visibility, in Polish, English and Ukrainian.
func District(m civic.Moderation) civic.District {
	box := func(west, east float64) orb.MultiPolygon {
		return orb.MultiPolygon{orb.Bound{Min: orb.Point{west, 50.0}, Max: orb.Point{east, 50.06}}.ToPolygon()}
	}
	return civic.District{
		Slug: "trial", Name: civic.Text{"pl": "Próba <b>", "en": "Trial"}, Languages: []string{"pl", "en", "uk"},
		TimeZone: "Europe/Warsaw", Moderation: m, Boundary: box(19.9, 20.0), Desk: civic.DeskSettings{PhoneRegion: "PL"},
		Areas: []civic.Area{
			{Slug: "west", Name: civic.Text{"pl": "Zachód", "en": "West"}, Boundary: box(19.9, 19.95), Residents: 1200},
			{Slug: "east", Name: civic.Text{"pl": "Wschód", "en": "East"}, Boundary: box(19.95, 19.99)},
		},
		Categories: []civic.Category{
			{Slug: "trees", Kind: civic.Need, Visibility: civic.Exact, Colour: "#336633", Label: civic.Text{"pl": "Drzewa", "en": "Trees"}},
			{Slug: "help", Kind: civic.Potential, Visibility: civic.Blurred, Colour: "#663333", Label: civic.Text{"pl": "Pomoc"}},
			{Slug: "fear", Kind: civic.Need, Visibility: civic.HexOnly, Colour: "#333366", Label: civic.Text{"pl": "Strach"}},
		},
		Places: []civic.Place{{Name: "Rynek", Point: orb.Point{19.95, 50.03}}, {Name: "Przedmieście", Point: orb.Point{19.89, 50.03}}}, // the second is outside
	}
}

// Site is a running server.
type Site struct {
	*httptest.Server
	App         *web.Server
	Live        *tiles.Live
	DatabaseURL string       // "" for a site without a database
	Store       *store.Store // nil for a site without a database
}

// Open starts a server with a new database that has the district and 90 pins.
// One address may add five pins a minute.
func Open(t *testing.T, m civic.Moderation) *Site {
	t.Helper()
	d := District(m)
	var drafts []civic.Draft
	for i := range 90 {
		category, reporter := d.Categories[i%3], "ktos@example.org"
		if category.Visibility == civic.HexOnly { // is counted only if there are enough of them
			reporter = fmt.Sprintf("ktos-%d@example.org", i)
		}
		drafts = append(drafts, civic.Draft{
			Category: category.Slug, Title: fmt.Sprintf("Pinezka numer %d", i), Body: "Opis & <i>treść</i>.",
			Point:      orb.Point{19.901 + float64(i)*0.001, 50.001 + float64(i*37%59)*0.001},
			ReportedOn: civic.Day(20000 + i*5), Email: reporter,
		})
	}
	return OpenWith(t, d, drafts)
}

// OpenWith starts a server with a new database that has a district with the
// pins, of which those that are only counted are counted where they can be. One address may add five pins a minute.
func OpenWith(t *testing.T, d civic.District, drafts []civic.Draft) *Site {
	t.Helper()
	return OpenConfig(t, web.Config{Writes: 5, WriteBurst: 5}, d, drafts)
}

// OpenOn is OpenWith for the district "trial" on a day, such as "2026-11-15".
func OpenOn(t *testing.T, day string, drafts []civic.Draft) *Site {
	t.Helper()
	today := parseDay(t, day)
	noon := func() time.Time { return today.Time().Add(12 * time.Hour) }
	return OpenConfig(t, web.Config{Writes: 5, WriteBurst: 5, Now: noon}, District(civic.ModerateAfter), drafts)
}

// Pins returns n pins of a category at a longitude, which are reported on the
// days in turn. A day that is a month is its first.
func Pins(t *testing.T, n int, category string, lon float64, days ...string) (drafts []civic.Draft) {
	t.Helper()
	for i := range n {
		drafts = append(drafts, civic.Draft{
			Category: category, Title: fmt.Sprintf("%s %d", category, i),
			Point: orb.Point{lon, 50.005 + .0005*float64(i)}, ReportedOn: parseDay(t, days[i%len(days)]),
		})
	}
	return drafts
}

func parseDay(t *testing.T, text string) civic.Day {
	t.Helper()
	day, _, err := civic.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// OpenConfig is OpenWith for a server with a configuration, of which it sets the
// store and the index.
func OpenConfig(t *testing.T, cfg web.Config, d civic.District, drafts []civic.Draft) *Site {
	t.Helper()
	database := storetest.URL(t)
	s, err := store.Open(t.Context(), store.Config{URL: database, Keys: storetest.Keys(t), Erasures: storetest.Erasures(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	err = s.LoadDistrict(t.Context(), &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for _, draft := range drafts {
				if !yield(d.Accept(draft, civic.MaxDay)) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	shown, err := s.PublishCounts(t.Context(), d.Slug, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, draft := range drafts {
		if c, _ := d.Category(draft.Category); c.Visibility != civic.HexOnly {
			shown++
		}
	}
	site := Serve(t, cfg, s, database)
	site.WaitForPins(t, shown)
	return site
}

// Serve starts a server over the database of a store.
func Serve(t testing.TB, cfg web.Config, s *store.Store, database string) *Site {
	t.Helper()
	cfg.Store = s
	site := start(t, cfg, s)
	site.DatabaseURL, site.Store = database, s
	return site
}

// Connect returns a connection to the database of the site, which is closed when the
// test ends.
func (s *Site) Connect(t testing.TB) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), s.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

// Static starts a server whose live index has one district that never changes,
// and that has no database unless cfg has a store.
func Static(t testing.TB, cfg web.Config) *Site {
	t.Helper()
	if cfg.Store == nil {
		cfg.Store = noStore{}
	}
	cfg.Logger = slog.New(slog.DiscardHandler)
	return start(t, cfg, source{})
}

// start starts a server whose index follows the source, and waits until it is
// ready.
func start(t testing.TB, cfg web.Config, from tiles.Source) *Site {
	t.Helper()
	cfg.Live = tiles.New(tiles.Config{Source: from, Poll: 20 * time.Millisecond})
	server, err := web.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); cfg.Live.Run(ctx) }()
	h := httptest.NewServer(server.Handler())
	t.Cleanup(func() { h.Close(); stop(); <-done })
	for !cfg.Live.State().Ready {
		time.Sleep(time.Millisecond)
	}
	return &Site{Server: h, App: server, Live: cfg.Live}
}

// Again starts another server over the database of the site, whose index begins anew.
func (s *Site) Again(t *testing.T) *Site {
	t.Helper()
	again := Serve(t, web.Config{Writes: 5, WriteBurst: 5}, s.Store, s.DatabaseURL)
	again.WaitForPins(t, s.Live.Districts()[0].Len())
	return again
}

// WaitForPins waits until the index has n pins.
func (s *Site) WaitForPins(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(2 * time.Millisecond) {
		if all := s.Live.Districts(); len(all) == 1 && all[0].Len() == n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the index does not reach %d pins: %+v", n, s.Live.State())
		}
	}
}

// Do sends a request with pairs of header fields and values, and returns the
// response and its body. It does not follow redirects.
func (s *Site) Do(t testing.TB, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(b)
}

// Want is Do for a request to which the response must have the status.
func (s *Site) Want(t *testing.T, status int, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	resp, got := s.Do(t, method, path, body, header...)
	if resp.StatusCode != status {
		t.Fatalf("%s %s: status %d, want %d\n%s", method, path, resp.StatusCode, status, got)
	}
	return resp, got
}

// Contains checks that a text has parts, and not those that begin with "!".
func Contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if without, not := strings.CutPrefix(part, "!"); not == strings.Contains(text, without) {
			t.Errorf("%q, wanted %t:\n%s", without, !not, text)
		}
	}
}

// CheckBusy checks that a response is a problem with status 503 and
// Retry-After.
func CheckBusy(t *testing.T, resp *http.Response, body string) {
	t.Helper()
	var p struct{ Title, Detail string }
	if err := json.Unmarshal([]byte(body), &p); err != nil || p.Title == "" || p.Detail == "" {
		t.Errorf("not a problem: %v: %s", err, body)
	}
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("status %d, %v", resp.StatusCode, resp.Header)
	}
}

// noStore is the store of a site without a database. Calling it is an error of
// the test.
type noStore struct{ web.Store }

// source is a source of one district with 50 pins.
type source struct{}

func (source) Changes(_ context.Context, since civic.Position, each func(civic.MapPin)) (civic.Changes, error) {
	if since.Next > 0 {
		return civic.Changes{Next: since}, nil
	}
	d := District(civic.ModerateAfter)
	d.ID = 1
	for i := range d.Areas {
		d.Areas[i].ID = int32(i + 1)
	}
	for i := range d.Categories {
		d.Categories[i].ID = int32(i + 1)
	}
	for i := range 50 {
		pin, err := d.Accept(civic.Draft{Category: d.Categories[i%3].Slug, Title: "x", Point: orb.Point{19.91 + float64(i)*0.001, 50.03}, ReportedOn: 20000}, civic.MaxDay)
		if err != nil {
			return civic.Changes{}, err
		}
		each(civic.MapPin{DistrictID: 1, ID: int64(i + 1), Shown: pin.Shown, CategoryID: uint16(pin.Category.ID), Status: pin.Status, AreaID: uint16(pin.AreaID), Day: pin.ReportedOn})
	}
	return civic.Changes{Next: civic.Position{Next: 1}, Districts: []civic.District{d}}, nil
}

// Contract returns the contract that the server serves.
func (s *Site) Contract(t *testing.T) *openapi3.T {
	t.Helper()
	_, body := s.Do(t, "GET", "/openapi.yaml", "")
	doc, err := openapi3.NewLoader().LoadFromData([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// CheckContract checks a response to a route against the contract.
func (s *Site) CheckContract(t *testing.T, doc *openapi3.T, pattern string, resp *http.Response, body string) {
	t.Helper()
	item := doc.Paths.Value(pattern)
	if item == nil {
		t.Fatalf("the contract lacks %s", pattern)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: resp.Request,
			Route:   &routers.Route{Spec: doc, Path: pattern, PathItem: item, Method: resp.Request.Method, Operation: item.GetOperation(resp.Request.Method)},
		},
		Status: resp.StatusCode, Header: resp.Header, Body: io.NopCloser(strings.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	if strings.HasSuffix(pattern, ".mvt") && resp.StatusCode == http.StatusOK {
		input.Options.ExcludeResponseBody = true
	}
	if err := openapi3filter.ValidateResponse(t.Context(), input); err != nil {
		t.Errorf("%s %s does not conform to the contract: %v\n%.300s", resp.Request.Method, resp.Request.URL, err, body)
	}
}

// GetJSON decodes the response to a request of the API, which must be a success
// and conform to the contract.
func (s *Site) GetJSON(t *testing.T, pattern, path string, out any, header ...string) {
	t.Helper()
	resp, body := s.Do(t, "GET", path, "", header...)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d: %.300s", path, resp.StatusCode, body)
	}
	s.CheckContract(t, s.Contract(t), pattern, resp, body)
	if err := json.Unmarshal([]byte(body), out); err != nil {
		t.Fatalf("%s: %v: %.300s", path, err, body)
	}
}

func (source) Timeline(context.Context) (string, error) { return "", nil }
