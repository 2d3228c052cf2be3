package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

const wordsBatch = 10_000 // pins

// updateWords finds the words of all pins and other things when those in the
// database are of another version.
func updateWords(ctx context.Context, conn *pgx.Conn) error {
	err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if err := updateContentWords(ctx, tx); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `update pin_words set version = @version where version <> @version`, pgx.NamedArgs{"version": words.Version})
		if err != nil || tag.RowsAffected() == 0 {
			return err //nolint:wrapcheck // said below
		}
		return findPinWords(ctx, tx, `
			select district_id, pin_id, title, body
			from pins
			where (district_id, pin_id) > (@district, @pin)
			order by district_id, pin_id
			limit @batch`, pgx.NamedArgs{})
	})
	if err != nil {
		return fmt.Errorf("find words: %w", err)
	}
	return nil
}

// updateRestoredWords finds the words of the pins that an import updated.
func updateRestoredWords(ctx context.Context, tx pgx.Tx, d *civic.District, batchID int32) error {
	return findPinWords(ctx, tx, `
		select district_id, pin_id, title, body
		from import_changes
		join pins using (district_id, pin_id)
		where district_id = @of
		  and import_changes.import_id = @import
		  and (district_id, pin_id) > (@district, @pin)
		order by district_id, pin_id
		limit @batch`, pgx.NamedArgs{"of": d.ID, "import": batchID})
}

// findPinWords finds the words of the pins that a query selects: the id, the
// title and the body of at most @batch pins after (@district, @pin).
func findPinWords(ctx context.Context, tx pgx.Tx, query string, args pgx.NamedArgs) error {
	district, pin := int32(0), int64(0)
	for {
		args["district"], args["pin"], args["batch"] = district, pin, wordsBatch
		rows, _ := tx.Query(ctx, query, args) // ForEachRow returns the error
		var districts []int32
		var pins []int64
		var found []string
		var title, body string
		_, err := pgx.ForEachRow(rows, []any{&district, &pin, &title, &body}, func() error {
			districts, pins, found = append(districts, district), append(pins, pin), append(found, joinWords(title, body))
			return nil
		})
		if err != nil {
			return fmt.Errorf("read texts of pins: %w", err)
		}
		if len(pins) == 0 {
			return nil
		}
		_, err = tx.Exec(ctx, `
			update pins
			set search = array_to_tsvector(string_to_array(found.words, ' '))
			from unnest(@districts::int[], @pins::bigint[], @words::text[]) as found (district_id, pin_id, words)
			where pins.district_id = found.district_id
			  and pins.pin_id = found.pin_id`,
			pgx.NamedArgs{"districts": districts, "pins": pins, "words": found})
		if err != nil {
			return fmt.Errorf("update words of pins: %w", err)
		}
	}
}

// joinWords returns the words of the texts of a pin, separated by spaces.
func joinWords(title, body string) string { return strings.Join(words.Of(title, body), " ") }

// findChangedWords finds the words of the rows of an import that are to be
// merged, few of which mostly are, into the table changed_words.
func findChangedWords(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `
		declare changed_texts no scroll cursor for
		select row, title, body
		from changed
		join staged using (row)`)
	if err != nil {
		return fmt.Errorf("read texts of rows: %w", err)
	}
	var row copyRow
	for {
		rows, _ := tx.Query(ctx, `fetch 10000 from changed_texts`) // CollectRows returns the error
		texts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[rowText])
		if err != nil {
			return fmt.Errorf("read texts of rows: %w", err)
		}
		if len(texts) == 0 {
			break
		}
		found := startCopy(ctx, tx, `copy changed_words (row, search) from stdin (format binary)`)
		for _, text := range texts {
			row = row.begin(2).int32(text.Row).words(words.Of(text.Title, text.Body))
			if err := found.write(row); err != nil {
				found.abort()
				return fmt.Errorf("copy words of rows: %w", err)
			}
		}
		if err := found.finish(); err != nil {
			return fmt.Errorf("copy words of rows: %w", err)
		}
	}
	if _, err := tx.Exec(ctx, `close changed_texts; analyze changed_words`); err != nil {
		return fmt.Errorf("prepare merge: %w", err)
	}
	return nil
}

// rowText is the text of a row of an import.
type rowText struct {
	Row         int32
	Title, Body string
}
