package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// bouncePurpose is what the tokens of deliveries are signed for.
const bouncePurpose = "bounce"

// errNoMailKeys is the error of a store without the keys of the addresses.
var errNoMailKeys = errors.New("there are no keys for addresses")

//go:embed sql/delivery.sql
var deliverySQL string

// delivery is a row of deliveries with what is known of its thing.
type delivery struct {
	letter           civic.Letter
	contact, account int64
	thing            int64
	kind             string // of the thing
	publication      string // of the thing; "" when there is no such thing
	visibility       string // of the thing; "" for a kind without one
	done             bool
}

// prepareLetter returns the letter of a delivery, for one more attempt to send it.
// It returns errAlreadySent for one that has an outcome, and a notSentError when
// the mail is no longer true or wanted, which it judges now and not when the mail
// was queued.
func (s *Store) prepareLetter(ctx context.Context, tx pgx.Tx, args sendMailArgs) (civic.Letter, error) {
	d, err := readDelivery(ctx, tx, args)
	if errors.Is(err, pgx.ErrNoRows) || d.done {
		return civic.Letter{}, errAlreadySent // or its recipient was erased
	}
	if err != nil {
		return civic.Letter{}, err
	}
	if s.keys == nil {
		return civic.Letter{}, errNoMailKeys
	}
	r, err := findRecipient(ctx, tx, args.District, d.contact, d.account)
	if errors.Is(err, pgx.ErrNoRows) {
		return civic.Letter{}, notSentError{"there is no such recipient"}
	}
	if err != nil {
		return civic.Letter{}, err
	}
	if err := d.judge(r); err != nil {
		return civic.Letter{}, err
	}
	letter := d.letter
	if letter.To, err = s.keys.Unseal(r.sealed); err != nil {
		return civic.Letter{}, fmt.Errorf("decrypt the address: %w", err)
	}
	letter.Name, letter.Language = r.name, r.language
	letter.Token = s.keys.Sign(bouncePurpose, int64(args.District), args.Delivery)
	if err := s.addLinks(ctx, tx, d, &letter); err != nil {
		return civic.Letter{}, err
	}
	if err := s.addFollows(ctx, tx, d, &letter); err != nil {
		return civic.Letter{}, err
	}
	return letter, nil
}

// readDelivery reads a delivery, and counts the attempt.
func readDelivery(ctx context.Context, tx pgx.Tx, args sendMailArgs) (d delivery, err error) {
	var district civic.District
	var kind string
	err = tx.QueryRow(ctx, deliverySQL, args.named()).Scan(
		&kind, &d.contact, &d.account, &d.thing, &d.letter.CreatedAt, &d.letter.Data, &d.done,
		&district.ID, &district.Slug, &district.Name, &district.Languages, &district.TimeZone,
		&d.publication, &d.letter.Title, &d.visibility, &d.letter.Reason, &d.letter.Text, &d.kind)
	if err != nil {
		return d, fmt.Errorf("read delivery %d: %w", args.Delivery, err)
	}
	d.letter.Kind, d.letter.Delivery, d.letter.Links = civic.MailKind(kind), args.Delivery, map[string]string{}
	if district.ID != 0 {
		d.letter.District = &district
	}
	if d.visibility != "" {
		d.letter.Visibility, err = civic.ParseVisibility(d.visibility)
	}
	return d, err
}

// judge returns a notSentError unless the recipient may and should be told.
func (d delivery) judge(r recipient) error {
	switch {
	case !r.confirmed && !d.letter.Kind.ToAnybody():
		return notSentError{"the address is not confirmed"}
	case r.bounced && !d.letter.Kind.ToAnybody():
		return notSentError{"mails to the address have bounced"}
	case d.thing == 0:
		return nil
	case d.publication == "":
		return notSentError{"there is no such thing"}
	}
	p, err := civic.ParsePublication(d.publication)
	if err == nil && !d.letter.Kind.TellsOf(p) {
		err = notSentError{"it is " + d.publication + " now"}
	}
	return err
}

// addLinks adds the pages that a letter leads to. It makes the secrets of the
// letter and stores their hashes.
func (s *Store) addLinks(_ context.Context, _ pgx.Tx, d delivery, letter *civic.Letter) error {
	links := letter.Links
	if letter.District != nil {
		home := "/d/" + letter.District.Slug
		links["home"] = home
		if d.contact != 0 {
			links["me"] = home + "/me"
		}
		if d.thing != 0 && d.publication == civic.Published.String() && letter.Visibility != civic.HexOnly {
			links["thing"] = fmt.Sprintf("%s/%ss/%d", home, d.kind, d.thing)
		}
		if into := letter.Data["into"]; into != "" {
			links["into"] = fmt.Sprintf("%s/%ss/%s", home, d.kind, into)
		}
	}
	return nil
}
