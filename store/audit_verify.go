package store

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/audit_sealed.sql
var auditSealedSQL string

// errChain is returned for the first entry of an audit that is not what was
// sealed.
var errChain = errors.New("the audit was changed")

// VerifiedAudit is the result of VerifyAudit.
type VerifiedAudit struct {
	Sealed   int64  // entries
	Erased   int64  // texts that were erased since
	Unsealed int64  // entries that are too new
	Newest   []byte // SHA-256 of the newest seal, which covers all; nil without one
}

// VerifyAudit checks that the entries of the audit of a district, and their texts
// that were not erased, are those that were sealed, and that none is missing
// before the newest seal. Whoever has noted an earlier newest seal passes it as
// known, to find whether the chain was made anew; it may be nil.
func (s *Store) VerifyAudit(ctx context.Context, d *civic.District, known []byte) (v VerifiedAudit, err error) {
	rows, _ := s.writePool.Query(ctx, auditSealedSQL, pgx.NamedArgs{"district": d.ID}) // ForEachRow returns the error
	var e auditEntry
	var sequence int64
	var hash, textSalt, reasonSalt []byte
	var text, reason *string
	found := known == nil
	_, err = pgx.ForEachRow(rows, append(e.destinations(), &sequence, &hash, &text, &textSalt, &reason, &reasonSalt), func() error {
		v.Sealed++
		want, err := e.seal(v.Newest)
		if err != nil {
			return err
		}
		if sequence != v.Sealed || !bytes.Equal(hash, want) {
			return fmt.Errorf("%w: entry %d, seal %d", errChain, e.ID, sequence)
		}
		if changedText(text, textSalt, e.TextHash) || changedText(reason, reasonSalt, e.ReasonHash) {
			return fmt.Errorf("%w: the text of entry %d", errChain, e.ID)
		}
		if e.TextHash != nil && text == nil {
			v.Erased++
		}
		if e.ReasonHash != nil && reason == nil {
			v.Erased++
		}
		v.Newest = bytes.Clone(hash)
		found = found || bytes.Equal(hash, known)
		return nil
	})
	if err != nil {
		return v, fmt.Errorf("verify the audit of %s: %w", d.Slug, civicError(err))
	}
	if !found {
		return v, fmt.Errorf("verify the audit of %s: %w: it has not the seal %x", d.Slug, errChain, known)
	}
	var entries int64
	err = s.writePool.QueryRow(ctx, `
		select count(*), count(audit_unsealed.audit_id)
		from audit
		left join audit_unsealed using (audit_id)
		where district_id = @district
		  and not exists (
		    select
		    from audit_seals
		    where audit_seals.audit_id = audit.audit_id
		      and audit_seals.district_id = audit.district_id
		  )`,
		pgx.NamedArgs{"district": d.ID}).Scan(&entries, &v.Unsealed)
	if err != nil {
		return v, fmt.Errorf("verify the audit of %s: %w", d.Slug, civicError(err))
	}
	if entries != v.Unsealed {
		return v, fmt.Errorf("verify the audit of %s: %w: %d entries have lost their seals", d.Slug, errChain, entries-v.Unsealed)
	}
	return v, nil
}

// changedText reports whether a text that was not erased has another hash.
func changedText(text *string, salt, hash []byte) bool {
	return text != nil && !bytes.Equal(hashText(salt, []byte(*text)), hash)
}
