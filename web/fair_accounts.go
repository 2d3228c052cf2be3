package web

import (
	"context"

	"github.com/pinezka/pinezka/civic"
)

// fairlyDo is fairly for what has no result.
func fairlyDo(ctx context.Context, s fairStore, do func() error) error {
	_, err := fairly(ctx, s.writing, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

// Session implements serve.Sessions.
func (s fairStore) Session(ctx context.Context, token civic.SessionToken) (civic.Session, error) {
	return fairly(ctx, s.querying, func() (civic.Session, error) { return s.store.Session(ctx, token) })
}

// PeekSession implements serve.Sessions.
func (s fairStore) PeekSession(ctx context.Context, token civic.SessionToken) (civic.Session, error) {
	return fairly(ctx, s.querying, func() (civic.Session, error) { return s.store.PeekSession(ctx, token) })
}

// ReplaceSessionToken implements serve.Sessions.
func (s fairStore) ReplaceSessionToken(ctx context.Context, session civic.Session) (civic.SessionToken, error) {
	return fairly(ctx, s.writing, func() (civic.SessionToken, error) { return s.store.ReplaceSessionToken(ctx, session) })
}

// RequestSignIn implements accounts.Store.
func (s fairStore) RequestSignIn(ctx context.Context, r civic.SignInRequest) error {
	return fairlyDo(ctx, s, func() error { return s.store.RequestSignIn(ctx, r) })
}

// PeekSignIn implements accounts.Store.
func (s fairStore) PeekSignIn(ctx context.Context, token civic.SignInToken) (civic.SignIn, error) {
	return fairly(ctx, s.querying, func() (civic.SignIn, error) { return s.store.PeekSignIn(ctx, token) })
}

// SignInByLink implements accounts.Store.
func (s fairStore) SignInByLink(ctx context.Context, token civic.SignInToken) (civic.SignIn, error) {
	return fairly(ctx, s.writing, func() (civic.SignIn, error) { return s.store.SignInByLink(ctx, token) })
}

// SignInByCode implements accounts.Store.
func (s fairStore) SignInByCode(ctx context.Context, asking civic.AskingSecret, code civic.SignInCode) (civic.SignIn, error) {
	return fairly(ctx, s.writing, func() (civic.SignIn, error) { return s.store.SignInByCode(ctx, asking, code) })
}

// BeginSession implements accounts.Store.
func (s fairStore) BeginSession(ctx context.Context, p civic.Person, device string) (civic.SessionToken, error) {
	return fairly(ctx, s.writing, func() (civic.SessionToken, error) { return s.store.BeginSession(ctx, p, device) })
}

// ExtendSession implements accounts.Store.
func (s fairStore) ExtendSession(ctx context.Context, session civic.Session) error {
	return fairlyDo(ctx, s, func() error { return s.store.ExtendSession(ctx, session) })
}

// Sessions implements accounts.Store.
func (s fairStore) Sessions(ctx context.Context, p civic.Person) ([]civic.Session, error) {
	return fairly(ctx, s.querying, func() ([]civic.Session, error) { return s.store.Sessions(ctx, p) })
}

// EndSession implements accounts.Store.
func (s fairStore) EndSession(ctx context.Context, p civic.Person, id int64) error {
	return fairlyDo(ctx, s, func() error { return s.store.EndSession(ctx, p, id) })
}

// Account implements accounts.Store.
func (s fairStore) Account(ctx context.Context, id int64) (civic.AccountDetails, error) {
	return fairly(ctx, s.querying, func() (civic.AccountDetails, error) { return s.store.Account(ctx, id) })
}

// RolesOf implements accounts.Store.
func (s fairStore) RolesOf(ctx context.Context, account int64, limit int) ([]civic.GivenRole, error) {
	return fairly(ctx, s.querying, func() ([]civic.GivenRole, error) { return s.store.RolesOf(ctx, account, limit) })
}

// SetAccount implements accounts.Store.
func (s fairStore) SetAccount(ctx context.Context, id int64, name, language string) error {
	return fairlyDo(ctx, s, func() error { return s.store.SetAccount(ctx, id, name, language) })
}

// ExportAccount implements accounts.Store.
func (s fairStore) ExportAccount(ctx context.Context, id int64) (civic.AccountExport, error) {
	return fairly(ctx, s.querying, func() (civic.AccountExport, error) { return s.store.ExportAccount(ctx, id) })
}

// CloseAccount implements accounts.Store.
func (s fairStore) CloseAccount(ctx context.Context, id int64) error {
	return fairlyDo(ctx, s, func() error { return s.store.CloseAccount(ctx, id) })
}

// EndOtherSessions implements accounts.Store.
func (s fairStore) EndOtherSessions(ctx context.Context, p civic.Person, but int64) error {
	return fairlyDo(ctx, s, func() error { return s.store.EndOtherSessions(ctx, p, but) })
}

// GivenRoles implements people.Store.
func (s fairStore) GivenRoles(ctx context.Context, d *civic.District, limit int) ([]civic.GivenRole, error) {
	return fairly(ctx, s.querying, func() ([]civic.GivenRole, error) { return s.store.GivenRoles(ctx, d, limit) })
}

// GiveRole implements people.Store.
func (s fairStore) GiveRole(ctx context.Context, d *civic.District, actor civic.Actor, g civic.Gift) (civic.GivenRole, error) {
	return fairly(ctx, s.writing, func() (civic.GivenRole, error) { return s.store.GiveRole(ctx, d, actor, g) })
}

// WithdrawRole implements people.Store.
func (s fairStore) WithdrawRole(ctx context.Context, d *civic.District, actor civic.Actor, grant int64, reason string) error {
	return fairlyDo(ctx, s, func() error { return s.store.WithdrawRole(ctx, d, actor, grant, reason) })
}
