package areas

import (
	"fmt"

	"github.com/pinezka/pinezka/analysis/hotspots"
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// clusters says where the needs of a season are more frequent than chance would
// explain: of all categories together, or of one.
type clusters struct {
	category *civic.Category // nil for all
	minimum  hotspots.Minimum
	hot      []geo.Cell
}

// clustersOf returns the clusters of the counts of needs by cell of the whole
// area. They are those of the page of hotspots with the same filter.
func clustersOf(hexes []index.Hex, category *civic.Category) (clusters, error) {
	out := clusters{category: category}
	cells, values := make([]geo.Cell, len(hexes)), make([]float64, len(hexes))
	for i, hex := range hexes {
		cells[i], values[i] = hex.Cell, float64(hex.Need)
	}
	grid, err := hotspots.NewGrid(cells)
	if err != nil {
		return out, fmt.Errorf("grid of an area: %w", err)
	}
	result, err := hotspots.GetisOrd(grid, values, hotspots.Options{})
	if err != nil {
		return out, fmt.Errorf("hotspots of an area: %w", err)
	}
	out.minimum = result.Minimum
	for _, c := range result.Cells {
		if c.Class == hotspots.Hot || c.Class == hotspots.VeryHot {
			out.hot = append(out.hot, c.Cell)
		}
	}
	return out, nil
}

// findClusters returns the clusters of all needs, and of the most frequent
// categories, of a season in an area.
func (s *summary) findClusters(v *index.Version, f civic.Filter) ([]clusters, error) {
	all, err := clustersOf(s.hexes, nil)
	if err != nil {
		return nil, err
	}
	found := []clusters{all}
	for i, c := range s.of(civic.Need) {
		if i == topNeeds {
			break
		}
		f.Categories = []string{c.Slug}
		hexes, err := v.Hexes(v.District.DefaultResolution(f), f)
		if err != nil {
			return nil, err
		}
		one, err := clustersOf(hexes, &c.Category)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}
