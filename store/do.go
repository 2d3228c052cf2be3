package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

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
		switch {
		case c.Action != civic.Report:
		case c.Report.Email == "" && actor.Kind == civic.Contact:
			c.Report.ContactID = actor.ID
		case c.Report.Email != "":
			if c.Report.ContactID, err = s.addContact(ctx, tx, d, c.Report.Email, c.Report.Language); err != nil {
				return err
			}
		}
		switch {
		case c.Action != civic.Submit:
		case c.Email != "":
			c.ReporterID, err = s.addContact(ctx, tx, d, c.Email, c.Language)
		default:
			c.ReporterID, err = s.reporterOf(ctx, tx, d, actor)
		}
		if err != nil {
			return err
		}
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
	tx        pgx.Tx
	district  *civic.District
	actor     civic.Actor
	now       time.Time
	things    map[int64]civic.Thing // which are locked
	pinKinds  map[int64]civic.Kind  // of those that are pins
	concerned []int64               // the needs that the things concern, with what the command links
	linked    []int64               // those of them that what the command links concerns
	target    civic.Thing           // of Merge
	before    []linkRecord          // before what was done
	effects   record                // on the needs that are concerned
	done      record
	writes    pgx.Batch
	changed   []civic.Thing
	moved     []civic.Thing   // those of them whose state changes
	confirmed map[string]bool // keys of places that may be public in what rests on pins that are only counted
	report    int64           // the id of the report to be added; 0 for a new one

	programmes map[int64]int64 // of the enrolments among the things
	weighed    []int64         // the events of the themes among the things
	selected   map[int64]int   // places of programmes that the command takes
}

// lock locks the things that a command is about, all at once and in their order,
// so that two commands never wait for each other: those that it names, and the
// needs that these concern.
func (do *doing) lock(ctx context.Context) (err error) {
	ids := slices.Concat(do.Things, named(&do.Command))
	if do.Into != 0 {
		ids = append(ids, do.Into)
	}
	for _, id := range []int64{do.Owner, do.Of} {
		if id != 0 {
			ids = append(ids, id)
		}
	}
	if err := do.findConcerned(ctx); err != nil {
		return err
	}
	if err := do.findProgrammes(ctx); err != nil {
		return err
	}
	if err := do.findWeighed(ctx); err != nil {
		return err
	}
	ids = append(ids, do.concerned...)
	ids = append(ids, do.weighed...)
	ids = slices.AppendSeq(ids, maps.Values(do.programmes))
	if do.things, err = lockThings(ctx, do.tx, do.district, ids); err != nil {
		return err
	}
	do.pinKinds, err = pinKinds(ctx, do.tx, do.district, named(&do.Command))
	return err
}

func do(ctx context.Context, tx pgx.Tx, d *civic.District, actor civic.Actor, c civic.Command) (civic.Outcome, error) {
	if err := lockDistrict(ctx, tx, d); err != nil {
		return civic.Outcome{}, err
	}
	now, err := c.When(actor, time.Now())
	if err != nil {
		return civic.Outcome{}, err
	}
	work := doing{Command: c, tx: tx, district: d, actor: actor, now: now, done: record{actor: actor, reason: c.Because(), at: c.At}, selected: map[int64]int{}}
	work.effects = work.done
	if err := work.lock(ctx); err != nil {
		return civic.Outcome{}, err
	}
	if c.Text != "" {
		work.done.text = c.Said()
	}
	if c.Into != 0 {
		work.target = work.things[c.Into]
		if err := work.checkTarget(); err != nil {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", c.Into, err)
		}
	}
	if c.Action == civic.Submit {
		if err := work.submit(ctx); err != nil {
			return civic.Outcome{}, err
		}
	}
	if c.Action == civic.Report && c.Request != nil {
		first, repeated, err := work.chooseReport(ctx)
		if err != nil || repeated {
			return civic.Outcome{Report: first}, err
		}
	}
	for _, id := range c.Things {
		thing, ok := work.things[id]
		if !ok {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", id, civic.ErrNotFound)
		}
		if err := work.one(ctx, thing); err != nil {
			return civic.Outcome{}, fmt.Errorf("thing %d: %w", id, err)
		}
	}
	if err := work.readNamed(ctx); err != nil {
		return civic.Outcome{}, err
	}
	return work.finish(ctx)
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
	switch action {
	case civic.Undo:
		return do.undo(ctx, t)
	case civic.AddLink, civic.RemoveLink:
		after, err := t.After(action)
		if err == nil {
			err = do.checkWeighed(ctx, action, t, after)
		}
		if err != nil {
			return err
		}
		return do.link(ctx, action, t)
	}
	after, err := t.After(action)
	switch {
	case err != nil && t.Publication == after.Publication && isDone(action, t):
		return nil
	case err != nil:
		return err
	}
	if err := do.checkWeighed(ctx, action, t, after); err != nil {
		return err
	}
	switch {
	case action == civic.Merge:
		if t.Kind != do.target.Kind {
			return fmt.Errorf("merge a %s into a %s: %w", t.Kind, do.target.Kind, civic.ErrConflict)
		}
		do.queueMerge(t.ID)
	case t.Publication == civic.Merged && after.Publication != civic.Merged:
		do.queueUnmerge(t.ID)
	}
	switch action {
	case civic.HandOver:
		if err := do.handOver(ctx, t); err != nil {
			return err
		}
	case civic.Publish, civic.Restore:
		if err := do.checkSecondPerson(ctx, t); err != nil {
			return err
		}
	case civic.Consent:
		if err := do.checkRevocable(ctx, t); err != nil {
			return err
		}
	}
	if after, err = do.contentAfter(ctx, action, t, after); err != nil {
		return err
	}
	if err := do.checkPlaces(ctx, t, after); err != nil {
		return err
	}
	if action == civic.Edit {
		if err := do.editLinks(ctx, t, after); err != nil {
			return err
		}
	}
	do.addEffects(action, t, after)
	do.step(action, t, after)
	return nil
}

// step records an action on a thing. before is the zero value for a new one.
func (do *doing) step(action civic.Action, before, after civic.Thing) {
	do.stepIn(&do.done, action, before, after)
}

// stepIn adds an action on a thing to a record.
func (do *doing) stepIn(r *record, action civic.Action, before, after civic.Thing) {
	step := recordedStep{action: action, thing: &after.ID}
	switch {
	case before.ID == 0:
		step.after = name(after.Publication)
	case before.Publication != after.Publication:
		step.before, step.after = name(before.Publication), name(after.Publication)
	case before.State != after.State:
		step.before, step.after = name(before.State), name(after.State)
	}
	if step.before != nil && after.Version == before.Version {
		after.Version++
	}
	r.steps = append(r.steps, step)
	do.changed = append(do.changed, after)
	if step.before != nil {
		do.moved = append(do.moved, after)
	}
}

// name returns the name of a state as the audit has it.
func name(state fmt.Stringer) *string {
	s := state.String()
	return &s
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
