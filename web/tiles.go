package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles"
)

const typeMVT = "application/vnd.mapbox-vector-tile"

// layer of the path.
func layer(r *http.Request) (string, error) {
	name := r.PathValue("layer")
	if !slices.Contains(tiles.Layers(), name) {
		return "", badParameter("layer", "must be one of "+strings.Join(tiles.Layers(), ", "))
	}
	return name, nil
}

// checkTileQuery reports parameters that tiles do not have.
func checkTileQuery(q url.Values, layer string) error {
	if layer == tiles.LayerHexes {
		return only(q, filterNames()[:4], append(filterNames(), "res")...)
	}
	return only(q, filterNames()[:4], filterNames()...)
}

func (s *Server) tileJSON(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	name, err := layer(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if err := checkTileQuery(q, name); err != nil {
		return err
	}
	if _, err := parseFilter(q, &v.District); err != nil {
		return err
	}
	if _, err := parseResolution(q, 0); err != nil {
		return err
	}
	template := s.base(r) + "/tiles/" + v.District.Slug + "/" + name + "/{z}/{x}/{y}.mvt"
	if len(q) > 0 {
		template += "?" + q.Encode()
	}
	out, _ := v.Describe(name, template)
	return respondJSON(w, r, typeJSON, cacheLive, out)
}

func (s *Server) tile(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	name, err := layer(r)
	if err != nil {
		return err
	}
	at, err := tileOf(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if err := checkTileQuery(q, name); err != nil {
		return err
	}
	filter, err := parseFilter(q, &v.District)
	if err != nil {
		return err
	}
	var body []byte
	switch name {
	case tiles.LayerPins:
		body = v.AppendPins(nil, at, v.Match(filter))
	case tiles.LayerHexes:
		res, err := parseResolution(q, tiles.ZoomResolution(at.Z))
		if err != nil {
			return err
		}
		body = v.AppendHexes(nil, at, res, v.Match(filter))
	default:
		body = v.AppendAreas(nil, at, filter)
	}
	return respond(w, r, content{typeMVT, cacheLive, body})
}

// tileOf the path.
func tileOf(r *http.Request) (maptile.Tile, error) {
	var n [3]uint32
	for i, name := range [3]string{"z", "x", "y"} {
		v, err := strconv.ParseUint(r.PathValue(name), 10, 32)
		if err != nil {
			return maptile.Tile{}, badParameter(name, "must be a whole number")
		}
		n[i] = uint32(v)
	}
	t := maptile.Tile{Z: maptile.Zoom(n[0]), X: n[1], Y: n[2]}
	if n[0] > tiles.MaxZoom {
		return t, badParameter("z", "must be 0 to "+strconv.Itoa(tiles.MaxZoom))
	}
	if err := tiles.CheckTile(t); err != nil {
		name := "x"
		if side := uint32(1) << t.Z; t.X < side {
			name = "y"
		}
		return t, badParameter(name, err.Error())
	}
	return t, nil
}
