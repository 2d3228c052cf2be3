package pins

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// pinFeature is a pin as GeoJSON.
type pinFeature struct {
	Type       string            `json:"type"`
	ID         int64             `json:"id"`
	Geometry   *geojson.Geometry `json:"geometry"`
	Properties pinProperties     `json:"properties"`
	Links      []serve.Link      `json:"links,omitempty"`
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
	Voices     int              `json:"voices"`
	Profile    int64            `json:"profile,omitempty"` // of an organisation
	Hotspot    *Hotspot         `json:"hotspot,omitempty"`
	UpdatedAt  time.Time        `json:"updated_at"`
}

// feature returns a pin that so many others than its reporter support. v has all
// pins of the district.
func (h handlers) feature(ctx context.Context, v *index.Version, p civic.Pin, voices int) (pinFeature, error) {
	f := pinFeature{Type: "Feature", ID: p.ID, Properties: pinProperties{
		Kind: p.Category.Kind, Category: p.Category.Slug, Status: p.Status, Title: p.Title, Body: p.Body,
		ReportedOn: p.ReportedOn, H3: p.ShownCell().String(), Visibility: p.Category.Visibility, UpdatedAt: p.UpdatedAt.UTC(), Voices: voices,
	}}
	f.Geometry = geojson.NewGeometry(p.Location.Point)
	if a, ok := v.District.AreaByID(p.AreaID); ok {
		f.Properties.Area = &a.Slug
	}
	var err error
	f.Properties.Hotspot, err = h.Hotspots.Around(ctx, v, &p.Category, p.ShownCell())
	return f, err
}

func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	all, err := h.District(r)
	if err != nil {
		return err
	}
	v, err := h.Matching(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	query, err := ParseQuery(q, &v.District, 100, 1000)
	if err != nil {
		return err
	}
	query.IDs = v.IDs
	page, err := h.Store.Pins(r.Context(), &v.District, query)
	if err != nil {
		return err
	}
	voices, err := h.voices(r.Context(), &v.District, page.Pins...)
	if err != nil {
		return err
	}
	profiles, err := h.profiles(r.Context(), &v.District, page.Pins...)
	if err != nil {
		return err
	}
	hexOnly, err := h.hexOnly(r.Context(), v.Version, query)
	if err != nil {
		return err
	}
	out := struct {
		Type     string             `json:"type"`
		Returned int                `json:"numberReturned"`
		HexOnly  serve.HexOnlyCount `json:"hex_only"`
		Features []pinFeature       `json:"features"`
		Links    []serve.Link       `json:"links"`
	}{Type: "FeatureCollection", Returned: len(page.Pins), HexOnly: hexOnly, Features: []pinFeature{}, Links: []serve.Link{}}
	for _, p := range page.Pins {
		f, err := h.feature(r.Context(), all, p, voices[p.ID])
		if err != nil {
			return err
		}
		f.Properties.Profile = profiles[p.ID]
		out.Features = append(out.Features, f)
	}
	here := "/api/v1/districts/" + v.District.Slug + "/pins"
	out.Links = append(out.Links, serve.Link{Rel: "self", Href: serve.WithQuery(here, q), Type: serve.TypeGeoJSON})
	if page.Next != nil {
		q.Set("after", FormatCursor(*page.Next))
		out.Links = append(out.Links, serve.Link{Rel: "next", Href: serve.WithQuery(here, q), Type: serve.TypeGeoJSON})
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}

// hexOnly returns what the query counts of the pins that are published only in
// counts: all that the filter counts, unless words or a box set them aside.
func (h handlers) hexOnly(ctx context.Context, v *index.Version, q civic.PinQuery) (serve.HexOnlyCount, error) {
	stats, err := h.Stats(ctx, v, q.Filter)
	if err != nil {
		return serve.HexOnlyCount{}, err
	}
	return serve.HexOnly(&stats, q), nil
}

// voices returns the numbers of voices for pins, by id.
func (h handlers) voices(ctx context.Context, d *civic.District, pins ...civic.Pin) (map[int64]int, error) {
	if len(pins) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(pins))
	for i, p := range pins {
		ids[i] = p.ID
	}
	return h.Store.Voices(ctx, d, ids)
}

// profiles returns the profiles of the organisations among pins, by id.
func (h handlers) profiles(ctx context.Context, d *civic.District, pins ...civic.Pin) (map[int64]int64, error) {
	var ids []int64
	for _, p := range pins {
		if p.Category.Kind == civic.Organisation {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return h.Store.Profiles(ctx, d, ids)
}

func (h handlers) get(w http.ResponseWriter, r *http.Request) error {
	v, p, err := h.pin(r)
	if errors.Is(err, civic.ErrNotFound) && v != nil {
		return h.leadToMerged(w, r, v, "/api/v1/districts/%s/pins/%d", err)
	}
	if err != nil {
		return err
	}
	voices, err := h.voices(r.Context(), &v.District, p)
	if err != nil {
		return err
	}
	f, err := h.feature(r.Context(), v, p, voices[p.ID])
	if err != nil {
		return err
	}
	profiles, err := h.profiles(r.Context(), &v.District, p)
	if err != nil {
		return err
	}
	f.Links, f.Properties.Profile = pinLinks(&v.District, p.ID), profiles[p.ID]
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, f)
}

func pinLinks(d *civic.District, id int64) []serve.Link {
	return []serve.Link{
		{Rel: "self", Href: fmt.Sprintf("/api/v1/districts/%s/pins/%d", d.Slug, id), Type: serve.TypeGeoJSON},
		{Rel: "alternate", Href: fmt.Sprintf("/d/%s/pins/%d", d.Slug, id), Type: "text/html"},
	}
}

func (h handlers) create(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	var in struct {
		Category  string  `json:"category"`
		Title     string  `json:"title"`
		Body      string  `json:"body"`
		Lon       float64 `json:"lon"`
		Lat       float64 `json:"lat"`
		Email     string  `json:"email"`
		Anonymous bool    `json:"anonymous"`
	}
	if err := serve.ReadJSON(r, &in); err != nil {
		return err
	}
	key, err := serve.RequestKey(r.Header)
	if err != nil {
		return err
	}
	var actor civic.Actor
	if !in.Anonymous {
		if actor, err = signedIn(r, &v.District); err != nil {
			return err
		}
	}
	added, err := h.add(r, v, actor, civic.Draft{
		Category: in.Category, Title: in.Title, Body: in.Body, Point: orb.Point{in.Lon, in.Lat}, Email: in.Email,
	}, key)
	if err != nil {
		return err
	}
	out := struct {
		ID          int64             `json:"id"`
		Publication civic.Publication `json:"publication"`
		Links       []serve.Link      `json:"links"`
	}{added.ID, added.Publication, []serve.Link{}}
	switch {
	case added.Link != "":
		out.Links = append(out.Links, serve.Link{Rel: "private", Href: addedPage(&v.District, added), Type: "text/html"})
	case added.Publication == civic.Published:
		out.Links = pinLinks(&v.District, added.ID)
		w.Header().Set("Location", out.Links[0].Href)
	}
	body, err := json.Marshal(out)
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	w.Header().Set("Content-Type", serve.TypeJSON)
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(append(body, '\n')) // fails only if the client has disconnected
	return nil
}
