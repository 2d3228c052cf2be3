package store

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

//go:embed sql/audit_unsealed.sql
var auditUnsealedSQL string

const sealBatch = 10_000

// auditEntry is what the seal of an entry covers. Its encoding must never change.
// Texts are covered by their hashes, so that they can be erased, and an actor by
// an id, so that a name can.
type auditEntry struct {
	ID          int64     `json:"id"`
	DistrictID  int32     `json:"district"`
	At          time.Time `json:"at"` // UTC
	ActorID     int32     `json:"actor"`
	ActorKind   string    `json:"actor_kind"`
	Action      string    `json:"action"`
	ThingID     int64     `json:"thing"`  // 0 for none
	ImportID    int32     `json:"import"` // 0 for none
	StateBefore string    `json:"before"`
	StateAfter  string    `json:"after"`
	TextHash    []byte    `json:"text"`   // nil for none
	ReasonHash  []byte    `json:"reason"` // nil for none
}

// destinations returns where to scan the columns that audit_unsealed.sql and
// audit_sealed.sql begin with.
func (e *auditEntry) destinations() []any {
	return []any{
		&e.ID, &e.DistrictID, &e.At, &e.ActorID, &e.ActorKind, &e.Action, &e.ThingID, &e.ImportID, &e.StateBefore, &e.StateAfter, &e.TextHash, &e.ReasonHash,
	}
}

// seal returns the SHA-256 of the seal before, nil for the first of a district,
// and of the entry.
func (e auditEntry) seal(before []byte) ([]byte, error) {
	e.At = e.At.UTC()
	encoded, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode entry %d: %w", e.ID, err)
	}
	h := sha256.New()
	h.Write(before)
	h.Write(encoded)
	return h.Sum(nil), nil
}

// lastSeal is the newest seal of a district.
type lastSeal struct {
	sequence int64
	hash     []byte
}

// SealAudit seals the entries of the audit that all transactions see, and returns
// how many. While another process does so, it seals none.
func (s *Store) SealAudit(ctx context.Context) (sealed int, err error) {
	for {
		n := 0
		err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
			n, err = sealEntries(ctx, tx)
			return err
		})
		if err != nil {
			return sealed, fmt.Errorf("seal the audit: %w", civicError(err))
		}
		if sealed += n; n < sealBatch {
			return sealed, nil
		}
	}
}

func sealEntries(ctx context.Context, tx pgx.Tx) (int, error) {
	var locked bool
	if err := tx.QueryRow(ctx, `select pg_try_advisory_xact_lock(hashtext('pinezka audit'))`).Scan(&locked); err != nil || !locked {
		return 0, err //nolint:wrapcheck // the caller says what failed
	}
	rows, _ := tx.Query(ctx, auditUnsealedSQL, pgx.NamedArgs{"batch": sealBatch}) // CollectRows returns the error
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e auditEntry, err error) {
		return e, row.Scan(e.destinations()...)
	})
	if err != nil || len(entries) == 0 {
		return 0, err //nolint:wrapcheck // the caller says what failed
	}
	last, err := lastSeals(ctx, tx)
	if err != nil {
		return 0, err
	}
	var ids []int64
	var districts []int32
	var sequences []int64
	var hashes [][]byte
	for _, e := range entries {
		before := last[e.DistrictID]
		hash, err := e.seal(before.hash)
		if err != nil {
			return 0, err
		}
		last[e.DistrictID] = lastSeal{before.sequence + 1, hash}
		ids, districts, sequences, hashes = append(ids, e.ID), append(districts, e.DistrictID), append(sequences, before.sequence+1), append(hashes, hash)
	}
	_, err = tx.Exec(ctx, `
		with sealed as (
		  insert into audit_seals (district_id, sequence, audit_id, hash)
		  select *
		  from unnest(@districts::int[], @sequences::bigint[], @ids::bigint[], @hashes::bytea[])
		)
		delete from audit_unsealed
		where audit_id = any(@ids)`,
		pgx.NamedArgs{"districts": districts, "sequences": sequences, "ids": ids, "hashes": hashes})
	return len(ids), err
}

// lastSeals returns the newest seal of each district.
func lastSeals(ctx context.Context, tx pgx.Tx) (map[int32]lastSeal, error) {
	rows, _ := tx.Query(ctx, `
		with recursive newest as (
		  (select district_id, sequence, hash from audit_seals order by district_id desc, sequence desc limit 1)
		  union all
		  select next.*
		  from newest
		  cross join lateral (
		    select district_id, sequence, hash
		    from audit_seals
		    where audit_seals.district_id < newest.district_id
		    order by district_id desc, sequence desc
		    limit 1
		  ) as next
		)
		select district_id, sequence, hash from newest`) // ForEachRow returns the error
	last := map[int32]lastSeal{}
	var district int32
	var seal lastSeal
	_, err := pgx.ForEachRow(rows, []any{&district, &seal.sequence, &seal.hash}, func() error { last[district] = seal; return nil })
	if err != nil {
		return nil, fmt.Errorf("read the newest seals: %w", err)
	}
	return last, nil
}
