package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
)

//go:embed sql/rests_on_hex_only.sql
var restsOnHexOnlySQL string

// restingThing is a thing that rests on hex-only pins.
type restingThing struct {
	id                  int64
	published, hasPlace bool
	kind                civic.ThingKind
	content             civic.RecordDraft
}

// findResting returns those of the things that rest on hex-only pins, and, with
// results, what came of them too.
func (do *doing) findResting(ctx context.Context, ids []int64, results bool) ([]restingThing, error) {
	rows, _ := do.tx.Query(ctx, restsOnHexOnlySQL, pgx.NamedArgs{"district": do.district.ID, "ids": ids, "results": results}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (out restingThing, err error) {
		var kind string
		var content []byte
		if err := row.Scan(&out.id, &out.published, &out.hasPlace, &kind, &content); err != nil {
			return out, err
		}
		if out.kind, err = civic.ParseThingKind(kind); err == nil {
			out.content, err = draftOf(out.kind, content)
		}
		return out, err
	})
	if err != nil {
		return nil, fmt.Errorf("read what rests on hex-only pins: %w", err)
	}
	return found, nil
}

// readNamed reads which places the things that the command changes named in public
// before, although they rest on hex-only pins: somebody has confirmed these. It must precede the writes.
func (do *doing) readNamed(ctx context.Context) error {
	do.confirmed = map[string]bool{}
	for _, name := range do.Confirmed {
		do.confirmed[placename.LooseKey(name)] = true
	}
	ids := do.disclosing()
	if len(ids) == 0 {
		return nil
	}
	before, err := do.findResting(ctx, ids, false)
	if err != nil {
		return err
	}
	for _, d := range before {
		if !d.published {
			continue
		}
		named, err := do.placesIn(ctx, d.content)
		if err != nil {
			return err
		}
		for _, m := range named {
			do.confirmed[m.Key] = true
		}
	}
	return nil
}

// disclosing returns the ids of the things whose change can disclose where a hex-only
// pin is: all but pins, and pins that can become hex-only.
func (do *doing) disclosing() (ids []int64) {
	for _, t := range do.changed {
		if t.Kind != civic.PinThing || do.Action == civic.Recategorise || do.Action == civic.Undo {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// checkHexOnly returns Faults where what the command has written, or what came of it,
// rests on hex-only pins and has a place, or is public and names places that nobody
// has confirmed. Nothing may be written without it.
func (do *doing) checkHexOnly(ctx context.Context) error {
	ids := do.disclosing()
	if len(ids) == 0 {
		return nil
	}
	found, err := do.findResting(ctx, ids, true)
	if err != nil {
		return err
	}
	var faults civic.Faults
	for _, d := range found {
		if d.hasPlace {
			faults = append(faults, civic.Fault{Field: "place", Code: "hex_only", Detail: "what rests on pins that are only counted has no place"})
		}
		if !d.published || !do.links() && !slices.Contains(ids, d.id) {
			continue
		}
		unconfirmed, err := do.unconfirmed(ctx, d.content)
		if err != nil {
			return err
		}
		faults = append(faults, unconfirmed...)
	}
	return faults.Err()
}

// links reports whether the command makes links, so that what came of a thing can
// come to rest on others.
func (do *doing) links() bool { return len(named(&do.Command)) > 0 || do.Action == civic.Undo }

// unconfirmed returns a fault for each place that a content names and that nobody
// has confirmed.
func (do *doing) unconfirmed(ctx context.Context, content civic.RecordDraft) (faults civic.Faults, err error) {
	all, err := do.placesIn(ctx, content)
	for _, m := range all {
		if !do.confirmed[m.Key] {
			faults = append(faults, civic.Fault{Field: "places", Code: "unconfirmed", Detail: m.Text})
		}
	}
	return faults, err
}

// waitsForPlaces reports whether a new thing waits until somebody has confirmed the
// places that it names, since the things that it came of are, or rest on, hex-only
// pins.
func (do *doing) waitsForPlaces(ctx context.Context, kind civic.ThingKind) (bool, error) {
	record, ok := do.Content.(civic.Record)
	if !ok {
		return false, nil
	}
	var causes []int64
	for _, l := range do.Links {
		rule, err := kind.LinkRule(l.Field)
		if err != nil {
			return false, err
		}
		for _, id := range l.Things {
			if _, cause, ok := rule.Ends(0, id).CameOf(); ok && cause == id {
				causes = append(causes, id)
			}
		}
	}
	rests, err := do.restOnHexOnly(ctx, causes)
	if !rests || err != nil {
		return false, err
	}
	unconfirmed, err := do.unconfirmed(ctx, record.RecordDraft)
	return len(unconfirmed) > 0, err
}

// restOnHexOnly reports whether one of the things is, or rests on, a hex-only pin.
func (do *doing) restOnHexOnly(ctx context.Context, ids []int64) (rest bool, err error) {
	err = do.tx.QueryRow(ctx, `
		select exists (
		  select
		  from pins
		  where district_id = @district
		    and pin_id = any(@ids)
		    and visibility = 'hex'
		)`, pgx.NamedArgs{"district": do.district.ID, "ids": ids}).Scan(&rest)
	if err != nil {
		return false, fmt.Errorf("read which pins are hex-only: %w", err)
	}
	if rest {
		return true, nil
	}
	found, err := do.findResting(ctx, ids, false)
	return len(found) > 0, err
}

// placesIn returns the places of the gazetteer that a content names, each once: by
// their whole name, or by its last word, such as a surname, unless that is part of a
// longer name. The names of areas are none of them, since what is counted is counted
// by area.
func (do *doing) placesIn(ctx context.Context, content civic.RecordDraft) (found []placename.Mention, err error) {
	areas := map[string]bool{}
	for _, a := range do.district.Areas {
		for _, name := range a.Name {
			areas[placename.LooseKey(name)] = true
		}
	}
	for _, name := range do.district.Name {
		areas[placename.LooseKey(name)] = true
	}
	var mentions []placename.Mention
	var keys, alone []string
	for _, text := range textsOf(content.Kind.Rules().Fields, content.Values) {
		for _, m := range placename.Mentions(text) {
			if areas[m.Key] || slices.Contains(keys, m.Key) {
				continue
			}
			mentions, keys = append(mentions, m), append(keys, m.Key)
			if m.Alone {
				alone = append(alone, m.Key)
			}
		}
	}
	rows, _ := do.tx.Query(ctx, `
		select distinct key
		from places
		cross join lateral regexp_replace(name_key, 'e([^aeiou ])( |$)', '\1\2', 'g') as loose
		cross join lateral (
		  values (loose), (case when split_part(loose, ' ', -1) = any(@alone::text[]) then split_part(loose, ' ', -1) end)
		) as named (key)
		where district_id = @district
		  and number_key = ''
		  and key = any(@keys::text[])`, pgx.NamedArgs{"district": do.district.ID, "keys": keys, "alone": alone}) // CollectRows returns the error
	known, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("look for names of places: %w", err)
	}
	isPart := func(m placename.Mention) bool {
		return slices.ContainsFunc(known, func(longer string) bool {
			return longer != m.Key && strings.Contains(" "+longer+" ", " "+m.Key+" ")
		})
	}
	for _, m := range mentions {
		if slices.Contains(known, m.Key) && !isPart(m) {
			found = append(found, m)
		}
	}
	return found, nil
}
