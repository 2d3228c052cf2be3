package hotspots

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"

	analysis "github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/provenance"
	"github.com/pinezka/pinezka/web/serve"
)

// headJSON is what a response says before the cells.
type headJSON struct {
	Minimum       string                `json:"minimum"`
	Minima        minimaJSON            `json:"minima"`
	CellsWithPins int                   `json:"cells_with_pins"`
	Permutations  int                   `json:"permutations"`
	Seed          uint64                `json:"seed"`
	HexOnly       serve.HexOnlyCount    `json:"hex_only"`
	Stability     *stabilityJSON        `json:"stability"`
	Provenance    provenance.Provenance `json:"provenance"`
}

type minimaJSON struct {
	Cells         int `json:"cells"`
	Pins          int `json:"pins"`
	CellsWithPins int `json:"cells_with_pins"`
}

// api returns the statistic of every cell, as JSON or as GeoJSON.
func (h *Hotspots) api(w http.ResponseWriter, r *http.Request) error {
	q, err := h.question(r)
	if err != nil {
		return err
	}
	if err := q.parseOptions(r.URL.Query()); err != nil {
		return err
	}
	write, mediaType := writeJSON, serve.TypeJSON
	if r.URL.Query().Get("format") == "geojson" {
		write, mediaType = writeGeoJSON, serve.TypeGeoJSON
	}
	a, err := h.answer(r.Context(), &q)
	if err != nil {
		return err
	}
	head, err := json.Marshal(headJSON{
		a.Minimum.String(), minimaJSON{analysis.MinCells, analysis.MinPins, analysis.MinCellsWithPins},
		a.WithPins, q.options.Permutations, q.options.Seed, a.hexOnly, newStabilityJSON(a.stability), a.provenance,
	})
	if err != nil {
		return fmt.Errorf("encode hotspots: %w", err)
	}
	var out serve.Representation
	err = out.Encode(mediaType, serve.NoCache, func(w io.Writer) error { return write(w, head[1:len(head)-1], a.Cells) })
	if err != nil {
		return err
	}
	return h.Send(w, r, &out)
}

// writeJSON writes the members of head, and the cells.
func writeJSON(w io.Writer, head []byte, cells []analysis.Cell) error {
	return writeCells(w, fmt.Appendf(nil, `{%s,"cells":[`, head), cells, appendFigures)
}

// writeGeoJSON writes the members of head, and the cells as features.
func writeGeoJSON(w io.Writer, head []byte, cells []analysis.Cell) error {
	return writeCells(w, fmt.Appendf(nil, `{"type":"FeatureCollection",%s,"features":[`, head), cells, func(b []byte, c *analysis.Cell) []byte {
		b = fmt.Appendf(b, `{"type":"Feature","id":"%s","geometry":`, c.Cell)
		b = append(maps.AppendCell(b, c.Cell), `,"properties":`...)
		return append(appendFigures(b, c), '}')
	})
}

// writeCells writes cells, in pieces, after the beginning b. It does not use
// encoding/json for them, since there can be tens of thousands.
func writeCells(w io.Writer, b []byte, cells []analysis.Cell, appendCell func([]byte, *analysis.Cell) []byte) error {
	const piece = 32 << 10 // bytes
	for i := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		if len(b) > piece {
			if _, err := w.Write(b); err != nil {
				return err //nolint:wrapcheck // the writer is that of the caller
			}
			b = b[:0]
		}
		b = appendCell(b, &cells[i])
	}
	_, err := w.Write(append(b, "]}\n"...))
	return err //nolint:wrapcheck // the writer is that of the caller
}

// appendFigures appends the figures of a cell as an object.
func appendFigures(b []byte, c *analysis.Cell) []byte {
	b = fmt.Appendf(b, `{"h3":"%s","value":%d,"sum":%d,"neighbours":%d`, c.Cell, int(c.Value), int(c.Sum), c.Neighbours)
	for _, figure := range []struct {
		name  string
		value float64
	}{{"expected", c.Expected}, {"z", c.Z}, {"p", c.P}, {"q", c.Q}, {"permutation_p", c.PermutationP}} {
		b = append(append(append(b, `,"`...), figure.name...), `":`...)
		b = appendFigure(b, figure.value)
	}
	return fmt.Appendf(b, `,"class":%q}`, c.Class.String())
}

// appendFigure appends a figure to six significant digits, or null if it is
// undefined.
func appendFigure(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, v, 'g', 6, 64)
}
