package store_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// addIdeas adds 50,000 ideas over ten years from a day on, each for one of 2,000 of the
// events that there are, and 5,000 themes, in one of which each idea is, but for every
// hundredth.
func addIdeas(b *testing.B, p post, first civic.Day) {
	b.Helper()
	_, err := p.conn.Exec(b.Context(), `
		with events as (
		  select thing_id, row_number() over (order by thing_id) - 1 as n
		  from things
		  where district_id = @district
		    and kind = 'event'
		),
		ideas as (
		  select n, nextval('thing_ids') as thing_id, @first::date + n * 3650 / 50000 as day
		  from generate_series(0, 49999) as n
		),
		themes as (
		  select n, nextval('thing_ids') as thing_id, @first::date + n * 3650 / 5000 as day
		  from generate_series(0, 4999) as n
		),
		added as (
		  insert into things (district_id, thing_id, kind, publication, state, title, area_id, published_on)
		  select @district, thing_id, kind, 'published', '', kind || ' ' || n, area_id, day
		  from (select 'idea' as kind, * from ideas union all select 'theme', * from themes) as parts
		  left join areas on district_id = @district
		    and position = n % 3
		  returning thing_id, published_on
		),
		said as (
		  insert into contents (district_id, thing_id, content)
		  select @district, thing_id, '{"texts": {"name": {"en": "A bench in the shade"}}}'
		  from added
		),
		linked as (
		  insert into links (district_id, from_id, relation, to_id)
		  select @district, ideas.thing_id, 'part_of', events.thing_id
		  from ideas
		  join events on events.n = ideas.n / 25 * 10
		  union all
		  select @district, ideas.thing_id, 'evidence_for', themes.thing_id
		  from ideas
		  join themes on themes.n = ideas.n / 10
		  where ideas.n % 100 <> 0
		)
		insert into audit (district_id, happened_at, actor_id, action, thing_id, state_after)
		select @district, published_on, actor_id, 'submit', thing_id, 'published'
		from added
		join actors on kind = 'system'`, pgx.NamedArgs{"district": p.d.ID, "first": first.Time()})
	if err != nil {
		b.Fatal(err)
	}
}
