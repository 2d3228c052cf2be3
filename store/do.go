package store

import (
	"context"
	"errors"
	"fmt"
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
	followed  record                // what follows for needs that are concerned
	done      record
	writes    pgx.Batch
	changed   []civic.Thing
	moved     []civic.Thing   // those of them whose state changes
	confirmed map[string]bool // keys of places that may be public in what rests on pins that are only counted
	report    int64           // the id of the report to be added; 0 for a new one
}

// lock locks the things that a command is about, all at once and in their order,
// so that two commands never wait for each other: those that it names, and the
// needs that these concern.
func (do *doing) lock(ctx context.Context) (err error) {
	ids := slices.Concat(do.Things, named(&do.Command))
	if do.Into != 0 {
		ids = append(ids, do.Into)
	}
	if do.Owner != 0 {
		ids = append(ids, do.Owner)
	}
	if err := do.findConcerned(ctx); err != nil {
		return err
	}
	ids = append(ids, do.concerned...)
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
	work := doing{Command: c, tx: tx, district: d, actor: actor, now: time.Now(), done: record{actor: actor, reason: c.Because()}}
	work.followed = work.done
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
		if _, err := t.After(action); err != nil {
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
	switch {
	case action == civic.Merge:
		if t.Kind != do.target.Kind {
			return fmt.Errorf("merge a %s into a %s: %w", t.Kind, do.target.Kind, civic.ErrConflict)
		}
		do.queueMerge(t.ID)
	case t.Publication == civic.Merged && after.Publication != civic.Merged:
		do.queueUnmerge(t.ID)
	}
	if after, err = do.contentAfter(ctx, action, t, after); err != nil {
		return err
	}
	if action == civic.Edit {
		if err := do.editLinks(ctx, t, after); err != nil {
			return err
		}
	}
	do.effects(action, t, after)
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

// submit prepares a new thing. It is public at once if the actor may publish it, or
// if anybody may submit it and the district moderates afterwards.
func (do *doing) submit(ctx context.Context) error {
	t := civic.Thing{DistrictID: do.district.ID, Kind: do.Kind, State: do.Kind.Rules().Initial, Version: 1, OwnerID: do.Owner}
	t.Title, t.AreaID = do.Content.Header()
	if err := civic.Can(do.actor, civic.Submit, t, do.now); err != nil {
		return err
	}
	if owner := do.things[do.Owner]; do.Owner != 0 && (owner.Kind != civic.PinThing || owner.Publication != civic.Published) {
		return civic.Faults{{Field: "owner", Code: "unknown", Detail: "there is no such organisation"}}
	}
	t.Publication = civic.Pending
	unmoderated := civic.Can(civic.Actor{}, civic.Submit, t, do.now) == nil && do.district.Moderation == civic.ModerateAfter
	if !do.Pending && (unmoderated || civic.Can(do.actor, civic.Publish, t, do.now) == nil) {
		waits, err := do.waitsForPlaces(ctx, t.Kind)
		if err != nil {
			return err
		}
		if !waits {
			t.Publication = civic.Published
		}
	}
	id, repeated, err := do.chooseID(ctx, t.Publication)
	if err != nil {
		return err
	}
	do.Things = []int64{id}
	if repeated {
		return nil
	}
	t.ID = id
	do.writes.Queue(`
		insert into things (district_id, thing_id, kind, publication, state, title, area_id, reporter_id, owner_id)
		values (@district, @id, @kind, @publication, @state, @title, nullif(@area, 0), nullif(@reporter::bigint, 0), nullif(@owner::bigint, 0))`,
		pgx.NamedArgs{
			"district": t.DistrictID, "id": t.ID, "kind": t.Kind.String(), "publication": t.Publication.String(), "state": t.State.String(),
			"title": t.Title, "area": t.AreaID, "reporter": do.ReporterID, "owner": t.OwnerID,
		})
	if err := do.checkNew(ctx, t); err != nil {
		return err
	}
	if err := do.setLinks(ctx, t, do.withRequired(t.Kind)); err != nil {
		return err
	}
	do.effects(civic.Submit, civic.Thing{}, t)
	do.done.text = rowsOf(t.Kind).text(do.Content)
	do.step(civic.Submit, civic.Thing{}, t)
	return rowsOf(t.Kind).queueContent(&do.writes, do.district, t, do.Content)
}

// withRequired returns the links of the command, with those that a new thing of the
// kind must have and the command does not name.
func (do *doing) withRequired(kind civic.ThingKind) []civic.FieldLinks {
	links := slices.Clone(do.Links)
	for _, rule := range kind.Rules().Links {
		if rule.Presence == civic.Required && !slices.ContainsFunc(links, func(l civic.FieldLinks) bool { return l.Field == rule.Field }) {
			links = append(links, civic.FieldLinks{Field: rule.Field})
		}
	}
	return links
}

// chooseID returns the id of a new thing, or that of the first time if the request
// was carried out before.
func (do *doing) chooseID(ctx context.Context, p civic.Publication) (id int64, repeated bool, err error) {
	if do.Request == nil {
		id, err = nextThingID(ctx, do.tx)
		return id, false, err
	}
	id, err = addRequest(ctx, do.tx, do.district, thingIDs, civic.AddedPin{Publication: p}, *do.Request)
	if errors.Is(err, pgx.ErrNoRows) {
		first, err := firstResult(ctx, do.tx, do.district, *do.Request)
		return first.ID, true, err
	}
	return id, false, err
}

// finish writes what was prepared.
func (do *doing) finish(ctx context.Context) (out civic.Outcome, err error) {
	for kind, things := range byKind(do.moved) {
		rowsOf(kind).queueState(&do.writes, do.district, things)
	}
	for kind, things := range byKind(do.changed) {
		if !rowsOf(kind).hasTriggers() {
			do.queueHeaders(things)
		}
	}
	var followed []int64
	links := make([][]int64, len(do.before))
	for i, r := range do.before {
		if err := r.queue(&do.writes, do.district, &links[i]); err != nil {
			return out, err
		}
	}
	if err := errors.Join(do.followed.queue(&do.writes, do.district, &followed), do.done.queue(&do.writes, do.district, &out.Entries)); err != nil {
		return out, err
	}
	if err := do.tx.SendBatch(ctx, &do.writes).Close(); err != nil {
		return out, fmt.Errorf("write: %w", err)
	}
	if err := do.checkDelicate(ctx); err != nil {
		return out, err
	}
	told := followed
	if slices.ContainsFunc(do.changed, func(t civic.Thing) bool { _, ok := do.Action.Notice(t.Kind); return ok }) {
		told = slices.Clone(out.Entries) // with what followed from them
	}
	for i, entries := range links {
		if do.before[i].tells {
			told = append(told, entries[len(entries)-1])
		}
	}
	if len(told) > 0 {
		var notices pgx.Batch
		queueNotify(&notices, do.district, told)
		if err := do.tx.SendBatch(ctx, &notices).Close(); err != nil {
			return out, fmt.Errorf("queue what to tell: %w", err)
		}
	}
	if len(out.Entries) > 0 {
		if err := do.writeReports(ctx, out.Entries); err != nil {
			return out, err
		}
		out.Report = do.report
	}
	after, err := lockThings(ctx, do.tx, do.district, do.Things)
	if err != nil {
		return out, err
	}
	for _, t := range do.changed {
		if now, ok := after[t.ID]; ok { // a need may have followed
			out.Changed = append(out.Changed, now)
		}
	}
	if do.Action == civic.Submit && len(do.changed) == 0 {
		out.Changed = []civic.Thing{after[do.Things[0]]}
	}
	return out, nil
}

func byKind(things []civic.Thing) map[civic.ThingKind][]civic.Thing {
	sorted := map[civic.ThingKind][]civic.Thing{}
	for _, t := range things {
		sorted[t.Kind] = append(sorted[t.Kind], t)
	}
	return sorted
}

// queueHeaders queues a statement that writes the rows among the things.
func (do *doing) queueHeaders(things []civic.Thing) {
	var ids []int64
	var publications, states, titles []string
	var versions, areas []int32
	for _, t := range things {
		ids, publications, states = append(ids, t.ID), append(publications, t.Publication.String()), append(states, t.State.String())
		titles, versions, areas = append(titles, t.Title), append(versions, t.Version), append(areas, t.AreaID)
	}
	do.writes.Queue(`
		update things
		set publication = new.publication,
		  state = new.state,
		  title = new.title,
		  version = new.version,
		  area_id = nullif(new.area, 0)
		from unnest(@ids::bigint[], @publications::text[], @states::text[], @titles::text[], @versions::int[], @areas::int[])
		  as new (id, publication, state, title, version, area)
		where district_id = @district
		  and thing_id = new.id`,
		pgx.NamedArgs{
			"district": do.district.ID, "ids": ids, "publications": publications, "states": states, "titles": titles, "versions": versions, "areas": areas,
		})
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
