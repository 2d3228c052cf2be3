package pins

import (
	"net/http"

	"github.com/paulmach/orb/geojson"

	"github.com/pinezka/pinezka/web/serve"
)

func (h handlers) places(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	words, err := serve.ParseWords(q)
	if err != nil {
		return err
	}
	limit, err := serve.ParseLimit(q, 10, 50)
	if err != nil {
		return err
	}
	places, err := h.Store.Places(r.Context(), &v.District, words, limit)
	if err != nil {
		return err
	}
	out := geojson.NewFeatureCollection()
	for _, p := range places {
		f := geojson.NewFeature(p.Point)
		f.Properties = geojson.Properties{"name": p.Name}
		out.Append(f)
	}
	return h.SendJSON(w, r, serve.TypeGeoJSON, serve.NoCache, out)
}
