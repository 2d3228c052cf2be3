package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// The purposes of the tokens in the links of mails.
const (
	confirmPurpose     = "confirm"
	unsubscribePurpose = "unsubscribe"
)

// What a token of unsubscribePurpose ends is its first value, after which the
// district and the contact follow.
const (
	endsFollow  = 1 // and the follow
	endsThing   = 2 // and the thing
	endsCadence = 3 // and the cadence
)

// confirmToken returns a token with which a contact confirms the address and,
// unless that is 0, a follow.
func (s *Store) confirmToken(district int32, contact, follow int64, c civic.Cadence, now time.Time) string {
	return s.keys.Sign(confirmPurpose, int64(district), contact, follow, int64(c), now.Add(confirmLifetime).Unix())
}

// endToken returns a token that ends mails.
func (s *Store) endToken(district int32, e civic.End) string {
	switch {
	case e.Follow != 0:
		return s.keys.Sign(unsubscribePurpose, endsFollow, int64(district), e.ContactID, e.Follow)
	case e.Thing != 0:
		return s.keys.Sign(unsubscribePurpose, endsThing, int64(district), e.ContactID, e.Thing)
	}
	return s.keys.Sign(unsubscribePurpose, endsCadence, int64(district), e.ContactID, int64(e.Cadence))
}

// CheckConfirmation returns civic.ErrNotFound unless the token of a mail of the
// district still confirms something.
func (s *Store) CheckConfirmation(d *civic.District, token string) error {
	_, err := s.confirmation(d, token)
	return err
}

// confirmation returns the contact, the follow and the cadence of a token.
func (s *Store) confirmation(d *civic.District, token string) (values []int64, err error) {
	notFound := fmt.Errorf("the link of a mail: %w", civic.ErrNotFound)
	if s.keys == nil {
		return nil, notFound
	}
	values, ok := s.keys.Verify(confirmPurpose, token)
	if !ok || len(values) != 5 || values[0] != int64(d.ID) || time.Now().Unix() > values[4] {
		return nil, notFound
	}
	return values[1:4], nil
}

// ConfirmByMail confirms what the token of a mail does: the address of a contact,
// and what the contact has asked to follow, which it returns, or the zero Follow.
func (s *Store) ConfirmByMail(ctx context.Context, d *civic.District, token string) (civic.Follow, error) {
	values, err := s.confirmation(d, token)
	if err != nil {
		return civic.Follow{}, err
	}
	contact, follow := values[0], values[1]
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `
			update contacts
			set confirmed_at = coalesce(confirmed_at, now()),
			  bounced_at = null
			where district_id = @district
			  and contact_id = @contact`, pgx.NamedArgs{"district": d.ID, "contact": contact})
		if err != nil {
			return fmt.Errorf("confirm: %w", err)
		}
		if tag.RowsAffected() == 0 {
			return civic.ErrNotFound // erased meanwhile
		}
		if err := assignAdvice(ctx, tx, d); err != nil {
			return err
		}
		if follow == 0 {
			return nil
		}
		return confirmFollow(ctx, tx, d, contact, follow, civic.Cadence(values[2]))
	})
	if err != nil {
		return civic.Follow{}, fmt.Errorf("confirm a contact of %s: %w", d.Slug, civicError(err))
	}
	if follow == 0 {
		return civic.Follow{}, nil
	}
	return s.oneFollow(ctx, d, follow)
}

// End returns what the token of a mail of the district ends, and the follow if it
// is one. It returns civic.ErrNotFound for a token that is not valid.
func (s *Store) End(ctx context.Context, d *civic.District, token string) (e civic.End, f civic.Follow, err error) {
	notFound := fmt.Errorf("the link of a mail: %w", civic.ErrNotFound)
	if s.keys == nil {
		return e, f, notFound
	}
	values, ok := s.keys.Verify(unsubscribePurpose, token)
	if !ok || len(values) != 4 || values[1] != int64(d.ID) {
		return e, f, notFound
	}
	e.ContactID = values[2]
	switch values[0] {
	case endsFollow:
		e.Follow = values[3]
		f, err = s.oneFollow(ctx, d, e.Follow)
	case endsThing:
		e.Thing = values[3]
	case endsCadence:
		e.Cadence = civic.Cadence(values[3])
	default:
		return e, f, notFound
	}
	return e, f, err
}

// oneFollow returns the follow with an id.
func (s *Store) oneFollow(ctx context.Context, d *civic.District, id int64) (civic.Follow, error) {
	found, err := s.follows(ctx, d, pgx.NamedArgs{"district": d.ID, "contact": nil, "follow": id})
	if err != nil {
		return civic.Follow{}, err
	}
	if len(found) == 0 {
		return civic.Follow{}, fmt.Errorf("follow %d of %s: %w", id, d.Slug, civic.ErrNotFound)
	}
	return found[0], nil
}
