package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

const (
	outboxLifetime = 7 * 24 * time.Hour
	outboxSize     = 500 // mails of a district
)

// AddToOutbox keeps the message of a letter, instead of sending it, encrypted and
// among the newest 500 of its district.
func (s *Store) AddToOutbox(ctx context.Context, letter civic.Letter, message []byte) error {
	if s.keys == nil {
		return fmt.Errorf("add to the outbox: %w", errNoMailKeys)
	}
	district := int32(0)
	if letter.District != nil {
		district = letter.District.ID
	}
	_, err := s.writePool.Exec(ctx, `
		with old as (
		  delete from outbox
		  where district_id = @district
		    and outbox_id <= (
		      select outbox_id
		      from outbox
		      where district_id = @district
		      order by outbox_id desc
		      offset @size - 1
		      limit 1
		    )
		)
		insert into outbox (district_id, delivery_id, message_sealed)
		values (@district, @delivery, @message)`,
		pgx.NamedArgs{"district": district, "delivery": letter.Delivery, "message": s.keys.Seal(string(message)), "size": outboxSize})
	if err != nil {
		return fmt.Errorf("add to the outbox: %w", civicError(err))
	}
	return nil
}

// Outbox returns the newest messages of the outbox, at most limit, the newest
// first.
func (s *Store) Outbox(ctx context.Context, limit int) ([]civic.OutboxMessage, error) {
	rows, _ := s.readPool.Query(ctx, `
		select outbox_id, coalesce(slug, ''), kind, outbox.created_at, message_sealed
		from outbox
		join deliveries using (district_id, delivery_id)
		left join districts using (district_id)
		order by outbox.created_at desc, outbox_id desc
		limit @limit`, pgx.NamedArgs{"limit": limit}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.OutboxMessage, error) {
		return s.scanOutboxMessage(row)
	})
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", civicError(err))
	}
	return found, nil
}

func (s *Store) scanOutboxMessage(row pgx.Row) (m civic.OutboxMessage, err error) {
	var kind string
	var sealed []byte
	if err := row.Scan(&m.ID, &m.District, &kind, &m.At, &sealed); err != nil {
		return m, err //nolint:wrapcheck // the caller says what it reads
	}
	m.Kind = civic.MailKind(kind)
	if s.keys == nil {
		return m, errNoMailKeys
	}
	message, err := s.keys.Unseal(sealed)
	if err == nil { // otherwise the key has been replaced meanwhile
		m.Message = []byte(message)
	}
	return m, nil
}
