package ideas_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
	"github.com/pinezka/pinezka/web"
	"github.com/pinezka/pinezka/web/webtest"
)

// BenchmarkEvent serves the grouping page of an event with 300 ideas in six themes, and
// the register of ideas, in a district with 50,000 other ideas.
func BenchmarkEvent(b *testing.B) {
	database := storetest.URL(b)
	st, err := store.Open(b.Context(), store.Config{URL: database, Keys: storetest.Keys(b)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(st.Close)
	d := webtest.District(civic.ModerateAfter)
	if err := st.AddDistrict(b.Context(), &d); err != nil {
		b.Fatal(err)
	}
	s := webtest.Serve(b, web.Config{}, st, database)
	animator := s.SignIn(b, "anna@example.org", civic.Moderator, "")
	event := s.Add(b, debate()).ID
	conn := s.Connect(b)
	_, err = conn.Exec(b.Context(), `
		with new as (
		  insert into things (district_id, thing_id, kind, publication, state, title)
		  select 1, 1000000 + n, case when n <= 6 then 'theme' else 'idea' end, 'published', '', 'Lipy ' || n
		  from generate_series(1, 50306) as n
		  returning thing_id
		),
		says as (
		  insert into contents (district_id, thing_id, content, area_ids, category_ids, search, words_version)
		  select 1, thing_id, jsonb_build_object('texts', jsonb_build_object('name', jsonb_build_object('pl', 'Lipy')), 'words', jsonb_build_object('text', 'Lipy ' || thing_id)),
		    '{}', '{}', '', 1
		  from new
		)
		insert into links (district_id, from_id, relation, to_id)
		select 1, thing_id, 'part_of', $1::bigint
		from new
		where thing_id <= 1000306
		union all
		select 1, thing_id, 'evidence_for', 1000001 + thing_id % 6
		from new
		where thing_id between 1000007 and 1000306`, event)
	if err == nil {
		_, err = conn.Exec(b.Context(), `analyze`)
	}
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{"grouping": fmt.Sprintf("/d/trial/events/%d/grouping", event), "register": "/d/trial/ideas"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if resp, body := s.Do(b, "GET", path, "", animator...); resp.StatusCode != http.StatusOK {
					b.Fatalf("status %d\n%s", resp.StatusCode, body)
				}
			}
		})
	}
}
