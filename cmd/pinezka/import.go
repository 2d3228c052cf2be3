package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/store"
)

type importFlags struct {
	databaseFlags
	district, source          string
	columns, defaults, values []string
	dateLayout                string
	format, delimiter, coding string
	rejects                   string
}

func importCommand() *cobra.Command {
	var f importFlags
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Import pins from CSV or GeoJSON, as one batch that can be undone",
		Args:  cobra.ExactArgs(1),
		Long: `Import pins from a CSV or GeoJSON file, gzipped or not, as a stream.

Columns are mapped to the attributes of a pin (id, title, body, category, status,
date, lon, lat, or point for WKT or "(lat, lon)"). Rows that cannot be used are
written to a file, each with its number and the reason; the others become one
batch, all or nothing. A row is identified by its source and id, so importing the
same file twice changes nothing. "pinezka undo" undoes a batch.

  pinezka import complaints.csv.gz --district chicago --source city311 \
    --map id=Service_Request_Number --map lat=Latitude --map lon=Longitude \
    --map title="{Type_of_Service_Request}: {Street_Address}" \
    --map date=Creation_Date --map status=Status \
    --value "status:Completed=met" --default category=sanitation`,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), cmd.OutOrStdout(), args[0]) },
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.district, "district", "", "slug of the district (required)")
	flags.StringVar(&f.source, "source", "", "name of the source, which identifies rows together with their id (default: the file's name)")
	flags.StringArrayVar(&f.columns, "map", nil, "TARGET=COLUMN, or a template: title={Column}: {Other} (repeatable)")
	flags.StringArrayVar(&f.defaults, "default", nil, "TARGET=VALUE, for rows that have no value (repeatable)")
	flags.StringArrayVar(&f.values, "value", nil, "TARGET:FROM=TO translates a value (repeatable)")
	flags.StringVar(&f.dateLayout, "date-layout", "", "layout of dates in Go's form, such as 01/02/2006 (default: ISO 8601 and dd.mm.yyyy)")
	flags.StringVar(&f.format, "format", "", "csv or geojson (default: by the file's name and content)")
	flags.StringVar(&f.delimiter, "delimiter", "", "of CSV columns (default: detected in the header)")
	flags.StringVar(&f.coding, "encoding", "", "of the text, such as windows-1250 (default: UTF-8, or that of a byte order mark)")
	flags.StringVar(&f.rejects, "rejects", "", "file for rows that cannot be used (default: FILE's name with .rejected.csv, in the current directory)")
	_ = cmd.MarkFlagRequired("district")
	return cmd
}

// run imports the file with this name and reports the result to out.
func (f *importFlags) run(ctx context.Context, out io.Writer, name string) error {
	mapping, err := f.mapping()
	if err != nil {
		return err
	}
	file, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	database, d, stop, err := f.databaseFlags.district(ctx, f.district)
	if err != nil {
		return err
	}
	defer stop()

	bar := progress(info.Size(), "reading")
	options := ingest.Options{Format: ingest.Format(f.format), Encoding: f.coding}
	if f.delimiter != "" {
		if options.Delimiter, err = parseDelimiter(f.delimiter); err != nil {
			return err
		}
	}
	reader, err := ingest.Open(filepath.Base(name), io.TeeReader(file, bar), options)
	if errors.Is(err, record.ErrEncoding) {
		return fmt.Errorf("%w with --encoding", err)
	}
	if err != nil {
		return err
	}
	rejects, err := f.openRejects(name, info)
	if err != nil {
		return err
	}
	cfg := ingest.Config{Reader: reader, Mapping: mapping, District: d, Today: d.DayOf(time.Now()), Rejected: rejects.rows.Write}
	batch, err := f.runBatch(ctx, database, cfg, rejects.rows, filepath.Base(name))
	_ = bar.Finish()
	closed := rejects.close(batch.Rejected == 0)
	if err != nil {
		return fmt.Errorf("nothing was imported: %w", err)
	}
	fmt.Fprintf(out, "Import %d of %s: %d read = %d created + %d updated + %d unchanged + %d rejected\n",
		batch.ID, d.Slug, batch.Read, batch.Created, batch.Updated, batch.Unchanged, batch.Rejected)
	if batch.Rejected > 0 {
		fmt.Fprintf(out, "Rejected rows, with reasons: %s\n", rejects.name)
	}
	fmt.Fprintf(out, "To undo it: pinezka undo --district %s %d\n", d.Slug, batch.ID)
	return closed
}

// runBatch imports the file with this name as one batch.
func (f *importFlags) runBatch(ctx context.Context, database *store.Store, cfg ingest.Config, rejects *ingest.RejectionWriter, name string) (civic.Batch, error) {
	source := f.source
	if source == "" {
		source = ingest.Slugify(name)
	}
	batch, err := database.BeginImport(ctx, cfg.District, store.ImportConfig{Source: source, FileName: name, Waiting: waiting})
	if err != nil {
		return civic.Batch{}, err
	}
	defer batch.Abort(ctx)
	cfg.Sink = batch
	counts, err := ingest.Run(ctx, cfg)
	if err != nil {
		return civic.Batch{}, err
	}
	if err := rejects.Flush(); err != nil {
		return civic.Batch{}, err
	}
	return batch.Finish(ctx, counts.Read, counts.Rejected, func(r civic.DuplicateRow) error {
		_ = rejects.Write(ingest.Rejection{
			Row: r.Row, ExternalID: r.ExternalID, Reason: fmt.Sprintf("the id repeats that of row %d, which was imported", r.First),
		}) // Flush returns the error
		return rejects.Flush() // a full disk must be an error before the batch is committed
	})
}

// waiting says what an import or undo waits for.
func waiting(holder string) {
	fmt.Fprintf(os.Stderr, "Waiting for the %s to end …\n", strings.TrimPrefix(holder, "pinezka "))
}

// rejectFile is the file of the rejected rows.
type rejectFile struct {
	name string
	file *os.File
	rows *ingest.RejectionWriter
}

// openRejects creates the file of the rejected rows of the file with this name
// and info, which it must not overwrite.
func (f *importFlags) openRejects(name string, info os.FileInfo) (*rejectFile, error) {
	path := f.rejects
	if path == "" {
		path = filepath.Base(name) + ".rejected.csv"
	}
	if existing, err := os.Stat(path); err == nil && os.SameFile(existing, info) {
		return nil, fmt.Errorf("%s is the file to import; name another with --rejects", path)
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("%w; name another file with --rejects", err)
	}
	return &rejectFile{path, file, ingest.NewRejectionWriter(file)}, nil
}

// close closes the file. It removes an empty one, unless that is a device such
// as /dev/null.
func (r *rejectFile) close(empty bool) error {
	info, err := r.file.Stat()
	err = errors.Join(err, r.rows.Flush(), r.file.Close())
	if empty && info != nil && info.Mode().IsRegular() {
		err = errors.Join(err, os.Remove(r.name))
	}
	return err
}

// parseDelimiter returns the delimiter that the flag --delimiter names.
func parseDelimiter(s string) (rune, error) {
	if s == `\t` || s == "tab" {
		return '\t', nil
	}
	runes := []rune(s)
	if len(runes) != 1 {
		return 0, fmt.Errorf("--delimiter %q is not one character", s)
	}
	return runes[0], nil
}

func importsCommand() *cobra.Command {
	var db databaseFlags
	var slug string
	cmd := &cobra.Command{
		Use: "imports", Short: "List the imports of a district, newest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			database, d, stop, err := db.district(cmd.Context(), slug)
			if err != nil {
				return err
			}
			defer stop()
			batches, err := database.Imports(cmd.Context(), d)
			if err != nil {
				return err
			}
			for _, b := range batches {
				undone := ""
				if b.UndoneAt != nil {
					undone = "  undone " + b.UndoneAt.Format(time.DateTime)
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%d  %s  %s  %s  %d read = %d created + %d updated + %d unchanged + %d rejected%s\n",
					b.ID, b.FinishedAt.Format(time.DateTime), b.Source, b.FileName, b.Read, b.Created, b.Updated, b.Unchanged, b.Rejected, undone)
			}
			if len(batches) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "Nothing has been imported yet; see \"pinezka import --help\".")
			}
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&slug, "district", "", "slug of the district (required)")
	_ = cmd.MarkFlagRequired("district")
	return cmd
}

func undoCommand() *cobra.Command {
	var db databaseFlags
	var slug string
	cmd := &cobra.Command{
		Use: "undo IMPORT", Short: "Undo an import: delete the pins that it created, restore those that it updated", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 32)
			if err != nil {
				return fmt.Errorf("%q is not the number of an import", args[0])
			}
			database, d, stop, err := db.district(cmd.Context(), slug)
			if err != nil {
				return err
			}
			defer stop()
			removed, restored, err := database.UndoImport(cmd.Context(), d, int32(id), waiting)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Import %d undone: %d pins removed, %d restored\n", id, removed, restored)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&slug, "district", "", "slug of the district (required)")
	_ = cmd.MarkFlagRequired("district")
	return cmd
}
