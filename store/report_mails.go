package store

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/decided_reports.sql
var decidedReportsSQL string

// confirmReport queues the mail that an objection has arrived, and otherwise one that
// asks to confirm an address that nobody has confirmed, to which the decision could
// not be sent.
func (do *doing) confirmReport(ctx context.Context, id int64, r civic.NewReport) error {
	if r.ContactID == 0 {
		return nil
	}
	if r.Kind == civic.Objection {
		return queueMail(ctx, do.tx, do.district, civic.Mail{
			Contact: r.ContactID, Kind: civic.MailObjectionReceived, Thing: do.changed[0].ID, Fact: fact(civic.MailObjectionReceived, id),
		})
	}
	var confirmed bool
	err := do.tx.QueryRow(ctx, `
		select confirmed_at is not null
		from contacts
		where district_id = @district
		  and contact_id = @contact`, pgx.NamedArgs{"district": do.district.ID, "contact": r.ContactID}).Scan(&confirmed)
	if err != nil {
		return fmt.Errorf("read the contact of a report: %w", err)
	}
	if confirmed {
		return nil
	}
	return queueConfirmation(ctx, do.tx, do.district, r.ContactID, 0, 0)
}

// tellOfDecisions queues a mail about each report that an entry has closed to whoever
// sent the report, which is due when the decision can no longer be taken back.
func (do *doing) tellOfDecisions(ctx context.Context, entries []int64, after time.Duration) error {
	var mails pgx.Batch
	rows, _ := do.tx.Query(ctx, decidedReportsSQL, pgx.NamedArgs{"district": do.district.ID, "entries": entries}) // ForEachRow returns the error
	var id int64
	var result string
	m := civic.Mail{Kind: civic.MailReportClosed, After: after}
	_, err := pgx.ForEachRow(rows, []any{&id, &m.Contact, &m.Thing, &m.Audit, &result}, func() error {
		m.Fact, m.Data = fact(m.Kind, id), map[string]string{"result": result}
		batchMail(&mails, do.district, m)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the reports that were decided: %w", err)
	}
	if err := do.tx.SendBatch(ctx, &mails).Close(); err != nil {
		return fmt.Errorf("queue mails about reports: %w", err)
	}
	return nil
}

// reopenReports opens the reports again that a decision had closed which was taken
// back, and withdraws the mails about them. The decision is the last one of the
// thing before.
func (do *doing) reopenReports(ctx context.Context) error {
	_, err := do.tx.Exec(ctx, `
		with undone as (
		  select audit_id
		  from audit
		  where district_id = @district
		    and thing_id = @thing
		    and action <> 'undo'
		  order by audit_id desc
		  limit 1
		),
		reopened as (
		  update reports
		  set closed_at = null,
		    closed_audit_id = null,
		    upheld = null
		  from undone
		  where district_id = @district
		    and thing_id = @thing
		    and closed_audit_id = undone.audit_id
		)
		delete from deliveries
		using undone
		where district_id = @district
		  and deliveries.audit_id = undone.audit_id
		  and kind = 'report_closed'
		  and sent_at is null`, pgx.NamedArgs{"district": do.district.ID, "thing": do.changed[0].ID})
	if err != nil {
		return fmt.Errorf("open reports again: %w", err)
	}
	return nil
}

// fact returns what a mail about a report tells, which is told once.
func fact(k civic.MailKind, report int64) string {
	return string(k) + " " + strconv.FormatInt(report, 10)
}
