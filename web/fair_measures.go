package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Measures implements measures.Store.
func (s fairStore) Measures(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.MeasureCount, error) {
	return fairly(ctx, s.querying, func() ([]civic.MeasureCount, error) { return s.store.Measures(ctx, d, first, last) })
}

// MeasuredThings implements measures.Store.
func (s fairStore) MeasuredThings(ctx context.Context, d *civic.District, q civic.MeasureQuery) (found []civic.MeasuredThing, total int, err error) {
	found, err = fairly(ctx, s.querying, func() (all []civic.MeasuredThing, err error) {
		all, total, err = s.store.MeasuredThings(ctx, d, q)
		return all, err
	})
	return found, total, err
}

// PeopleReached implements measures.Store.
func (s fairStore) PeopleReached(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Language, error) {
	return fairly(ctx, s.querying, func() ([]civic.Language, error) { return s.store.PeopleReached(ctx, d, first, last) })
}

// IdeaChannels implements measures.Store.
func (s fairStore) IdeaChannels(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.Channel, error) {
	return fairly(ctx, s.querying, func() ([]civic.Channel, error) { return s.store.IdeaChannels(ctx, d, first, last) })
}

// ResponseTimes implements measures.Store.
func (s fairStore) ResponseTimes(ctx context.Context, d *civic.District, first, last civic.Month) ([]civic.ResponseTimes, error) {
	return fairly(ctx, s.querying, func() ([]civic.ResponseTimes, error) { return s.store.ResponseTimes(ctx, d, first, last) })
}
