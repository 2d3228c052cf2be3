package store_test

import (
	"fmt"
	"testing"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// BenchmarkFindAnswers measures what is found before somebody asks, beside 20,000
// requests for advice and as many answers, all of which have one of the words.
func BenchmarkFindAnswers(b *testing.B) {
	s, d, conn := open(b)
	_, err := conn.Exec(b.Context(), `
		with added as (
		  insert into things (district_id, thing_id, kind, publication, state, title, area_id)
		  select $1, nextval('thing_ids'), case when n % 2 = 0 then 'answer' else 'advice' end, case when n % 2 = 0 then 'published' else 'pending' end,
		    case when n % 2 = 0 then '' else 'received' end, 'Question ' || n, 1 + n % 2
		  from generate_series(1, 40000) as n
		  returning district_id, thing_id, kind, title
		)
		insert into contents (district_id, thing_id, content, geom, search)
		select district_id, thing_id, '{"texts": {"question": {"en": "Question"}, "answer": {"en": "Answer"}}}',
		  st_setsrid(st_makepoint(19.9 + thing_id % 200 * 0.001, 50 + thing_id / 200 % 100 * 0.001), 4326),
		  array_to_tsvector(array['plan', 'word' || thing_id % 500, 'meadow' || thing_id % 37])
		from added`, d.ID)
	if err == nil {
		_, err = conn.Exec(b.Context(), `vacuum (analyze) things, contents`)
	}
	if err != nil {
		b.Fatal(err)
	}
	at := orb.Point{19.95, 50.05}
	for name, q := range map[string]civic.AnswerQuery{
		"words": {Words: "May they build by the plan on meadow7, word21", Limit: 5},
		"place": {At: &at, Limit: 5},
		"both":  {Words: "plan meadow7", At: &at, Limit: 5},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				found, err := s.FindAnswers(b.Context(), d, q)
				if err != nil || len(found) != 5 {
					b.Fatal(fmt.Sprint(len(found), " found: ", err))
				}
			}
		})
	}
}
