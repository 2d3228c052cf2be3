package explore

import (
	"context"
	"reflect"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// optionCounts contains the statistics of the map page: those of the pins that
// are shown and, for the options of each filter, those of the pins that would
// be shown without that filter.
type optionCounts struct {
	shown, anyKind, anyCategory, anyStatus, anyArea, all index.Stats
}

// count returns the counts of a filter. Equal filters are counted once.
func (h handlers) count(ctx context.Context, v *index.Version, f civic.Filter) (optionCounts, error) {
	if err := h.Rendering.Acquire(ctx); err != nil {
		return optionCounts{}, err
	}
	defer h.Rendering.Release(ctx)
	var filters []civic.Filter
	var stats []index.Stats
	count := func(f civic.Filter) index.Stats {
		for i := range filters {
			if reflect.DeepEqual(filters[i], f) {
				return stats[i]
			}
		}
		filters, stats = append(filters, f), append(stats, v.Stats(f))
		return stats[len(stats)-1]
	}
	anyKind, anyCategory, anyStatus, anyArea := f, f, f, f
	anyKind.Kinds = nil
	anyCategory.Kinds, anyCategory.Categories = nil, nil
	anyStatus.Statuses = nil
	anyArea.Areas = nil
	return optionCounts{count(f), count(anyKind), count(anyCategory), count(anyStatus), count(anyArea), count(civic.Filter{})}, nil
}
