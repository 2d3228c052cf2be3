package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// givenText is what the audit keeps of a role that was given or withdrawn.
type givenText struct {
	Account      int64  `json:"account"`
	Role         string `json:"role"`
	Area         string `json:"area,omitempty"`
	Organisation int64  `json:"organisation,omitempty"`
	Until        string `json:"until,omitempty"`
}

// GiveRole gives a role to the account with the address of the gift, which it adds
// unless there is one, records that, and queues a mail that invites the person. It
// returns civic.ErrConflict when the person has the role already, without an end
// or with the same.
func (s *Store) GiveRole(ctx context.Context, d *civic.District, actor civic.Actor, g civic.Gift) (civic.GivenRole, error) {
	g, err := g.Check(d, time.Now())
	if err != nil {
		return civic.GivenRole{}, err
	}
	area, _ := d.Area(g.Area)
	given := civic.GivenRole{Name: g.Name, Email: g.Email, Role: g.Role, AreaID: area.ID, OrganisationID: g.Organisation, Until: g.Until}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockGrants(ctx, tx, d); err != nil {
			return err
		}
		thing := civic.Thing{DistrictID: d.ID, AreaID: area.ID}
		if err := civic.Can(actor, civic.GiveRole, thing, time.Now()); err != nil {
			return err
		}
		if given.Organisation, err = organisation(ctx, tx, d, g.Organisation); err != nil {
			return err
		}
		if given.AccountID, err = s.findOrAddAccount(ctx, tx, g.Email, g.Name, g.Language); err != nil {
			return err
		}
		if err := addGrant(ctx, tx, d, &given); err != nil {
			return err
		}
		if err := replaceTokens(ctx, tx, given.AccountID); err != nil {
			return err
		}
		if err := recordGrant(ctx, tx, d, actor, civic.GiveRole, given, g.Reason); err != nil {
			return err
		}
		m := civic.Mail{Account: given.AccountID, Kind: civic.MailInvitation, Thing: g.Organisation, Data: map[string]string{"role": g.Role.String()}}
		if g.Area != "" {
			m.Data["area"] = d.Text(area.Name, g.Language)
		}
		return queueMail(ctx, tx, d, m)
	})
	if err != nil {
		return civic.GivenRole{}, fmt.Errorf("give the role of %s in %s: %w", g.Role, d.Slug, civicError(err))
	}
	return given, nil
}

// organisation returns the name of an organisation or a working group, or "" without an
// id. It returns civic.Faults when the district has none with the id that is public.
func organisation(ctx context.Context, tx pgx.Tx, d *civic.District, id int64) (name string, err error) {
	if id == 0 {
		return "", nil
	}
	err = tx.QueryRow(ctx, `
		select things.title
		from things
		left join pins on pins.district_id = things.district_id
		  and pin_id = thing_id
		where things.district_id = @district
		  and thing_id = @id
		  and (pins.kind = 'organisation' or things.kind = 'group')
		  and things.publication = 'published'`, pgx.NamedArgs{"district": d.ID, "id": id}).Scan(&name)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", civic.Faults{{Field: "organisation", Code: "unknown", Detail: "the district has no such organisation"}}
	case err != nil:
		return "", fmt.Errorf("find the organisation: %w", err)
	}
	return name, nil
}

// lockGrants locks the grants of a district until tx ends, so that two admins
// cannot withdraw the last two admins at once.
func lockGrants(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('grants', @district))`, pgx.NamedArgs{"district": d.ID}); err != nil {
		return fmt.Errorf("lock grants: %w", err)
	}
	return nil
}

// addGrant adds a grant, and sets its id and the name of the account.
func addGrant(ctx context.Context, tx pgx.Tx, d *civic.District, g *civic.GivenRole) error {
	err := tx.QueryRow(ctx, `
		insert into grants (district_id, account_id, role, area_id, organisation_id, until)
		select @district, @account, @role, nullif(@area, 0), nullif(@organisation::bigint, 0), @until
		where not exists (
		  select
		  from grants
		  where district_id = @district
		    and account_id = @account
		    and role = @role
		    and area_id is not distinct from nullif(@area, 0)
		    and organisation_id is not distinct from nullif(@organisation::bigint, 0)
		    and withdrawn_at is null
		    and (until is null or until >= @until)
		)
		returning grant_id, given_at, (select name from accounts where account_id = @account)`,
		pgx.NamedArgs{
			"district": d.ID, "account": g.AccountID, "role": g.Role.String(), "area": g.AreaID, "organisation": g.OrganisationID, "until": nullTime(g.Until),
		},
	).Scan(&g.ID, &g.GivenAt, &g.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("the person has the role already: %w", civic.ErrConflict)
	}
	if err != nil {
		return fmt.Errorf("add grant: %w", err)
	}
	return nil
}

// nullTime returns a time as an argument, nil for the zero time.
func nullTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// replaceTokens makes every session of an account get a new token with its next
// request.
func replaceTokens(ctx context.Context, tx pgx.Tx, account int64) error {
	_, err := tx.Exec(ctx, `
		update sessions
		set replace_token = true
		where kind = 'account'
		  and person_id = @account`, pgx.NamedArgs{"account": account})
	if err != nil {
		return fmt.Errorf("replace the tokens of sessions: %w", err)
	}
	return nil
}

// recordGrant records that a role was given or withdrawn.
func recordGrant(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, action civic.Action, g civic.GivenRole, reason string) error {
	text := givenText{Account: g.AccountID, Role: g.Role.String(), Organisation: g.OrganisationID}
	if area, ok := d.AreaByID(g.AreaID); ok {
		text.Area = area.Slug
	}
	if !g.Until.IsZero() {
		text.Until = g.Until.UTC().Format(time.RFC3339)
	}
	role := g.Role.String()
	step := recordedStep{action: action, after: &role}
	if action == civic.WithdrawRole {
		step.before, step.after = step.after, nil
	}
	return record{actor: actor, steps: []recordedStep{step}, text: text, reason: civic.Wording{Text: reason}}.save(ctx, tx, d)
}

// WithdrawRole withdraws a role, which ends with the next request of the person,
// and records that. It returns civic.ErrConflict for one that has ended, and for
// the last admin of a district, unless the actor is an operator.
func (s *Store) WithdrawRole(ctx context.Context, d *civic.District, actor civic.Actor, grant int64, reason string) error {
	reason = strings.TrimSpace(reason)
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockGrants(ctx, tx, d); err != nil {
			return err
		}
		g := civic.GivenRole{ID: grant}
		var role string
		var admins int
		err := tx.QueryRow(ctx, `
			update grants
			set withdrawn_at = now()
			where district_id = @district
			  and grant_id = @grant
			  and withdrawn_at is null
			  and (until is null or until > now())
			returning account_id, role, coalesce(area_id, 0), coalesce(organisation_id, 0), (
			  select count(distinct account_id)
			  from grants as others
			  join accounts using (account_id)
			  where others.district_id = @district
			    and others.grant_id <> @grant
			    and others.role = 'admin'
			    and others.withdrawn_at is null
			    and (others.until is null or others.until > now())
			    and ended_at is null
			)`, pgx.NamedArgs{"district": d.ID, "grant": grant}).Scan(&g.AccountID, &role, &g.AreaID, &g.OrganisationID, &admins)
		if errors.Is(err, pgx.ErrNoRows) {
			return s.missingGrant(ctx, tx, d, grant)
		}
		if err != nil {
			return err //nolint:wrapcheck // below
		}
		if g.Role, err = civic.ParseRole(role); err != nil {
			return err
		}
		if err := civic.Can(actor, civic.WithdrawRole, civic.Thing{DistrictID: d.ID, AreaID: g.AreaID}, time.Now()); err != nil {
			return err
		}
		if f := checkWithdrawal(actor, g, admins, reason); f != nil {
			return f
		}
		if err := replaceTokens(ctx, tx, g.AccountID); err != nil {
			return err
		}
		return recordGrant(ctx, tx, d, actor, civic.WithdrawRole, g, reason)
	})
	if err != nil {
		return fmt.Errorf("withdraw role %d in %s: %w", grant, d.Slug, civicError(err))
	}
	return nil
}

// checkWithdrawal returns what speaks against a withdrawal after which a district
// has so many other admins.
func checkWithdrawal(actor civic.Actor, g civic.GivenRole, admins int, reason string) error {
	if g.Role == civic.Admin && admins == 0 && actor.Kind != civic.Operator {
		return civic.ErrLastAdmin
	}
	var f civic.Faults
	switch {
	case reason == "":
		f = civic.Faults{{Field: "reason", Code: "missing", Detail: "a reason is needed"}}
	case len([]rune(reason)) > civic.MaxReason:
		f = civic.Faults{{Field: "reason", Code: "too_long", Detail: "the reason is too long"}}
	}
	return f.Err()
}

// missingGrant returns why a grant cannot be withdrawn.
func (s *Store) missingGrant(ctx context.Context, tx pgx.Tx, d *civic.District, grant int64) error {
	var exists bool
	err := tx.QueryRow(ctx, `
		select exists (
		  select
		  from grants
		  where district_id = @district
		    and grant_id = @grant
		)`, pgx.NamedArgs{"district": d.ID, "grant": grant}).Scan(&exists)
	switch {
	case err != nil:
		return fmt.Errorf("read grant: %w", err)
	case exists:
		return fmt.Errorf("the role has ended: %w", civic.ErrConflict)
	}
	return civic.ErrNotFound
}

//go:embed sql/given_roles.sql
var givenRolesSQL string

// GivenRoles returns at most limit roles of a district: those in force by name,
// then those that have ended, the last one first.
func (s *Store) GivenRoles(ctx context.Context, d *civic.District, limit int) ([]civic.GivenRole, error) {
	all, err := s.givenRoles(ctx, pgx.NamedArgs{"district": d.ID, "account": nil, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("list the roles of %s: %w", d.Slug, civicError(err))
	}
	return all, nil
}

// RolesOf returns at most limit roles of an account in all districts, in the order
// of GivenRoles.
func (s *Store) RolesOf(ctx context.Context, account int64, limit int) ([]civic.GivenRole, error) {
	all, err := s.givenRoles(ctx, pgx.NamedArgs{"district": nil, "account": account, "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("list the roles of an account: %w", civicError(err))
	}
	return all, nil
}

func (s *Store) givenRoles(ctx context.Context, args pgx.NamedArgs) ([]civic.GivenRole, error) {
	rows, _ := s.readPool.Query(ctx, givenRolesSQL, args) // CollectRows returns the error
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (g civic.GivenRole, err error) {
		var sealed []byte
		var role, organisationKind string
		var until, withdrawn *time.Time
		err = row.Scan(&g.ID, &g.AccountID, &g.DistrictID, &g.Name, &sealed, &role, &g.AreaID, &g.OrganisationID, &g.Organisation, &organisationKind, &g.GivenAt, &until, &withdrawn)
		if err != nil {
			return g, err
		}
		if until != nil {
			g.Until = *until
		}
		if withdrawn != nil {
			g.WithdrawnAt = *withdrawn
		}
		if g.Role, err = civic.ParseRole(role); err != nil {
			return g, err
		}
		if organisationKind != "" {
			if g.Of, err = civic.ParseThingKind(organisationKind); err != nil {
				return g, err
			}
		}
		g.Email, err = s.keys.Unseal(sealed)
		return g, err
	})
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	return all, nil
}
