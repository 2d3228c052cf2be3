package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/concerned_needs.sql
var concernedNeedsSQL string

// concernedNeeds returns the ids of the needs that things concern.
func concernedNeeds(ctx context.Context, tx pgx.Tx, d *civic.District, things []int64) ([]int64, error) {
	if len(things) == 0 {
		return nil, nil
	}
	rows, _ := tx.Query(ctx, concernedNeedsSQL, pgx.NamedArgs{"district": d.ID, "ids": things}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read which needs are concerned: %w", err)
	}
	return ids, nil
}

// addEffects prepares what follows from an action for the needs that the thing
// concerns: those that it concerned before, and those that the command links.
func (do *doing) addEffects(action civic.Action, before, after civic.Thing) {
	if action == civic.Submit && after.Publication == civic.Published {
		action = civic.Publish
	}
	then, ok := after.Kind.Effect(action)
	if !ok || after.Publication != civic.Published || before.Publication == after.Publication && before.State == after.State {
		return
	}
	do.addEffect(then, do.concerned)
}

// addEffectsOfLinks prepares what follows for the needs that a thing concerns by new
// links.
func (do *doing) addEffectsOfLinks(t civic.Thing) {
	if then, ok := t.StandingEffect(); ok {
		do.addEffect(then, do.linked)
	}
}

// addEffect prepares an action on needs, where it is a step of theirs.
func (do *doing) addEffect(then civic.Action, needs []int64) {
	for _, id := range needs {
		need, locked := do.things[id]
		if !locked || need.Kind != civic.PinThing {
			continue
		}
		if moved, err := need.After(then); err == nil {
			do.stepIn(&do.effects, then, need, moved)
			do.things[id] = moved
		}
	}
}

// undoEffects prepares the opposite of the effects of an action on the needs
// that a thing concerns, as far as nothing has happened to them since.
func (do *doing) undoEffects(ctx context.Context, t civic.Thing, last undoable) error {
	then, ok := t.Kind.Effect(last.action)
	if !ok {
		return nil
	}
	rows, _ := do.tx.Query(ctx, `
		select thing_id, state_before
		from audit
		where district_id = @district
		  and thing_id = any(@things)
		  and happened_at = @at
		  and action = @action
		  and not exists (
		    select
		    from audit as later
		    where later.district_id = @district
		      and later.thing_id = audit.thing_id
		      and later.audit_id > audit.audit_id
		  )`, pgx.NamedArgs{"district": do.district.ID, "things": do.concerned, "at": last.at, "action": then.String()}) // ForEachRow returns the error
	var id int64
	var state *string
	_, err := pgx.ForEachRow(rows, []any{&id, &state}, func() error {
		need := do.things[id]
		after := need
		if state != nil {
			after.State = civic.State(*state)
		}
		do.stepIn(&do.effects, civic.Undo, need, after)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the effects: %w", err)
	}
	return nil
}

// findConcerned finds the needs on which the command may have effects.
func (do *doing) findConcerned(ctx context.Context) (err error) {
	kinds := []civic.ThingKind{do.Kind}
	if do.Action != civic.Submit {
		found, err := readThings(ctx, do.tx, do.district, do.Things)
		if err != nil {
			return err
		}
		kinds = nil
		for _, t := range found {
			kinds = append(kinds, t.Kind)
		}
	}
	if !slices.ContainsFunc(kinds, civic.ThingKind.HasEffects) {
		return nil
	}
	if do.linked, err = concernedNeeds(ctx, do.tx, do.district, named(&do.Command)); err != nil {
		return err
	}
	do.concerned, err = concernedNeeds(ctx, do.tx, do.district, slices.Concat(do.Things, do.linked))
	return err
}
