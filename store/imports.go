package store

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// stageRows is how many rows go to the staging table in one COPY.
const stageRows = 5000

// Import is a running import of one district from one source, in one
// transaction: nothing is seen of it, and nothing stays of it, before Finish.
// It is not safe for concurrent use.
type Import struct {
	tx       pgx.Tx
	district *civic.District
	source   string
	sourceID int32
	staged   [][]any
}

//go:embed sql/import_stage.sql
var importStageSQL string

// BeginImport starts an import. End it with Finish, or with Abort.
func (s *Store) BeginImport(ctx context.Context, d *civic.District, source string) (*Import, error) {
	if !civic.ValidSlug(source) {
		return nil, fmt.Errorf("%w: source %q: use lower-case letters, digits and hyphens", civic.ErrInvalid, source)
	}
	tx, err := s.pool.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	im := &Import{tx: tx, district: d, source: source}
	err = tx.QueryRow(ctx, `
		with turn as materialized (
		  select pg_advisory_xact_lock(hashtext('pinezka import'), @district) -- one import of a district at a time
		)
		insert into sources (district_id, source_id, slug)
		select @district, coalesce(max(source_id), 0) + 1, @slug from turn left join sources on district_id = @district
		on conflict (district_id, slug) do update set slug = excluded.slug
		returning source_id`,
		pgx.NamedArgs{"district": d.ID, "slug": source}).Scan(&im.sourceID)
	if err == nil {
		_, err = tx.Exec(ctx, importStageSQL)
	}
	if err != nil {
		im.Abort(ctx)
		return nil, fmt.Errorf("begin import: %w", err)
	}
	return im, nil
}

// Abort drops the import and everything staged.
func (im *Import) Abort(ctx context.Context) { _ = im.tx.Rollback(context.WithoutCancel(ctx)) }

// Add stages one checked row of the file. Without an external ID the row's
// number stands for it, so that the same file imported again changes nothing.
func (im *Import) Add(ctx context.Context, row int, pin civic.NewPin) error {
	external := pin.ExternalID
	if external == "" {
		external = fmt.Sprintf("row %d", row)
	}
	var area any
	if pin.AreaID > 0 {
		area = pin.AreaID
	}
	im.staged = append(im.staged, []any{
		row, external, pin.Category.ID, pin.Category.Kind.String(), pin.Status.String(), pin.Title, pin.Body,
		pin.Exact.Point, int64(pin.Exact.Cell), pin.Shown.Point, int64(pin.Shown.Cell), area, pin.ReportedOn.Time(),
	})
	if len(im.staged) < stageRows {
		return nil
	}
	return im.flush(ctx)
}

func (im *Import) flush(ctx context.Context) error {
	_, err := im.tx.CopyFrom(ctx, pgx.Identifier{"staged"}, []string{
		"row", "external_id", "category_id", "kind", "status", "title", "body",
		"geom", "cell", "shown", "shown_cell", "area_id", "reported_on",
	}, pgx.CopyFromRows(im.staged))
	if err != nil {
		return fmt.Errorf("stage rows: %w", err)
	}
	clear(im.staged)
	im.staged = im.staged[:0]
	return nil
}

//go:embed sql/import_merge.sql
var importMergeSQL string

// Finish publishes what was staged as one batch: rows with a new external ID
// are created, those whose content differs updated, the others left alone. Rows
// that repeat an external ID are rejected, each through repeat; read and
// rejected are the reader's own counts.
func (im *Import) Finish(ctx context.Context, fileName string, read, rejected int, repeat func(civic.DuplicateRow) error) (civic.Batch, error) {
	defer im.Abort(ctx)
	fail := func(err error) (civic.Batch, error) {
		return civic.Batch{}, fmt.Errorf("finish import from %s: %w", im.source, sentinel(err))
	}
	if err := im.flush(ctx); err != nil {
		return fail(err)
	}
	repeats, err := im.dropRepeats(ctx, repeat)
	if err != nil {
		return fail(err)
	}
	if _, err := im.tx.Exec(ctx, `analyze staged`); err != nil {
		return fail(err)
	}
	batch := civic.Batch{Source: im.source, FileName: fileName, FinishedAt: time.Now()}
	batch.Read, batch.Rejected = read, rejected+repeats
	err = im.tx.QueryRow(ctx, importMergeSQL, pgx.NamedArgs{
		"district": im.district.ID, "source": im.sourceID, "file_name": fileName, "read": batch.Read, "rejected": batch.Rejected,
	}).Scan(&batch.ID, &batch.Created, &batch.Updated, &batch.Unchanged)
	if err != nil {
		return fail(err)
	}
	if err := im.tx.Commit(ctx); err != nil {
		return fail(err)
	}
	return batch, nil
}

// dropRepeats removes, of the staged rows with one external ID, all but the first.
func (im *Import) dropRepeats(ctx context.Context, repeat func(civic.DuplicateRow) error) (int, error) {
	rows, err := im.tx.Query(ctx, `
		with numbered as (
		  select row, external_id, min(row) over (partition by external_id) as first
		  from staged
		), dropped as (
		  delete from staged
		  using numbered
		  where staged.row = numbered.row and numbered.row > numbered.first
		  returning staged.row, numbered.first, staged.external_id
		)
		select row, first, external_id from dropped order by row`)
	if err != nil {
		return 0, err
	}
	var r civic.DuplicateRow
	n := 0
	_, err = pgx.ForEachRow(rows, []any{&r.Row, &r.First, &r.ExternalID}, func() error {
		n++
		return repeat(r)
	})
	return n, err
}

// Imports of a district, newest first.
func (s *Store) Imports(ctx context.Context, d *civic.District) ([]civic.Batch, error) {
	rows, err := s.pool.Query(ctx, `
		select import_id, slug, file_name, finished_at, undone_at, read, created, updated, unchanged, rejected
		from imports
		join sources using (district_id, source_id)
		where district_id = $1
		order by import_id desc`, d.ID)
	if err != nil {
		return nil, fmt.Errorf("read imports of %s: %w", d.Slug, err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (b civic.Batch, err error) {
		err = row.Scan(&b.ID, &b.Source, &b.FileName, &b.FinishedAt, &b.UndoneAt, &b.Read, &b.Created, &b.Updated, &b.Unchanged, &b.Rejected)
		return b, err
	})
}

//go:embed sql/import_undo.sql
var importUndoSQL string

// UndoImport puts everything that a batch touched back as it was before, and
// answers how many pins it removed and restored. It reports civic.ErrConflict
// where the batch is undone already or a later one touched the same pins: that
// one must be undone first.
func (s *Store) UndoImport(ctx context.Context, d *civic.District, id int32) (removed, restored int, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		var undone *time.Time
		var later *int32
		err := tx.QueryRow(ctx, `
			select undone_at, (
			  select min(later.import_id)
			  from import_changes mine
			  join import_changes later using (district_id, pin_id)
			  join imports on (imports.district_id, imports.import_id) = (later.district_id, later.import_id)
			  where mine.district_id = $1 and mine.import_id = $2
			    and later.import_id > $2 and imports.undone_at is null
			)
			from imports
			where district_id = $1 and import_id = $2
			for update`, d.ID, id).Scan(&undone, &later)
		switch {
		case err != nil:
			return sentinel(err)
		case undone != nil:
			return fmt.Errorf("%w: it was undone on %s", civic.ErrConflict, undone.Format(time.DateOnly))
		case later != nil:
			return fmt.Errorf("%w: import %d changed the same pins later; undo that one first", civic.ErrConflict, *later)
		}
		return tx.QueryRow(ctx, importUndoSQL, pgx.NamedArgs{"district": d.ID, "import": id}).Scan(&removed, &restored)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("undo import %d in %s: %w", id, d.Slug, err)
	}
	return removed, restored, nil
}
