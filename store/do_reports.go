package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// writeReports writes the rows of reports that follow from an action whose record
// has the entries: those that it makes, and those that it closes.
func (do *doing) writeReports(ctx context.Context, entries []int64) error {
	switch do.Action {
	case civic.Report, civic.Object:
		return do.addReport(ctx, entries[0])
	case civic.CloseReport:
		return do.closeReport(ctx, entries[0])
	case civic.Hide, civic.Merge: // an objection is then to a notice without effect
		return do.closeReportsOf(ctx, entries, civic.ContentNotice, civic.ErasureRequest, civic.Objection)
	case civic.Restore, civic.Publish:
		return do.closeReportsOf(ctx, entries, civic.Objection)
	case civic.Undo:
		return do.reopenReports(ctx)
	}
	return nil
}

// addReport adds the report of a command, and queues the mail that it has arrived.
// An objection is to a decision of which a mail told, or to the last one to hide the
// thing.
func (do *doing) addReport(ctx context.Context, entry int64) error {
	if (do.Report.Kind == civic.Objection) != (do.Action == civic.Object || do.Report.Decision != 0) {
		return fmt.Errorf("%s as %s: %w", do.Action, do.Report.Kind, civic.ErrInvalid)
	}
	report := do.Report
	err := do.tx.QueryRow(ctx, `
		insert into reports (report_id, district_id, thing_id, kind, ground, name, contact_id, audit_id, decided_by)
		overriding system value
		select coalesce(nullif(@id::bigint, 0), nextval(@sequence::text::regclass)), @district, @thing, @kind, @ground, @name, nullif(@contact::bigint, 0), @entry, case when @kind = 'objection' then (
		  select actor_id
		  from audit
		  where district_id = @district
		    and thing_id = @thing
		    and (audit_id = @decision or @decision = 0 and action = 'hide')
		  order by audit_id desc
		  limit 1
		) end
		returning report_id`,
		pgx.NamedArgs{
			"id": do.report, "sequence": reportIDs,
			"district": do.district.ID, "thing": do.changed[0].ID, "kind": report.Kind.String(), "ground": report.Ground.String(),
			"name": report.Name, "contact": report.ContactID, "entry": entry, "decision": report.Decision,
		}).Scan(&do.report)
	if err != nil {
		return fmt.Errorf("add the report: %w", err)
	}
	return do.confirmReport(ctx, report)
}

// chooseReport sets the id of a new report, or returns that of the first time if
// the request was carried out before.
func (do *doing) chooseReport(ctx context.Context) (first int64, repeated bool, err error) {
	do.report, err = addRequest(ctx, do.tx, do.district, reportIDs, civic.AddedPin{Publication: civic.Published}, *do.Request)
	if errors.Is(err, pgx.ErrNoRows) {
		first, err := firstResult(ctx, do.tx, do.district, *do.Request)
		return first.ID, true, err
	}
	return 0, false, err
}

// closeReport closes the report of a command. It returns civic.ErrForbidden for
// an objection to a decision of the actor, and civic.ErrConflict when the report
// is closed already.
func (do *doing) closeReport(ctx context.Context, entry int64) error {
	closing := do.Closing
	args := pgx.NamedArgs{
		"district": do.district.ID, "thing": do.changed[0].ID, "report": closing.ID, "upheld": closing.Upheld, "entry": entry,
		"kind": do.actor.Kind.String(), "person": do.actor.ID, "name": do.actor.Name,
	}
	var open, own bool
	err := do.tx.QueryRow(ctx, `
		select closed_at is null, reports.kind = 'objection' and (actors.kind, person_id, actors.name) is not distinct from (@kind, @person, @name)
		from reports
		left join actors on actor_id = decided_by
		where district_id = @district
		  and thing_id = @thing
		  and report_id = @report
		for update of reports`, args).Scan(&open, &own)
	switch {
	case err != nil:
		return fmt.Errorf("read report %d: %w", closing.ID, err)
	case own:
		return fmt.Errorf("decide about an objection to a decision of one's own: %w", civic.ErrForbidden)
	case !open:
		return fmt.Errorf("report %d is closed: %w", closing.ID, civic.ErrConflict)
	}
	_, err = do.tx.Exec(ctx, `
		update reports
		set closed_at = now(),
		  closed_audit_id = @entry,
		  upheld = @upheld
		where district_id = @district
		  and report_id = @report`, args)
	if err != nil {
		return fmt.Errorf("close report %d: %w", closing.ID, err)
	}
	return do.tellOfDecisions(ctx, []int64{entry}, 0)
}

// closeReportsOf closes the open reports of the kinds on the things that the
// action has changed, as upheld: the action is what they asked for.
func (do *doing) closeReportsOf(ctx context.Context, entries []int64, kinds ...civic.ReportKind) error {
	var kindNames []string
	for _, kind := range kinds {
		kindNames = append(kindNames, kind.String())
	}
	_, err := do.tx.Exec(ctx, `
		update reports
		set closed_at = now(),
		  closed_audit_id = audit.audit_id,
		  upheld = true
		from audit
		where audit.audit_id = any(@entries)
		  and reports.district_id = @district
		  and reports.thing_id = audit.thing_id
		  and closed_at is null
		  and kind = any(@kinds)`,
		pgx.NamedArgs{"district": do.district.ID, "entries": entries, "kinds": kindNames})
	if err != nil {
		return fmt.Errorf("close reports: %w", err)
	}
	return do.tellOfDecisions(ctx, entries, civic.UndoWindow)
}
