package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Voices implements pins.Store.
func (s fairStore) Voices(ctx context.Context, d *civic.District, ids []int64) (map[int64]int, error) {
	return fairly(ctx, s.querying, func() (map[int64]int, error) { return s.store.Voices(ctx, d, ids) })
}

// Supported implements pins.Store.
func (s fairStore) Supported(ctx context.Context, d *civic.District, ids []int64, v civic.Voice) ([]int64, error) {
	if v == (civic.Voice{}) {
		return nil, nil
	}
	return fairly(ctx, s.querying, func() ([]int64, error) { return s.store.Supported(ctx, d, ids, v) })
}

// Support implements follows.Store.
func (s fairStore) Support(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error {
	return fairlyDo(ctx, s, func() error { return s.store.Support(ctx, d, thing, v) })
}

// WithdrawSupport implements follows.Store.
func (s fairStore) WithdrawSupport(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error {
	return fairlyDo(ctx, s, func() error { return s.store.WithdrawSupport(ctx, d, thing, v) })
}

// Follow implements follows.Store.
func (s fairStore) Follow(ctx context.Context, d *civic.District, f civic.NewFollow) error {
	return fairlyDo(ctx, s, func() error { return s.store.Follow(ctx, d, f) })
}

// CheckConfirmation implements follows.Store. It needs no connection.
func (s fairStore) CheckConfirmation(d *civic.District, token string) error {
	return s.store.CheckConfirmation(d, token)
}

// ConfirmByMail implements follows.Store.
func (s fairStore) ConfirmByMail(ctx context.Context, d *civic.District, token string) (civic.Follow, error) {
	return fairly(ctx, s.writing, func() (civic.Follow, error) { return s.store.ConfirmByMail(ctx, d, token) })
}

// End implements follows.Store.
func (s fairStore) End(ctx context.Context, d *civic.District, token string) (e civic.End, f civic.Follow, err error) {
	err = fairlyDo(ctx, s, func() (err error) {
		e, f, err = s.store.End(ctx, d, token)
		return err
	})
	return e, f, err
}

// EndFollow implements follows.Store.
func (s fairStore) EndFollow(ctx context.Context, d *civic.District, end civic.End) error {
	return fairlyDo(ctx, s, func() error { return s.store.EndFollow(ctx, d, end) })
}

// ChangeFollow implements follows.Store.
func (s fairStore) ChangeFollow(ctx context.Context, d *civic.District, contact, id int64, c civic.Cadence) error {
	return fairlyDo(ctx, s, func() error { return s.store.ChangeFollow(ctx, d, contact, id, c) })
}
