package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// SetTopics replaces the topics about which a district advises, and records that. It
// returns civic.Faults for those that are not valid, and the errors of civic.Can.
func (s *Store) SetTopics(ctx context.Context, d *civic.District, actor civic.Actor, all []civic.Topic) error {
	if err := d.CheckTopics(all); err != nil {
		return err
	}
	var slugs []string
	var labels []civic.Text
	var days []int
	for _, t := range all {
		slugs, labels, days = append(slugs, t.Slug), append(labels, t.Label), append(days, t.TargetDays)
	}
	err := s.changeSettings(ctx, d, actor, map[string]any{"topics": all}, func(tx pgx.Tx) error {
		var b pgx.Batch
		args := pgx.NamedArgs{"district": d.ID, "slugs": slugs, "labels": labels, "days": days}
		b.Queue(`
			delete from topics
			where district_id = @district`, args)
		b.Queue(`
			insert into topics (district_id, slug, position, label, target_days)
			select @district, slug, position, label, days
			from unnest(@slugs::text[], @labels::jsonb[], @days::int[]) with ordinality as new (slug, label, days, position)`, args)
		return tx.SendBatch(ctx, &b).Close()
	})
	if err != nil {
		return err
	}
	d.Topics = all
	return nil
}

// readTopics sets the topics of the districts, which are indexed by id.
func readTopics(ctx context.Context, tx pgx.Tx, districts map[int32]*civic.District) error {
	rows, _ := tx.Query(ctx, `
		select district_id, slug, label, target_days
		from topics
		where district_id = any(@districts)
		order by district_id, position`,
		pgx.NamedArgs{"districts": slices.Collect(maps.Keys(districts))}) // ForEachRow returns the error
	var id int32
	var t civic.Topic
	_, err := pgx.ForEachRow(rows, []any{&id, &t.Slug, &t.Label, &t.TargetDays}, func() error {
		districts[id].Topics = append(districts[id].Topics, t)
		t = civic.Topic{} // the next row must not be scanned into the same map
		return nil
	})
	if err != nil {
		return fmt.Errorf("read topics: %w", err)
	}
	return nil
}
