package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/audit_record.sql
var auditRecordSQL string

// record is what an actor has done in a transaction, to be recorded in it.
type record struct {
	actor  civic.Actor
	steps  []recordedStep
	batch  *int32        // an import; nil for none
	text   any           // what the thing says afterwards, or what is said about it; nil for neither
	reason civic.Wording // without a text for none
	at     time.Time     // when it happened; zero for now
}

// recordedStep is an action on one thing.
type recordedStep struct {
	action        civic.Action
	thing         *int64  // nil for an action on many things
	before, after *string // names of the states; nil where there is none
}

// save writes the record. An action without a step is none.
func (r record) save(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	var all pgx.Batch
	var entries []int64
	if err := r.queue(&all, d, &entries); err != nil {
		return err
	}
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return fmt.Errorf("record the action: %w", err)
	}
	return nil
}

// queue adds the statements that write the record to a batch, which sets entries
// to the ids of those of the record.
func (r record) queue(b *pgx.Batch, d *civic.District, entries *[]int64) error {
	if len(r.steps) == 0 {
		return nil
	}
	if r.actor.Kind != civic.Unknown && r.actor.Kind != civic.System { // which the table has from the beginning
		b.Queue(`insert into actors (kind, person_id, name) values (@kind, @person, @name) on conflict do nothing`, r.actorArgs())
	}
	args := r.actorArgs()
	args["district"], args["import"], args["at"] = d.ID, r.batch, nil
	if !r.at.IsZero() {
		args["at"] = r.at
	}
	var things []*int64
	var actions []string
	var before, after []*string
	for _, s := range r.steps {
		things, actions = append(things, s.thing), append(actions, s.action.String())
		before, after = append(before, s.before), append(after, s.after)
	}
	args["things"], args["actions"], args["before"], args["after"] = things, actions, before, after
	var reason any
	if r.reason.Text != "" {
		reason = r.reason
	}
	if err := errors.Join(addText(args, "text", r.text), addText(args, "reason", reason)); err != nil {
		return err
	}
	b.Queue(auditRecordSQL, args).Query(func(rows pgx.Rows) (err error) {
		if *entries, err = pgx.CollectRows(rows, pgx.RowTo[int64]); err == nil && len(*entries) != len(r.steps) {
			err = fmt.Errorf("%d of %d steps are recorded", len(*entries), len(r.steps))
		}
		return err
	})
	return nil
}

func (r record) actorArgs() pgx.NamedArgs {
	return pgx.NamedArgs{"kind": r.actor.Kind.String(), "person": r.actor.ID, "name": r.actor.Name}
}

// addText adds a text, which may be nil, to the arguments of a statement, with a
// random salt and its hash.
func addText(args pgx.NamedArgs, name string, content any) error {
	args[name], args[name+"_salt"], args[name+"_hash"] = nil, nil, nil
	if content == nil {
		return nil
	}
	encoded, err := json.Marshal(content)
	if err != nil {
		return fmt.Errorf("encode the text of an action: %w", err)
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	args[name], args[name+"_salt"], args[name+"_hash"] = string(encoded), salt, hashText(salt, encoded)
	return nil
}

// hashText returns the SHA-256 of a salt and a text in JSON.
func hashText(salt, encoded []byte) []byte {
	h := sha256.New()
	h.Write(salt)
	h.Write(encoded)
	return h.Sum(nil)
}
