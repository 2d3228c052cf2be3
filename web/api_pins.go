package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// pinFeature is a pin as GeoJSON.
type pinFeature struct {
	Type       string            `json:"type"`
	ID         int64             `json:"id"`
	Geometry   *geojson.Geometry `json:"geometry"` // null where the category is never shown as a point
	Properties pinProperties     `json:"properties"`
	Links      []link            `json:"links,omitempty"`
}

type pinProperties struct {
	Kind       civic.Kind       `json:"kind"`
	Category   string           `json:"category"`
	Status     civic.Status     `json:"status"`
	Title      string           `json:"title"`
	Body       string           `json:"body"`
	ReportedOn civic.Day        `json:"reported_on"`
	Area       *string          `json:"area"`
	H3         string           `json:"h3"`
	Visibility civic.Visibility `json:"visibility"`
	UpdatedAt  time.Time        `json:"updated_at"`
}

func feature(v *index.Version, p civic.Pin) pinFeature {
	f := pinFeature{Type: "Feature", ID: p.ID, Properties: pinProperties{
		Kind: p.Category.Kind, Category: p.Category.Slug, Status: p.Status, Title: p.Title, Body: p.Body,
		ReportedOn: p.ReportedOn, H3: p.ShownCell().String(), Visibility: p.Category.Visibility, UpdatedAt: p.UpdatedAt.UTC(),
	}}
	if p.Category.Visibility != civic.HexOnly {
		f.Geometry = geojson.NewGeometry(p.Location.Point)
	}
	for _, a := range v.District.Areas {
		if a.ID == p.AreaID {
			f.Properties.Area = &a.Slug
		}
	}
	return f
}

// parsePinQuery reads a filter, bbox, q, limit and after.
func parsePinQuery(q url.Values, d *civic.District, limit, most int) (civic.PinQuery, error) {
	out := civic.PinQuery{Search: q.Get("q")}
	var err error
	if out.Filter, err = parseFilter(q, d); err != nil {
		return out, err
	}
	if q.Has("bbox") {
		if out.Box, err = parseBox(q.Get("bbox")); err != nil {
			return out, err
		}
	}
	if out.Limit, err = parseLimit(q, limit, most); err != nil {
		return out, err
	}
	out.After, err = parseKey(q.Get("after"))
	return out, err
}

func (s *Server) listPins(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	query, err := parsePinQuery(q, &v.District, 100, 1000)
	if err != nil {
		return err
	}
	page, err := s.cfg.Record.Pins(r.Context(), &v.District, query)
	if err != nil {
		return err
	}
	out := struct {
		Type     string       `json:"type"`
		Returned int          `json:"numberReturned"`
		Features []pinFeature `json:"features"`
		Links    []link       `json:"links"`
	}{Type: "FeatureCollection", Returned: len(page.Pins), Features: []pinFeature{}, Links: []link{}}
	for _, p := range page.Pins {
		out.Features = append(out.Features, feature(v, p))
	}
	here := s.base(r) + r.URL.Path
	self := here
	if r.URL.RawQuery != "" {
		self += "?" + q.Encode()
	}
	out.Links = append(out.Links, link{Rel: "self", Href: self, Type: typeGeoJSON})
	if page.Next != nil {
		q.Set("after", formatKey(*page.Next))
		out.Links = append(out.Links, link{Rel: "next", Href: here + "?" + q.Encode(), Type: typeGeoJSON})
	}
	return s.respondJSON(w, r, typeGeoJSON, cacheNone, out)
}

// pinID of the path.
func pinID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("pin %q: %w", r.PathValue("id"), civic.ErrNotFound)
	}
	return id, nil
}

func (s *Server) getPin(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	id, err := pinID(r)
	if err != nil {
		return err
	}
	p, err := s.cfg.Record.Pin(r.Context(), &v.District, id)
	if err != nil {
		return err
	}
	f := feature(v, p)
	f.Links = s.pinLinks(r, &v.District, id)
	return s.respondJSON(w, r, typeGeoJSON, cacheNone, f)
}

func (s *Server) pinLinks(r *http.Request, d *civic.District, id int64) []link {
	return []link{
		{Rel: "self", Href: fmt.Sprintf("%s/api/v1/districts/%s/pins/%d", s.base(r), d.Slug, id), Type: typeGeoJSON},
		{Rel: "alternate", Href: fmt.Sprintf("%s/d/%s/pins/%d", s.base(r), d.Slug, id), Type: "text/html"},
	}
}

func (s *Server) createPin(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	var in struct {
		Category string  `json:"category"`
		Title    string  `json:"title"`
		Body     string  `json:"body"`
		Lon      float64 `json:"lon"`
		Lat      float64 `json:"lat"`
		Email    string  `json:"email"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return &problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: "the body is not JSON: " + err.Error(), cause: err}
	}
	id, publication, err := s.add(r, v, civic.Draft{
		Category: in.Category, Title: in.Title, Body: in.Body, Point: orb.Point{in.Lon, in.Lat}, Email: in.Email,
	})
	if err != nil {
		return err
	}
	out := struct {
		ID          int64             `json:"id"`
		Publication civic.Publication `json:"publication"`
		Links       []link            `json:"links"`
	}{id, publication, []link{}}
	if publication == civic.Published {
		out.Links = s.pinLinks(r, &v.District, id)
		w.Header().Set("Location", strings.TrimPrefix(out.Links[0].Href, s.base(r)))
	}
	body, err := json.Marshal(out)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", typeJSON)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(append(body, '\n'))
	return nil
}

// add a resident's pin, dated today: published at once or pending, as the
// district decides.
func (s *Server) add(r *http.Request, v *index.Version, draft civic.Draft) (int64, civic.Publication, error) {
	draft.ReportedOn = s.today(&v.District)
	pin, err := v.District.Accept(draft)
	if err != nil {
		return 0, 0, err
	}
	publication := civic.Pending
	if v.District.Moderation == civic.ModerateAfter {
		publication = civic.Published
	}
	id, err := s.cfg.Record.AddPin(r.Context(), &v.District, pin, publication)
	return id, publication, err
}
