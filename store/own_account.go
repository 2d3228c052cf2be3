package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/erasures"
)

// Account returns an account with its address. It returns civic.ErrNotFound when
// there is none with the id.
func (s *Store) Account(ctx context.Context, id int64) (civic.AccountDetails, error) {
	a := civic.AccountDetails{ID: id}
	address, err := s.accountAddress(ctx, s.readPool, id)
	if err == nil {
		a.Email = address
		err = s.readPool.QueryRow(ctx, `
			select name, language, created_at
			from accounts
			where account_id = @account`, pgx.NamedArgs{"account": id}).Scan(&a.Name, &a.Language, &a.CreatedAt)
	}
	if err != nil {
		return civic.AccountDetails{}, fmt.Errorf("read account %d: %w", id, civicError(err))
	}
	return a, nil
}

// SetAccount sets the name of an account and the language of mail to it. It returns
// civic.ErrNotFound when there is none with the id.
func (s *Store) SetAccount(ctx context.Context, id int64, name, language string) error {
	tag, err := s.writePool.Exec(ctx, `
		update accounts
		set name = @name,
		  language = @language
		where account_id = @account`, pgx.NamedArgs{"account": id, "name": name, "language": language})
	if err == nil && tag.RowsAffected() == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("change account %d: %w", id, civicError(err))
	}
	return nil
}

var (
	//go:embed sql/account_roles.sql
	accountRolesSQL string
	//go:embed sql/account_actions.sql
	accountActionsSQL string
)

// ExportAccount returns everything that is held about an account. It returns
// civic.ErrNotFound when there is none with the id.
func (s *Store) ExportAccount(ctx context.Context, id int64) (civic.AccountExport, error) {
	a, err := s.Account(ctx, id)
	if err != nil {
		return civic.AccountExport{}, err
	}
	export := civic.AccountExport{Account: a}
	args := pgx.NamedArgs{"account": id}
	rows, _ := s.readPool.Query(ctx, accountRolesSQL, args) // CollectRows returns the error
	export.Roles, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedRole])
	if err == nil {
		rows, _ = s.readPool.Query(ctx, accountActionsSQL, args) // CollectRows returns the error
		export.Actions, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedStaffAction])
	}
	if err == nil {
		export.Sessions, export.Mails, err = s.exportSignIns(ctx, civic.Person{Kind: civic.Account, ID: id})
	}
	if err != nil {
		return civic.AccountExport{}, fmt.Errorf("export account %d: %w", id, civicError(err))
	}
	return export, nil
}

// exportSignIns returns where a person has signed in, and which mails were queued
// to them, without secrets.
func (s *Store) exportSignIns(ctx context.Context, p civic.Person) (sessions []civic.ExportedSession, mails []civic.ExportedMail, err error) {
	args := personArgs(p)
	rows, _ := s.readPool.Query(ctx, `
		select device, created_at, last_used_at, expires_at
		from sessions
		where kind = @kind
		  and district_id = @person_district
		  and person_id = @person
		order by session_id`, args) // CollectRows returns the error
	if sessions, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedSession]); err != nil {
		return nil, nil, fmt.Errorf("read sessions: %w", err)
	}
	rows, _ = s.readPool.Query(ctx, `
		select kind, thing_id, created_at, sent_at
		from deliveries
		where case when @kind = 'account' then account_id = @person else district_id = @person_district and contact_id = @person end
		order by district_id, delivery_id`, args) // CollectRows returns the error
	if mails, err = pgx.CollectRows(rows, pgx.RowToStructByPos[civic.ExportedMail]); err != nil {
		return nil, nil, fmt.Errorf("read mails: %w", err)
	}
	return sessions, mails, nil
}

// CloseAccount ends the roles of an account, which is recorded in each district,
// and deletes it with everything that is held about it. What it did stays in the
// audit as that of a closed account. It returns civic.ErrLastAdmin for the last
// admin of a district, and civic.ErrNotFound when there is no such account.
func (s *Store) CloseAccount(ctx context.Context, id int64) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if s.erasures == nil {
			return errNoErasures
		}
		address, err := s.accountAddress(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := refuseLastAdmin(ctx, tx, id); err != nil {
			return err
		}
		at, err := beginErasure(ctx, tx)
		if err != nil {
			return err
		}
		if err := deleteAccount(ctx, tx, civic.Actor{Kind: civic.Account, ID: id}, id); err != nil {
			return err
		}
		return s.erasures.Add(erasures.Erasure{At: at, Account: true, Hashes: s.erasedHashes(address)})
	})
	if err != nil {
		return fmt.Errorf("close account %d: %w", id, civicError(err))
	}
	return nil
}

// refuseLastAdmin returns civic.ErrLastAdmin when an account is the last admin of a
// district. Until tx ends, no other transaction withdraws a role there.
func refuseLastAdmin(ctx context.Context, tx pgx.Tx, account int64) error {
	args := pgx.NamedArgs{"account": account}
	rows, _ := tx.Query(ctx, `
		select distinct district_id
		from grants
		where account_id = @account
		order by district_id`, args) // CollectRows returns the error
	districts, err := pgx.CollectRows(rows, pgx.RowTo[int32])
	if err != nil {
		return fmt.Errorf("find the districts of an account: %w", err)
	}
	for _, district := range districts {
		if err := lockGrants(ctx, tx, &civic.District{ID: district}); err != nil {
			return err
		}
	}
	var last bool
	err = tx.QueryRow(ctx, `
		select exists (
		  select
		  from grants as own
		  where account_id = @account
		    and role = 'admin'
		    and withdrawn_at is null
		    and (until is null or until > now())
		    and not exists (
		      select
		      from grants as others
		      join accounts using (account_id)
		      where others.district_id = own.district_id
		        and others.account_id <> @account
		        and others.role = 'admin'
		        and others.withdrawn_at is null
		        and (others.until is null or others.until > now())
		        and ended_at is null
		    )
		)`, args).Scan(&last)
	if err != nil {
		return fmt.Errorf("look for other admins: %w", err)
	}
	if last {
		return civic.ErrLastAdmin
	}
	return nil
}

// deleteAccount deletes an account, and records that its roles have ended.
func deleteAccount(ctx context.Context, tx pgx.Tx, actor civic.Actor, account int64) error {
	rows, _ := tx.Query(ctx, `
		select district_id, role, coalesce(area_id, 0), coalesce(organisation_id, 0)
		from grants
		where account_id = @account
		  and withdrawn_at is null
		  and (until is null or until > now())
		order by district_id, grant_id`, pgx.NamedArgs{"account": account}) // CollectRows returns the error
	held, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g civic.GivenRole, err error) {
		g.AccountID = account
		var role string
		if err := row.Scan(&g.DistrictID, &role, &g.AreaID, &g.OrganisationID); err != nil {
			return g, err
		}
		g.Role, err = civic.ParseRole(role)
		return g, err
	})
	if err != nil {
		return fmt.Errorf("read the roles of account %d: %w", account, err)
	}
	for _, g := range held {
		if err := recordGrant(ctx, tx, &civic.District{ID: g.DistrictID}, actor, civic.WithdrawRole, g, ""); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `delete from accounts where account_id = @account`, pgx.NamedArgs{"account": account}); err != nil {
		return fmt.Errorf("delete account %d: %w", account, err)
	}
	return nil
}
