package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Councillors implements council.Store.
func (s fairStore) Councillors(ctx context.Context, d *civic.District, q civic.CouncillorQuery) ([]civic.Described, error) {
	return fairly(ctx, s.querying, func() ([]civic.Described, error) { return s.store.Councillors(ctx, d, q) })
}

// LocalResolutions implements council.Store.
func (s fairStore) LocalResolutions(ctx context.Context, d *civic.District, q civic.LocalQuery) ([]civic.LocalResolution, error) {
	return fairly(ctx, s.querying, func() ([]civic.LocalResolution, error) { return s.store.LocalResolutions(ctx, d, q) })
}

// CouncilPages implements council.Store.
func (s fairStore) CouncilPages(ctx context.Context, d *civic.District) ([]civic.CouncilPage, error) {
	return fairly(ctx, s.querying, func() ([]civic.CouncilPage, error) { return s.store.CouncilPages(ctx, d) })
}

// CouncilPage implements council.Store.
func (s fairStore) CouncilPage(ctx context.Context, d *civic.District, slug string) (civic.CouncilPage, error) {
	return fairly(ctx, s.querying, func() (civic.CouncilPage, error) { return s.store.CouncilPage(ctx, d, slug) })
}

// SaveCouncilPage implements council.Store.
func (s fairStore) SaveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, page civic.CouncilPage) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) { return struct{}{}, s.store.SaveCouncilPage(ctx, d, actor, page) })
	return err
}

// RemoveCouncilPage implements council.Store.
func (s fairStore) RemoveCouncilPage(ctx context.Context, d *civic.District, actor civic.Actor, slug string, version int32) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) {
		return struct{}{}, s.store.RemoveCouncilPage(ctx, d, actor, slug, version)
	})
	return err
}
