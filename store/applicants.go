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

//go:embed sql/applicants.sql
var applicantsSQL string

// Applicants returns the enrolments for a programme that were not withdrawn, the
// first to apply first.
func (s *Store) Applicants(ctx context.Context, d *civic.District, programme int64) ([]civic.Applicant, error) {
	rows, _ := s.readPool.Query(ctx, applicantsSQL, pgx.NamedArgs{
		"district": d.ID, "programme": programme, "zone": d.Zone().String(), "standing": civic.EnrolmentThing.Standing().String(),
	}) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (a civic.Applicant, err error) {
		var content, reason []byte
		var sessions []int64
		var days []int32
		if a.Thing, err = scanThing(row, d, &content, &a.AppliedOn, &a.Confirmed, &a.DecidedOn, &reason, &sessions, &days); err != nil {
			return a, err
		}
		for i, id := range sessions {
			a.Attended = append(a.Attended, civic.Meeting{Session: id, Day: civic.Day(days[i])})
		}
		var because civic.Wording
		says, err := draftOf(a.Kind, content)
		a.Content = says.Record(d)
		if a.State == a.Kind.Rules().Initial {
			a.DecidedOn = 0
		}
		err = errors.Join(err, json.Unmarshal(reason, &because))
		a.Because = because.Text
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the enrolments for programme %d of %s: %w", programme, d.Slug, civicError(err))
	}
	return all, nil
}
