package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/tell_registered.sql
	tellRegisteredSQL string
	//go:embed sql/remind.sql
	remindSQL string
)

// tellRegistered queues mails to those who have registered for a thing, where it takes
// place at another time than they know, or not at all, after an entry of the audit; and
// gives places to those who wait, if there are any now.
func tellRegistered(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64) error {
	if e.kind.Rules().Occurs == nil {
		return nil
	}
	if err := lockOccurrences(ctx, tx, d, e.thing, 0); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, tellRegisteredSQL, pgx.NamedArgs{
		"district": d.ID, "thing": e.thing, "entry": entry, "off": string(civic.MailCalledOff), "moved": string(civic.MailRescheduled),
		"job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("tell who has registered: %w", err)
	}
	return seatWaiting(ctx, tx, d, e.thing)
}

// remind queues mails to those who have a place at what begins within a day.
func (s *Store) remind(ctx context.Context, d *civic.District) error {
	_, err := s.writePool.Exec(ctx, remindSQL, pgx.NamedArgs{
		"district": d.ID, "kind": string(civic.MailReminder), "job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("remind of what begins: %w", civicError(err))
	}
	return nil
}

// addEvent completes a letter about an event with what that says, and one about a
// registration with its page and its time. It returns a notSentError when that is no
// longer as the letter would tell.
func (s *Store) addEvent(ctx context.Context, tx pgx.Tx, d delivery, letter *civic.Letter) error {
	if letter.District == nil || d.thing != 0 && d.kind.Rules().Occurs == nil {
		return nil
	}
	id, _ := strconv.ParseInt(letter.Data["registration"], 10, 64) // 0 for none
	if id != 0 {
		r, err := oneRegistration(ctx, tx, letter.District, id)
		if errors.Is(err, pgx.ErrNoRows) {
			return notSentError{"there is no such registration"}
		}
		if err != nil {
			return fmt.Errorf("read the registration: %w", err)
		}
		if err := judgeRegistration(letter.Kind, r); err != nil {
			return err
		}
		letter.Links["action"] = s.registrationPath(letter.District, id)
		letter.Registration = &r
	}
	if d.thing == 0 || letter.Kind == civic.MailCalledOff || d.publication != civic.Published.String() {
		return nil
	}
	found, err := readThings(ctx, tx, letter.District, []int64{d.thing})
	if err != nil {
		return err
	}
	contents, err := rowsOf(d.kind).read(ctx, tx, letter.District, []int64{d.thing})
	if err != nil {
		return err
	}
	letter.Event = &civic.Described{Thing: found[d.thing], Content: contents[d.thing]}
	return nil
}

// judgeRegistration returns a notSentError unless a mail of the kind is true of a
// registration now.
func judgeRegistration(kind civic.MailKind, r civic.Registration) error {
	wanted := map[civic.MailKind][]civic.RegistrationState{
		civic.MailConfirm: {civic.NotConfirmed}, civic.MailWaiting: {civic.InLine}, civic.MailSeated: {civic.Seated}, civic.MailReminder: {civic.Seated},
		civic.MailRescheduled: {civic.Seated, civic.InLine}, civic.MailCalledOff: {civic.Seated, civic.InLine},
	}
	for _, state := range wanted[kind] {
		if r.State != state {
			continue
		}
		if r.Off != (kind == civic.MailCalledOff) {
			return notSentError{"it is announced, or called off, again"}
		}
		return nil
	}
	return notSentError{"the registration is " + string(r.State) + " now"}
}
