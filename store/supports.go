package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/voices_by_month.sql
var voicesByMonthSQL string

// Support gives a voice to a thing that can be supported and is public, unless it has given it before. A
// contact follows what can be followed from then on, at the cadence that it has chosen.
// It returns civic.ErrNotFound for a thing without a public page, and for one of another
// kind.
func (s *Store) Support(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error {
	args, err := s.voiceArgs(d, v)
	if err != nil {
		return err
	}
	args["thing"], args["followed"] = thing, kindNames(followableKinds())
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockPublic(ctx, tx, d, thing, func(k civic.ThingKind) bool { return k.Rules().Supported }, sharedLock); err != nil {
			return err
		}
		var all pgx.Batch
		all.Queue(`
			update supports
			set contact_id = @contact
			where district_id = @district
			  and thing_id = @thing
			  and device_hash = @device
			  and contact_id is null
			  and @contact::bigint is not null
			  and not exists (
			    select
			    from supports as other
			    where other.district_id = @district
			      and other.thing_id = @thing
			      and other.contact_id = @contact
			  )`, args)
		all.Queue(`
			insert into supports (district_id, thing_id, contact_id, device_hash)
			select @district, @thing, @contact::bigint, case when not taken then @device::bytea end
			from (
			  select exists (
			    select
			    from supports
			    where district_id = @district
			      and thing_id = @thing
			      and device_hash = @device
			  ) as taken
			) as device
			where @contact::bigint is not null
			  or not taken
			on conflict do nothing`, args)
		all.Queue(`
			insert into follows (district_id, contact_id, thing_id, cadence, by_support, confirmed_at)
			select district_id, contact_id, @thing, cadence, true, now()
			from contacts
			where district_id = @district
			  and contact_id = @contact
			  and exists (
			    select
			    from things
			    where things.district_id = @district
			      and things.thing_id = @thing
			      and kind = any(@followed)
			  )
			on conflict do nothing`, args)
		return tx.SendBatch(ctx, &all).Close()
	})
	if err != nil {
		return fmt.Errorf("support thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return nil
}

// followableKinds returns the kinds of things that can be followed.
func followableKinds() []civic.ThingKind {
	return slices.DeleteFunc(civic.ThingKinds(), func(k civic.ThingKind) bool { return !k.CanBeFollowed() })
}

// WithdrawSupport takes a voice back, if it was given, and ends what began with it.
func (s *Store) WithdrawSupport(ctx context.Context, d *civic.District, thing int64, v civic.Voice) error {
	args, err := s.voiceArgs(d, v)
	if err != nil {
		return err
	}
	args["thing"] = thing
	var all pgx.Batch
	all.Queue(`
		delete from supports
		where district_id = @district
		  and thing_id = @thing
		  and (contact_id = @contact or device_hash = @device and (contact_id is null or @contact::bigint is null))`, args)
	all.Queue(`
		delete from follows
		where district_id = @district
		  and thing_id = @thing
		  and contact_id = @contact
		  and by_support`, args)
	if err := s.writePool.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("withdraw the support of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return nil
}

// Supported returns those of the things with the ids to which a voice was given.
func (s *Store) Supported(ctx context.Context, d *civic.District, ids []int64, v civic.Voice) ([]int64, error) {
	if v == (civic.Voice{}) || len(ids) == 0 {
		return nil, nil
	}
	args, err := s.voiceArgs(d, v)
	if err != nil {
		return nil, err
	}
	args["ids"] = ids
	rows, _ := s.readPool.Query(ctx, `
		select distinct thing_id
		from supports
		where district_id = @district
		  and thing_id = any(@ids)
		  and (contact_id = @contact or device_hash = @device and (contact_id is null or @contact::bigint is null))`, args) // CollectRows returns the error
	given, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("look up the support of things of %s: %w", d.Slug, civicError(err))
	}
	return given, nil
}

// Voices returns how many others than its reporter speak for each of the things,
// by id; those without any are missing. A voice counts once for a thing and all
// that is merged into it. The things must be public: of those that are only
// counted, nobody is told the voices.
func (s *Store) Voices(ctx context.Context, d *civic.District, ids []int64) (map[int64]int, error) {
	rows, _ := s.readPool.Query(ctx, `
		select thing_id, count(*)
		from voices(@district, @ids)
		group by thing_id`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	counts := map[int64]int{}
	var id int64
	var n int
	if _, err := pgx.ForEachRow(rows, []any{&id, &n}, func() error { counts[id] = n; return nil }); err != nil {
		return nil, fmt.Errorf("count the voices of things of %s: %w", d.Slug, civicError(err))
	}
	return counts, nil
}

// VoicesByMonth returns how many voices came in each month for the pins with a
// public page that a filter selects, in ascending order; months without any are
// missing. Who speaks for several pins counts once a month.
func (s *Store) VoicesByMonth(ctx context.Context, d *civic.District, f civic.Filter) ([]civic.MonthVoices, error) {
	rows, _ := s.readPool.Query(ctx, matchingSQL+voicesByMonthSQL, matchingArgs(d, civic.PinQuery{Filter: f})) // CollectRows returns the error
	months, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (m civic.MonthVoices, err error) {
		var first int32
		err = row.Scan(&first, &m.Voices)
		m.Month = civic.Day(first).Month()
		return m, err
	})
	if err != nil {
		return nil, fmt.Errorf("count the voices of months of %s: %w", d.Slug, civicError(err))
	}
	return months, nil
}

// voiceArgs returns the arguments of a statement about a voice.
func (s *Store) voiceArgs(d *civic.District, v civic.Voice) (pgx.NamedArgs, error) {
	args := pgx.NamedArgs{"district": d.ID, "contact": nil, "device": nil}
	if v.ContactID != 0 {
		args["contact"] = v.ContactID
	}
	if v.Device != "" {
		if s.keys == nil {
			return nil, errNoKeys
		}
		args["device"] = s.keys.Hash("device of "+d.Slug, v.Device)
	}
	return args, nil
}
