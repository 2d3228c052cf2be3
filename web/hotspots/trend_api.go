package hotspots

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/analysis/trends"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// trendJSON is a trend in the API, in which what is undefined is null.
type trendJSON struct {
	Cell        string                `json:"h3"`
	Direction   string                `json:"direction"`
	Minima      trendMinimaJSON       `json:"minima"`
	S           int                   `json:"s"`
	Tau         *float64              `json:"tau"`
	Z           *float64              `json:"z"`
	P           *float64              `json:"p"`
	Months      []trendMonthJSON      `json:"months"`
	HexOnlyLeft bool                  `json:"hex_only_left_out"`
	Provenance  provenance.Provenance `json:"provenance"`
}

type trendMinimaJSON struct {
	Months int `json:"months"`
	Needs  int `json:"needs"`
}

type trendMonthJSON struct {
	Month string `json:"month"`
	Needs int    `json:"needs"`
}

// trendAPI returns the trend around a cell.
func (h *Hotspots) trendAPI(w http.ResponseWriter, r *http.Request) error {
	q, err := h.question(r)
	if err != nil {
		return err
	}
	cell, err := geo.ParseCell(r.PathValue("cell"))
	if err != nil || !isExamined(cell.Resolution()) {
		return serve.BadParameter("cell", fmt.Sprintf("must be the H3 index of a cell of a resolution from %d to %d", index.MinResolution, finest))
	}
	t, err := h.trend(r.Context(), &q, cell)
	if err != nil {
		return err
	}
	out := trendJSON{
		Cell: cell.String(), Direction: t.Direction().String(), Minima: trendMinimaJSON{trends.MinLength, leastOfTrend},
		S: t.S, Tau: serve.JSONNumber(t.Tau), Z: serve.JSONNumber(t.Z), P: serve.JSONNumber(t.P), Months: []trendMonthJSON{}, HexOnlyLeft: t.leftOut, Provenance: t.provenance,
	}
	for _, m := range t.months {
		out.Months = append(out.Months, trendMonthJSON{m.Month.String(), m.Need})
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoCache, out)
}
