package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/delete_unconfirmed.sql
	deleteUnconfirmedSQL string
	//go:embed sql/delete_unknown.sql
	deleteUnknownSQL string
	//go:embed sql/follow.sql
	followSQL string
	//go:embed sql/follows.sql
	followsSQL string
)

// confirmLifetime is how long the link of a mail that confirms an address works.
const confirmLifetime = 7 * 24 * time.Hour

// maxConfirmMails is the number of mails a day that anybody can have sent to one
// address.
const maxConfirmMails = 5

// Follow begins what a contact asks to follow; one who has signed in follows at
// once, and to anybody else a mail goes that asks to confirm it. What it returns
// does not depend on whether the address is known. It returns civic.ErrNotFound
// for a thing without a public page, and for one of a kind that cannot be followed.
func (s *Store) Follow(ctx context.Context, d *civic.District, f civic.NewFollow) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if f.ThingID != 0 {
			if err := lockPublic(ctx, tx, d, f.ThingID, civic.ThingKind.CanBeFollowed, sharedLock); err != nil {
				return err
			}
		}
		contact := f.ContactID
		if contact == 0 {
			var err error
			if contact, err = s.addContact(ctx, tx, d, f.Email, f.Language); err != nil {
				return err
			}
		}
		args := followArgs(d, f)
		args["contact"] = contact
		var id int64
		err := tx.QueryRow(ctx, followSQL, args).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return civic.ErrTooMany
		}
		if err != nil {
			return err //nolint:wrapcheck // said below
		}
		if f.ContactID != 0 {
			return confirmFollow(ctx, tx, d, contact, id, f.Cadence)
		}
		return queueConfirmation(ctx, tx, d, contact, id, f.Cadence)
	})
	if errors.Is(err, civic.ErrTooMany) && f.ContactID == 0 {
		return nil // the response would say that the address is known
	}
	if err != nil {
		return fmt.Errorf("follow in %s: %w", d.Slug, civicError(err))
	}
	return nil
}

// queueConfirmation queues a mail that asks a contact to confirm the address and,
// unless that is 0, what it is to follow.
func queueConfirmation(ctx context.Context, tx pgx.Tx, d *civic.District, contact, follow int64, c civic.Cadence) error {
	return queueConfirmationOf(ctx, tx, d, contact, map[string]string{"follow": strconv.FormatInt(follow, 10), "cadence": c.String()})
}

// queueConfirmationOf queues a mail that asks a contact to confirm what the data say,
// unless the contact has had as many as anybody may have sent in a day.
func queueConfirmationOf(ctx context.Context, tx pgx.Tx, d *civic.District, contact int64, data map[string]string) error {
	var sent int
	err := tx.QueryRow(ctx, `
		select count(*)
		from deliveries
		where district_id = @district
		  and contact_id = @contact
		  and kind = 'confirm'
		  and created_at > now() - interval '1 day'`, pgx.NamedArgs{"district": d.ID, "contact": contact}).Scan(&sent)
	if err != nil {
		return fmt.Errorf("count mails: %w", err)
	}
	if sent >= maxConfirmMails {
		return nil
	}
	return queueMail(ctx, tx, d, civic.Mail{Contact: contact, Kind: civic.MailConfirm, Data: data})
}

// confirmFollow begins a follow of a contact, from now on.
func confirmFollow(ctx context.Context, tx pgx.Tx, d *civic.District, contact, id int64, c civic.Cadence) error {
	_, err := tx.Exec(ctx, `
		update follows
		set cadence = @cadence,
		  digested_until = case when confirmed_at is null or ended_at is not null then now() else digested_until end,
		  confirmed_at = coalesce(confirmed_at, now()),
		  by_support = by_support and ended_at is null,
		  ended_at = null
		where district_id = @district
		  and follow_id = @follow
		  and contact_id = @contact`,
		pgx.NamedArgs{"district": d.ID, "follow": id, "contact": contact, "cadence": c.String()})
	if err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	return nil
}

// followArgs returns the arguments of followSQL other than the contact.
func followArgs(d *civic.District, f civic.NewFollow) pgx.NamedArgs {
	args := pgx.NamedArgs{"district": d.ID, "thing": nil, "cadence": f.Cadence.String(), "limit": civic.MaxFollows}
	if f.ThingID != 0 {
		args["thing"], f.Filter = f.ThingID, civic.Filter{}
	}
	kinds, statuses, categories, areas := []string{}, []string{}, []int32{}, []int32{}
	for _, k := range f.Filter.Kinds {
		kinds = append(kinds, k.String())
	}
	for _, status := range f.Filter.Statuses {
		statuses = append(statuses, status.String())
	}
	for _, slug := range f.Filter.Categories {
		c, _ := d.Category(slug)
		categories = append(categories, c.ID)
	}
	for _, slug := range f.Filter.Areas {
		a, _ := d.Area(slug)
		areas = append(areas, a.ID)
	}
	slices.Sort(kinds)
	slices.Sort(statuses)
	slices.Sort(categories)
	slices.Sort(areas)
	args["kinds"], args["statuses"], args["categories"], args["areas"] = kinds, statuses, categories, areas
	return args
}

// Follows returns what a contact follows, or has asked to follow, the newest first.
func (s *Store) Follows(ctx context.Context, d *civic.District, contact int64) ([]civic.Follow, error) {
	return s.follows(ctx, d, pgx.NamedArgs{"district": d.ID, "contact": contact, "follow": nil})
}

func (s *Store) follows(ctx context.Context, d *civic.District, args pgx.NamedArgs) ([]civic.Follow, error) {
	rows, _ := s.writePool.Query(ctx, followsSQL, args) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Follow, error) { return scanFollow(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read follows of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

// scanFollow reads a row of follows.sql. Categories and areas that the district no
// longer has are left out.
func scanFollow(row pgx.Row, d *civic.District) (f civic.Follow, err error) {
	var kinds, statuses []string
	var categories, areas []int32
	var kind, cadence string
	err = row.Scan(&f.ID, &f.ContactID, &f.ThingID, &kind, &f.Title, &kinds, &statuses, &categories, &areas, &cadence, &f.ConfirmedAt, &f.EndedAt)
	if err != nil {
		return f, err //nolint:wrapcheck // follows says what it reads
	}
	for _, at := range []*time.Time{&f.ConfirmedAt, &f.EndedAt} {
		if at.Unix() == 0 {
			*at = time.Time{}
		}
	}
	if kind != "" {
		if f.Kind, err = civic.ParseThingKind(kind); err != nil {
			return f, err
		}
	}
	for _, name := range kinds {
		k, err := civic.ParseKind(name)
		if err != nil {
			return f, err
		}
		f.Filter.Kinds = append(f.Filter.Kinds, k)
	}
	for _, name := range statuses {
		status, err := civic.ParseStatus(name)
		if err != nil {
			return f, err
		}
		f.Filter.Statuses = append(f.Filter.Statuses, status)
	}
	for _, id := range categories {
		if c, ok := d.CategoryByID(id); ok {
			f.Filter.Categories = append(f.Filter.Categories, c.Slug)
		}
	}
	for _, id := range areas {
		if a, ok := d.AreaByID(id); ok {
			f.Filter.Areas = append(f.Filter.Areas, a.Slug)
		}
	}
	f.Cadence, err = civic.ParseCadence(cadence)
	return f, err
}

// ChangeFollow changes the cadence of a follow of a contact.
func (s *Store) ChangeFollow(ctx context.Context, d *civic.District, contact, id int64, c civic.Cadence) error {
	return s.changeFollow(ctx, `
		update follows
		set cadence = @cadence,
		  digested_until = greatest(digested_until, now())
		where district_id = @district
		  and follow_id = @follow
		  and contact_id = @contact`,
		pgx.NamedArgs{"district": d.ID, "follow": id, "contact": contact, "cadence": c.String()})
}

// EndFollow ends what the token of a mail, or a contact, ends. To end it again is
// no error.
func (s *Store) EndFollow(ctx context.Context, d *civic.District, end civic.End) error {
	args := pgx.NamedArgs{"district": d.ID, "contact": end.ContactID, "follow": end.Follow, "thing": end.Thing, "cadence": end.Cadence.String()}
	if end.Thing != 0 {
		return s.changeFollow(ctx, `
			insert into follows (district_id, contact_id, thing_id, cadence, ended_at)
			select district_id, @contact, thing_id, 'instant', now()
			from things
			where district_id = @district
			  and thing_id = @thing
			on conflict (district_id, thing_id, contact_id) where thing_id is not null do update
			set ended_at = now()`, args)
	}
	return s.changeFollow(ctx, `
		update follows
		set ended_at = coalesce(ended_at, now())
		where district_id = @district
		  and contact_id = @contact
		  and (follow_id = @follow or @follow = 0 and cadence = @cadence)`, args)
}

func (s *Store) changeFollow(ctx context.Context, sql string, args pgx.NamedArgs) error {
	tag, err := s.writePool.Exec(ctx, sql, args)
	if err == nil && tag.RowsAffected() == 0 {
		err = civic.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("change a follow: %w", civicError(err))
	}
	return nil
}

// deleteUnconfirmed deletes what nobody has confirmed in the lifetime of the link in
// the last mail, and contacts of whom nothing else is known.
func (s *Store) deleteUnconfirmed(ctx context.Context, d *civic.District) error {
	var b pgx.Batch
	args := pgx.NamedArgs{"district": d.ID, "lifetime": confirmLifetime}
	b.Queue(deleteUnconfirmedSQL, args)
	b.Queue(deleteUnknownSQL, args)
	if err := s.writePool.SendBatch(ctx, &b).Close(); err != nil {
		return fmt.Errorf("delete what is not confirmed in %s: %w", d.Slug, civicError(err))
	}
	return nil
}
