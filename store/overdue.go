package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/overdue.sql
var overdueSQL string

// overdueTask returns the task that tells, on the day after a deadline, that an
// office has not replied. That day begins with the clock of the district.
func (s *Store) overdueTask() periodicTask {
	today := func(d *civic.District, now time.Time) time.Time { return d.DayOf(now).Time() }
	return periodicTask{"tell_overdue", today, func(ctx context.Context, d *civic.District, due time.Time) error {
		return s.tellOverdue(ctx, d, civic.DayOf(due))
	}}
}

// tellOverdue queues a mail to those who are told that a reply is not there on a
// day. It changes nothing else, and nothing when it is repeated.
func (s *Store) tellOverdue(ctx context.Context, d *civic.District, today civic.Day) error {
	_, err := s.writePool.Exec(ctx, overdueSQL, pgx.NamedArgs{
		"district": d.ID, "today": today.Time(), "kind": civic.RecommendationThing.String(), "state": "sent", "mail": string(civic.MailOverdue),
		"job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("tell of deadlines that are past: %w", civicError(err))
	}
	return nil
}
