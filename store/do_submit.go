package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// submit prepares a new thing. It is public at once if the actor may publish it, or
// if anybody may submit it and the district moderates afterwards.
func (do *doing) submit(ctx context.Context) error {
	t := civic.Thing{DistrictID: do.district.ID, Kind: do.Kind, State: do.Kind.Rules().Initial, Version: 1, OwnerID: do.Owner}
	t.Title, t.AreaID = do.Content.Header()
	if err := civic.Can(do.actor, civic.Submit, t, do.now); err != nil {
		return err
	}
	rules := t.Kind.Rules()
	if do.ReporterID == 0 && (rules.Private && do.actor.Kind == civic.Unknown || rules.Reachable && do.actor.Kind != civic.System) {
		return civic.Faults{{Field: "email", Code: "missing", Detail: "the address to which the answer goes"}}
	}
	if err := do.makeReady(); err != nil {
		return err
	}
	owner := do.things[do.Owner]
	isOwner := (owner.Kind == civic.PinThing || owner.Kind == civic.GroupThing) && owner.Publication == civic.Published && civic.MayOwn(do.actor, t, do.now)
	if do.Owner != 0 && !isOwner {
		return civic.Faults{{Field: "owner", Code: "unknown", Detail: "there is no such organisation"}}
	}
	t.Publication = civic.Pending
	unmoderated := civic.Can(civic.Actor{}, civic.Submit, t, do.now) == nil && do.district.Moderation == civic.ModerateAfter
	if !do.Pending && t.Kind.Standing() == civic.Published && !rules.Anonymised && (unmoderated || civic.Can(do.actor, civic.Publish, t, do.now) == nil) {
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
		insert into things (district_id, thing_id, kind, publication, state, title, area_id, reporter_id, owner_id, published_on)
		values (@district, @id, @kind, @publication, @state, @title, nullif(@area, 0), nullif(@reporter::bigint, 0), nullif(@owner::bigint, 0),
		  case when @publication::text = 'published' then @day::date end)`,
		pgx.NamedArgs{
			"district": t.DistrictID, "id": t.ID, "day": do.district.DayOf(do.now).Time(), "kind": t.Kind.String(), "publication": t.Publication.String(), "state": t.State.String(),
			"title": t.Title, "area": t.AreaID, "reporter": do.ReporterID, "owner": t.OwnerID,
		})
	if err := do.checkEnrolment(ctx); err != nil {
		return err
	}
	if err := do.checkWeighed(ctx, civic.Submit, civic.Thing{Kind: t.Kind}, t); err != nil {
		return err
	}
	if err := do.checkNew(ctx, t); err != nil {
		return err
	}
	if err := do.setLinks(ctx, t, do.withRequired(t.Kind)); err != nil {
		return err
	}
	if do.Of != 0 {
		if err := do.answerOf(ctx, t); err != nil {
			return err
		}
	}
	do.addEffects(civic.Submit, civic.Thing{}, t)
	do.done.text = rowsOf(t.Kind).text(do.Content)
	do.step(civic.Submit, civic.Thing{}, t)
	return rowsOf(t.Kind).queueContent(&do.writes, do.district, t, do.Content)
}

// makeReady sets what a new thing says to what the rules of its kind make of it.
func (do *doing) makeReady() error {
	r, ok := do.Content.(civic.Record)
	if !ok || r.Kind.Rules().Ready == nil {
		return nil
	}
	says, faults := r.Kind.Rules().Ready(do.district, civic.Submit, do.district.DayOf(do.now), r.RecordDraft)
	do.Content = says.Record(do.district)
	return faults.Err()
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
