package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
)

// ImportConfig describes an import.
type ImportConfig struct {
	Actor    civic.Actor         // who imports; required
	Source   string              // slug; identifies rows together with their id; required
	FileName string              // of the file that is imported, without its folder
	Waiting  func(holder string) // called once if another import or undo must end first; default none

	// Publish publishes new pins at once, also in a district in which those of
	// residents wait for a moderator. Default false: there they wait too.
	Publish bool

	// OverwriteRows allows rows without an id to overwrite pins of another content
	// that were imported from a row of the same number. Default false, since
	// such rows are mostly those of another file.
	OverwriteRows bool
}

// Import is a running import into one district from one source. It is one
// transaction, which only Finish commits. It is not safe for concurrent use.
//
// While there are no pins at all, the rows are copied into the table of pins
// itself, and otherwise into a temporary table, from which they are merged.
type Import struct {
	cfg      ImportConfig
	tx       pgx.Tx
	district *civic.District
	sourceID int32
	batchID  int32
	numbered bool // whether a row without an id was added

	publication civic.Publication // of new pins

	rows  *rowCopy
	row   copyRow // the latest
	added int     // number of rows

	// Of a copy into the table of pins.
	direct   bool
	recreate string // SQL, as beginBulkLoad returns it
	firstID  int64  // the id of a pin is this and the number of its row
	last     int    // the highest number of a row
}

//go:embed sql/import_stage.sql
var importStageSQL string

// BeginImport begins an import and waits until no other import or undo in the
// district is running. Then it reads the district into d again, from whose areas
// those of the pins must be derived. The caller must call Finish or Abort. It
// returns civic.ErrInvalid when the source is not a slug.
func (s *Store) BeginImport(ctx context.Context, d *civic.District, cfg ImportConfig) (*Import, error) {
	if !civic.ValidSlug(cfg.Source) {
		return nil, fmt.Errorf("%w: source %q: use lower-case letters, digits and hyphens", civic.ErrInvalid, cfg.Source)
	}
	if err := civic.Can(cfg.Actor, civic.Import, civic.Thing{DistrictID: d.ID}, time.Now()); err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	tx, err := s.writePool.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("begin import: %w", err)
	}
	im := &Import{cfg: cfg, tx: tx, district: d, publication: civic.Published}
	if err := im.begin(ctx); err != nil {
		im.Abort(ctx)
		return nil, fmt.Errorf("begin import: %w", civicError(err))
	}
	return im, nil
}

func (im *Import) begin(ctx context.Context) (err error) {
	if err := lockImports(ctx, im.tx, im.district, "import of "+im.cfg.FileName, im.cfg.Waiting); err != nil {
		return err
	}
	if err := rereadDistrict(ctx, im.tx, im.district); err != nil {
		return err
	}
	if im.district.Moderation == civic.ModerateBefore && !im.cfg.Publish {
		im.publication = civic.Pending
	}
	if im.sourceID, err = addSource(ctx, im.tx, im.district, im.cfg.Source); err != nil {
		return err
	}
	var empty bool
	err = im.tx.QueryRow(ctx, `
		select coalesce(max(import_id), 0) + 1, not exists (select from pins)
		from imports
		where district_id = @district`,
		pgx.NamedArgs{"district": im.district.ID}).Scan(&im.batchID, &empty)
	if err != nil {
		return fmt.Errorf("choose the id of the import: %w", err)
	}
	// Nothing is known of the rows of a new district. A nested loop, which the
	// planner chooses for the one row that it estimates, takes hours for a
	// million. The foreign key of import_changes is checked for each row, by one
	// plan. To compress the log takes a seventh of the time of the indexes, and
	// more when pages with checksums are read for the first time after they were
	// written, which logs them; only a superuser may choose.
	_, err = im.tx.Exec(ctx, `
		set local enable_nestloop = off;
		set local work_mem = '64MB';
		set local plan_cache_mode = auto;
		set local jit = off;
		select set_config('wal_compression', 'off', true)
		from pg_roles
		where rolname = current_user
		  and rolsuper`)
	if err != nil {
		return fmt.Errorf("configure import: %w", err)
	}
	if empty {
		if err := im.beginDirect(ctx); err != nil {
			return err
		}
	}
	if !im.direct {
		if _, err := im.tx.Exec(ctx, importStageSQL); err != nil {
			return fmt.Errorf("create staging table: %w", err)
		}
		im.rows = startCopy(ctx, im.tx, `copy staged (row, external_id, `+pinColumns+`) from stdin (format binary)`)
	}
	return nil
}

// beginDirect begins to copy the rows into the table of pins, unless its indexes
// cannot be dropped.
func (im *Import) beginDirect(ctx context.Context) (err error) {
	if err := lockDistrict(ctx, im.tx, im.district); err != nil {
		return err
	}
	if im.recreate, err = beginBulkLoad(ctx, im.tx, im.publication); err != nil || im.recreate == "" {
		return err
	}
	if err := rereadDistrict(ctx, im.tx, im.district); err != nil { // which cannot change any more
		return err
	}
	if err := im.tx.QueryRow(ctx, `select nextval('thing_ids')`).Scan(&im.firstID); err != nil {
		return fmt.Errorf("choose the ids of pins: %w", err)
	}
	im.direct = true
	im.rows = startCopy(ctx, im.tx, `copy pins (district_id, pin_id, publication, source_id, import_id, external_id, `+pinColumns+`, search) from stdin (format binary)`)
	return nil
}

// addSource returns the id of a source, which it adds unless the district has
// it.
func addSource(ctx context.Context, tx pgx.Tx, d *civic.District, slug string) (id int32, err error) {
	err = tx.QueryRow(ctx, `
		insert into sources (district_id, source_id, slug)
		select @district, coalesce(max(source_id), 0) + 1, @slug
		from sources
		where district_id = @district
		on conflict (district_id, slug) do update set slug = excluded.slug
		returning source_id`,
		pgx.NamedArgs{"district": d.ID, "slug": slug}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("add source: %w", err)
	}
	return id, nil
}

// Abort rolls the import back. After Finish it does nothing.
func (im *Import) Abort(ctx context.Context) {
	if im.rows != nil {
		im.rows.abort()
	}
	_ = im.tx.Rollback(context.WithoutCancel(ctx))
}

// Add copies one checked row of the file, whose number no other row has. When it
// has no external id, Add uses the number of the row instead, so that importing
// the same file again changes nothing.
func (im *Import) Add(_ context.Context, row int, pin civic.NewPin) error {
	externalID := pin.ExternalID
	if externalID == "" {
		externalID = fmt.Sprintf("row %d", row)
		im.numbered = true
	}
	if im.direct {
		im.last = max(im.last, row)
		im.row = im.row.begin(6 + numPinColumns + 1).int32(im.district.ID).int64(im.firstID + int64(row)).text(im.publication.String()).
			int32(im.sourceID).int32(im.batchID).text(externalID).pin(pin).words(words.Of(pin.Title, pin.Body))
	} else {
		im.row = im.row.begin(2 + numPinColumns).int32(int32(row)).text(externalID).pin(pin)
	}
	im.added++
	if err := im.rows.write(im.row); err != nil {
		return fmt.Errorf("copy rows: %w", err)
	}
	return nil
}

var (
	//go:embed sql/import_compare.sql
	importCompareSQL string
	//go:embed sql/import_merge.sql
	importMergeSQL string
	//go:embed sql/import_numbered.sql
	importNumberedSQL string
	//go:embed sql/import_record.sql
	importRecordSQL string
	//go:embed sql/import_duplicates.sql
	importDuplicatesSQL string
	//go:embed sql/import_direct_duplicates.sql
	importDirectDuplicatesSQL string
)

// Finish merges the staged rows into the pins and commits them as one batch. A row
// with a new external id adds a pin; a row whose content differs updates its pin,
// except for what a person has changed, of which it records the difference. Finish rejects a row that repeats an external id and calls
// duplicate for it. read and rejected are the numbers of rows that the caller
// has read and rejected.
//
// It returns civic.ErrConflict, and changes nothing, when rows without an id
// would overwrite pins, unless ImportConfig.OverwriteRows allows that.
func (im *Import) Finish(ctx context.Context, read, rejected int, duplicate func(civic.DuplicateRow) error) (civic.Batch, error) {
	defer im.Abort(ctx)
	batch := civic.Batch{ID: im.batchID, Source: im.cfg.Source, FileName: im.cfg.FileName, FinishedAt: time.Now()}
	batch.Read, batch.Rejected = read, rejected
	err := im.rows.finish()
	if err == nil && im.direct {
		err = im.finishDirect(ctx, &batch, duplicate)
	} else if err == nil {
		err = im.merge(ctx, &batch, duplicate)
	}
	if im.publication == civic.Pending {
		batch.Pending = batch.Created
	}
	if err == nil {
		err = record{actor: im.cfg.Actor, batch: &im.batchID, steps: []recordedStep{{action: civic.Import}}}.save(ctx, im.tx, im.district)
	}
	if err == nil {
		err = im.tx.Commit(ctx)
	}
	if err != nil {
		return civic.Batch{}, fmt.Errorf("finish import from %s: %w", im.cfg.Source, civicError(err))
	}
	return batch, nil
}

// finishDirect completes the pins that were copied into an empty table. The
// unique index finds whether an external id is repeated.
func (im *Import) finishDirect(ctx context.Context, batch *civic.Batch, duplicate func(civic.DuplicateRow) error) error {
	args := pgx.NamedArgs{"district": im.district.ID, "import": im.batchID, "first": im.firstID, "last": im.firstID + int64(im.last)}
	err := pgx.BeginFunc(ctx, im.tx, func(savepoint pgx.Tx) error {
		_, err := savepoint.Exec(ctx, im.recreate)
		return err //nolint:wrapcheck // said below
	})
	var pg *pgconn.PgError
	var duplicates int
	if errors.As(err, &pg) && pg.Code == "23505" { // unique_violation
		if duplicates, err = im.deleteDuplicates(ctx, importDirectDuplicatesSQL, args, duplicate); err != nil {
			return err
		}
		_, err = im.tx.Exec(ctx, im.recreate)
	}
	if err != nil {
		return fmt.Errorf("create indexes of pins: %w", err)
	}
	batch.Rejected += duplicates
	batch.Created = im.added - duplicates
	if err := addThingsOfPins(ctx, im.tx, batch.Created); err != nil {
		return err
	}
	if _, err := im.tx.Exec(ctx, `select setval('thing_ids', greatest(@last, (select last_value from thing_ids)))`, args); err != nil {
		return fmt.Errorf("reserve the ids of pins: %w", err)
	}
	if _, err := im.tx.Exec(ctx, importRecordSQL, im.args(batch)); err != nil {
		return fmt.Errorf("record the import: %w", err)
	}
	return nil
}

func (im *Import) args(batch *civic.Batch) pgx.NamedArgs {
	return pgx.NamedArgs{
		"district": im.district.ID, "import": im.batchID, "source": im.sourceID, "file_name": batch.FileName,
		"read": batch.Read, "created": batch.Created, "rejected": batch.Rejected,
	}
}

func (im *Import) merge(ctx context.Context, batch *civic.Batch, duplicate func(civic.DuplicateRow) error) error {
	if _, err := im.tx.Exec(ctx, `analyze staged (row, external_id)`); err != nil {
		return fmt.Errorf("prepare merge: %w", err)
	}
	duplicates, err := im.deleteDuplicates(ctx, importDuplicatesSQL, nil, duplicate)
	if err != nil {
		return err
	}
	batch.Rejected += duplicates
	args := im.args(batch)
	args["staged"] = im.added - duplicates
	args["kept"], args["publication"] = false, im.publication.String()
	if err := lockDistrict(ctx, im.tx, im.district); err != nil {
		return err
	}
	if _, err := im.tx.Exec(ctx, importCompareSQL, args); err != nil {
		return fmt.Errorf("compare rows: %w", err)
	}
	edited, err := im.keepEdited(ctx, args)
	if err != nil {
		return err
	}
	if im.numbered && !im.cfg.OverwriteRows {
		if err := im.checkNumbered(ctx, args); err != nil {
			return err
		}
	}
	if _, err := im.tx.Exec(ctx, `analyze changed`); err != nil { // mostly few rows or none, which the planner must know
		return fmt.Errorf("prepare merge: %w", err)
	}
	if err := findChangedWords(ctx, im.tx); err != nil {
		return err
	}
	err = im.tx.QueryRow(ctx, importMergeSQL, args).Scan(&batch.Created, &batch.Updated, &batch.Unchanged)
	if err != nil {
		return fmt.Errorf("merge rows: %w", err)
	}
	if len(edited) > 0 {
		batch.Differences, err = im.recordDifferences(ctx, edited)
	}
	return err
}

// checkNumbered returns civic.ErrConflict when rows that only their number
// identifies would overwrite pins.
func (im *Import) checkNumbered(ctx context.Context, args pgx.NamedArgs) error {
	var n int
	if err := im.tx.QueryRow(ctx, importNumberedSQL, args).Scan(&n); err != nil {
		return fmt.Errorf("compare rows without an id: %w", err)
	}
	if n > 0 {
		return fmt.Errorf("%w: rows of this file have no id, and %d of them would overwrite pins that were imported from other rows of the same number",
			civic.ErrConflict, n)
	}
	return nil
}

// deleteDuplicates deletes the rows that repeat an external id, calls duplicate
// for each, and returns their number.
func (im *Import) deleteDuplicates(ctx context.Context, duplicatesSQL string, args pgx.NamedArgs, duplicate func(civic.DuplicateRow) error) (int, error) {
	rows, _ := im.tx.Query(ctx, duplicatesSQL, args) // ForEachRow returns the error
	var r civic.DuplicateRow
	tag, err := pgx.ForEachRow(rows, []any{&r.Row, &r.First, &r.ExternalID}, func() error { return duplicate(r) })
	if err != nil {
		return 0, fmt.Errorf("delete duplicate rows: %w", err)
	}
	return int(tag.RowsAffected()), nil
}

// Imports returns the finished imports of a district, newest first.
func (s *Store) Imports(ctx context.Context, d *civic.District) ([]civic.Batch, error) {
	rows, _ := s.writePool.Query(ctx, `
		select import_id, slug, file_name, finished_at, undone_at, read, created, updated, unchanged, rejected
		from imports
		join sources using (district_id, source_id)
		where district_id = @district
		order by import_id desc`, pgx.NamedArgs{"district": d.ID}) // CollectRows returns the error
	batches, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (b civic.Batch, err error) {
		err = row.Scan(&b.ID, &b.Source, &b.FileName, &b.FinishedAt, &b.UndoneAt, &b.Read, &b.Created, &b.Updated, &b.Unchanged, &b.Rejected)
		return b, err
	})
	if err != nil {
		return nil, fmt.Errorf("read imports of %s: %w", d.Slug, err)
	}
	return batches, nil
}
