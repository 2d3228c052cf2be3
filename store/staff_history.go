package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// StaffHistory returns at most limit of the newest entries of the audit of a thing
// with what was said, the oldest of them first. It is for the staff.
func (s *Store) StaffHistory(ctx context.Context, d *civic.District, thing int64, limit int) ([]civic.StaffEntry, error) {
	rows, _ := s.readPool.Query(ctx, `
		select *
		from (
		  select audit_id, happened_at, actors.kind, actors.name, person_id, action, coalesce(import_id, 0),
		    coalesce(state_before, ''), coalesce(state_after, ''), coalesce(reason.content, '""'), coalesce(said.content, '""'),
		    coalesce(accounts.name, '')
		  from audit
		  join actors using (actor_id)
		  left join accounts on actors.kind = 'account'
		    and accounts.account_id = person_id
		  left join texts as reason on reason.text_id = reason_id
		  left join texts as said on said.text_id = audit.text_id
		  where audit.district_id = @district
		    and thing_id = @thing
		  order by audit_id desc
		  limit @limit
		) as newest
		order by audit_id`,
		pgx.NamedArgs{"district": d.ID, "thing": thing, "limit": limit}) // CollectRows returns the error
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.StaffEntry, error) {
		e := civic.StaffEntry{AuditEntry: civic.AuditEntry{ThingID: thing}}
		var kind, action, reason, said string
		err := row.Scan(&e.ID, &e.At, &kind, &e.ActorName, &e.ActorID, &action, &e.ImportID, &e.Before, &e.After, &reason, &said, &e.Name)
		if err != nil {
			return e, err
		}
		var errs [4]error
		e.ActorKind, errs[0] = civic.ParseActorKind(kind)
		e.Action, errs[1] = civic.ParseAction(action)
		var because, text civic.Wording
		errs[2] = json.Unmarshal([]byte(reason), &because)
		if said[0] == '"' || e.Action.NeedsText() {
			errs[3] = json.Unmarshal([]byte(said), &text)
		} else {
			e.Content = new(civic.PinContent)
			errs[3] = json.Unmarshal([]byte(said), e.Content)
		}
		e.Reason, e.ReasonIn, e.Text, e.TextIn = because.Text, because.In, text.Text, text.In
		return e, errors.Join(errs[:]...)
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return entries, nil
}
