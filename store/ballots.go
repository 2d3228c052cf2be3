package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Vote gives a ballot of a voice to the themes of an event, in place of what the voice
// gave before. It returns civic.ErrNotFound for an event that is not public,
// civic.ErrConflict while its themes are not weighed, and civic.Faults for a ballot that
// is against the rules. All voices of an event wait for each other, so that none is
// counted twice.
func (s *Store) Vote(ctx context.Context, d *civic.District, event int64, v civic.Voice, b civic.Ballot) error {
	args, err := s.voiceArgs(d, v)
	if err != nil {
		return err
	}
	args["event"] = event
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		w, err := lockWeighing(ctx, tx, d, event)
		if err != nil {
			return err
		}
		if phase := w.Phase(d.LocalTimeOf(time.Now())); phase != civic.WeighingOpen {
			return fmt.Errorf("the themes are not weighed now (%s): %w", phase, civic.ErrConflict)
		}
		themes, err := themesOf(ctx, tx, d, event)
		if err != nil {
			return err
		}
		if err := b.Check(w, themes); err != nil {
			return err
		}
		return writeBallot(ctx, tx, args, b)
	})
	if err != nil {
		return fmt.Errorf("vote at event %d of %s: %w", event, d.Slug, civicError(err))
	}
	return nil
}

// lockWeighing returns how the themes of a public event are weighed, which nobody
// changes until tx ends.
func lockWeighing(ctx context.Context, tx pgx.Tx, d *civic.District, event int64) (civic.Weighing, error) {
	if err := lockPublic(ctx, tx, d, event, func(k civic.ThingKind) bool { return k == civic.EventThing }, ownLock); err != nil {
		return civic.Weighing{}, fmt.Errorf("lock the event: %w", err)
	}
	says, err := readRecord(ctx, tx, d, civic.Thing{ID: event, Kind: civic.EventThing})
	return civic.WeighingOf(says), err
}

// themesOf returns the ids of the public themes of an event.
func themesOf(ctx context.Context, db querier, d *civic.District, event int64) ([]int64, error) {
	rows, _ := db.Query(ctx, `
		select thing_id
		from links
		join things on things.district_id = links.district_id
		  and thing_id = from_id
		where links.district_id = @district
		  and to_id = @event
		  and relation = 'part_of'
		  and kind = 'theme'
		  and publication = 'published'
		order by thing_id`, pgx.NamedArgs{"district": d.ID, "event": event}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read the themes: %w", err)
	}
	return ids, nil
}

// writeBallot replaces the ballots of a voice by one.
func writeBallot(ctx context.Context, tx pgx.Tx, args pgx.NamedArgs, b civic.Ballot) error {
	var themes []int64
	var dots []*int
	var stances []*string
	for id, n := range b.Dots {
		if n > 0 {
			themes, dots, stances = append(themes, id), append(dots, &n), append(stances, nil)
		}
	}
	for id, stance := range b.Stances {
		s := string(stance)
		themes, dots, stances = append(themes, id), append(dots, nil), append(stances, &s)
	}
	args["themes"], args["dots"], args["stances"] = themes, dots, stances
	var all pgx.Batch
	all.Queue(`
		delete from ballots
		where district_id = @district
		  and event_id = @event
		  and (contact_id = @contact or device_hash = @device and (contact_id is null or @contact::bigint is null))`, args)
	all.Queue(`
		with ballot as (
		  insert into ballots (district_id, event_id, contact_id, device_hash)
		  select @district, @event, @contact::bigint, case when not taken then @device::bytea end
		  from (
		    select exists (
		      select
		      from ballots
		      where district_id = @district
		        and event_id = @event
		        and device_hash = @device
		    ) as taken
		  ) as device
		  returning district_id, ballot_id
		)
		insert into ballot_choices (district_id, ballot_id, theme_id, dots, stance)
		select district_id, ballot_id, theme, dots, stance
		from ballot
		cross join unnest(@themes::bigint[], @dots::smallint[], @stances::text[]) as choice (theme, dots, stance)`, args)
	return tx.SendBatch(ctx, &all).Close() //nolint:wrapcheck // the caller does
}

// Ballot returns what a voice has given to the themes of an event, or nil where it has
// given no ballot. That of a contact is shown to the contact alone: whoever uses the same
// device later can replace it, so that nobody votes twice, but not read it.
func (s *Store) Ballot(ctx context.Context, d *civic.District, event int64, v civic.Voice) (*civic.Ballot, error) {
	if v == (civic.Voice{}) {
		return nil, nil //nolint:nilnil // nobody has no ballot
	}
	args, err := s.voiceArgs(d, v)
	if err != nil {
		return nil, err
	}
	args["event"] = event
	rows, _ := s.readPool.Query(ctx, `
		select coalesce(theme_id, 0), coalesce(dots, 0), coalesce(stance, '')
		from (
		  select district_id, ballot_id
		  from ballots
		  where district_id = @district
		    and event_id = @event
		    and (contact_id = @contact or device_hash = @device and contact_id is null)
		  order by contact_id
		  limit 1
		) as ballot
		left join ballot_choices using (district_id, ballot_id)`, args) // ForEachRow returns the error
	var b *civic.Ballot
	var theme int64
	var dots int
	var stance civic.Stance
	_, err = pgx.ForEachRow(rows, []any{&theme, &dots, &stance}, func() error {
		if b == nil {
			b = &civic.Ballot{Dots: map[int64]int{}, Stances: map[int64]civic.Stance{}}
		}
		switch {
		case stance != "":
			b.Stances[theme] = stance
		case dots > 0:
			b.Dots[theme] = dots
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read a ballot of event %d of %s: %w", event, d.Slug, civicError(err))
	}
	return b, nil
}

// CountBallots returns what came of the weighing of the themes of an event. Nobody may
// be told before it has ended.
func (s *Store) CountBallots(ctx context.Context, d *civic.District, event int64) (civic.WeighingResult, error) {
	out := civic.WeighingResult{Dots: map[int64]int{}, Stances: map[int64]map[civic.Stance]int{}}
	rows, _ := s.readPool.Query(ctx, `
		select (
		    select count(*)
		    from ballots
		    where district_id = @district
		      and event_id = @event
		  ),
		  coalesce(theme_id, 0), coalesce(sum(dots), 0), coalesce(stance, ''), count(*)
		from ballots
		left join ballot_choices using (district_id, ballot_id)
		where district_id = @district
		  and event_id = @event
		group by theme_id, stance`, pgx.NamedArgs{"district": d.ID, "event": event}) // ForEachRow returns the error
	var theme int64
	var dots, n int
	var stance civic.Stance
	_, err := pgx.ForEachRow(rows, []any{&out.Voices, &theme, &dots, &stance, &n}, func() error {
		switch {
		case stance == "" && dots > 0:
			out.Dots[theme] += dots
		case stance != "":
			if out.Stances[theme] == nil {
				out.Stances[theme] = map[civic.Stance]int{}
			}
			out.Stances[theme][stance] = n
		}
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("count the ballots of event %d of %s: %w", event, d.Slug, civicError(err))
	}
	return out, nil
}
