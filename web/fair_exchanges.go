package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Matches implements exchanges.Store.
func (s fairStore) Matches(ctx context.Context, d *civic.District, thing int64) ([]civic.Match, error) {
	return fairly(ctx, s.querying, func() ([]civic.Match, error) { return s.store.Matches(ctx, d, thing) })
}

// Network implements organisations.Store.
func (s fairStore) Network(ctx context.Context, d *civic.District) (civic.Network, error) {
	return fairly(ctx, s.querying, func() (civic.Network, error) { return s.store.Network(ctx, d) })
}

// Profiles implements pins.Store.
func (s fairStore) Profiles(ctx context.Context, d *civic.District, pins []int64) (map[int64]int64, error) {
	return fairly(ctx, s.querying, func() (map[int64]int64, error) { return s.store.Profiles(ctx, d, pins) })
}

// Members implements organisations.Store.
func (s fairStore) Members(ctx context.Context, d *civic.District, organisation int64) ([]string, error) {
	return fairly(ctx, s.querying, func() ([]string, error) { return s.store.Members(ctx, d, organisation) })
}

// MailImprovement implements improvements.Store.
func (s fairStore) MailImprovement(ctx context.Context, d *civic.District, token string) (civic.Improvement, error) {
	return fairly(ctx, s.querying, func() (civic.Improvement, error) { return s.store.MailImprovement(ctx, d, token) })
}

// AnswerImprovement implements improvements.Store.
func (s fairStore) AnswerImprovement(ctx context.Context, d *civic.District, token string, a civic.ImprovementAnswer) error {
	return fairlyDo(ctx, s, func() error { return s.store.AnswerImprovement(ctx, d, token, a) })
}

// Improvements implements pins.Store.
func (s fairStore) Improvements(ctx context.Context, d *civic.District, thing int64) (civic.Improvements, error) {
	return fairly(ctx, s.querying, func() (civic.Improvements, error) { return s.store.Improvements(ctx, d, thing) })
}

// MergedInto implements pins.Store and things.Store.
func (s fairStore) MergedInto(ctx context.Context, d *civic.District, id int64) (int64, error) {
	return fairly(ctx, s.querying, func() (int64, error) { return s.store.MergedInto(ctx, d, id) })
}

// Versions implements things.Store.
func (s fairStore) Versions(ctx context.Context, d *civic.District, t civic.Thing) ([]civic.Version, error) {
	return fairly(ctx, s.querying, func() ([]civic.Version, error) { return s.store.Versions(ctx, d, t) })
}

// SilentMembers implements groups.Store.
func (s fairStore) SilentMembers(ctx context.Context, d *civic.District, group int64, texts []int64) ([]string, error) {
	return fairly(ctx, s.querying, func() ([]string, error) { return s.store.SilentMembers(ctx, d, group, texts) })
}

// Vote implements weighing.Store.
func (s fairStore) Vote(ctx context.Context, d *civic.District, event int64, v civic.Voice, b civic.Ballot) error {
	return fairlyDo(ctx, s, func() error { return s.store.Vote(ctx, d, event, v, b) })
}

// Ballot implements weighing.Store.
func (s fairStore) Ballot(ctx context.Context, d *civic.District, event int64, v civic.Voice) (*civic.Ballot, error) {
	return fairly(ctx, s.querying, func() (*civic.Ballot, error) { return s.store.Ballot(ctx, d, event, v) })
}

// CountBallots implements weighing.Store.
func (s fairStore) CountBallots(ctx context.Context, d *civic.District, event int64) (civic.WeighingResult, error) {
	return fairly(ctx, s.querying, func() (civic.WeighingResult, error) { return s.store.CountBallots(ctx, d, event) })
}

// ImprovementWords implements desk.Store.
func (s fairStore) ImprovementWords(ctx context.Context, d *civic.District, thing int64) ([]string, error) {
	return fairly(ctx, s.querying, func() ([]string, error) { return s.store.ImprovementWords(ctx, d, thing) })
}
