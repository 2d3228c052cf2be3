package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// requestLifetime is how long a request can be repeated.
const requestLifetime = 7 * 24 * time.Hour

// AddPinOnce adds the pin of a request as AddPin does, with the private link of
// the request if the pin is to have one. When the request has been carried out,
// even if its sender never learnt that, or while another node does so, it returns
// the result of the first time. When the first request had another body, the
// error is civic.ErrKeyReused as well.
func (s *Store) AddPinOnce(ctx context.Context, d *civic.District, actor civic.Actor, pin civic.NewPin, publication civic.Publication, request civic.Request) (civic.AddedPin, error) {
	added := civic.AddedPin{Publication: publication}
	if pin.Link != "" {
		added.Link = request.PrivateLink()
		pin.Link = added.Link
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		var err error
		added.ID, err = addRequest(ctx, tx, d, thingIDs, added, request)
		if errors.Is(err, pgx.ErrNoRows) {
			added, err = firstResult(ctx, tx, d, request)
			return err
		}
		if err == nil {
			err = s.addPin(ctx, tx, d, actor, added.ID, pin, publication)
		}
		return err
	})
	switch {
	case errors.Is(err, civic.ErrKeyReused):
		return added, fmt.Errorf("add pin in %s: %w", d.Slug, err)
	case err != nil:
		return civic.AddedPin{}, fmt.Errorf("add pin in %s: %w", d.Slug, civicError(err))
	}
	return added, nil
}

// The sequences of the ids of what requests add.
const (
	thingIDs  = "thing_ids"
	reportIDs = "reports_report_id_seq"
)

// addRequest adds a request and returns the id, of a sequence, of what is to be
// added. It returns pgx.ErrNoRows when there is a request with the key, for whose
// transaction it waits.
func addRequest(ctx context.Context, tx pgx.Tx, d *civic.District, sequence string, result civic.AddedPin, request civic.Request) (id int64, err error) {
	hash := request.Key.Hash()
	var all pgx.Batch
	lockPinIDs(&all)
	all.Queue(`
		insert into requests (district_id, key_hash, body_hash, salt, pin_id, publication, private)
		values (@district, @key, @body, @salt, nextval(@sequence::text::regclass), @publication, @private)
		on conflict do nothing
		returning pin_id`,
		pgx.NamedArgs{
			"district": d.ID, "key": hash[:], "body": request.BodyHash, "salt": request.Salt, "sequence": sequence,
			"publication": result.Publication.String(), "private": result.Link != "",
		}).QueryRow(func(row pgx.Row) error { return row.Scan(&id) })
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return 0, fmt.Errorf("add request: %w", err)
	}
	return id, nil
}

// firstResult returns the result of the request with the key. The error is
// civic.ErrKeyReused when that had another body.
func firstResult(ctx context.Context, tx pgx.Tx, d *civic.District, request civic.Request) (civic.AddedPin, error) {
	hash := request.Key.Hash()
	var result civic.AddedPin
	var publication string
	var private, same bool
	err := tx.QueryRow(ctx, `
		select pin_id, publication, private, salt, body_hash = @body
		from requests
		where district_id = @district
		  and key_hash = @key`,
		pgx.NamedArgs{"district": d.ID, "key": hash[:], "body": request.BodyHash},
	).Scan(&result.ID, &publication, &private, &request.Salt, &same)
	if err != nil {
		return result, fmt.Errorf("read request: %w", err)
	}
	if private {
		result.Link = request.PrivateLink()
	}
	if result.Publication, err = civic.ParsePublication(publication); err != nil {
		return result, fmt.Errorf("read request: %w", err)
	}
	if !same {
		return result, civic.ErrKeyReused
	}
	return result, nil
}

// requestBatch is the number of requests that one statement deletes.
const requestBatch = 1000

// DeleteOldRequests deletes the requests of a district that are older than
// requestLifetime, in batches, and returns their number. Nodes that do so at once
// do not wait for each other.
func (s *Store) DeleteOldRequests(ctx context.Context, d *civic.District) (deleted int64, err error) {
	for {
		tag, err := s.writePool.Exec(ctx, `
			with old as (
			  select key_hash
			  from requests
			  where district_id = @district
			    and created_at < now() - @lifetime::interval
			  order by created_at
			  limit @batch
			  for update skip locked
			)
			delete from requests
			using old
			where requests.district_id = @district
			  and requests.key_hash = old.key_hash`,
			pgx.NamedArgs{"district": d.ID, "lifetime": requestLifetime, "batch": requestBatch})
		if err != nil {
			return deleted, fmt.Errorf("delete old requests of %s: %w", d.Slug, civicError(err))
		}
		deleted += tag.RowsAffected()
		if tag.RowsAffected() < requestBatch {
			return deleted, nil
		}
	}
}
