package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/store"
)

var errNothingAccepted = errors.New("the file has no row that can be used")

// importRun is the import of one file.
type importRun struct {
	file          *os.File
	options       ingest.Options
	overwriteRows bool   // as in store.ImportConfig
	publish       bool   // as in store.ImportConfig
	source        string // "" for the name of the file
	rejects       *rejectsFile
	advice        *importAdvice
	again         record.Reader // reads the file a second time; nil before that
}

// open returns the reader of the file with this content.
func (r *importRun) open(content io.Reader) (record.Reader, error) {
	return ingest.Open(filepath.Base(r.file.Name()), content, r.options)
}

// batch imports the file as one batch. With errNothingAccepted, the counts of
// the batch are those of the rows that were read.
func (r *importRun) batch(ctx context.Context, database *store.Store, cfg ingest.Config) (civic.Batch, error) {
	name := filepath.Base(r.file.Name())
	source := r.source
	if source == "" {
		source = ingest.Slugify(name)
	}
	batch, err := database.BeginImport(ctx, cfg.District, store.ImportConfig{
		Actor:  commandLineUser(),
		Source: source, FileName: name, Waiting: waiting, OverwriteRows: r.overwriteRows, Publish: r.publish,
	})
	if err != nil {
		return civic.Batch{}, err
	}
	defer batch.Abort(ctx)
	cfg.Sink = batch
	cfg.Rejected = func(rejection ingest.Rejection) error {
		return r.rejects.Write(rejection.Record, r.advice.reason(rejection.Err))
	}
	counts, err := ingest.Run(ctx, cfg)
	if err == nil {
		err = r.rejects.Flush()
	}
	switch {
	case err != nil:
		return civic.Batch{}, err
	case counts.Read == 0:
		return civic.Batch{}, fmt.Errorf("%w: it has none at all", errNothingAccepted)
	case counts.Added == 0:
		read := civic.Batch{ImportCounts: civic.ImportCounts{Read: counts.Read, Rejected: counts.Rejected}}
		return read, fmt.Errorf("%w: all %d are rejected", errNothingAccepted, counts.Rejected)
	}
	return batch.Finish(ctx, counts.Read, counts.Rejected, func(d civic.DuplicateRow) error {
		rec, err := r.record(d.Row)
		if err != nil {
			return err
		}
		if err := r.rejects.Write(rec, fmt.Sprintf("the id repeats that of row %d, which was imported", d.First)); err != nil {
			return fmt.Errorf("report the rejection of row %d: %w", d.Row, err)
		}
		return r.rejects.Flush() // a full disk must be an error before the batch is committed
	})
}

// record returns the record with this number, for which it reads the file again;
// the numbers of successive calls ascend. The record has no values if it cannot
// be read a second time, such as from a pipe.
func (r *importRun) record(row int) (record.Record, error) {
	if r.again == nil {
		if _, err := r.file.Seek(0, io.SeekStart); err != nil {
			return record.Record{Row: row}, nil //nolint:nilerr // a report without values is better than no import
		}
		again, err := r.open(r.file)
		if err != nil {
			return record.Record{}, fmt.Errorf("read the file again: %w", err)
		}
		r.again = again
	}
	for {
		rec, err := r.again.Read()
		switch {
		case errors.Is(err, io.EOF):
			return record.Record{Row: row}, nil
		case err != nil:
			return record.Record{}, fmt.Errorf("read row %d again: %w", row, err)
		case rec.Row == row:
			return rec, nil
		case rec.Row > row:
			return record.Record{Row: row}, nil
		}
	}
}
