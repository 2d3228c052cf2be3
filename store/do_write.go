package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

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
	var effects []int64
	links := make([][]int64, len(do.before))
	for i, r := range do.before {
		if err := r.queue(&do.writes, do.district, &links[i]); err != nil {
			return out, err
		}
	}
	if err := errors.Join(do.effects.queue(&do.writes, do.district, &effects), do.done.queue(&do.writes, do.district, &out.Entries)); err != nil {
		return out, err
	}
	if err := do.tx.SendBatch(ctx, &do.writes).Close(); err != nil {
		return out, fmt.Errorf("write: %w", err)
	}
	if err := do.checkHexOnly(ctx); err != nil {
		return out, err
	}
	if err := do.checkAnonymised(ctx); err != nil {
		return out, err
	}
	if do.Action == civic.Submit && do.Kind == civic.AdviceThing {
		if err := assignAdvice(ctx, do.tx, do.district); err != nil {
			return out, err
		}
	}
	told := effects
	if slices.ContainsFunc(do.changed, do.isToldOf) {
		told = slices.Clone(out.Entries) // with their effects
	}
	for i, entries := range links {
		if do.before[i].tells {
			told = append(told, entries[len(entries)-1])
		}
	}
	if len(told) > 0 && do.At.IsZero() {
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
		if now, ok := after[t.ID]; ok { // not the needs on which there were effects
			out.Changed = append(out.Changed, now)
		}
	}
	if do.Action == civic.Submit && len(do.changed) == 0 {
		out.Changed = []civic.Thing{after[do.Things[0]]}
	}
	return out, nil
}

// isToldOf reports whether somebody may have to be told of the action on a thing: those
// who have registered for one that takes place are told of every change of its times.
func (do *doing) isToldOf(t civic.Thing) bool {
	_, ok := do.Action.Notice(t.Kind)
	return ok || t.Kind.Rules().Occurs != nil
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
		  published_on = case when new.publication = 'published' then coalesce(published_on, @day) else published_on end,
		  state = new.state,
		  title = new.title,
		  version = new.version,
		  area_id = nullif(new.area, 0)
		from unnest(@ids::bigint[], @publications::text[], @states::text[], @titles::text[], @versions::int[], @areas::int[])
		  as new (id, publication, state, title, version, area)
		where district_id = @district
		  and thing_id = new.id`,
		pgx.NamedArgs{
			"district": do.district.ID, "day": do.district.DayOf(do.now).Time(), "ids": ids, "publications": publications, "states": states, "titles": titles, "versions": versions, "areas": areas,
		})
}
