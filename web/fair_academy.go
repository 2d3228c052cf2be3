package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// Applicants implements academy.Store.
func (s fairStore) Applicants(ctx context.Context, d *civic.District, programme int64) ([]civic.Applicant, error) {
	return fairly(ctx, s.querying, func() ([]civic.Applicant, error) { return s.store.Applicants(ctx, d, programme) })
}

// MarkAttendance implements academy.Store.
func (s fairStore) MarkAttendance(ctx context.Context, d *civic.District, actor civic.Actor, programme int64, marks []civic.AttendanceMark) error {
	return fairlyDo(ctx, s, func() error { return s.store.MarkAttendance(ctx, d, actor, programme, marks) })
}
