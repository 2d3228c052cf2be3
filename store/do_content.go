package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// contentActions returns the actions whose text in the audit, if they have one, is
// what the thing says: those that change it, and steps with which it can change.
func contentActions() []string {
	names := []string{civic.Submit.String(), civic.KeepOriginal.String(), civic.Undo.String()}
	for _, action := range civic.Actions() {
		if action.ChangesContent() || action.AddsContent() || action.IsStep() && !action.NeedsText() {
			names = append(names, action.String())
		}
	}
	return names
}

// keepOriginal records what a thing says before it is changed for the first time,
// if nothing has recorded that, as of what was imported.
func (do *doing) keepOriginal(ctx context.Context, t civic.Thing) error {
	var recorded bool
	err := do.tx.QueryRow(ctx, `
		select exists (
		  select
		  from audit
		  where district_id = @district
		    and thing_id = @thing
		    and text_id is not null
		    and action = any(@actions)
		)`, pgx.NamedArgs{"district": do.district.ID, "thing": t.ID, "actions": contentActions()}).Scan(&recorded)
	if err != nil {
		return fmt.Errorf("look up the original: %w", err)
	}
	if recorded {
		return nil
	}
	rows := rowsOf(t.Kind)
	found, err := rows.read(ctx, do.tx, do.district, []int64{t.ID})
	if err != nil {
		return err
	}
	original := record{
		actor: civic.Actor{Kind: civic.System}, text: rows.text(found[t.ID]), at: do.At,
		steps: []recordedStep{{action: civic.KeepOriginal, thing: &t.ID}},
	}
	return original.save(ctx, do.tx, do.district)
}

// contentAfter writes what a thing says after an action, where that changes it or
// what is awaited of it, and returns the thing as it is then. It returns
// civic.Faults for what may not change in the state before, and for what a step
// needs, and civic.ErrForbidden for what the actor may not edit.
func (do *doing) contentAfter(ctx context.Context, action civic.Action, before, after civic.Thing) (civic.Thing, error) {
	moves := before.State != after.State
	switch {
	case before.Kind == civic.PinThing && action.ChangesContent():
		return do.changeContent(ctx, after, action, do.Content)
	case before.Kind == civic.PinThing, !moves && !action.ChangesContent() && !action.AddsContent():
		return after, nil
	}
	former, err := do.recordOf(ctx, before)
	if err != nil {
		return after, err
	}
	says := former
	if action == civic.Dissent {
		return do.dissent(ctx, after, former)
	}
	if do.Content != nil {
		given, ok := do.Content.(civic.Record)
		if !ok || given.Kind != before.Kind {
			return after, fmt.Errorf("the content is no %s: %w", before.Kind, civic.ErrInvalid)
		}
		if says = given.RecordDraft; action != civic.Redact {
			if err := errors.Join(do.checkChange(before, former, says), says.CheckOwn(former, action)); err != nil {
				return after, err
			}
		}
		if (!action.ChangesContent() || action == civic.Consent) && civic.Can(do.actor, civic.Edit, before, do.now) != nil {
			if err := says.CheckStep(former, action); err != nil {
				return after, err
			}
		}
	}
	if ready := before.Kind.Rules().Ready; moves && ready != nil {
		var faults civic.Faults
		if says, faults = ready(do.district, action, do.district.DayOf(do.now), says); faults != nil {
			return after, faults
		}
	}
	content := says.Record(do.district)
	if do.Content == nil && says.Equal(former) {
		return after, rowsOf(after.Kind).queueContent(&do.writes, do.district, after, content)
	}
	return do.changeContent(ctx, after, action, content)
}

// dissent adds the dissent of the account that acts, which it signs with its name.
func (do *doing) dissent(ctx context.Context, t civic.Thing, former civic.RecordDraft) (civic.Thing, error) {
	var name string
	if err := do.tx.QueryRow(ctx, `select name from accounts where account_id = @account`, pgx.NamedArgs{"account": do.actor.ID}).Scan(&name); err != nil {
		return t, fmt.Errorf("read who dissents: %w", err)
	}
	says := former.WithDissent(do.district, name, do.Text, do.district.DayOf(do.now))
	if err := says.CheckChange(former, t.State); err != nil {
		return t, err
	}
	content, err := do.district.AcceptRecord(says)
	if err != nil {
		return t, err
	}
	return do.changeContent(ctx, t, civic.Dissent, content)
}

// checkChange returns civic.Faults for what of a thing may not change in its state, or
// at the time.
func (do *doing) checkChange(t civic.Thing, former, says civic.RecordDraft) error {
	if err := says.CheckChange(former, t.State); err != nil {
		return err
	}
	if fixed := t.Kind.Rules().Fixed; fixed != nil {
		return says.CheckFixed(former, fixed(former, do.district.LocalTimeOf(do.now)))
	}
	return nil
}

// recordOf returns what a thing of another kind than pins says.
func (do *doing) recordOf(ctx context.Context, t civic.Thing) (civic.RecordDraft, error) {
	return readRecord(ctx, do.tx, do.district, t)
}

// readRecord returns what a thing of another kind than pins says.
func readRecord(ctx context.Context, tx pgx.Tx, d *civic.District, t civic.Thing) (civic.RecordDraft, error) {
	found, err := rowsOf(t.Kind).read(ctx, tx, d, []int64{t.ID})
	if err != nil {
		return civic.RecordDraft{}, err
	}
	r, _ := found[t.ID].(civic.Record)
	return r.RecordDraft, nil
}

// checkNew returns civic.Faults for what a new thing may not say or be linked to.
func (do *doing) checkNew(ctx context.Context, t civic.Thing) error {
	r, ok := do.Content.(civic.Record)
	if !ok {
		return nil
	}
	if err := r.CheckChange(civic.RecordDraft{}, t.State); err != nil {
		return err
	}
	return do.judgeLinks(ctx, t, r.RecordDraft, do.Links)
}

// queueErasure erases what a thing has said so far. It must precede the record of
// what it says then.
func (do *doing) queueErasure(t civic.Thing) {
	do.writes.Queue(`
		update texts
		set content = null,
		  salt = null
		from audit
		where audit.district_id = @district
		  and thing_id = @thing
		  and action = any(@actions)
		  and texts.text_id = audit.text_id`,
		pgx.NamedArgs{"district": do.district.ID, "thing": t.ID, "actions": contentActions()})
	rowsOf(t.Kind).queueErasure(&do.writes, do.district, t.ID)
}

// undo takes back the last action on a thing, which the actor must have taken less
// than civic.UndoWindow ago. What was erased stays so.
func (do *doing) undo(ctx context.Context, t civic.Thing) error {
	last, err := do.lastAction(ctx, t)
	if err != nil {
		return err
	}
	if err := do.checkUndoWeighed(ctx, t, last); err != nil {
		return err
	}
	linked, err := do.undoLinks(ctx, t, last)
	if err != nil {
		return err
	}
	after := t
	if last.action == civic.AddLink || last.action == civic.RemoveLink {
		if !linked {
			return fmt.Errorf("undo %s: %w", last.action, civic.ErrConflict)
		}
		after.Version++
		do.changed, do.moved = append(do.changed, after), append(do.moved, after)
		return nil
	}
	if last.before != nil {
		if publication, err := civic.ParsePublication(*last.before); err == nil {
			after.Publication = publication
		} else {
			after.State = civic.State(*last.before)
		}
	}
	if err := do.undoEffects(ctx, t, last); err != nil {
		return err
	}
	if t.Publication == civic.Merged {
		do.queueUnmerge(t.ID)
	}
	switch {
	case last.content:
		content, err := rowsOf(t.Kind).restore(do.district, last.former)
		if err != nil {
			return err
		}
		if after, err = do.changeContent(ctx, after, civic.Undo, content); err != nil {
			return err
		}
	case after.State != t.State && t.Kind != civic.PinThing:
		says, err := do.recordOf(ctx, t)
		if err != nil {
			return err
		}
		if err := rowsOf(t.Kind).queueContent(&do.writes, do.district, after, says.Record(do.district)); err != nil {
			return err
		}
	}
	if err := do.checkPlaces(ctx, t, after); err != nil {
		return err
	}
	do.step(civic.Undo, t, after)
	return nil
}

// undoable is an action that can be taken back.
type undoable struct {
	action  civic.Action
	before  *string // the state; nil unless the action changed it
	content bool    // whether it changed what the thing says
	former  []byte  // what the thing said before, in JSON; nil for none
	at      time.Time
}

// lastAction returns the last action on a thing, or civic.ErrConflict if it cannot
// be taken back.
func (do *doing) lastAction(ctx context.Context, t civic.Thing) (last undoable, err error) {
	var action string
	var mine, recent bool
	var former *string
	err = do.tx.QueryRow(ctx, `
		select action, state_before, happened_at, text_id is not null and action = any(@actions), kind = @kind and person_id = @person and name = @name,
		  happened_at > now() - @window::interval,
		  (
		    select content
		    from audit as earlier
		    join texts using (text_id)
		    where earlier.district_id = @district
		      and earlier.thing_id = @thing
		      and earlier.action = any(@actions)
		      and earlier.audit_id < audit.audit_id
		    order by earlier.audit_id desc
		    limit 1
		  )
		from audit
		join actors using (actor_id)
		where district_id = @district
		  and thing_id = @thing
		order by audit_id desc
		limit 1`,
		pgx.NamedArgs{
			"district": do.district.ID, "thing": t.ID, "actions": contentActions(), "window": civic.UndoWindow,
			"kind": do.actor.Kind.String(), "person": do.actor.ID, "name": do.actor.Name,
		}).Scan(&action, &last.before, &last.at, &last.content, &mine, &recent, &former)
	if errors.Is(err, pgx.ErrNoRows) {
		return last, fmt.Errorf("undo nothing: %w", civic.ErrConflict)
	}
	if err != nil {
		return last, fmt.Errorf("look up the last action: %w", err)
	}
	if last.action, err = civic.ParseAction(action); err != nil {
		return last, err
	}
	last.content = last.action.ChangesContent() || last.action.AddsContent() || last.content && last.before != nil
	if former != nil {
		last.former = []byte(*former)
	}
	switch {
	case !mine, !recent, last.action == civic.Undo, last.action == civic.Redact, last.action == civic.Erase, last.action == civic.Submit,
		last.content && former == nil, !last.changes():
		return last, fmt.Errorf("undo %s: %w", last.action, civic.ErrConflict)
	}
	return last, nil
}

// changes reports whether the action has changed something that can be taken back.
func (u undoable) changes() bool {
	return u.before != nil || u.content || u.action == civic.AddLink || u.action == civic.RemoveLink
}

// changeContent writes the new content of a thing, and returns the thing as it is
// then. It keeps the original unless the action is to erase that.
func (do *doing) changeContent(ctx context.Context, t civic.Thing, action civic.Action, content civic.Content) (civic.Thing, error) {
	rows := rowsOf(t.Kind)
	if action != civic.Redact {
		if err := do.keepOriginal(ctx, t); err != nil {
			return t, err
		}
	}
	if err := rows.queueContent(&do.writes, do.district, t, content); err != nil {
		return t, err
	}
	if action == civic.Redact {
		do.queueErasure(t)
	}
	do.done.text = rows.text(content)
	t.Title, t.AreaID = content.Header()
	t.Version++
	return t, nil
}
