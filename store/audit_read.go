package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Audit returns at most limit entries of the audit of a district, the newest
// first: those of one thing, or all with 0.
func (s *Store) Audit(ctx context.Context, d *civic.District, thing int64, limit int) ([]civic.AuditEntry, error) {
	rows, _ := s.writePool.Query(ctx, `
		select audit_id, happened_at, kind, name, person_id, action, coalesce(thing_id, 0), coalesce(import_id, 0),
		  coalesce(state_before, ''), coalesce(state_after, ''), coalesce(reason.content, '""')
		from audit
		join actors using (actor_id)
		left join texts as reason on reason.text_id = reason_id
		where audit.district_id = @district
		  and (@thing = 0 or thing_id = @thing)
		order by audit_id desc
		limit @limit`,
		pgx.NamedArgs{"district": d.ID, "thing": thing, "limit": limit}) // CollectRows returns the error
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e civic.AuditEntry, err error) {
		var kind, action, reason string
		if err := row.Scan(&e.ID, &e.At, &kind, &e.ActorName, &e.ActorID, &action, &e.ThingID, &e.ImportID, &e.Before, &e.After, &reason); err != nil {
			return e, err
		}
		if e.ActorKind, err = civic.ParseActorKind(kind); err != nil {
			return e, err
		}
		if e.Action, err = civic.ParseAction(action); err != nil {
			return e, err
		}
		var because civic.Wording
		if err := json.Unmarshal([]byte(reason), &because); err != nil {
			return e, fmt.Errorf("read the reason: %w", err)
		}
		e.Reason = because.Text
		return e, nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the audit of %s: %w", d.Slug, civicError(err))
	}
	return entries, nil
}
