package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// SetUpdateTemplates replaces the templates of public updates of a district, and
// records that. It returns civic.Faults for those that are not valid, and the
// errors of civic.Can.
func (s *Store) SetUpdateTemplates(ctx context.Context, d *civic.District, actor civic.Actor, all []civic.UpdateTemplate) error {
	if err := d.CheckTemplates(all); err != nil {
		return err
	}
	var keys, statuses []string
	var categories []int32
	var texts []civic.Text
	for _, t := range all {
		c, _ := d.Category(t.Category) // 0 for any
		keys, statuses, categories, texts = append(keys, t.Key), append(statuses, t.Status), append(categories, c.ID), append(texts, t.Text)
	}
	return s.changeSettings(ctx, d, actor, map[string]any{"update_templates": all}, func(tx pgx.Tx) error {
		var b pgx.Batch
		args := pgx.NamedArgs{"district": d.ID, "keys": keys, "statuses": statuses, "categories": categories, "texts": texts}
		b.Queue(`
			delete from update_templates
			where district_id = @district`, args)
		b.Queue(`
			insert into update_templates (district_id, key, position, status, category_id, texts)
			select @district, key, position, nullif(status, ''), nullif(category, 0), texts
			from unnest(@keys::text[], @statuses::text[], @categories::int[], @texts::jsonb[]) with ordinality as new (key, status, category, texts, position)`, args)
		return tx.SendBatch(ctx, &b).Close()
	})
}

// UpdateTemplates returns the templates of a district for public updates on things
// in a state and of a category, in their order.
func (s *Store) UpdateTemplates(ctx context.Context, d *civic.District, status civic.Status, category int32) ([]civic.UpdateTemplate, error) {
	rows, _ := s.readPool.Query(ctx, `
		select key, coalesce(status, ''), coalesce(slug, ''), texts
		from update_templates
		left join categories using (district_id, category_id)
		where district_id = @district
		  and (status is null or status = @status)
		  and (category_id is null or category_id = @category)
		order by update_templates.position`,
		pgx.NamedArgs{"district": d.ID, "status": status.String(), "category": category}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.UpdateTemplate])
	if err != nil {
		return nil, fmt.Errorf("read the templates of updates of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}
