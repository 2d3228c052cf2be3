package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/session.sql
var sessionSQL string

const (
	sessionsPerPerson = 20              // of which the one that was used last longest ago ends
	touchEvery        = 5 * time.Minute // so that reading a page seldom writes
	oldTokenLifetime  = time.Minute     // of a token that was replaced, for requests that were on their way
)

// BeginSession begins a session of a person on a device, and returns its token.
// It returns civic.ErrNotFound for an account that has ended.
func (s *Store) BeginSession(ctx context.Context, p civic.Person, device string) (civic.SessionToken, error) {
	token := civic.NewSessionToken()
	hash := token.Hash()
	lifetime := civic.ContactSession
	if p.Kind == civic.Account {
		lifetime = civic.AccountSession
	}
	args := personArgs(p)
	args["hash"], args["device"], args["lifetime"], args["most"] = hash[:], device, lifetime, sessionsPerPerson
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			insert into sessions (token_hash, kind, district_id, person_id, device, expires_at)
			select @hash, @kind, @person_district, @person, @device, now() + @lifetime::interval
			where @kind <> 'account'
			   or exists (select from accounts where account_id = @person and ended_at is null)`, args)
		if err == nil && tag.RowsAffected() == 0 {
			err = civic.ErrNotFound
		}
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `
			delete from sessions
			where session_id in (
			  select session_id
			  from sessions
			  where kind = @kind
			    and district_id = @person_district
			    and person_id = @person
			  order by last_used_at desc, session_id desc
			  offset @most
			)`, args)
		return err //nolint:wrapcheck // below
	})
	if err != nil {
		return "", fmt.Errorf("begin a session: %w", civicError(err))
	}
	return token, nil
}

// personArgs returns the arguments that name a person.
func personArgs(p civic.Person) pgx.NamedArgs {
	return pgx.NamedArgs{"kind": p.Kind.String(), "person_district": p.DistrictID, "person": p.ID}
}

// Session returns the session of a token, with the grants that are in force now,
// and records that it is used. It returns the zero Session for a token that is not
// valid, or no longer.
func (s *Store) Session(ctx context.Context, token civic.SessionToken) (civic.Session, error) {
	found, err := s.readSession(ctx, token)
	if err == nil && found.SignedIn() && time.Since(found.LastUsedAt) > touchEvery {
		err = s.ExtendSession(ctx, found)
		found.LastUsedAt = time.Now()
		setEnd(&found)
	}
	if err != nil {
		return civic.Session{}, fmt.Errorf("read a session: %w", civicError(err))
	}
	return found, nil
}

// PeekSession returns the session of a token as Session does, but does not record
// that it is used.
func (s *Store) PeekSession(ctx context.Context, token civic.SessionToken) (civic.Session, error) {
	found, err := s.readSession(ctx, token)
	if err != nil {
		return civic.Session{}, fmt.Errorf("read a session: %w", civicError(err))
	}
	return found, nil
}

func (s *Store) readSession(ctx context.Context, token civic.SessionToken) (found civic.Session, err error) {
	hash := token.Hash()
	rows, _ := s.readPool.Query(ctx, sessionSQL, pgx.NamedArgs{
		"hash": hash[:], "old": oldTokenLifetime, "idle": civic.AccountIdle,
	}) // ForEachRow returns the error
	var kind, role string
	var until *time.Time
	var g civic.Grant
	_, err = pgx.ForEachRow(rows, []any{
		&found.ID, &kind, &found.DistrictID, &found.Person.ID, &found.Name, &found.Device, &found.CreatedAt, &found.LastUsedAt,
		&found.LastsUntil, &found.Replace, &g.DistrictID, &role, &g.AreaID, &g.OrganisationID, &until,
	}, func() error {
		if found.Kind, err = civic.ParseActorKind(kind); err != nil || role == "" {
			return err
		}
		if g.Role, err = civic.ParseRole(role); err != nil {
			return err
		}
		g.Until = time.Time{}
		if until != nil {
			g.Until = *until
		}
		found.Grants = append(found.Grants, g)
		return nil
	})
	setEnd(&found)
	return found, err
}

// setEnd sets when a session ends unless it is used before.
func setEnd(s *civic.Session) {
	s.EndsAt = s.LastsUntil
	if idle := s.LastUsedAt.Add(civic.AccountIdle); s.Kind == civic.Account && idle.Before(s.EndsAt) {
		s.EndsAt = idle
	}
}

// ExtendSession records that a session is used.
func (s *Store) ExtendSession(ctx context.Context, session civic.Session) error {
	_, err := s.writePool.Exec(ctx, `
		update sessions
		set last_used_at = now()
		where session_id = @session`, pgx.NamedArgs{"session": session.ID})
	if err != nil {
		return fmt.Errorf("extend a session: %w", civicError(err))
	}
	return nil
}

// ReplaceSessionToken returns a new token of a session whose rights have changed.
// It returns "" when another request has already replaced the token; the old one
// is valid for a minute more.
func (s *Store) ReplaceSessionToken(ctx context.Context, session civic.Session) (civic.SessionToken, error) {
	token := civic.NewSessionToken()
	hash := token.Hash()
	tag, err := s.writePool.Exec(ctx, `
		update sessions
		set previous_hash = token_hash,
		  token_hash = @hash,
		  replaced_at = now(),
		  replace_token = false
		where session_id = @session
		  and replace_token`, pgx.NamedArgs{"session": session.ID, "hash": hash[:]})
	if err != nil {
		return "", fmt.Errorf("replace the token of a session: %w", civicError(err))
	}
	if tag.RowsAffected() == 0 {
		return "", nil
	}
	return token, nil
}

// Sessions returns the sessions of a person that last, the one used last first.
func (s *Store) Sessions(ctx context.Context, p civic.Person) ([]civic.Session, error) {
	args := personArgs(p)
	args["idle"] = civic.AccountIdle
	rows, _ := s.readPool.Query(ctx, `
		select session_id, device, created_at, last_used_at, expires_at
		from sessions
		where kind = @kind
		  and district_id = @person_district
		  and person_id = @person
		  and expires_at > now()
		  and (kind <> 'account' or last_used_at > now() - @idle::interval)
		order by last_used_at desc, session_id desc`, args) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Session, error) {
		found := civic.Session{Person: p}
		err := row.Scan(&found.ID, &found.Device, &found.CreatedAt, &found.LastUsedAt, &found.LastsUntil)
		setEnd(&found)
		return found, err
	})
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", civicError(err))
	}
	return all, nil
}

// EndSession ends a session of a person. One that has ended is none.
func (s *Store) EndSession(ctx context.Context, p civic.Person, id int64) error {
	args := personArgs(p)
	args["session"] = id
	_, err := s.writePool.Exec(ctx, `
		delete from sessions
		where session_id = @session
		  and kind = @kind
		  and district_id = @person_district
		  and person_id = @person`, args)
	if err != nil {
		return fmt.Errorf("end a session: %w", civicError(err))
	}
	return nil
}

// EndOtherSessions ends all sessions of a person but the one with an id, or all
// with 0.
func (s *Store) EndOtherSessions(ctx context.Context, p civic.Person, but int64) error {
	args := personArgs(p)
	args["but"] = but
	_, err := s.writePool.Exec(ctx, `
		delete from sessions
		where session_id <> @but
		  and kind = @kind
		  and district_id = @person_district
		  and person_id = @person`, args)
	if err != nil {
		return fmt.Errorf("end sessions: %w", civicError(err))
	}
	return nil
}
