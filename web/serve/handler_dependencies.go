package serve

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
)

// Service contains what the handlers of all subjects need.
type Service struct {
	*Sender
	Live      *tiles.Live
	Rendering *Limiter
	Words     *WordSearch
	PublicURL string // without a trailing slash; "" for that of the request
	Now       func() time.Time
}

// BaseURL returns the URL at which the public reaches the service, without a
// trailing slash, and whether it is configured. Otherwise it is that of the
// request, in which a client can write any host, so no cache may keep a response
// that contains it. Links are relative where their format allows it.
func (s *Service) BaseURL(r *http.Request) (base string, configured bool) {
	if s.PublicURL != "" {
		return s.PublicURL, true
	}
	scheme, host := "http://", r.Host
	if r.TLS != nil {
		scheme = "https://"
	}
	if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && host == "" { // HTTP/1.0 does not require Host
		host = local.String()
	}
	return scheme + host, false
}

// District returns the district in the path of the request. It returns
// civic.ErrNotFound, or a problem with status 503 while the map is loading.
func (s *Service) District(r *http.Request) (*index.Version, error) {
	slug := r.PathValue("district")
	v, ok := s.Live.District(slug)
	if ok {
		return v, nil
	}
	if err := s.Loading(); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("district %q: %w", slug, civic.ErrNotFound)
}

// Matching returns the pins of the district in the path of the request that
// contain the words in its parameter q, all of them without the parameter.
func (s *Service) Matching(r *http.Request) (Found, error) {
	v, err := s.District(r)
	if err != nil {
		return Found{}, err
	}
	words, err := ParseWords(r.URL.Query())
	if err != nil || words == "" {
		return Found{Version: v}, err
	}
	return s.Words.Search(r.Context(), v, words)
}

// Loading returns a problem with status 503 until the map has been loaded, then
// nil.
func (s *Service) Loading() error {
	state := s.Live.State()
	if state.Ready {
		return nil
	}
	return &Problem{Status: http.StatusServiceUnavailable, Title: "Starting", Detail: "the map is being loaded; try again in a moment", RetryAfter: 2 * time.Second, Page: "starting", Cause: state.Err}
}

// Today returns the current day in the time zone of the district.
func (s *Service) Today(d *civic.District) civic.Day {
	return d.DayOf(s.Now())
}

// Stats returns the statistics of the pins that the filter selects.
func (s *Service) Stats(ctx context.Context, v *index.Version, f civic.Filter) (index.Stats, error) {
	if err := s.Rendering.Acquire(ctx); err != nil {
		return index.Stats{}, err
	}
	defer s.Rendering.Release(ctx)
	return v.Stats(f), nil
}

// Link is a link to a related resource.
type Link struct {
	Rel  string `json:"rel"`
	Href string `json:"href"`
	Type string `json:"type,omitempty"`
}
