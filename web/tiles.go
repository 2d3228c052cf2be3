package web

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/draw"
	"github.com/pinezka/pinezka/tiles/index"
)

const typeMVT = "application/vnd.mapbox-vector-tile"

// layer of the path.
func layer(r *http.Request) (string, error) {
	asked := r.PathValue("layer")
	for _, name := range draw.Layers() {
		if name == asked {
			return name, nil // not asked, which keeps all of the request's line
		}
	}
	return "", badParameter("layer", "must be one of "+strings.Join(draw.Layers(), ", "))
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
	chosen, err := parseTileQuery(q, v, name)
	if err != nil {
		return err
	}
	template := s.base(r) + "/tiles/" + v.District.Slug + "/" + name + "/{z}/{x}/{y}.mvt"
	if len(q) > 0 {
		template += "?" + q.Encode()
	}
	out, _ := tiles.NewTileJSON(&v.District, name, template, chosen.res)
	return s.respondJSON(w, r, typeJSON, cacheLive, out)
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
	key := tileKey{v.District.Slug, name, r.URL.RawQuery, at}
	hot, ok := s.hot.get(key, v)
	if !ok {
		if hot, err = s.drawTile(r.Context(), v, key); err != nil {
			return err
		}
		s.hot.put(key, hot)
	}
	return s.give(w, r, &hot.answer)
}

// drawTile from the version, as its query says, when it is its turn.
func (s *Server) drawTile(ctx context.Context, v *index.Version, key tileKey) (*hotTile, error) {
	q, err := s.tileQuery(v, key.layer, key.query)
	if err != nil {
		return nil, err
	}
	t := &hotTile{res: cmp.Or(q.res, draw.ZoomResolution(key.at.Z))}
	if finest := draw.FinestResolution(key.at.Z); t.res > finest {
		return nil, badParameter("res", fmt.Sprintf("must be at most %d at zoom %d, or hexes are too small to be told apart", finest, key.at.Z))
	}
	if err := s.turns.take(ctx); err != nil {
		return nil, err
	}
	defer s.turns.leave()
	t.number.Store(v.Number)
	canvas := canvases.Get().(*[]byte)
	defer canvases.Put(canvas)
	body := (*canvas)[:0]
	switch key.layer {
	case draw.LayerPins:
		body = draw.Pins(body, v, key.at, q.match)
	case draw.LayerHexes:
		body = draw.Hexes(body, v, key.at, t.res, q.match)
	default:
		body = draw.Areas(body, v, key.at, q.filter)
	}
	*canvas = body
	t.set(content{typeMVT, cacheLive, bytes.Clone(body)})
	return t, nil
}

// canvases are buffers to draw in, so that a tile takes only the memory that it
// needs in the end.
var canvases = sync.Pool{New: func() any { return new([]byte) }}

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
	if n[0] > index.MaxZoom {
		return t, badParameter("z", "must be 0 to "+strconv.Itoa(index.MaxZoom))
	}
	if err := draw.CheckTile(t); err != nil {
		name := "x"
		if side := uint32(1) << t.Z; t.X < side {
			name = "y"
		}
		return t, badParameter(name, err.Error())
	}
	return t, nil
}
