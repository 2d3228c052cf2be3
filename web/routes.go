package web

import (
	"io/fs"

	"github.com/pinezka/pinezka/web/academy"
	"github.com/pinezka/pinezka/web/accounts"
	"github.com/pinezka/pinezka/web/advice"
	"github.com/pinezka/pinezka/web/areas"
	"github.com/pinezka/pinezka/web/assets"
	"github.com/pinezka/pinezka/web/charts"
	"github.com/pinezka/pinezka/web/compare"
	"github.com/pinezka/pinezka/web/contacts"
	"github.com/pinezka/pinezka/web/contract"
	"github.com/pinezka/pinezka/web/council"
	"github.com/pinezka/pinezka/web/desk"
	"github.com/pinezka/pinezka/web/diagnoses"
	"github.com/pinezka/pinezka/web/districts"
	"github.com/pinezka/pinezka/web/events"
	"github.com/pinezka/pinezka/web/exchanges"
	"github.com/pinezka/pinezka/web/explore"
	"github.com/pinezka/pinezka/web/feeds"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/follows"
	"github.com/pinezka/pinezka/web/groups"
	"github.com/pinezka/pinezka/web/health"
	"github.com/pinezka/pinezka/web/hotspots"
	"github.com/pinezka/pinezka/web/ideas"
	"github.com/pinezka/pinezka/web/improvements"
	"github.com/pinezka/pinezka/web/initiatives"
	"github.com/pinezka/pinezka/web/kinds"
	"github.com/pinezka/pinezka/web/mail"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/measures"
	"github.com/pinezka/pinezka/web/numbers"
	"github.com/pinezka/pinezka/web/organisations"
	"github.com/pinezka/pinezka/web/outcomes"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/people"
	"github.com/pinezka/pinezka/web/pins"
	"github.com/pinezka/pinezka/web/practices"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/qrcode"
	"github.com/pinezka/pinezka/web/recommendations"
	"github.com/pinezka/pinezka/web/reports"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/sheets"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/today"
	"github.com/pinezka/pinezka/web/upcoming"
	"github.com/pinezka/pinezka/web/weighing"
)

// subject is a part of the service with routes of its own.
type subject struct {
	files  fs.FS // its templates, its texts and its part of the contract; nil for none
	routes func(*Server) ([]serve.Route, error)
}

// subjects returns the subjects of the service, of which each has a line here.
// The table of routes of a subject states who may call each route.
func subjects() []subject {
	return []subject{
		{contract.Files, func(s *Server) ([]serve.Route, error) { return s.contract.Routes(s.service), nil }},
		{page.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{provenance.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{charts.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{qrcode.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{sheets.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{explore.Files, func(s *Server) ([]serve.Route, error) {
			return explore.Routes(explore.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store, Kinds: s.kinds()}), nil
		}},
		{pins.Files, func(s *Server) ([]serve.Route, error) {
			return pins.Routes(pins.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Hotspots: s.hotspots, Store: s.cfg.Store, Writes: s.writes, Exporting: s.exporting}), nil
		}},
		{accounts.Files, func(s *Server) ([]serve.Route, error) {
			return accounts.Routes(accounts.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Asking: s.asking, Request: s.cfg.SignInRequested}), nil
		}},
		{people.Files, func(s *Server) ([]serve.Route, error) {
			return people.Routes(people.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{feeds.Files, func(s *Server) ([]serve.Route, error) {
			return feeds.Routes(feeds.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Kinds: s.kinds()}), nil
		}},
		{diagnoses.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{figures.Files, func(s *Server) ([]serve.Route, error) { return s.figures.Routes(), nil }},
		{things.Files, func(s *Server) (routes []serve.Route, err error) {
			cfg := things.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store, Also: s.also()}
			all := s.kinds()
			routes = things.CommonRoutes(cfg, all)
			for _, kind := range all {
				routes = append(routes, things.Routes(cfg, kind)...)
			}
			return routes, nil
		}},
		{outcomes.Files, func(s *Server) ([]serve.Route, error) {
			return outcomes.Routes(outcomes.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{upcoming.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{events.Files, func(s *Server) ([]serve.Route, error) { return events.Routes(s.events()), nil }},
		{exchanges.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{academy.Files, func(s *Server) ([]serve.Route, error) { return academy.Routes(s.academy()), nil }},
		{practices.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{initiatives.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{organisations.Files, func(s *Server) ([]serve.Route, error) { return organisations.Routes(s.kindConfig().Organisations), nil }},
		{improvements.Files, func(s *Server) ([]serve.Route, error) {
			return improvements.Routes(improvements.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{council.Files, func(s *Server) ([]serve.Route, error) {
			return council.Routes(council.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store}), nil
		}},
		{recommendations.Files, func(s *Server) ([]serve.Route, error) { return recommendations.Routes(s.recommendations()), nil }},
		{groups.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{ideas.Files, func(s *Server) ([]serve.Route, error) { return ideas.Routes(s.ideas()), nil }},
		{weighing.Files, func(s *Server) ([]serve.Route, error) {
			return weighing.Routes(weighing.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{follows.Files, func(s *Server) ([]serve.Route, error) {
			return follows.Routes(follows.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Asking: s.asking}), nil
		}},
		{contacts.Files, func(s *Server) ([]serve.Route, error) {
			return contacts.Routes(contacts.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{mail.Files, func(*Server) ([]serve.Route, error) { return nil, nil }},
		{desk.Files, func(s *Server) ([]serve.Route, error) {
			return desk.Routes(desk.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store}), nil
		}},
		{today.Files, func(s *Server) ([]serve.Route, error) {
			return today.Routes(today.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{reports.Files, func(s *Server) ([]serve.Route, error) {
			return reports.Routes(reports.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{advice.Files, func(s *Server) ([]serve.Route, error) { return advice.Routes(s.kindConfig().Advice), nil }},
		{areas.Files, func(s *Server) ([]serve.Route, error) {
			return areas.Routes(areas.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{measures.Files, func(s *Server) ([]serve.Route, error) {
			return measures.Routes(measures.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{maps.Files, func(s *Server) ([]serve.Route, error) { return s.maps.Routes(), nil }},
		{numbers.Files, func(s *Server) ([]serve.Route, error) {
			return numbers.Routes(numbers.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store}), nil
		}},
		{hotspots.Files, func(s *Server) ([]serve.Route, error) { return s.hotspots.Routes(), nil }},
		{compare.Files, func(s *Server) ([]serve.Route, error) {
			return compare.Routes(compare.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store}), nil
		}},
		{districts.Files, func(s *Server) ([]serve.Route, error) { return districts.Routes(s.service), nil }},
		{nil, func(s *Server) ([]serve.Route, error) { return assets.Routes(s.service, s.ui) }},
		{nil, func(s *Server) ([]serve.Route, error) {
			return health.Routes(s.service, s.cfg.Store, s.cfg.Basemap), nil
		}},
	}
}

// kinds returns the kinds of things other than pins.
func (s *Server) kinds() []things.Kind { return kinds.All(s.kindConfig()) }

// kindConfig returns the configuration of the kinds of things.
func (s *Server) kindConfig() kinds.Config {
	known := practices.Config{Service: s.service, Store: s.cfg.Store}
	return kinds.Config{
		Diagnoses:       diagnoses.Config{Service: s.service, Figures: s.figures, Store: s.cfg.Store, Walk: s.cfg.Walk, Practices: known},
		Events:          s.events(),
		Exchanges:       exchanges.Config{Service: s.service, Store: s.cfg.Store},
		Organisations:   organisations.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store},
		Recommendations: s.recommendations(),
		Advice:          advice.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store},
		Ideas:           s.ideas(),
		Groups:          groups.Config{Service: s.service, Store: s.cfg.Store},
		Initiatives: initiatives.Config{
			Compare: compare.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store}, Store: s.cfg.Store, Practices: known,
		},
		Practices: known,
		Academy:   s.academy(),
	}
}

// events returns the configuration of events and of the calendar.
func (s *Server) events() events.Config {
	return events.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Asking: s.asking, Figures: s.figures}
}

// academy returns the configuration of programmes and of enrolments.
func (s *Server) academy() academy.Config {
	return academy.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Asking: s.asking, PDF: s.cfg.PDF}
}

// also returns what subjects have about things of kinds of others.
func (s *Server) also() []things.Also {
	return []things.Also{ideas.Also(s.ideas())}
}

// ideas returns the configuration of ideas and themes.
func (s *Server) ideas() ideas.Config {
	return ideas.Config{Service: s.service, Pages: s.pages, Maps: s.maps, Store: s.cfg.Store}
}

// recommendations returns the configuration of recommendations and of comments.
func (s *Server) recommendations() recommendations.Config {
	return recommendations.Config{Service: s.service, Pages: s.pages, Store: s.cfg.Store, Figures: s.figures}
}

// layers returns the layers of the map with the things of the kinds that have a
// place.
func layers() (all []maps.ThingLayer) {
	for _, kind := range kinds.All(kinds.Config{}) {
		if kind.HasLayer() {
			all = append(all, kind.Layer())
		}
	}
	return all
}

// parts returns the files of all subjects and kinds.
func parts() ([]fs.FS, error) {
	var all []fs.FS
	for _, s := range subjects() {
		if s.files != nil {
			all = append(all, s.files)
		}
	}
	ofKinds, err := kinds.Files()
	return append(all, ofKinds...), err
}
