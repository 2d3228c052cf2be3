package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// ReportsOn returns the reports on a thing, the oldest first.
func (s *Store) ReportsOn(ctx context.Context, d *civic.District, thing int64) ([]civic.OpenReport, error) {
	rows, _ := s.readPool.Query(ctx, `
		select report_id, reports.kind, ground, reports.name, contact_id is not null, reported_at, closed_at, coalesce(upheld, false),
		  coalesce(actors.kind, 'unknown'), coalesce(actors.person_id, 0), coalesce(actors.name, ''),
		  coalesce(said.content, '""'), coalesce(reason.content, '""')
		from reports
		join audit on audit.audit_id = reports.audit_id
		left join audit as closing on closing.audit_id = closed_audit_id
		left join texts as said on said.text_id = audit.text_id
		left join texts as reason on reason.text_id = closing.reason_id
		left join actors on actors.actor_id = decided_by
		where reports.district_id = @district
		  and reports.thing_id = @thing
		order by report_id`, pgx.NamedArgs{"district": d.ID, "thing": thing}) // CollectRows returns the error
	reports, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.OpenReport, error) {
		r := civic.OpenReport{ThingID: thing}
		var kind, ground, decider, said, reason string
		var closed *time.Time
		err := row.Scan(&r.ID, &kind, &ground, &r.Name, &r.HasContact, &r.ReportedAt, &closed, &r.Upheld,
			&decider, &r.DecidedBy.ID, &r.DecidedBy.Name, &said, &reason)
		if err != nil {
			return r, err
		}
		if closed != nil {
			r.ClosedAt = *closed
		}
		var errs [5]error
		r.Kind, errs[0] = civic.ParseReportKind(kind)
		r.Ground, errs[1] = civic.ParseGround(ground)
		r.DecidedBy.Kind, errs[2] = civic.ParseActorKind(decider)
		var because civic.Wording
		errs[3], errs[4] = json.Unmarshal([]byte(said), &r.Text), json.Unmarshal([]byte(reason), &because)
		r.Reason, r.ReasonIn = because.Text, because.In
		return r, errors.Join(errs[:]...)
	})
	if err != nil {
		return nil, fmt.Errorf("read reports on thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return reports, nil
}
