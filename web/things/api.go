package things

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// feature is a thing as GeoJSON.
type feature struct {
	Type       string            `json:"type"`
	ID         int64             `json:"id"`
	Geometry   *geojson.Geometry `json:"geometry"`
	Properties map[string]any    `json:"properties"` // the texts, and what follows
	Links      []serve.Link      `json:"links"`
}

// feature returns a thing with its texts, kind, version, publication and area.
func (h handlers) feature(d *civic.District, t civic.Described) feature {
	draft := h.Draft(t.Content)
	f := feature{
		Type: "Feature", ID: t.ID, Geometry: geojson.NewGeometry(draft.Point), Properties: map[string]any{
			"kind": t.Kind.String(), "title": t.Title, "version": t.Version, "publication": t.Publication, "area": nil,
		},
		Links: []serve.Link{
			{Rel: "self", Href: "/api/v1/districts/" + d.Slug + "/" + h.Plural + "/" + strconv.FormatInt(t.ID, 10), Type: serve.TypeGeoJSON},
			{Rel: "alternate", Href: h.Path(d, t.ID), Type: "text/html"},
		},
	}
	for name, in := range draft.Texts {
		f.Properties[name] = in
	}
	if a, ok := d.AreaByID(t.AreaID); ok {
		f.Properties["area"] = a.Slug
	}
	return f
}

func (h handlers) list(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	found, err := h.things(r, in)
	if err != nil {
		return err
	}
	out := struct {
		Type     string       `json:"type"`
		Returned int          `json:"numberReturned"`
		Features []feature    `json:"features"`
		Links    []serve.Link `json:"links"`
	}{
		"FeatureCollection", len(found), []feature{},
		[]serve.Link{{Rel: "self", Href: "/api/v1/districts/" + in.d.Slug + "/" + h.Plural, Type: serve.TypeGeoJSON}},
	}
	for _, t := range found {
		out.Features = append(out.Features, h.feature(in.d, t))
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}

func (h handlers) get(w http.ResponseWriter, r *http.Request) error {
	in, t, err := h.thing(r)
	if err != nil {
		return err
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, h.feature(in.d, t))
}

func (h handlers) create(w http.ResponseWriter, r *http.Request) error {
	in, err := h.request(r)
	if err != nil {
		return err
	}
	content, err := h.readContent(r, in.d)
	if err != nil {
		return err
	}
	c := civic.Command{Action: civic.Submit, Kind: h.Kind.Kind, Content: content}
	key, err := serve.RequestKey(r.Header)
	if err != nil {
		return err
	}
	if key != "" {
		request := civic.NewContentRequest(key, content)
		c.Request = &request
	}
	out, err := h.Store.Do(r.Context(), in.d, in.actor, c)
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
	version, err := ifMatch(r)
	if err != nil {
		return err
	}
	content, err := h.readContent(r, in.d)
	if err != nil {
		return err
	}
	_, err = h.Store.Do(r.Context(), in.d, in.actor, civic.Command{Action: civic.Edit, Things: []int64{t.ID}, Version: version, Content: content})
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
	f := h.feature(in.d, t)
	if status == http.StatusCreated {
		w.Header().Set("Location", f.Links[0].Href)
	}
	return send(w, status, serve.TypeGeoJSON, f)
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

// ifMatch returns the version in the header If-Match, which may be in quotes.
func ifMatch(r *http.Request) (int32, error) {
	version, err := strconv.ParseInt(strings.Trim(r.Header.Get("If-Match"), `"`), 10, 32)
	if err != nil || version < 1 {
		return 0, &serve.Problem{
			Status: http.StatusPreconditionRequired, Title: "Version required",
			Detail: "If-Match: state the version that is changed, which is a property of the thing",
		}
	}
	return int32(version), nil
}

func badBody(err error) *serve.Problem {
	return &serve.Problem{Status: http.StatusBadRequest, Title: "Bad body", Detail: "the body cannot be read: " + err.Error(), Cause: err}
}

// readContent returns the content in the body, which has the texts by name and the
// coordinates.
func (h handlers) readContent(r *http.Request, d *civic.District) (civic.Content, error) {
	var body map[string]json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil { // the contract has been checked
		return nil, badBody(err)
	}
	draft := Draft{Texts: map[string]civic.Text{}, Point: orb.Point{}}
	for _, f := range h.Fields {
		var in civic.Text
		if raw, ok := body[f.Name]; ok {
			if err := json.Unmarshal(raw, &in); err != nil {
				return nil, badBody(err)
			}
		}
		draft.Texts[f.Name] = in
	}
	for i, name := range []string{"lon", "lat"} {
		if err := json.Unmarshal(body[name], &draft.Point[i]); err != nil {
			return nil, badBody(err)
		}
	}
	return h.Accept(d, draft)
}
