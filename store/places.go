package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/placename"
)

// SourceDistrict is the source of the places with which a district is added.
const SourceDistrict = "district"

// ReplacePlaces replaces the places of a district that are from a source, such
// as "osm", by others, and returns how many there are now. Places of other
// sources stay. A place whose name has no letters and digits is left out.
func (s *Store) ReplacePlaces(ctx context.Context, d *civic.District, source string, places []civic.Place) (int, error) {
	n := 0
	err := s.inTx(ctx, func(tx pgx.Tx) (err error) {
		if n, err = replacePlaces(ctx, tx, d, source, places); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `analyze places`) // the search needs the statistics at once
		return err                              //nolint:wrapcheck // the caller says what failed
	})
	if err != nil {
		return 0, fmt.Errorf("replace the places of %s from %s: %w", d.Slug, source, civicError(err))
	}
	return n, nil
}

func addPlaces(ctx context.Context, tx pgx.Tx, d *civic.District) error {
	for _, p := range d.Places {
		if placename.Key(p.SearchedName()) == "" {
			return fmt.Errorf("place %s: %w: its name has no letters and digits", p.Name, civic.ErrInvalid)
		}
	}
	_, err := replacePlaces(ctx, tx, d, SourceDistrict, d.Places)
	return err
}

func replacePlaces(ctx context.Context, tx pgx.Tx, d *civic.District, source string, places []civic.Place) (n int, err error) {
	args := pgx.NamedArgs{"district": d.ID, "source": source}
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('pinezka places'), @district)`, args); err != nil {
		return 0, fmt.Errorf("lock places: %w", err)
	}
	var last int32
	err = tx.QueryRow(ctx, `
		select coalesce(max(place_id), 0)
		from places
		where district_id = @district
		  and source <> @source`, args).Scan(&last)
	if err != nil {
		return 0, fmt.Errorf("choose the ids of places: %w", err)
	}
	if _, err := tx.Exec(ctx, `delete from places where district_id = @district and source = @source`, args); err != nil {
		return 0, fmt.Errorf("delete places: %w", err)
	}
	columns := []string{
		"district_id", "place_id", "source", "kind", "name", "other_names", "street", "house_number", "postcode", "geom",
		"searched_name", "name_key", "number_key", "number_value", "postcode_key", "key_version", "leads",
	}
	rows := placeRows(places, &n)
	err = copyRows(ctx, tx, "places", columns, len(rows), func(i int) (string, []any) {
		r := rows[i]
		number := r.place.HouseNumber
		return "place " + r.place.Name, []any{
			d.ID, last + int32(i+1), source, r.place.Kind.String(), r.place.Name, orEmptyList(r.place.OtherNames), r.place.Street, number, r.place.Postcode, r.place.Point,
			r.searched, r.key, placename.NumberKey(number), int32(placename.NumberValue(number)), placename.PostcodeKey(r.place.Postcode), placename.Version, r.leads,
		}
	})
	return n, err
}

// placeRow is a row of a place: that of its name, or of another name that has
// another key.
type placeRow struct {
	place         *civic.Place
	searched, key string
	leads         bool
}

// placeRows returns the rows of the places, whose number it adds to n.
func placeRows(places []civic.Place, n *int) (rows []placeRow) {
	leading := map[string]bool{}
	for i := range places {
		p := &places[i]
		var keys []string
		for _, name := range append([]string{p.SearchedName()}, p.OtherNames...) {
			key := placename.Key(name)
			if key == "" || slices.Contains(keys, key) {
				continue
			}
			keys = append(keys, key)
			rows = append(rows, placeRow{p, name, key, !leading[key]})
			leading[key] = true
		}
		if p.Name == "" { // which the database rejects
			rows = append(rows, placeRow{place: p})
		}
		if len(keys) > 0 {
			*n++
		}
	}
	return rows
}

// orEmptyList returns list, or an empty one when it is nil, which would be null.
func orEmptyList(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

const rekeyBatch = 10_000

// rekeyPlaces computes the keys of places that have those of another version.
func rekeyPlaces(ctx context.Context, conn *pgx.Conn) error {
	for {
		n, err := rekeyBatchOfPlaces(ctx, conn)
		if err != nil {
			return fmt.Errorf("compute the keys of places: %w", err)
		}
		if n < rekeyBatch {
			return nil
		}
	}
}

func rekeyBatchOfPlaces(ctx context.Context, conn *pgx.Conn) (n int, err error) {
	rows, _ := conn.Query(ctx, `
		select district_id, place_id, searched_name, house_number, postcode
		from places
		where key_version <> @version
		order by district_id, place_id
		limit @batch`, pgx.NamedArgs{"version": placename.Version, "batch": rekeyBatch}) // ForEachRow returns the error
	var districts, ids, values []int32
	var names, numbers, postcodes []string
	var district, id int32
	var name, number, postcode string
	_, err = pgx.ForEachRow(rows, []any{&district, &id, &name, &number, &postcode}, func() error {
		districts, ids, values = append(districts, district), append(ids, id), append(values, int32(placename.NumberValue(number)))
		names, numbers, postcodes = append(names, placename.Key(name)), append(numbers, placename.NumberKey(number)), append(postcodes, placename.PostcodeKey(postcode))
		return nil
	})
	if err != nil || len(ids) == 0 {
		return 0, err //nolint:wrapcheck // the caller says what failed
	}
	_, err = conn.Exec(ctx, `
		update places
		set name_key = keys.name_key,
		  number_key = keys.number_key,
		  number_value = keys.number_value,
		  postcode_key = keys.postcode_key,
		  key_version = @version
		from unnest(@districts::int[], @ids::int[], @names::text[], @numbers::text[], @values::int[], @postcodes::text[])
		  as keys (district_id, place_id, name_key, number_key, number_value, postcode_key)
		where places.district_id = keys.district_id
		  and places.place_id = keys.place_id`,
		pgx.NamedArgs{"version": placename.Version, "districts": districts, "ids": ids, "names": names, "numbers": numbers, "values": values, "postcodes": postcodes})
	return len(ids), err
}
