package web

import (
	"context"
	"reflect"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// mapStats are the numbers on the page of a map: of what is shown, and beside the
// choices of a filter of what would be shown without that filter.
type mapStats struct {
	shown, anyKind, anyCategory, anyStatus, anyArea, all index.Stats
}

// mapStats under a filter, when it is their turn. Those that most pages share are
// counted once.
func (s *Server) mapStats(ctx context.Context, v *index.Version, f civic.Filter) (mapStats, error) {
	if err := s.turns.take(ctx); err != nil {
		return mapStats{}, err
	}
	defer s.turns.leave()
	var known []civic.Filter
	var stats []index.Stats
	count := func(f civic.Filter) index.Stats {
		for i := range known {
			if reflect.DeepEqual(known[i], f) {
				return stats[i]
			}
		}
		known, stats = append(known, f), append(stats, v.Stats(f))
		return stats[len(stats)-1]
	}
	anyKind, anyCategory, anyStatus, anyArea := f, f, f, f
	anyKind.Kinds = nil
	anyCategory.Kinds, anyCategory.Categories = nil, nil
	anyStatus.Statuses = nil
	anyArea.Areas = nil
	return mapStats{count(f), count(anyKind), count(anyCategory), count(anyStatus), count(anyArea), count(civic.Filter{})}, nil
}

// stats under a filter, when it is their turn.
func (s *Server) stats(ctx context.Context, v *index.Version, f civic.Filter) (index.Stats, error) {
	if err := s.turns.take(ctx); err != nil {
		return index.Stats{}, err
	}
	defer s.turns.leave()
	return v.Stats(f), nil
}
