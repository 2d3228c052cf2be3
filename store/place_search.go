package store

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
	"github.com/pinezka/pinezka/geo"
)

//go:embed sql/places.sql
var placesSQL string

// placeSearchTimeout bounds the search of places in the database.
const placeSearchTimeout = "2s"

// Places returns the places and areas of the district that match a text that
// somebody typed: those that match better first, then by kind, then by
// distance. It returns civic.ErrUnavailable when that takes too long.
func (s *Store) Places(ctx context.Context, d *civic.District, q civic.PlaceQuery) ([]civic.FoundPlace, error) {
	typed := placename.Parse(q.Text)
	if len(typed.Readings) == 0 && typed.Postcode == "" {
		return nil, nil
	}
	near := geo.BoxOf(d.Boundary).Centre()
	if q.Near != nil {
		near = *q.Near
	}
	args := pgx.NamedArgs{"district": d.ID, "near": near, "postcode": typed.Postcode, "kind": ""}
	if typed.Kind != civic.PlaceOther {
		args["kind"] = typed.Kind.String()
	}
	var keys, prefixes, numbers []string
	var values []int32
	for _, r := range typed.Readings {
		keys, prefixes, numbers = append(keys, r.Key()), append(prefixes, prefixQuery(r)), append(numbers, r.Number)
		values = append(values, int32(placename.NumberValue(r.Number)))
	}
	args["keys"], args["prefixes"], args["numbers"], args["number_values"] = keys, prefixes, numbers, values
	var places []civic.Place
	err := pgx.BeginTxFunc(ctx, s.readPool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select set_config('statement_timeout', $1, true)`, placeSearchTimeout); err != nil {
			return fmt.Errorf("set timeout: %w", err)
		}
		rows, _ := tx.Query(ctx, placesSQL, args) // CollectRows returns the error
		var err error
		places, err = pgx.CollectRows(rows, scanPlace)
		return err //nolint:wrapcheck // the caller says what was searched
	})
	if err != nil {
		return nil, fmt.Errorf("search places of %s: %w", d.Slug, civicError(err))
	}
	for _, a := range d.Areas {
		places = append(places, civic.Place{Name: d.Text(a.Name, ""), OtherNames: allNames(a.Name), Kind: civic.PlaceArea, AreaID: a.ID, Point: geo.Centre(a.Boundary)})
	}
	found := typed.Rank(places, near)
	found = found[:min(len(found), q.Limit)]
	district := civic.NewAcceptor(d, 0)
	for i := range found {
		p := &found[i]
		if p.Kind != civic.PlaceArea {
			p.AreaID = district.AreaAt(p.Point)
		}
		p.Outside = !district.Contains(p.Point)
	}
	return found, nil
}

// prefixQuery returns the tsquery that selects the keys in which each word of a
// reading is the beginning of a word. Numbers are whole words.
func prefixQuery(r placename.Reading) string {
	var all []string
	for _, stem := range r.Stems() {
		term := "'" + stem + "'"
		if stem[0] < '0' || stem[0] > '9' {
			term += ":*"
		}
		all = append(all, term)
	}
	return strings.Join(all, " & ")
}

// allNames returns the texts of a name in all languages.
func allNames(name civic.Text) (all []string) {
	for _, text := range name {
		all = append(all, text)
	}
	return all
}

// scanPlace reads a place from the columns of places.sql.
func scanPlace(row pgx.CollectableRow) (p civic.Place, err error) {
	var kind string
	if err := row.Scan(&p.Name, &p.OtherNames, &kind, &p.Street, &p.HouseNumber, &p.Postcode, &p.Point); err != nil {
		return p, err
	}
	p.Kind, err = civic.ParsePlaceKind(kind)
	return p, err
}
