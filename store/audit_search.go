package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/audit_search.sql
var auditSearchSQL string

// SearchAudit returns the entries of the audit of a district that match the
// query, the newest first, without what was said.
func (s *Store) SearchAudit(ctx context.Context, d *civic.District, q civic.AuditQuery) ([]civic.StaffEntry, error) {
	args := pgx.NamedArgs{
		"district": d.ID, "action": "", "thing": q.ThingID, "actor": q.Actor, "from": nil, "until": nil, "before": q.Before, "limit": q.Limit,
	}
	if q.Action != 0 {
		args["action"] = q.Action.String()
	}
	if !q.From.IsZero() {
		args["from"] = q.From
	}
	if !q.Until.IsZero() {
		args["until"] = q.Until
	}
	rows, _ := s.readPool.Query(ctx, auditSearchSQL, args) // CollectRows returns the error
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e civic.StaffEntry, err error) {
		var kind, action, reason string
		if err := row.Scan(&e.ID, &e.At, &kind, &e.ActorName, &e.ActorID, &action, &e.ThingID, &e.ImportID, &e.Before, &e.After, &reason, &e.Name); err != nil {
			return e, err
		}
		var errs [3]error
		e.ActorKind, errs[0] = civic.ParseActorKind(kind)
		e.Action, errs[1] = civic.ParseAction(action)
		var because civic.Wording
		errs[2] = json.Unmarshal([]byte(reason), &because)
		e.Reason = because.Text
		return e, errors.Join(errs[:]...)
	})
	if err != nil {
		return nil, fmt.Errorf("search the audit of %s: %w", d.Slug, civicError(err))
	}
	return entries, nil
}
