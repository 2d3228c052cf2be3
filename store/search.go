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
	minStem        = 3 // letters
)

// endings are the vowels with which inflected words of Polish, Ukrainian and
// English end.
const endings = "aeiouyąęóаеєиіїоуюя"

// searchTerms returns the tsquery for a text that somebody typed, or "" when it
// has no words. A document matches when, for every word, it contains a word
// that begins with it. Vowels at the end of a word are ignored, so that "ławki"
// matches "ławka".
func searchTerms(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) > maxSearchTerms {
		words = words[:maxSearchTerms]
	}
	for i, w := range words {
		w = strings.ToLower(w)
		if stem := strings.TrimRight(w, endings); utf8.RuneCountInString(stem) >= minStem {
			w = stem
		}
		words[i] = "'" + w + "':*"
	}
	return strings.Join(words, " & ")
}

// Places returns the places and areas of the district whose names match a text
// that somebody typed, ordered by name, at most limit.
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
		return nil, fmt.Errorf("search places of %s: %w", d.Slug, civicError(err))
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[civic.Place])
	if err != nil {
		return nil, fmt.Errorf("search places of %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}
