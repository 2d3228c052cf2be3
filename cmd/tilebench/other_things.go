package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// otherThings is the number of things other than pins, of the five kinds that are on
// the map.
const otherThings = 100_000

// otherTiles compares the tiles of other things with those of pins at the same places.
func (b *bench) otherTiles(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, b.deleteWritten(ctx)) }()
	if err := b.addThings(ctx); err != nil {
		return err
	}
	results, err := b.compare(ctx, b.served(ctx, "pins", "pins", noFilter), b.served(ctx, "other things", "things", noFilter))
	if err != nil {
		return err
	}
	b.out.subtitle("Tiles of %d other things beside those of pins, at the handler", otherThings)
	b.printComparison(results)
	slower, worst, at := 0, 0.0, 0
	for i := range b.tiles {
		ratio := over(results[1].hot.ofTile(i).median(), results[0].hot.ofTile(i).median())
		if ratio > 2 {
			slower++
		}
		if ratio > worst {
			worst, at = ratio, i
		}
	}
	b.out.note("A tile of other things takes at most %s times as long as that of pins at the same place, both at their median (%s and %s, zoom %d); %d of %d take more than twice as long.",
		number(worst), duration(results[1].hot.ofTile(at).median()), duration(results[0].hot.ofTile(at).median()), b.tiles[at].Z, slower, len(b.tiles))
	return nil
}

// addThings adds things at the places of pins, and waits until the index has them.
func (b *bench) addThings(ctx context.Context) error {
	before := b.thingCount()
	added, err := b.pool.Exec(ctx, `
		with chosen as materialized (
		  select district_id, nextval('thing_ids') as thing_id, shown, row_number() over () as n
		  from (
		    select district_id, shown
		    from pins
		    where publication = 'published'
		      and visibility <> 'hex'
		    order by hashint8(pin_id)
		    limit $1
		  ) as pins
		),
		added as (
		  insert into things (district_id, thing_id, kind, publication, title, state)
		  select district_id, thing_id, (array['office', 'initiative', 'recommendation', 'ask', 'offer'])[1 + n % 5],
		    'published', $2, (array['', 'idea', 'sent', 'open', 'open'])[1 + n % 5]
		  from chosen
		)
		insert into contents (district_id, thing_id, content, geom)
		select district_id, thing_id, '{}', shown
		from chosen`, otherThings, writtenTitle)
	if err != nil {
		return fmt.Errorf("add other things: %w", err)
	}
	for b.thingCount() < before+int(added.RowsAffected()) {
		if err := wait(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// thingCount returns how many other things the index has.
func (b *bench) thingCount() (n int) {
	v, _ := b.live.District(demo.Slug)
	for _, kind := range civic.ThingKinds() {
		n += v.ThingCount(kind)
	}
	return n
}
