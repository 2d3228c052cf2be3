package things

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// feature is a thing as GeoJSON.
type feature struct {
	Type       string            `json:"type"`
	ID         int64             `json:"id"`
	Geometry   *geojson.Geometry `json:"geometry"`   // null for what has no place
	Properties map[string]any    `json:"properties"` // what all things have, the fields, and the things that the fields of links name
	Links      []serve.Link      `json:"links"`
}

// collection is several things as GeoJSON.
type collection struct {
	Type     string       `json:"type"`
	Returned int          `json:"numberReturned"`
	Features []feature    `json:"features"`
	Links    []serve.Link `json:"links"`
}

// features returns things with what the actor may know of their links.
func (h handlers) features(r *http.Request, in request, things []civic.Described) ([]feature, error) {
	ids := make([]int64, len(things))
	for i, t := range things {
		ids[i] = t.ID
	}
	linked, err := h.Store.Links(r.Context(), in.d, ids)
	if err != nil {
		return nil, err
	}
	out := []feature{}
	for _, t := range things {
		f := h.feature(in.d, t)
		for _, rule := range t.Kind.Rules().Links {
			named := []int64{}
			for _, l := range linked.Links {
				end := linked.Other(l, t.ID)
				if rule.Makes(l, t.ID, end.Thing) && h.canKnow(in.actor, end.Thing, end.HexOnly) {
					named = append(named, end.ID)
				}
			}
			f.Properties[rule.Field] = named
		}
		out = append(out, f)
	}
	return out, nil
}

// feature returns a thing with what it says, without its links.
func (h handlers) feature(d *civic.District, t civic.Described) feature {
	r, _ := t.Content.(civic.Record)
	f := feature{
		Type: "Feature", ID: t.ID, Properties: map[string]any{},
		Links: []serve.Link{
			{Rel: "self", Href: "/api/v1/districts/" + d.Slug + "/" + h.Plural() + "/" + formatID(t.ID), Type: serve.TypeGeoJSON},
			{Rel: "alternate", Href: h.Path(d, t.ID), Type: "text/html"},
		},
	}
	if r.Point != nil {
		f.Geometry = geojson.NewGeometry(*r.Point)
	}
	encodeValues(f.Properties, t.Kind.Rules().Fields, r.Values)
	f.Properties["kind"], f.Properties["title"], f.Properties["version"] = t.Kind.String(), t.Title, t.Version
	f.Properties["publication"], f.Properties["state"], f.Properties["area"] = t.Publication, nil, nil
	if t.State != "" {
		f.Properties["state"] = t.State
	}
	if t.Kind.IsAskedAbout() {
		f.Properties["confirmed"] = nil
		if !t.Confirmed.IsZero() {
			f.Properties["confirmed"] = d.DayOf(t.Confirmed).String()
		}
	}
	if a, ok := d.AreaByID(t.AreaID); ok {
		f.Properties["area"] = a.Slug
	}
	return f
}

// encodeValues adds the values of fields to an object, as decodeValues reads them.
func encodeValues(out map[string]any, fields []civic.Field, v civic.Values) {
	for _, f := range fields {
		switch {
		case f.Type.IsByLanguage():
			text := v.Texts[f.Name]
			if text == nil {
				text = civic.Text{}
			}
			out[f.Name] = text
		case f.Type.IsList():
			out[f.Name] = append([]string{}, v.Lists[f.Name]...)
		case f.Type == civic.RowsField:
			rows := []map[string]any{}
			for _, row := range v.Rows[f.Name] {
				encoded := map[string]any{}
				encodeValues(encoded, f.Rows, row)
				rows = append(rows, encoded)
			}
			out[f.Name] = rows
		case f.Type == civic.FrozenField:
			out[f.Name] = nil
			if s := v.Words[f.Name]; s != "" {
				out[f.Name] = json.RawMessage(s)
			}
		default:
			out[f.Name] = v.Words[f.Name]
		}
	}
}

func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	found, next, err := h.things(r, in)
	if err != nil {
		return err
	}
	path := "/api/v1/districts/" + in.d.Slug + "/" + h.Plural()
	out := collection{"FeatureCollection", len(found), nil, []serve.Link{{Rel: "self", Href: serve.WithQuery(path, r.URL.Query()), Type: serve.TypeGeoJSON}}}
	if out.Features, err = h.features(r, in, found); err != nil {
		return err
	}
	if next != 0 {
		q := r.URL.Query()
		q.Set("after", formatID(next))
		out.Links = append(out.Links, serve.Link{Rel: "next", Href: serve.WithQuery(path, q), Type: serve.TypeGeoJSON})
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}

func (h handlers) get(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	features, err := h.features(r, in, []civic.Described{t})
	if err != nil {
		return err
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, features[0])
}

func (h handlers) create(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	draft, err := h.readBody(r)
	if err != nil {
		return err
	}
	content, err := h.accept(r, in, &draft, civic.Described{})
	if err != nil {
		return err
	}
	key, err := serve.RequestKey(r.Header)
	if err != nil {
		return err
	}
	out, err := h.Store.Do(r.Context(), in.d, in.actor, h.submission(&draft, content, key))
	if err != nil {
		return err
	}
	return h.respond(w, r, in, out.Changed[0].ID, http.StatusCreated)
}

// replace changes a thing, whose version must be that of If-Match.
func (h handlers) replace(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	version, err := IfMatch(r)
	if err != nil {
		return err
	}
	draft, err := h.readBody(r)
	if err != nil {
		return err
	}
	content, err := h.accept(r, in, &draft, t)
	if err != nil {
		return err
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.Edit, Things: []int64{t.ID}, Version: version, Content: content, Links: draft.Links, Confirmed: draft.Confirmed})
	if err != nil {
		return err
	}
	return h.respond(w, r, in, t.ID, http.StatusOK)
}

// respond sends a thing as it is after a change.
func (h handlers) respond(w http.ResponseWriter, r *http.Request, in request, id int64, status int) error {
	t, err := h.Store.Thing(r.Context(), in.d, id)
	if err != nil {
		return err
	}
	features, err := h.features(r, in, []civic.Described{t})
	if err != nil {
		return err
	}
	if status == http.StatusCreated {
		w.Header().Set("Location", features[0].Links[0].Href)
	}
	return send(w, status, serve.TypeGeoJSON, features[0])
}

// send sends v as JSON that nobody may keep.
func send(w http.ResponseWriter, status int, mediaType string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode response: %w", err)
	}
	header := w.Header()
	header.Set("Content-Type", mediaType)
	header.Set("Cache-Control", serve.PrivateNoStore)
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // fails only if the client has disconnected
	return nil
}
