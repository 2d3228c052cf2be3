package store

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

const (
	maxSearchTerms = 12
	shortestStem   = 3 // letters
)

// endings are vowels that Polish, Ukrainian and English words change when they
// are inflected.
const endings = "aeiouyąęóаеєиіїоуюя"

// searchTerms is the tsquery of what somebody typed: each word must be there,
// at least as the beginning of a word, its last vowels aside, so that "ławki"
// finds "ławka". "" asks for nothing.
func searchTerms(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > maxSearchTerms {
		words = words[:maxSearchTerms]
	}
	for i, w := range words {
		w = strings.ToLower(w)
		if stem := strings.TrimRight(w, endings); utf8.RuneCountInString(stem) >= shortestStem {
			w = stem
		}
		words[i] = "'" + w + "':*"
	}
	return strings.Join(words, " & ")
}

// Places of the district whose names hold what somebody typed, best first.
func (s *Store) Places(ctx context.Context, d *civic.District, typed string, limit int) ([]civic.Place, error) {
	terms := searchTerms(typed)
	if terms == "" {
		return nil, nil
	}
	rows, err := s.pool.Query(ctx, `
		select name, geom
		from places
		where district_id = @district
		  and search @@ to_tsquery('public.pinezka', @search)
		union all
		select name ->> @language, st_pointonsurface(boundary)
		from areas
		where district_id = @district
		  and to_tsvector('public.pinezka', name) @@ to_tsquery('public.pinezka', @search)
		order by 1
		limit @limit`,
		pgx.NamedArgs{"district": d.ID, "search": terms, "limit": limit, "language": d.Languages[0]})
	if err != nil {
		return nil, fmt.Errorf("search places of %s: %w", d.Slug, sentinel(err))
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p civic.Place, err error) {
		err = row.Scan(&p.Name, &p.Point)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("search places of %s: %w", d.Slug, sentinel(err))
	}
	return found, nil
}
