package pins

import (
	"net/http"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	defaultPlaces = 10
	mostPlaces    = 50
)

// places returns the places that match the query of the URL.
func (h handlers) places(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	query := civic.PlaceQuery{}
	if query.Text, err = serve.ParseWords(q); err != nil {
		return err
	}
	if query.Limit, err = serve.ParseLimit(q, defaultPlaces, mostPlaces); err != nil {
		return err
	}
	return h.sendPlaces(w, r, v, query, "", serve.NoCache)
}

// searchPlaces returns the places that match the text in the body. Our pages
// use it, so that what people type, such as their address, is in no URL.
func (h handlers) searchPlaces(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	in := struct {
		Text  string     `json:"q"`
		Near  *orb.Point `json:"near"`
		Limit int        `json:"limit"`
		Lang  string     `json:"lang"`
	}{Limit: defaultPlaces}
	if err := serve.ReadJSON(r, &in); err != nil {
		return err
	}
	if in.Near != nil && !geo.Valid(*in.Near) {
		return &serve.Problem{
			Status: http.StatusBadRequest, Title: "Bad body", Detail: "near: not a longitude and a latitude in degrees",
			Errors: []serve.Fault{{Field: "near", Detail: "is not a longitude and a latitude in degrees"}},
		}
	}
	return h.sendPlaces(w, r, v, civic.PlaceQuery{Text: in.Text, Near: in.Near, Limit: in.Limit}, in.Lang, serve.NoStore)
}

// sendPlaces sends the places that match a query, with the names of areas in a
// language.
func (h handlers) sendPlaces(w http.ResponseWriter, r *http.Request, v *index.Version, query civic.PlaceQuery, lang, cache string) error {
	d := &v.District
	places, err := h.Store.Places(r.Context(), d, query)
	if err != nil {
		return err
	}
	out := geojson.NewFeatureCollection()
	for _, p := range places {
		f := geojson.NewFeature(p.Point)
		f.Properties = geojson.Properties{"name": p.Name, "kind": p.Kind, "approximate": p.Approximate, "outside": p.Outside}
		for name, value := range map[string]string{"street": p.Street, "housenumber": p.HouseNumber, "postcode": p.Postcode} {
			if value != "" {
				f.Properties[name] = value
			}
		}
		if a, ok := d.AreaByID(p.AreaID); ok {
			f.Properties["area"], f.Properties["area_name"] = a.Slug, d.Text(a.Name, lang)
			if p.Kind == civic.PlaceArea {
				f.Properties["name"] = d.Text(a.Name, lang)
			}
		}
		out.Append(f)
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, cache, out)
}
