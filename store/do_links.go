package store

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// named returns the ids of the things that a command names as those to link to.
func named(c *civic.Command) (ids []int64) {
	for _, l := range c.Links {
		ids = append(ids, l.Things...)
	}
	if c.Link.Thing != 0 {
		ids = append(ids, c.Link.Thing)
	}
	return ids
}

// link prepares what AddLink and RemoveLink do to a thing.
func (do *doing) link(ctx context.Context, action civic.Action, t civic.Thing) error {
	rule, err := t.Kind.LinkRule(do.Link.Field)
	if err != nil {
		return err
	}
	linked, err := do.linkedBy(ctx, t, rule)
	if err != nil {
		return err
	}
	wanted := slices.DeleteFunc(linked, func(id int64) bool { return id == do.Link.Thing })
	if action == civic.AddLink {
		wanted = append(wanted, do.Link.Thing)
	}
	if rule.Judge != nil {
		says, err := do.recordOf(ctx, t)
		if err == nil {
			err = do.judge(ctx, rule, says, wanted, linked)
		}
		if err != nil {
			return err
		}
	}
	after := t
	after.Version++
	do.changed, do.moved = append(do.changed, after), append(do.moved, after)
	return do.setLinks(ctx, after, []civic.FieldLinks{{Field: do.Link.Field, Things: wanted}})
}

// editLinks prepares the links of a thing that an edit names. What the actor may not
// know stays linked, since the actor cannot have named it.
func (do *doing) editLinks(ctx context.Context, t, after civic.Thing) error {
	wanted := make([]civic.FieldLinks, len(do.Links))
	for i, l := range do.Links {
		rule, err := t.Kind.LinkRule(l.Field)
		if err != nil {
			return err
		}
		present, err := do.linkedBy(ctx, t, rule)
		if err != nil {
			return err
		}
		ends, err := readLinkEnds(ctx, do.tx, do.district, present)
		if err != nil {
			return err
		}
		unknown := slices.DeleteFunc(present, func(id int64) bool {
			return civic.CanKnow(do.actor, ends[id].Thing, ends[id].HexOnly, do.now)
		})
		wanted[i] = civic.FieldLinks{Field: l.Field, Things: slices.Concat(l.Things, unknown)}
	}
	if r, ok := do.Content.(civic.Record); ok {
		if err := do.judgeLinks(ctx, t, r.RecordDraft, wanted); err != nil {
			return err
		}
	}
	return do.setLinks(ctx, after, wanted)
}

// setLinks prepares the links of a thing in fields. It returns Faults for what cannot
// be linked.
func (do *doing) setLinks(ctx context.Context, t civic.Thing, wanted []civic.FieldLinks) error {
	var faults civic.Faults
	added := false
	var shared []int64
	for _, w := range wanted {
		rule, err := t.Kind.LinkRule(w.Field)
		if err != nil {
			return err
		}
		present, err := do.linkedBy(ctx, t, rule)
		if err != nil {
			return err
		}
		things := slices.Compact(slices.Sorted(slices.Values(w.Things)))
		switch {
		case rule.Presence == civic.Required && len(things) == 0:
			faults = append(faults, civic.Fault{Field: w.Field, Code: "missing", Detail: "choose at least one"})
		case rule.One && len(things) > 1, len(things) > civic.MaxLinks:
			faults = append(faults, civic.Fault{Field: w.Field, Code: "too_many", Detail: "too many are chosen"})
		}
		for _, id := range things {
			if slices.Contains(present, id) {
				continue
			}
			takesPart, err := do.takesPart(ctx, t, id)
			if err != nil {
				return err
			}
			if !takesPart {
				faults = append(faults, civic.Fault{Field: w.Field, Code: "not_enrolled", Detail: "only who takes part in a programme can name it"})
				continue
			}
			if fault := do.checkLinked(t, rule, id); fault != "" {
				faults = append(faults, civic.Fault{Field: w.Field, Code: "unknown", Detail: fmt.Sprintf("%d: %s", id, fault)})
				continue
			}
			if other := do.things[id]; rule.ForEditors != nil && rule.ForEditors(other) && civic.Can(do.actor, civic.Edit, other, do.now) != nil {
				faults = append(faults, civic.Fault{Field: w.Field, Code: "closed", Detail: "those alone who may edit it may do that"})
				continue
			}
			link := rule.Ends(t.ID, id)
			do.addLink(link, rule.Tells != "" || do.isToldAlone(link, t), id, t.ID)
			if rule.Shared {
				shared = append(shared, id)
			}
			added = true
		}
		for _, id := range present {
			if !slices.Contains(things, id) {
				do.removeLink(rule.Ends(t.ID, id), id, t.ID)
			}
		}
	}
	if err := faults.Err(); err != nil {
		return err
	}
	if err := do.share(ctx, t, wanted, shared); err != nil {
		return err
	}
	if added {
		do.addEffectsOfLinks(t)
	}
	return nil
}

// isToldAlone reports whether a new link of a thing is told on its own: whether it says that
// something came of another thing than a pin. That of a new thing is told with it.
func (do *doing) isToldAlone(l civic.Link, t civic.Thing) bool {
	_, cause, ok := l.CameOf()
	kind := do.things[cause].Kind
	if cause == t.ID {
		kind = t.Kind
	}
	return ok && do.Action != civic.Submit && kind != civic.PinThing
}

// judgeLinks returns civic.Faults for links that a thing that says something may not
// have: those that are wanted in a field, or else those that it has.
func (do *doing) judgeLinks(ctx context.Context, t civic.Thing, says civic.RecordDraft, wanted []civic.FieldLinks) error {
	for _, rule := range t.Kind.Rules().Links {
		if rule.Judge == nil {
			continue
		}
		present, err := do.linkedBy(ctx, t, rule)
		if err != nil {
			return err
		}
		judged := present
		for _, l := range wanted {
			if l.Field == rule.Field {
				judged = l.Things
			}
		}
		if err := do.judge(ctx, rule, says, judged, present); err != nil {
			return err
		}
	}
	return nil
}

// judge returns civic.Faults for links to things by a rule, of which some are
// present.
func (do *doing) judge(ctx context.Context, rule civic.LinkRule, says civic.RecordDraft, wanted, present []int64) error {
	found, err := readThings(ctx, do.tx, do.district, wanted)
	if err != nil {
		return err
	}
	var faults civic.Faults
	for _, id := range wanted {
		other, ok := found[id]
		if !ok || other.Kind == civic.PinThing {
			continue // which setLinks finds
		}
		content, err := do.recordOf(ctx, other)
		if err != nil {
			return err
		}
		faults = append(faults, rule.Judge(says, civic.Described{Thing: other, Content: content.Record(do.district)}, !slices.Contains(present, id))...)
	}
	return faults.Err()
}

// checkLinked returns why a thing cannot be linked to another one, or "".
func (do *doing) checkLinked(t civic.Thing, rule civic.LinkRule, other int64) string {
	o, known := do.things[other]
	known = known && (o.Publication == civic.Published || o.Publication == civic.Pending && civic.Can(do.actor, civic.Edit, o, do.now) == nil)
	switch {
	case !known || other == t.ID:
		return "there is no such thing"
	case !slices.Contains(rule.Kinds, o.Kind):
		return "a " + o.Kind.String() + " cannot be linked here"
	case o.Kind == civic.PinThing && rule.PinKind != 0 && do.pinKinds[other] != rule.PinKind:
		return "a " + do.pinKinds[other].String() + " cannot be linked here"
	}
	return ""
}

// share prepares the links that follow from new ones of a thing: what the thing is
// part of is linked to the same others, and that is recorded of the thing as well,
// with which it is undone.
func (do *doing) share(ctx context.Context, t civic.Thing, wanted []civic.FieldLinks, others []int64) error {
	if len(others) == 0 {
		return nil
	}
	for _, rule := range t.Kind.Rules().Links {
		if rule.Relation != civic.PartOf {
			continue
		}
		wholes, err := do.linkedBy(ctx, t, rule)
		if err != nil {
			return err
		}
		for _, w := range wanted {
			if w.Field == rule.Field {
				wholes = w.Things
			}
		}
		found, err := readThings(ctx, do.tx, do.district, wholes)
		if err != nil {
			return err
		}
		for _, id := range slices.Sorted(maps.Keys(found)) {
			if err := do.shareWith(ctx, t, found[id], others); err != nil {
				return err
			}
		}
	}
	return nil
}

// shareWith prepares the links of what a thing is part of to others.
func (do *doing) shareWith(ctx context.Context, t, whole civic.Thing, others []int64) error {
	for _, id := range others {
		rule, ok := whole.Kind.SharedRule(civic.Uses, do.things[id].Kind)
		if !ok {
			continue
		}
		present, err := do.linkedBy(ctx, whole, rule)
		if err != nil {
			return err
		}
		if !slices.Contains(present, id) {
			do.addLink(rule.Ends(whole.ID, id), false, id, whole.ID, t.ID)
		}
	}
	return nil
}

// addLink prepares a link, which is recorded of things, of which the last one has
// made it, and told if so.
func (do *doing) addLink(l civic.Link, tells bool, things ...int64) {
	do.writes.Queue(`
		insert into links (district_id, from_id, relation, to_id)
		values (@district, @from, @relation, @to)
		on conflict do nothing`, do.linkArgs(l))
	do.recordLink(civic.AddLink, l, tells, things)
}

// removeLink prepares the end of a link, which is recorded of things.
func (do *doing) removeLink(l civic.Link, things ...int64) {
	do.writes.Queue(`
		delete from links
		where district_id = @district
		  and from_id = @from
		  and relation = @relation
		  and to_id = @to`, do.linkArgs(l))
	do.recordLink(civic.RemoveLink, l, false, things)
}

func (do *doing) linkArgs(l civic.Link) pgx.NamedArgs {
	return pgx.NamedArgs{"district": do.district.ID, "from": l.From, "relation": l.Relation.String(), "to": l.To}
}

// recordLink records of things that a link was made or ended.
func (do *doing) recordLink(action civic.Action, l civic.Link, tells bool, things []int64) {
	r := linkRecord{record: record{actor: do.actor, text: l, at: do.At}, tells: tells}
	for _, id := range things {
		r.steps = append(r.steps, recordedStep{action: action, thing: &id})
	}
	do.before = append(do.before, r)
}

// linkRecord is a record of a link.
type linkRecord struct {
	record
	tells bool // whether that it was made is told
}

// linkedBy returns what a thing is linked to by a rule of its kind, in order.
func (do *doing) linkedBy(ctx context.Context, t civic.Thing, rule civic.LinkRule) ([]int64, error) {
	end := rule.Ends(t.ID, 0)
	rows, _ := do.tx.Query(ctx, `
		select from_id + to_id - @thing
		from links
		where district_id = @district
		  and relation = @relation
		  and (from_id = @from or to_id = @to)
		  and exists (
		    select
		    from things
		    where things.district_id = @district
		      and things.thing_id = from_id + to_id - @thing
		      and kind = any(@kinds)
		  )
		order by 1`, pgx.NamedArgs{
		"district": do.district.ID, "relation": rule.Relation.String(), "from": end.From, "to": end.To, "thing": t.ID, "kinds": kindNames(rule.Kinds),
	}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read links: %w", err)
	}
	return ids, nil
}

// undoLinks prepares the opposite of what was recorded of the links of a thing at a
// time, and reports whether there was any.
func (do *doing) undoLinks(ctx context.Context, t civic.Thing, last undoable) (bool, error) {
	rows, _ := do.tx.Query(ctx, `
		select action, content
		from audit
		join texts using (text_id)
		where audit.district_id = @district
		  and thing_id = @thing
		  and happened_at = @at
		  and action in ('link', 'unlink')
		  and content is not null
		order by audit_id desc`, pgx.NamedArgs{"district": do.district.ID, "thing": t.ID, "at": last.at}) // CollectRows returns the error
	type entry struct{ action, link string }
	entries, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (e entry, err error) { return e, row.Scan(&e.action, &e.link) })
	if err != nil {
		return false, fmt.Errorf("read which links were made: %w", err)
	}
	for _, e := range entries {
		var l civic.Link
		if err := json.Unmarshal([]byte(e.link), &l); err != nil {
			return false, fmt.Errorf("decode a link: %w", err)
		}
		things := slices.DeleteFunc([]int64{l.From, l.To, t.ID}, func(id int64) bool { return id == t.ID })
		things = append(things, t.ID)
		if e.action == civic.AddLink.String() {
			do.removeLink(l, things...)
		} else {
			do.addLink(l, false, things...)
		}
	}
	return len(entries) > 0, nil
}
