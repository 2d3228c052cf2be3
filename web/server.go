// Package web is the face: HTTP API, tiles, and server-rendered pages that work
// without script and that the script of ui/ enhances.
//
// It stores nothing and speaks no SQL: what it needs of the record is the small
// interface Record, which cmd hands in; the map comes from the live index.
package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
)

// Record is what the face needs of the kept record, beyond the live index.
type Record interface {
	AddPin(ctx context.Context, d *civic.District, pin civic.NewPin, p civic.Publication) (int64, error)
	Pin(ctx context.Context, d *civic.District, id int64) (civic.Pin, error)
	Pins(ctx context.Context, d *civic.District, q civic.PinQuery) (civic.PinPage, error)
	CountPins(ctx context.Context, d *civic.District, q civic.PinQuery) (int, error)
	Places(ctx context.Context, d *civic.District, typed string, limit int) ([]civic.Place, error)
}

// Config of a server.
type Config struct {
	Live        *tiles.Live // required
	Record      Record      // required
	BaseURL     string      // how the public reaches it, such as https://mapa.example.org; default: as the request says
	Basemap     string      // URL of a MapLibre style, or path of a .pmtiles file; default none
	BehindProxy bool        // take the client's address from X-Forwarded-For; default false
	Writes      int         // pins that one address may add a minute; default 30
	TileCache   int         // bytes of drawn tiles to keep; default 64 MiB, negative for none
	Drawing     int         // tiles, hexes and numbers made at once, eight times as many wait, others get 503; default 4 per core
	Sending     int         // bytes of answers being sent at once, before compression; others get 503; default 256 MiB
	Now         func() time.Time
	Logger      *slog.Logger // default slog.Default()
}

// Server answers HTTP. Make it with New.
type Server struct {
	cfg      Config
	messages map[string]*messages
	pages    map[string]pageSet // templates by language
	assets   map[string]*answer // by file name
	script   string
	style    string
	contract *contract
	hot      *tileCache
	queries  *lru.Cache[tileQueryKey, tileQuery]
	turns    *turns
	sending  *semaphore.Weighted // of Config.Sending
	process  string              // tells this process from all others
	streams  atomic.Int64        // of changes, open now
	ending   chan struct{}       // closed when they shall end
}

// New server. It reports what is wrong with the configuration or with what is
// built in.
func New(cfg Config) (*Server, error) {
	if cfg.Live == nil || cfg.Record == nil {
		return nil, errors.New("web: Live and Record are required")
	}
	cfg.Writes = cmp.Or(cfg.Writes, 30)
	cfg.TileCache = cmp.Or(cfg.TileCache, 64<<20)
	cfg.Drawing = cmp.Or(cfg.Drawing, 4*runtime.GOMAXPROCS(0))
	cfg.Sending = cmp.Or(cfg.Sending, 256<<20)
	cfg.Logger = cmp.Or(cfg.Logger, slog.Default())
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.BaseURL != "" {
		u, err := url.Parse(cfg.BaseURL)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return nil, fmt.Errorf("base URL %q is not like https://mapa.example.org", cfg.BaseURL)
		}
		cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	}
	s := &Server{cfg: cfg, turns: newTurns(cfg.Drawing), sending: semaphore.NewWeighted(int64(cfg.Sending)), process: rand.Text(), ending: make(chan struct{})}
	var err error
	if s.messages, err = catalogue(); err != nil {
		return nil, fmt.Errorf("read messages: %w", err)
	}
	if s.pages, err = parsePages(s.messages); err != nil {
		return nil, fmt.Errorf("read templates: %w", err)
	}
	if s.contract, err = loadContract(); err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	if s.hot, err = newTileCache(max(0, cfg.TileCache)); err != nil {
		return nil, fmt.Errorf("make tile cache: %w", err)
	}
	if s.queries, err = lru.New[tileQueryKey, tileQuery](queriesKept); err != nil {
		return nil, fmt.Errorf("make cache of queries: %w", err)
	}
	if err = s.findAssets(); err != nil {
		return nil, fmt.Errorf("read built assets: %w", err)
	}
	return s, nil
}

// base is the public URL of the server, without a trailing slash.
func (s *Server) base(r *http.Request) string {
	if s.cfg.BaseURL != "" {
		return s.cfg.BaseURL
	}
	scheme := "http"
	if r.TLS != nil || s.cfg.BehindProxy && r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// district of the request's path.
func (s *Server) district(r *http.Request) (*index.Version, error) {
	slug := r.PathValue("district")
	v, ok := s.cfg.Live.District(slug)
	if !ok {
		if !s.cfg.Live.State().Ready {
			return nil, &problem{Status: http.StatusServiceUnavailable, Title: "Starting", Detail: "the map is being loaded; try again in a moment", retryAfter: "2", page: "starting"}
		}
		return nil, fmt.Errorf("district %q: %w", slug, civic.ErrNotFound)
	}
	return v, nil
}

// today in the district.
func (s *Server) today(d *civic.District) civic.Day {
	loc, err := time.LoadLocation(d.TimeZone)
	if err != nil {
		loc = time.UTC
	}
	return civic.DayOf(s.cfg.Now().In(loc))
}
