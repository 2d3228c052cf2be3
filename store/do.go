package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// kindRows is what a kind of thing brings to Do: how its own rows are written.
// The rows of the things, which are locked, are written by Do or by triggers.
type kindRows interface {
	// queueState queues statements that write the publication and the progress.
	queueState(b *pgx.Batch, d *civic.District, things []civic.Thing)

	// content returns what a thing says, as the audit keeps it.
	content(ctx context.Context, tx pgx.Tx, d *civic.District, id int64) (any, error)

	// restore returns the content that a text of the audit has.
	restore(d *civic.District, text []byte) (any, error)

	// queueContent queues statements that write the content, and returns it as the
	// audit keeps it. It returns civic.ErrInvalid for content of another kind.
	queueContent(b *pgx.Batch, d *civic.District, id int64, content any) (text any, err error)

	// queueErasure queues statements that erase earlier content wherever else it is.
	queueErasure(b *pgx.Batch, d *civic.District, id int64)
}

// rowsOf returns how the rows of a kind of thing are written.
func rowsOf(civic.ThingKind) kindRows { return pinRows{} }

// Do carries out a command in one transaction, in which it is recorded: on each
// thing as civic.Can and the lifecycle allow, or on none. A thing that is already
// as a change of its publication would leave it stays so, without an entry.
//
// It returns civic.ErrInvalid or civic.Faults for a command that is not complete,
// the errors of civic.Can, civic.ErrNotFound, civic.ErrConflict when the action
// cannot be taken in the present state, and civic.ErrChanged when the thing has
// another version.
func (s *Store) Do(ctx context.Context, d *civic.District, actor civic.Actor, c civic.Command) (out civic.Outcome, err error) {
	if err := c.Check(); err != nil {
		return civic.Outcome{}, err
	}
	err = s.inTx(ctx, func(tx pgx.Tx) (err error) {
		out, err = do(ctx, tx, d, actor, c)
		return err
	})
	if err != nil {
		return civic.Outcome{}, fmt.Errorf("%s in %s: %w", c.Action, d.Slug, civicError(err))
	}
	return out, nil
}

// doing is a command that is being carried out.
type doing struct {
	civic.Command
	tx       pgx.Tx
	district *civic.District
	actor    civic.Actor
	now      time.Time
	target   civic.Thing // of Merge
	done     record
	writes   pgx.Batch
	changed  []int64
	states   map[civic.ThingKind][]civic.Thing // those whose state changes
}

func do(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error) {
	if err := lockDistrict(ctx, tx, d); err != nil {
		return civic.Outcome{}, err
	}
	ids := c.Things
	if c.Into != 0 {
		ids = append(ids[:len(ids):len(ids)], c.Into)
	}
	things, err := lockThings(ctx, tx, d, ids)
	if err != nil {
		return civic.Outcome{}, err
	}
	doing := doing{Command: c, tx: tx, district: d, actor: actor, now: time.Now(), done: record{actor: actor, reason: c.Reason}, states: map[civic.ThingKind][]civic.Thing{}}
	if c.Text != "" {
		doing.done.text = c.Text
	}
	if c.Into != 0 {
		doing.target = things[c.Into]
		if err := doing.checkTarget(); err != nil {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", c.Into, err)
		}
	}
	for _, id := range c.Things {
		thing, ok := things[id]
		if !ok {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", id, civic.ErrNotFound)
		}
		if err := doing.one(ctx, thing); err != nil {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", id, err)
		}
	}
	return doing.finish(ctx)
}

// one prepares the action on one thing.
func (do *doing) one(ctx context.Context, t civic.Thing) error {
	action := actionOn(do.Action, t)
	if err := civic.Can(do.actor, action, t, do.now); err != nil {
		return err
	}
	if do.Version != 0 && do.Version != t.Version {
		return fmt.Errorf("%s: the version is %d: %w", action, t.Version, civic.ErrChanged)
	}
	if action == civic.Undo {
		return do.undo(ctx, t)
	}
	after, err := t.After(action)
	switch {
	case err != nil && t.Publication == after.Publication && isDone(action, t):
		return nil
	case err != nil:
		return err
	}
	do.step(action, t, after)
	switch {
	case action == civic.Merge:
		if t.Kind != do.target.Kind {
			return fmt.Errorf("merge a %s into a %s: %w", t.Kind, do.target.Kind, civic.ErrConflict)
		}
		do.queueMerge(t.ID)
	case t.Publication == civic.Merged && after.Publication != civic.Merged:
		do.queueUnmerge(t.ID)
	}
	if !action.ChangesContent() {
		return nil
	}
	return do.changeContent(ctx, t, action, do.Content)
}

// step records an action on a thing, and remembers its state if that changes.
func (do *doing) step(action civic.Action, t, after civic.Thing) {
	step := recordedStep{action: action, thing: &after.ID}
	switch {
	case t.Publication != after.Publication:
		step.before, step.after = name(t.Publication), name(after.Publication)
	case t.Status != after.Status:
		step.before, step.after = name(t.Status), name(after.Status)
	}
	do.done.steps = append(do.done.steps, step)
	do.changed = append(do.changed, after.ID)
	if step.before != nil {
		do.states[t.Kind] = append(do.states[t.Kind], after)
	}
}

// name returns the name of a state as the audit has it.
func name(state fmt.Stringer) *string {
	s := state.String()
	return &s
}

// changeContent writes the new content of a thing, of which it keeps the original
// unless the action is to erase that.
func (do *doing) changeContent(ctx context.Context, t civic.Thing, action civic.Action, content any) error {
	rows := rowsOf(t.Kind)
	text, err := rows.queueContent(&do.writes, do.district, t.ID, content)
	if err != nil {
		return err
	}
	do.done.text = text
	if action == civic.Redact {
		do.queueErasure(t)
		return nil
	}
	return do.keepOriginal(ctx, t)
}

// finish writes what was prepared.
func (do *doing) finish(ctx context.Context) (out civic.Outcome, err error) {
	for kind, things := range do.states {
		rowsOf(kind).queueState(&do.writes, do.district, things)
	}
	if err := do.done.queue(&do.writes, do.district, &out.Entries); err != nil {
		return out, err
	}
	if err := do.tx.SendBatch(ctx, &do.writes).Close(); err != nil {
		return out, fmt.Errorf("write: %w", err)
	}
	after, err := lockThings(ctx, do.tx, do.district, do.Things)
	if err != nil {
		return out, err
	}
	for _, id := range do.changed {
		out.Changed = append(out.Changed, after[id])
	}
	return out, nil
}

// actionOn returns the action that a command is on a thing: to publish what was
// hidden or merged is to restore it.
func actionOn(action civic.Action, t civic.Thing) civic.Action {
	if action == civic.Publish && (t.Publication == civic.Hidden || t.Publication == civic.Merged) {
		return civic.Restore
	}
	return action
}

// isDone reports whether a thing is already as the action would leave it.
func isDone(action civic.Action, t civic.Thing) bool {
	switch action {
	case civic.Publish, civic.Restore:
		return t.Publication == civic.Published
	case civic.Hide:
		return t.Publication == civic.Hidden
	case civic.Withdraw:
		return t.Publication == civic.Withdrawn
	}
	return false
}

// lockThings returns those of the things with the ids that a district has, and
// locks them, in the order of their ids, until tx ends: first the rows of pins, as
// whatever else writes them does.
func lockThings(ctx context.Context, tx pgx.Tx, d *civic.District, ids []int64) (map[int64]civic.Thing, error) {
	args := pgx.NamedArgs{"district": d.ID, "ids": ids}
	things := make(map[int64]civic.Thing, len(ids))
	var all pgx.Batch
	all.Queue(`
		select
		from pins
		where district_id = @district
		  and pin_id = any(@ids)
		order by pin_id
		for update`, args)
	all.Queue(`
		select thing_id, things.kind, things.publication, coalesce(pins.status, ''), version, things.title,
		  coalesce(things.area_id, 0), coalesce(reporter_id, 0)
		from things
		left join pins on pins.district_id = things.district_id and pin_id = thing_id
		where things.district_id = @district
		  and thing_id = any(@ids)
		order by thing_id
		for update of things`, args).Query(func(rows pgx.Rows) error {
		found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
		for _, t := range found {
			things[t.ID] = t
		}
		return err //nolint:wrapcheck // said below
	})
	if err := tx.SendBatch(ctx, &all).Close(); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	return things, nil
}

func scanThing(row pgx.Row, d *civic.District) (civic.Thing, error) {
	t := civic.Thing{DistrictID: d.ID}
	var kind, publication, status string
	err := row.Scan(&t.ID, &kind, &publication, &status, &t.Version, &t.Title, &t.AreaID, &t.ReporterID)
	if err != nil {
		return t, err //nolint:wrapcheck // the callers say what they read
	}
	var errs [3]error
	t.Kind, errs[0] = civic.ParseThingKind(kind)
	t.Publication, errs[1] = civic.ParsePublication(publication)
	if status != "" {
		t.Status, errs[2] = civic.ParseStatus(status)
	}
	return t, errors.Join(errs[:]...)
}

// Thing returns a thing of a district in whatever state it is. It returns
// civic.ErrNotFound when the district has none with the id.
func (s *Store) Thing(ctx context.Context, d *civic.District, id int64) (civic.Thing, error) {
	row := s.readPool.QueryRow(ctx, `
		select thing_id, things.kind, things.publication, coalesce(pins.status, ''), version, things.title,
		  coalesce(things.area_id, 0), coalesce(reporter_id, 0)
		from things
		left join pins on pins.district_id = things.district_id and pin_id = thing_id
		where things.district_id = @district
		  and thing_id = @id`, pgx.NamedArgs{"district": d.ID, "id": id})
	t, err := scanThing(row, d)
	if err != nil {
		return civic.Thing{}, fmt.Errorf("read thing %d of %s: %w", id, d.Slug, civicError(err))
	}
	return t, nil
}
