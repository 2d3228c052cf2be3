// Package web serves the service over HTTP: pages, which work without
// JavaScript and which package ui enhances, the API, and tiles.
//
// Each subject is a package of its own with its routes, handlers, templates,
// texts and part of the contract; routes.go lists the subjects. What they share
// is in packages serve, page, i18n and contract. Package web does not use the
// database directly: subjects declare what they need of it as small interfaces.
// The map is rendered from the live index.
package web

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/basemap"
	"github.com/pinezka/pinezka/web/academy"
	"github.com/pinezka/pinezka/web/accounts"
	"github.com/pinezka/pinezka/web/advice"
	"github.com/pinezka/pinezka/web/areas"
	"github.com/pinezka/pinezka/web/compare"
	"github.com/pinezka/pinezka/web/contacts"
	"github.com/pinezka/pinezka/web/contract"
	"github.com/pinezka/pinezka/web/council"
	"github.com/pinezka/pinezka/web/desk"
	"github.com/pinezka/pinezka/web/diagnoses"
	"github.com/pinezka/pinezka/web/events"
	"github.com/pinezka/pinezka/web/exchanges"
	"github.com/pinezka/pinezka/web/explore"
	"github.com/pinezka/pinezka/web/feeds"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/groups"
	"github.com/pinezka/pinezka/web/health"
	"github.com/pinezka/pinezka/web/hotspots"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/ideas"
	"github.com/pinezka/pinezka/web/improvements"
	"github.com/pinezka/pinezka/web/initiatives"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/measures"
	"github.com/pinezka/pinezka/web/numbers"
	"github.com/pinezka/pinezka/web/organisations"
	"github.com/pinezka/pinezka/web/outcomes"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/people"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/practices"
	"github.com/pinezka/pinezka/web/recommendations"
	"github.com/pinezka/pinezka/web/reports"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/today"
	"github.com/pinezka/pinezka/web/ui"
	"github.com/pinezka/pinezka/web/weighing"
)

// Store is what the subjects need of the database.
type Store interface {
	academy.Store
	accounts.Store
	advice.Store
	areas.Store
	measures.Store
	compare.Store
	contacts.Store
	council.Store
	desk.Store
	diagnoses.Store
	events.Store
	exchanges.Store
	explore.Store
	feeds.Store
	figures.Store
	follows.Store
	groups.Store
	health.Store
	improvements.Store
	ideas.Store
	initiatives.Store
	numbers.Store
	hotspots.Store
	organisations.Store
	outcomes.Store
	people.Store
	pins.Store
	practices.Store
	recommendations.Store
	reports.Store
	serve.PinSearcher
	things.Store
	today.Store
	weighing.Store
	serve.Sessions
}

// Config configures a Server.
type Config struct {
	Live        *tiles.Live      // required
	Store       Store            // required
	Catalogue   *i18n.Catalogue  // default Catalogue()
	BaseURL     string           // at which the public reaches the service, such as https://mapa.example.org; default that of each request, with which no response is cached
	Basemap     *basemap.Basemap // below the map; default none
	Walk        diagnoses.Walk   // measures distances on foot; default none, with which they are straight lines
	PDF         academy.PDF      // makes certificates; default none
	StyleURL    string           // of a MapLibre style below the map, instead of Basemap; default none
	BehindProxy bool             // whether the address of a client is in X-Forwarded-For; default false
	IPv6Prefix  int              // bits of an IPv6 address that identify a client; default 64
	Writes      int              // pins that one address may add a minute in the long run; default 30
	WriteBurst  int              // pins that one address may add at once; default ten times Writes
	TileCache   int              // bytes of rendered tiles to keep; default 64 MiB, negative for none
	RenderLimit int              // tiles, hexes and statistics that are rendered at once; default 4 a core
	QueryLimit  int              // requests that read from the database at once; default 8, the connections of store.Store for that
	Mails       int              // mails to sign in with that one address may ask for a minute in the long run, four times as many at once; default 5
	AddLimit    int              // pins that are added to the database at once; default 4, the connections of store.Store for that
	ExportLimit int              // files of pins that are made at once; default 2
	SendLimit   int              // bytes of responses that are sent at once; default 64 MiB
	StreamLimit int              // open streams of changes; default 2000
	Now         func() time.Time // default time.Now
	Logger      *slog.Logger     // default slog.Default()

	// SignInRequested is called when somebody asks for a mail, so that it is
	// queued at once. Default none.
	SignInRequested func()
}

// Server serves all subjects. Use New to create one.
type Server struct {
	cfg       Config
	service   *serve.Service
	pages     *page.Renderer
	contract  *contract.Contract
	maps      *maps.Maps
	hotspots  *hotspots.Hotspots
	figures   *figures.Service
	writes    *serve.WriteLimiter
	asking    *serve.WriteLimiter
	querying  *serve.Limiter
	adding    *serve.Limiter
	exporting *serve.Limiter
	streams   *serve.Shares
	routes    []serve.Route
	ui        fs.FS
}

// New returns a server. It returns an error for an invalid configuration.
func New(cfg Config) (*Server, error) {
	if cfg.Live == nil || cfg.Store == nil {
		return nil, errors.New("web: Live and Store are required")
	}
	cfg.IPv6Prefix = cmp.Or(cfg.IPv6Prefix, 64)
	cfg.Writes = cmp.Or(cfg.Writes, 30)
	cfg.WriteBurst = cmp.Or(cfg.WriteBurst, 10*cfg.Writes)
	cfg.Mails = cmp.Or(cfg.Mails, 5)
	cfg.TileCache = cmp.Or(cfg.TileCache, 64<<20)
	cfg.RenderLimit = cmp.Or(cfg.RenderLimit, 4*runtime.GOMAXPROCS(0))
	cfg.QueryLimit = cmp.Or(cfg.QueryLimit, 8)
	cfg.AddLimit = cmp.Or(cfg.AddLimit, 4)
	cfg.ExportLimit = cmp.Or(cfg.ExportLimit, 2)
	cfg.SendLimit = cmp.Or(cfg.SendLimit, 64<<20)
	cfg.StreamLimit = cmp.Or(cfg.StreamLimit, 2000)
	cfg.Logger = cmp.Or(cfg.Logger, slog.Default())
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.SignInRequested == nil {
		cfg.SignInRequested = func() {}
	}
	if cfg.BaseURL != "" {
		u, err := url.Parse(cfg.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("base URL %q is not like https://mapa.example.org", cfg.BaseURL)
		}
	}
	if cfg.IPv6Prefix < 1 || cfg.IPv6Prefix > 128 {
		return nil, fmt.Errorf("a prefix of %d bits is not 1 to 128", cfg.IPv6Prefix)
	}
	s := &Server{
		cfg: cfg, writes: serve.NewWriteLimiter(cfg.Writes, cfg.WriteBurst), asking: serve.NewWriteLimiter(cfg.Mails, 4*cfg.Mails),
		querying: serve.NewLimiter(cfg.QueryLimit), adding: serve.NewLimiter(cfg.AddLimit),
		exporting: serve.NewLimiter(cfg.ExportLimit), streams: serve.NewShares(int64(cfg.StreamLimit)),
		service: &serve.Service{
			Sender: serve.NewSender(cfg.SendLimit), Live: cfg.Live, Rendering: serve.NewLimiter(cfg.RenderLimit),
			PublicURL: strings.TrimRight(cfg.BaseURL, "/"), Now: cfg.Now,
		},
	}
	s.cfg.Store = fairStore{cfg.Store, s.querying, s.adding}
	var err error
	if s.service.Words, err = serve.NewWordSearch(s.cfg.Store, cfg.Now); err != nil {
		return nil, err
	}
	if err := s.load(); err != nil {
		return nil, err
	}
	for _, subject := range subjects() {
		routes, err := subject.routes(s)
		if err != nil {
			return nil, err
		}
		for _, r := range routes {
			if s.contract.Has(r.Method, r.Pattern) {
				r.Query = s.contract.Query(r.Method, r.Pattern)
			}
			s.routes = append(s.routes, r)
		}
	}
	return s, nil
}

// load loads the embedded files: texts, templates, the contract and the user
// interface.
func (s *Server) load() error {
	var err error
	if s.cfg.Catalogue == nil {
		if s.cfg.Catalogue, err = Catalogue(); err != nil {
			return err
		}
	}
	files, err := parts()
	if err != nil {
		return err
	}
	if s.contract, err = contract.Load(files...); err != nil {
		return err
	}
	if s.ui, err = ui.Files(); err != nil {
		return err
	}
	manifest, err := ui.Manifest()
	if err != nil {
		return err
	}
	asset := func(name string) string {
		if file := manifest[name]; file != "" {
			return "/assets/" + file
		}
		return ""
	}
	s.pages, err = page.New(page.Config{
		Service: s.service, Catalogue: s.cfg.Catalogue, Parts: files,
		Script: asset("app.js"), Style: asset("app.css"), MapScripts: []string{asset("map-view.js"), asset("maplibre.js")}, Logger: s.cfg.Logger,
	})
	if err != nil {
		return err
	}
	s.maps, err = maps.New(maps.Config{Service: s.service, Basemap: s.cfg.Basemap, StyleURL: s.cfg.StyleURL, TileCache: max(0, s.cfg.TileCache), Streams: s.streams, Things: layers()})
	if err != nil {
		return err
	}
	s.hotspots, err = hotspots.New(hotspots.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store})
	s.figures = figures.New(figures.Config{Service: s.service, Hotspots: s.hotspots, Store: s.cfg.Store})
	return err
}

// Catalogue returns the texts of all subjects.
func Catalogue() (*i18n.Catalogue, error) {
	files, err := parts()
	if err != nil {
		return nil, err
	}
	c, err := i18n.Load(files...)
	if err != nil {
		return nil, err
	}
	return c, kinds.Explain(c)
}

// Handler returns the handler of all routes within the outer middleware.
func (s *Server) Handler(outer ...func(http.Handler) http.Handler) http.Handler {
	router := serve.Router{
		Logger: s.cfg.Logger, Writes: s.writes, BehindProxy: s.cfg.BehindProxy, IPv6Prefix: s.cfg.IPv6Prefix,
		Policy: maps.ContentSecurityPolicy(s.cfg.StyleURL), Check: s.contract.Check, ErrorPage: s.pages.Error,
		Sessions: s.cfg.Store, Service: s.service,
	}
	return router.Handler(s.routes, outer...)
}

// Record returns middleware for Handler that reports every request to the
// recorder.
func Record(recorder serve.Recorder) func(http.Handler) http.Handler {
	return serve.Record(recorder, maps.TileLayer)
}

// CacheMetrics returns the metrics of the cache of tiles.
func (s *Server) CacheMetrics() maps.CacheMetrics { return s.maps.CacheMetrics() }

// LimitMetrics returns the metrics of all limits that clients share.
func (s *Server) LimitMetrics() []serve.LimitMetrics {
	return []serve.LimitMetrics{
		s.service.Rendering.Metrics("rendering"), s.querying.Metrics("querying"), s.adding.Metrics("adding"), s.exporting.Metrics("exporting"), s.service.Sending.Metrics("sending"),
		s.streams.Metrics("streams"), s.writes.Metrics("writes"), s.asking.Metrics("asking"),
	}
}

// CloseStreams ends all streams of changes, so that a shutdown need not wait
// for them. It must be called once.
func (s *Server) CloseStreams() { s.maps.CloseStreams() }
