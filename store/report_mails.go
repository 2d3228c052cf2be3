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

// maxReceipts is the number of receipts a day that anybody can have sent to one
// address.
const maxReceipts = 10

// confirmReport queues the mail that a report has arrived.
func (do *doing) confirmReport(ctx context.Context, r civic.NewReport) error {
	if r.ContactID == 0 || !do.At.IsZero() {
		return nil
	}
	m := civic.Mail{Contact: r.ContactID, Kind: civic.MailObjectionReceived, Thing: do.changed[0].ID, Data: map[string]string{"report": r.Kind.String()}}
	if r.Kind != civic.Objection {
		m.Kind = civic.MailReportReceived
	}
	m.Fact = fact(m.Kind, do.report)
	var sent int
	err := do.tx.QueryRow(ctx, `
		select count(*)
		from deliveries
		where district_id = @district
		  and contact_id = @contact
		  and kind = @kind
		  and created_at > now() - interval '1 day'`,
		pgx.NamedArgs{"district": do.district.ID, "contact": r.ContactID, "kind": string(m.Kind)}).Scan(&sent)
	if err != nil {
		return fmt.Errorf("count mails: %w", err)
	}
	if sent >= maxReceipts {
		return nil
	}
	return queueMail(ctx, do.tx, do.district, m)
}

// tellOfDecisions queues a mail about each entry that has closed reports to whoever
// sent them, which is due when the decision can no longer be taken back.
func (do *doing) tellOfDecisions(ctx context.Context, entries []int64, after time.Duration) error {
	if !do.At.IsZero() {
		return nil
	}
	var mails pgx.Batch
	rows, _ := do.tx.Query(ctx, decidedReportsSQL, pgx.NamedArgs{"district": do.district.ID, "entries": entries}) // ForEachRow returns the error
	var kind, result string
	m := civic.Mail{Kind: civic.MailReportClosed, After: after}
	_, err := pgx.ForEachRow(rows, []any{&m.Contact, &m.Thing, &m.Audit, &kind, &result}, func() error {
		m.Fact, m.Data = fact(m.Kind, m.Audit), map[string]string{"report": kind, "result": result}
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

// fact returns what a mail about a report, or about a decision, tells, which is told
// once.
func fact(k civic.MailKind, id int64) string {
	return string(k) + " " + strconv.FormatInt(id, 10)
}
