package store

import (
	"context"
	"crypto/subtle"
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// RequestSignIn stores that somebody asks for a mail to sign in with. It does the
// same, and takes as long, whoever has the address: QueueSignIns looks for the
// person.
func (s *Store) RequestSignIn(ctx context.Context, r civic.SignInRequest) error {
	if s.keys == nil {
		return fmt.Errorf("store a request to sign in: %w", errNoKeys)
	}
	asking := r.Asking.Hash()
	_, err := s.writePool.Exec(ctx, `
		insert into sign_in_requests (email_sealed, asked_hash, district_id, next)
		values (@email, @asking, nullif(@district, 0), @next)`,
		pgx.NamedArgs{"email": s.keys.Seal(r.Email), "asking": asking[:], "district": r.DistrictID, "next": r.Next})
	if err != nil {
		return fmt.Errorf("store a request to sign in: %w", civicError(err))
	}
	return nil
}

//go:embed sql/find_person.sql
var findPersonSQL string

// waitingSignIn is a request for which no mail has been queued yet.
type waitingSignIn struct {
	id       int64
	email    []byte // sealed
	district int32  // 0 for none
}

// QueueSignIns queues the mails that have been asked for, to whoever is known and
// has not received too many, and deletes the other requests. It returns the
// number of requests. Nodes that do so at once share the work.
func (s *Store) QueueSignIns(ctx context.Context) (handled int, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		rows, _ := tx.Query(ctx, `
			select request_id, email_sealed, coalesce(district_id, 0)
			from sign_in_requests
			where email_sealed is not null
			order by request_id
			limit 100
			for update skip locked`) // CollectRows returns the error
		waiting, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (w waitingSignIn, err error) {
			err = row.Scan(&w.id, &w.email, &w.district)
			return w, err
		})
		if err != nil {
			return err //nolint:wrapcheck // below
		}
		handled = len(waiting)
		for _, w := range waiting {
			if err := s.queueSignIn(ctx, tx, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("queue mails to sign in: %w", civicError(err))
	}
	return handled, nil
}

// queueSignIn queues the mail of a request, or deletes the request.
func (s *Store) queueSignIn(ctx context.Context, tx pgx.Tx, w waitingSignIn) error {
	person, d, err := s.findPerson(ctx, tx, w)
	if err == nil {
		err = limitSignIns(ctx, tx, person)
	}
	if errors.Is(err, pgx.ErrNoRows) {
		_, err = tx.Exec(ctx, `
			delete from sign_in_requests
			where request_id = @request`, pgx.NamedArgs{"request": w.id})
		return err //nolint:wrapcheck // QueueSignIns does
	}
	if err != nil {
		return err //nolint:wrapcheck // QueueSignIns does
	}
	args := personArgs(person)
	args["request"] = w.id
	_, err = tx.Exec(ctx, `
		update sign_in_requests
		set email_sealed = null,
		  kind = @kind,
		  district_id = @person_district,
		  person_id = @person
		where request_id = @request`, args)
	if err != nil {
		return err //nolint:wrapcheck // QueueSignIns does
	}
	m := civic.Mail{Kind: civic.MailSignIn, Data: map[string]string{"request": strconv.FormatInt(w.id, 10)}}
	if person.Kind == civic.Account {
		m.Account = person.ID
	} else {
		m.Contact = person.ID
	}
	return queueMail(ctx, tx, d, m)
}

// findPerson returns the person with the address of a request, and the district
// in whose name the mail is sent. It returns pgx.ErrNoRows for an unknown address,
// and for one that cannot be decrypted.
func (s *Store) findPerson(ctx context.Context, tx pgx.Tx, w waitingSignIn) (p civic.Person, d *civic.District, err error) {
	address, err := s.keys.Unseal(w.email)
	if err != nil {
		return p, nil, pgx.ErrNoRows
	}
	var kind string
	var district int32
	err = tx.QueryRow(ctx, findPersonSQL, pgx.NamedArgs{"district": w.district, "hashes": s.keys.EmailHashes(address)}).Scan(&kind, &p.DistrictID, &p.ID, &district)
	if err != nil {
		return p, nil, err //nolint:wrapcheck // QueueSignIns does
	}
	if p.Kind, err = civic.ParseActorKind(kind); err != nil {
		return p, nil, err
	}
	return p, &civic.District{ID: district}, nil
}

// limitSignIns returns pgx.ErrNoRows when a person has asked for too many mails.
func limitSignIns(ctx context.Context, tx pgx.Tx, p civic.Person) error {
	args := personArgs(p)
	args["most"] = civic.SignInsPerHour
	var allowed bool
	err := tx.QueryRow(ctx, `
		select true
		from sign_in_requests
		where kind = @kind
		  and person_id = @person
		  and created_at > now() - interval '1 hour'
		having count(*) < @most`, args).Scan(&allowed)
	return err //nolint:wrapcheck // QueueSignIns does
}

// NewSignInLink returns the link and the code of the mail of a request, of which
// it stores only hashes. The worker that sends the mail calls it in its
// transaction, so that they are nowhere else; those that it returned before, for a
// mail that could not be sent, become invalid. It returns civic.ErrNotFound when
// the request is too old.
func (s *Store) NewSignInLink(ctx context.Context, tx pgx.Tx, request int64) (civic.SignInSecrets, error) {
	secrets := civic.SignInSecrets{Token: civic.NewSignInToken(), Code: civic.NewSignInCode()}
	token := secrets.Token.Hash()
	var asked []byte
	err := tx.QueryRow(ctx, `
		select asked_hash
		from sign_in_requests
		where request_id = @request
		  and person_id is not null`, pgx.NamedArgs{"request": request}).Scan(&asked)
	if err != nil {
		return civic.SignInSecrets{}, fmt.Errorf("make a link to sign in: %w", civicError(err))
	}
	tag, err := tx.Exec(ctx, `
		insert into sign_in_links (token_hash, asked_hash, code_hash, kind, district_id, person_id, next, expires_at)
		select @token, asked_hash, @code, kind, district_id, person_id, next, now() + @lifetime::interval
		from sign_in_requests
		where request_id = @request
		on conflict (asked_hash) do update
		set token_hash = excluded.token_hash,
		  code_hash = excluded.code_hash,
		  expires_at = excluded.expires_at
		where sign_in_links.used_at is null`,
		pgx.NamedArgs{"request": request, "token": token[:], "code": s.hashCode(asked, secrets.Code), "lifetime": civic.SignInLifetime})
	if err == nil && tag.RowsAffected() == 0 { // somebody has used a link that was sent already
		err = civic.ErrNotFound
	}
	if err != nil {
		return civic.SignInSecrets{}, fmt.Errorf("make a link to sign in: %w", civicError(err))
	}
	return secrets, nil
}

// hashCode returns the hash of a code with a key, without which nobody can guess
// the few digits from the database.
func (s *Store) hashCode(asked []byte, code civic.SignInCode) []byte {
	return s.keys.Hash("sign-in code", string(asked)+string(code))
}

// PeekSignIn returns whom a link signs in. It changes nothing: programs that check
// mail open links. It returns civic.ErrNotFound for a link that cannot be used.
func (s *Store) PeekSignIn(ctx context.Context, token civic.SignInToken) (civic.SignIn, error) {
	hash := token.Hash()
	found, err := scanSignIn(s.readPool.QueryRow(ctx, `
		select kind, district_id, person_id, next, coalesce(name, '')
		from sign_in_links
		left join accounts on kind = 'account'
		  and account_id = person_id
		where token_hash = @hash
		  and used_at is null
		  and expires_at > now()`, pgx.NamedArgs{"hash": hash[:]}))
	if err != nil {
		return civic.SignIn{}, fmt.Errorf("read a link to sign in: %w", civicError(err))
	}
	return found, nil
}

// SignInByLink returns whom a link signs in, and ends it and its code. It returns
// civic.ErrNotFound for a link that cannot be used, or no longer.
func (s *Store) SignInByLink(ctx context.Context, token civic.SignInToken) (civic.SignIn, error) {
	hash := token.Hash()
	found, err := scanSignIn(s.writePool.QueryRow(ctx, useLinkSQL, pgx.NamedArgs{"hash": hash[:]}))
	if err != nil {
		return civic.SignIn{}, fmt.Errorf("sign in by a link: %w", civicError(err))
	}
	return found, nil
}

const useLinkSQL = `
	update sign_in_links
	set used_at = now()
	where token_hash = @hash
	  and used_at is null
	  and expires_at > now()
	returning kind, district_id, person_id, next,
	  coalesce((select name from accounts where kind = 'account' and account_id = person_id), '')`

// SignInByCode returns whom the code signs in that somebody types into the browser
// with the secret, and ends it and its link. It returns civic.ErrNotFound for
// another code, and after too many attempts for every code.
func (s *Store) SignInByCode(ctx context.Context, asking civic.AskingSecret, code civic.SignInCode) (found civic.SignIn, err error) {
	asked := asking.Hash()
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		var token, want []byte
		err := tx.QueryRow(ctx, `
			update sign_in_links
			set attempts = attempts + 1
			where asked_hash = @asked
			  and used_at is null
			  and expires_at > now()
			  and attempts < @most
			returning token_hash, code_hash`,
			pgx.NamedArgs{"asked": asked[:], "most": civic.SignInAttempts}).Scan(&token, &want)
		if errors.Is(err, pgx.ErrNoRows) || err == nil && !s.isCode(want, asked[:], code) {
			return nil // the attempt counts
		}
		if err != nil {
			return err //nolint:wrapcheck // below
		}
		found, err = scanSignIn(tx.QueryRow(ctx, useLinkSQL, pgx.NamedArgs{"hash": token}))
		return err
	})
	if err == nil && found.Kind == civic.Unknown {
		err = civic.ErrNotFound
	}
	if err != nil {
		return civic.SignIn{}, fmt.Errorf("sign in by a code: %w", civicError(err))
	}
	return found, nil
}

// isCode reports whether a code has the hash, with whatever key that was made.
func (s *Store) isCode(want, asked []byte, code civic.SignInCode) bool {
	same := 0
	for _, hash := range s.keys.Hashes("sign-in code", string(asked)+string(code)) {
		same |= subtle.ConstantTimeCompare(hash, want)
	}
	return same == 1
}

func scanSignIn(row pgx.Row) (found civic.SignIn, err error) {
	var kind string
	if err = row.Scan(&kind, &found.DistrictID, &found.ID, &found.Next, &found.Name); err != nil {
		return civic.SignIn{}, err //nolint:wrapcheck // the callers do
	}
	found.Kind, err = civic.ParseActorKind(kind)
	return found, err
}

// DeleteExpiredSignIns deletes the sessions, links and requests that have ended.
func (s *Store) DeleteExpiredSignIns(ctx context.Context) error {
	var all pgx.Batch
	all.Queue(`delete from sessions where expires_at < now() or kind = 'account' and last_used_at < now() - @idle::interval`,
		pgx.NamedArgs{"idle": civic.AccountIdle})
	all.Queue(`delete from sign_in_links where expires_at < now()`)
	all.Queue(`delete from sign_in_requests where created_at < now() - interval '1 hour'`)
	if err := s.writePool.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("delete sessions that have ended: %w", civicError(err))
	}
	return nil
}
