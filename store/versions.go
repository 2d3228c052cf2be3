package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Versions returns what a thing of another kind than pins has said, the oldest first.
// Who asks for it must know of the thing, and the public only of those that were public.
func (s *Store) Versions(ctx context.Context, d *civic.District, t civic.Thing) ([]civic.Version, error) {
	versions, err := versionsOf(ctx, s.readPool, d, t)
	if err != nil {
		return nil, fmt.Errorf("read the versions of thing %d of %s: %w", t.ID, d.Slug, civicError(err))
	}
	return versions, nil
}

func versionsOf(ctx context.Context, db querier, d *civic.District, t civic.Thing) ([]civic.Version, error) {
	history, err := histories(ctx, db, d, []int64{t.ID})
	if err != nil {
		return nil, err
	}
	rows, _ := db.Query(ctx, `
		select audit_id, content
		from audit
		join texts using (text_id)
		where audit.district_id = @district
		  and thing_id = @thing
		  and action = any(@actions)`, pgx.NamedArgs{"district": d.ID, "thing": t.ID, "actions": contentActions()}) // ForEachRow returns the error
	says := map[int64]*string{}
	var entry int64
	var content *string
	_, err = pgx.ForEachRow(rows, []any{&entry, &content}, func() error {
		says[entry] = content
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read texts: %w", err)
	}
	var entries []civic.VersionEntry
	for _, e := range history {
		out := civic.VersionEntry{HistoryEntry: e.HistoryEntry}
		if content, ok := says[e.ID]; ok {
			out.Changes, out.Erased = true, content == nil
			if content != nil {
				if out.Content, err = draftOf(t.Kind, []byte(*content)); err != nil {
					return nil, err
				}
			}
		}
		entries = append(entries, out)
	}
	return civic.Versions(entries), nil
}
