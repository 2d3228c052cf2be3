package web

import (
	"context"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/duplicates"
)

// DeskQueue implements desk.Store.
func (s fairStore) DeskQueue(ctx context.Context, d *civic.District, actor civic.Actor, q civic.QueueQuery) ([]civic.QueueItem, error) {
	return fairly(ctx, s.querying, func() ([]civic.QueueItem, error) { return s.store.DeskQueue(ctx, d, actor, q) })
}

// ExactCounts implements numbers.Store.
func (s fairStore) ExactCounts(ctx context.Context, d *civic.District, from, until civic.Day, areas []int32) (civic.ExactCounts, error) {
	return fairly(ctx, s.querying, func() (civic.ExactCounts, error) { return s.store.ExactCounts(ctx, d, from, until, areas) })
}

// CountQueues implements desk.Store and today.Store.
func (s fairStore) CountQueues(ctx context.Context, d *civic.District, actor civic.Actor, areas []int32, now time.Time) (civic.QueueCounts, error) {
	return fairly(ctx, s.querying, func() (civic.QueueCounts, error) { return s.store.CountQueues(ctx, d, actor, areas, now) })
}

// Today implements today.Store.
func (s fairStore) Today(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (civic.Today, error) {
	return fairly(ctx, s.querying, func() (civic.Today, error) { return s.store.Today(ctx, d, actor, q) })
}

// DeskItem implements desk.Store.
func (s fairStore) DeskItem(ctx context.Context, d *civic.District, id int64) (civic.QueueItem, error) {
	return fairly(ctx, s.querying, func() (civic.QueueItem, error) { return s.store.DeskItem(ctx, d, id) })
}

// NearPins implements desk.Store.
func (s fairStore) NearPins(ctx context.Context, d *civic.District, item civic.QueueItem, areas []int32) ([]duplicates.Report, error) {
	return fairly(ctx, s.querying, func() ([]duplicates.Report, error) { return s.store.NearPins(ctx, d, item, areas) })
}

// LookAt implements desk.Store.
func (s fairStore) LookAt(ctx context.Context, d *civic.District, actor civic.Actor, thing int64, atMost time.Duration) ([]string, error) {
	return fairly(ctx, s.writing, func() ([]string, error) { return s.store.LookAt(ctx, d, actor, thing, atMost) })
}

// LookAway implements desk.Store.
func (s fairStore) LookAway(ctx context.Context, d *civic.District, actor civic.Actor, thing int64) error {
	return fairlyDo(ctx, s, func() error { return s.store.LookAway(ctx, d, actor, thing) })
}

// DeadMails implements desk.Store.
func (s fairStore) DeadMails(ctx context.Context, d *civic.District) ([]civic.DeadMail, error) {
	return fairly(ctx, s.querying, func() ([]civic.DeadMail, error) { return s.store.DeadMails(ctx, d) })
}

// UpdateTemplates implements desk.Store.
func (s fairStore) UpdateTemplates(ctx context.Context, d *civic.District, status civic.Status, category int32) ([]civic.UpdateTemplate, error) {
	return fairly(ctx, s.querying, func() ([]civic.UpdateTemplate, error) { return s.store.UpdateTemplates(ctx, d, status, category) })
}

// ReportsOn implements desk.Store.
func (s fairStore) ReportsOn(ctx context.Context, d *civic.District, thing int64) ([]civic.OpenReport, error) {
	return fairly(ctx, s.querying, func() ([]civic.OpenReport, error) { return s.store.ReportsOn(ctx, d, thing) })
}

// PublicThing implements reports.Store.
func (s fairStore) PublicThing(ctx context.Context, d *civic.District, id int64) (civic.Thing, error) {
	return fairly(ctx, s.querying, func() (civic.Thing, error) { return s.store.PublicThing(ctx, d, id) })
}

// StaffHistory implements desk.Store.
func (s fairStore) StaffHistory(ctx context.Context, d *civic.District, thing int64, limit int) ([]civic.StaffEntry, error) {
	return fairly(ctx, s.querying, func() ([]civic.StaffEntry, error) { return s.store.StaffHistory(ctx, d, thing, limit) })
}

// SearchAudit implements desk.Store.
func (s fairStore) SearchAudit(ctx context.Context, d *civic.District, q civic.AuditQuery) ([]civic.StaffEntry, error) {
	return fairly(ctx, s.querying, func() ([]civic.StaffEntry, error) { return s.store.SearchAudit(ctx, d, q) })
}

// MailQuestion implements desk.Store.
func (s fairStore) MailQuestion(ctx context.Context, d *civic.District, token string) (civic.Question, error) {
	return fairly(ctx, s.querying, func() (civic.Question, error) { return s.store.MailQuestion(ctx, d, token) })
}

// AnswerByMail implements desk.Store.
func (s fairStore) AnswerByMail(ctx context.Context, d *civic.District, token, text string) error {
	return fairlyDo(ctx, s, func() error { return s.store.AnswerByMail(ctx, d, token, text) })
}

// MailDecision implements desk.Store.
func (s fairStore) MailDecision(ctx context.Context, d *civic.District, token string) (civic.Decision, error) {
	return fairly(ctx, s.querying, func() (civic.Decision, error) { return s.store.MailDecision(ctx, d, token) })
}

// ObjectByMail implements desk.Store.
func (s fairStore) ObjectByMail(ctx context.Context, d *civic.District, token, text string) error {
	return fairlyDo(ctx, s, func() error { return s.store.ObjectByMail(ctx, d, token, text) })
}
