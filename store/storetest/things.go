package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// addedAtOnce is how many things a statement adds.
const addedAtOnce = 10_000

// AddThings adds things of all kinds but pins and offices to the database with the
// URL, as many of each kind, with all their fields, and links as the forms of the
// kinds make them, to each other and to the pins of the district. All are public,
// in states of their kinds, at random places, and the same each time. Of each, it is
// recorded that it was submitted, on a day of the last two years, and nothing of its
// links. It is for measurements.
func AddThings(t testing.TB, url string, d *civic.District, things, links int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatalf("storetest: %v", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	g := generator{d: d, conn: conn, random: rand.New(rand.NewPCG(15, 46)), ids: map[civic.ThingKind][]int64{}}
	if err := g.add(t.Context(), things, links); err != nil {
		t.Fatalf("storetest: add things: %v", err)
	}
}

// generator adds things and links.
type generator struct {
	d      *civic.District
	conn   *pgx.Conn
	random *rand.Rand
	ids    map[civic.ThingKind][]int64 // of what there is
}

func (g *generator) add(ctx context.Context, things, links int) error {
	rows, _ := g.conn.Query(ctx, `
		select pin_id
		from pins
		where district_id = @district
		  and publication = 'published'
		order by pin_id
		limit 100000`, pgx.NamedArgs{"district": g.d.ID}) // CollectRows returns the error
	var err error
	if g.ids[civic.PinThing], err = pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil {
		return fmt.Errorf("read pins: %w", err)
	}
	for things > 0 {
		n := min(things, addedAtOnce)
		if err := g.addThings(ctx, n); err != nil {
			return err
		}
		things -= n
	}
	for links > 0 {
		n := min(links, addedAtOnce)
		if err := g.addLinks(ctx, n); err != nil {
			return err
		}
		links -= n
	}
	if _, err := g.conn.Exec(ctx, `vacuum (analyze) pins, things, contents, links, audit`); err != nil {
		return fmt.Errorf("vacuum: %w", err)
	}
	return nil
}

// kinds returns the kinds that are added, which are public.
func kinds() (all []civic.ThingKind) {
	for _, k := range civic.ThingKinds() {
		if k != civic.PinThing && k != civic.OfficeThing && !k.Rules().Private {
			all = append(all, k)
		}
	}
	return all
}

func (g *generator) addThings(ctx context.Context, n int) error {
	rows, _ := g.conn.Query(ctx, `select nextval('thing_ids') from generate_series(1, @n)`, pgx.NamedArgs{"n": n}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return fmt.Errorf("take ids: %w", err)
	}
	all := kinds()
	args := map[string][]any{}
	for i, id := range ids {
		kind := all[i%len(all)]
		g.ids[kind] = append(g.ids[kind], id)
		record, err := g.record(kind, id)
		if err != nil {
			return err
		}
		content, err := json.Marshal(record.RecordDraft)
		if err != nil {
			return fmt.Errorf("encode a %s: %w", kind, err)
		}
		title, area := record.Header()
		categories := []int32{}
		for _, slug := range record.Lists["categories"] {
			c, _ := g.d.Category(slug)
			categories = append(categories, c.ID)
		}
		encoded, err := json.Marshal(categories)
		if err != nil {
			return fmt.Errorf("encode categories: %w", err)
		}
		var lon, lat, due any
		if record.Point != nil {
			lon, lat = record.Point.Lon(), record.Point.Lat()
		}
		state := g.state(kind)
		if day := record.Due(civic.State(state)); day != 0 {
			due = day.Time()
		}
		values := map[string]any{
			"kinds": kind.String(), "states": state, "titles": title, "areas": area, "contents": string(content),
			"lons": lon, "lats": lat, "dues": due, "categories": string(encoded),
		}
		for name, v := range values {
			args[name] = append(args[name], v)
		}
	}
	named := pgx.NamedArgs{"district": g.d.ID, "ids": ids, "words": words.Of("name"), "version": words.Version}
	for name, list := range args {
		named[name] = list
	}
	_, err = g.conn.Exec(ctx, `
		with added as (
		  insert into things (district_id, thing_id, kind, publication, state, title, area_id, published_on)
		  select @district, id, kind, 'published', state, title, nullif(area, 0), (now() - id % 730 * interval '1 day')::date
		  from unnest(@ids::bigint[], @kinds::text[], @states::text[], @titles::text[], @areas::int[]) as new (id, kind, state, title, area)
		),
		recorded as (
		  insert into audit (district_id, happened_at, actor_id, action, thing_id, state_after)
		  select @district, now() - id % 730 * interval '1 day', actor_id, 'submit', id, 'published'
		  from unnest(@ids::bigint[]) as id
		  join actors on kind = 'system'
		)
		insert into contents (district_id, thing_id, content, geom, due_on, category_ids, search, words_version)
		select @district, id, content, st_setsrid(st_makepoint(lon, lat), 4326), due, array(select jsonb_array_elements_text(categories)::int),
		  array_to_tsvector(@words::text[]), @version
		from unnest(@ids::bigint[], @contents::jsonb[], @lons::float8[], @lats::float8[], @dues::date[], @categories::jsonb[])
		  as new (id, content, lon, lat, due, categories)`, named)
	if err != nil {
		return fmt.Errorf("insert things: %w", err)
	}
	return nil
}

// state returns a state of a kind.
func (g *generator) state(kind civic.ThingKind) string {
	rules := kind.Rules()
	if len(rules.Steps) == 0 || g.random.IntN(2) == 0 {
		return rules.Initial.String()
	}
	return rules.Steps[g.random.IntN(len(rules.Steps))].To.String()
}

// record returns what a thing of a kind says.
func (g *generator) record(kind civic.ThingKind, id int64) (civic.Record, error) {
	rules := kind.Rules()
	draft := civic.RecordDraft{Kind: kind, Values: g.values(rules.Fields, fmt.Sprint("Name ", id))}
	if rules.Place == civic.Required || rules.Place == civic.Optional && g.random.IntN(2) == 0 {
		box := g.d.Boundary.Bound()
		for draft.Point == nil || !civic.NewAcceptor(g.d, 0).Contains(*draft.Point) {
			point := orb.Point{
				box.Min.Lon() + g.random.Float64()*(box.Max.Lon()-box.Min.Lon()), box.Min.Lat() + g.random.Float64()*(box.Max.Lat()-box.Min.Lat()),
			}
			if released, ok := civic.ReleasedPlace(point, draft.Words["coarseness"]); ok { // of an answer
				point = released
			}
			draft.Point = &point
		}
	}
	if kind == civic.EventThing {
		g.setTimes(draft.Values)
	}
	record, err := g.d.AcceptRecord(draft)
	if err != nil {
		return record, fmt.Errorf("a %s: %w", kind, err)
	}
	return record, nil
}

// values returns values of fields.
func (g *generator) values(fields []civic.Field, name string) civic.Values {
	v := civic.Values{Texts: map[string]civic.Text{}, Words: map[string]string{}, Lists: map[string][]string{}, Rows: map[string][]civic.Values{}}
	for _, f := range fields {
		switch f.Type {
		case civic.LineField, civic.TextField, civic.MarkdownField:
			v.Texts[f.Name] = civic.Text{g.d.Languages[0]: name}
		case civic.WordField, civic.SaidField:
			v.Words[f.Name] = name
		case civic.URLField:
			v.Words[f.Name] = "https://example.org/"
		case civic.DateField:
			v.Words[f.Name] = g.day(f.Name).Format(time.DateOnly)
		case civic.TimeField:
			v.Words[f.Name] = civic.LocalTime{Day: civic.DayOf(g.day(f.Name)), Minute: 18 * 60}.String()
		case civic.NumberField:
			v.Words[f.Name] = fmt.Sprint(1 + g.random.IntN(99))
		case civic.ChoicesField:
			v.Lists[f.Name] = []string{f.Options[g.random.IntN(len(f.Options))]}
		case civic.ChoiceField:
			v.Words[f.Name] = f.Options[g.random.IntN(len(f.Options))]
		case civic.AreaField:
			if len(g.d.Areas) > 0 {
				v.Words[f.Name] = g.d.Areas[g.random.IntN(len(g.d.Areas))].Slug
			}
		case civic.CategoriesField:
			v.Lists[f.Name] = []string{g.d.Categories[g.random.IntN(len(g.d.Categories))].Slug}
		case civic.RowsField:
			v.Rows[f.Name] = []civic.Values{g.values(f.Rows, name)}
		default:
		}
	}
	return v
}

// setTimes makes the times of an event agree: a series of ten weeks,
// however often it is repeated, whose themes are not weighed.
func (g *generator) setTimes(v civic.Values) {
	starts, _ := v.LocalTime("starts")
	v.Words["ends"] = civic.LocalTime{Day: starts.Day, Minute: 20 * 60}.String()
	v.Words["until"] = (starts.Day + 63).String()
	delete(v.Rows, "occurrences")
	delete(v.Words, "weighing")
}

// day returns a day of two years; what has an end ends after them.
func (g *generator) day(field string) time.Time {
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if strings.HasSuffix(field, "until") || field == "ends" {
		first = first.AddDate(2, 0, 0)
	}
	return first.AddDate(0, 0, g.random.IntN(700))
}

func (g *generator) addLinks(ctx context.Context, n int) error {
	var from, to []int64
	var relations []string
	all := kinds()
	for len(from) < n {
		kind := all[g.random.IntN(len(all))]
		rules := kind.Rules()
		if len(rules.Links) == 0 {
			continue
		}
		rule := rules.Links[g.random.IntN(len(rules.Links))]
		others := g.ids[rule.Kinds[g.random.IntN(len(rule.Kinds))]]
		if len(others) == 0 || rule.Relation == civic.ProfileOf { // of which each pin has one
			continue
		}
		id, other := g.ids[kind][g.random.IntN(len(g.ids[kind]))], others[g.random.IntN(len(others))]
		if id == other {
			continue
		}
		l := rule.Ends(id, other)
		from, to, relations = append(from, l.From), append(to, l.To), append(relations, l.Relation.String())
	}
	_, err := g.conn.Exec(ctx, `
		insert into links (district_id, from_id, relation, to_id)
		select @district, from_id, relation, to_id
		from unnest(@from::bigint[], @relations::text[], @to::bigint[]) as new (from_id, relation, to_id)
		on conflict do nothing`, pgx.NamedArgs{"district": g.d.ID, "from": from, "relations": relations, "to": to})
	if err != nil {
		return fmt.Errorf("insert links: %w", err)
	}
	return nil
}
