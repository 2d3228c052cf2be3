package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// recordRows writes and reads the content of things of a kind other than pins. Its
// state is among the things.
type recordRows struct{ kind civic.ThingKind }

func (recordRows) hasTriggers() bool                                     { return false }
func (recordRows) queueState(*pgx.Batch, *civic.District, []civic.Thing) {}
func (recordRows) queueErasure(*pgx.Batch, *civic.District, int64)       {}

func (recordRows) text(content civic.Content) any {
	r, _ := content.(civic.Record)
	return r.RecordDraft
}

func (rows recordRows) queueContent(b *pgx.Batch, d *civic.District, t civic.Thing, content civic.Content) error {
	r, ok := content.(civic.Record)
	if !ok || r.Kind != rows.kind {
		return fmt.Errorf("the content is no %s: %w", rows.kind, civic.ErrInvalid)
	}
	areaID := func(slug string) int32 { a, _ := d.Area(slug); return a.ID } // which was checked
	categoryID := func(slug string) int32 { c, _ := d.Category(slug); return c.ID }
	args := pgx.NamedArgs{
		"district": d.ID, "id": t.ID, "content": r.RecordDraft, "geom": nil, "due": nil,
		"areas": idsOf(r, civic.AreasField, areaID), "categories": idsOf(r, civic.CategoriesField, categoryID),
		"words": contentWords(r.RecordDraft), "version": words.Version,
	}
	if r.Point != nil {
		args["geom"] = *r.Point
	}
	if due := r.Due(t.State); due != 0 {
		args["due"] = due.Time()
	}
	b.Queue(`
		insert into contents (district_id, thing_id, content, geom, due_on, area_ids, category_ids, search, words_version)
		values (@district, @id, @content, @geom, @due, @areas, @categories, array_to_tsvector(@words::text[]), @version)
		on conflict (district_id, thing_id) do update
		set content = excluded.content,
		  geom = excluded.geom,
		  due_on = excluded.due_on,
		  area_ids = excluded.area_ids,
		  category_ids = excluded.category_ids,
		  search = excluded.search,
		  words_version = excluded.words_version`, args)
	queueOccurrences(b, d, t, r)
	return nil
}

// idsOf returns the ids of what a thing names by slugs in its fields of a type.
func idsOf(r civic.Record, list civic.FieldType, idOf func(slug string) int32) []int32 {
	ids := []int32{}
	for _, f := range r.Kind.Rules().Fields {
		if f.Type != list {
			continue
		}
		for _, slug := range r.Lists[f.Name] {
			ids = append(ids, idOf(slug))
		}
	}
	return ids
}

func (rows recordRows) read(ctx context.Context, db querier, d *civic.District, ids []int64) (map[int64]civic.Content, error) {
	found := map[int64]civic.Content{}
	var id int64
	var content []byte
	result, _ := db.Query(ctx, `
		select thing_id, content
		from contents
		where district_id = @district
		  and thing_id = any(@ids)`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // ForEachRow returns the error
	_, err := pgx.ForEachRow(result, []any{&id, &content}, func() (err error) {
		found[id], err = rows.restore(d, content)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read contents: %w", err)
	}
	return found, nil
}

func (rows recordRows) restore(d *civic.District, text []byte) (civic.Content, error) {
	draft, err := draftOf(rows.kind, text)
	if err != nil {
		return nil, err
	}
	return draft.Record(d), nil
}

// draftOf returns what a thing of a kind says, of what text has returned as JSON.
func draftOf(kind civic.ThingKind, text []byte) (civic.RecordDraft, error) {
	draft := civic.RecordDraft{Kind: kind}
	if err := json.Unmarshal(text, &draft); err != nil {
		return draft, fmt.Errorf("read what a %s says: %w", kind, err)
	}
	return draft, nil
}
