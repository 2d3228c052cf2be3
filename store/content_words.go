package store

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// contentWords returns the words of what a thing says, in all languages.
func contentWords(r civic.RecordDraft) []string {
	return words.Of(textsOf(r.Kind.Rules().Fields, r.Values)...)
}

// textsOf returns the texts of fields that a person may search for.
func textsOf(fields []civic.Field, v civic.Values) (texts []string) {
	for _, f := range fields {
		switch f.Type {
		case civic.LineField, civic.TextField, civic.MarkdownField:
			texts = slices.AppendSeq(texts, maps.Values(v.Texts[f.Name]))
		case civic.WordField, civic.SaidField:
			texts = append(texts, v.Words[f.Name])
		case civic.RowsField:
			for _, row := range v.Rows[f.Name] {
				texts = append(texts, textsOf(f.Rows, row)...)
			}
		default:
		}
	}
	return texts
}

// updateContentWords finds the words of all things other than pins for which those
// in the database are of another version.
func updateContentWords(ctx context.Context, tx pgx.Tx) error {
	for {
		rows, _ := tx.Query(ctx, `
			select district_id, thing_id, kind, content
			from contents
			join things using (district_id, thing_id)
			where words_version <> @version
			limit @batch`, pgx.NamedArgs{"version": words.Version, "batch": wordsBatch}) // ForEachRow returns the error
		var updates pgx.Batch
		var district int32
		var id int64
		var kind string
		var content []byte
		_, err := pgx.ForEachRow(rows, []any{&district, &id, &kind, &content}, func() error {
			parsed, err := civic.ParseThingKind(kind)
			if err != nil {
				return err
			}
			r, err := draftOf(parsed, content)
			if err != nil {
				return err
			}
			updates.Queue(`
				update contents
				set search = array_to_tsvector(@words::text[]),
				  words_version = @version
				where district_id = @district
				  and thing_id = @id`,
				pgx.NamedArgs{"district": district, "id": id, "words": contentWords(r), "version": words.Version})
			return nil
		})
		if err != nil {
			return fmt.Errorf("read contents: %w", err)
		}
		if updates.Len() == 0 {
			return nil
		}
		if err := tx.SendBatch(ctx, &updates).Close(); err != nil {
			return fmt.Errorf("update words of contents: %w", err)
		}
	}
}
