package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/record"
)

type importFlags struct {
	databaseFlags
	district, source          string
	columns, defaults, values []string
	dateLayout                string
	format, delimiter, coding string
	rejects                   string
	overwriteRows, publish    bool
	skipRows                  int
	swapAxes                  bool
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
written to a file in the format of the first, each with its number and the reason,
so that they can be corrected and imported with the same flags; the others become
one batch, all or nothing. A row is identified by its source and id, so importing
the same file twice changes nothing. "pinezka undo" undoes a batch.

In a district that is moderated before publication, new pins wait for a moderator
unless --publish says otherwise. What somebody has changed of a pin is never
overwritten: "pinezka imports differences" lists what the file says instead.

A date that states an offset from UTC means its day in the time zone of the
district. Words for nothing, such as NULL, #N/A or a dash, are no value, except
in titles and bodies.

  pinezka import complaints.csv.gz --district chicago --source city311 \
    --map id=Service_Request_Number --map lat=Latitude --map lon=Longitude \
    --map title="{Type_of_Service_Request}: {Street_Address}" \
    --map date=Creation_Date --map status=Status \
    --value "status:Completed=met" --default category=sanitation`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr(), args[0])
		},
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.district, "district", "", "slug of the district (required)")
	flags.StringVar(&f.source, "source", "", "name of the source, which identifies rows together with their id (default: the file's name)")
	flags.StringArrayVar(&f.columns, "map", nil, "TARGET=COLUMN, or a template: title={Column}: {Other} (repeatable)")
	flags.StringArrayVar(&f.defaults, "default", nil, "TARGET=VALUE, for rows that have no value (repeatable)")
	flags.StringArrayVar(&f.values, "value", nil, "TARGET:FROM=TO translates a value (repeatable)")
	flags.StringVar(&f.dateLayout, "date-layout", "", "layout of dates in Go's form, such as 01/02/2006 (default: every notation that means one day only)")
	flags.BoolVar(&f.swapAxes, "swap-axes", false, "exchange latitude and longitude, for files in which they are exchanged")
	flags.IntVar(&f.skipRows, "skip-rows", 0, "number of rows of a CSV file above its header, such as titles")
	flags.StringVar(&f.format, "format", "", "csv or geojson (default: by the file's name and content)")
	flags.StringVar(&f.delimiter, "delimiter", "", "of CSV columns (default: detected in the header)")
	flags.StringVar(&f.coding, "encoding", "", "of the text, such as windows-1250 (default: UTF-8, or that of a byte order mark)")
	flags.StringVar(&f.rejects, "rejects", "", "file for rows that cannot be used (default: FILE's name with .rejected.csv, or .rejected.geojson for GeoJSON, in the current directory)")
	flags.BoolVar(&f.overwriteRows, "overwrite-rows", false, "let rows without an id overwrite pins that were imported from rows of the same number")
	flags.BoolVar(&f.publish, "publish", false, "publish new pins at once, also where they would wait for a moderator")
	_ = cmd.MarkFlagRequired("district")
	return cmd
}

// run imports the file with this name, reports the result to out, and what
// would help with rejected rows to hints.
func (f *importFlags) run(ctx context.Context, out, hints io.Writer, name string) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // there is little data and much garbage: a few megabytes save a fifth of the time
	}
	mapping, err := f.mapping()
	if err != nil {
		return err
	}
	options := ingest.Options{Format: ingest.Format(f.format), Encoding: f.coding, SkipRows: f.skipRows}
	if f.delimiter != "" {
		if options.Delimiter, err = parseDelimiter(f.delimiter); err != nil {
			return err
		}
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
	if f.rejects != "" {
		if err := checkRejects(f.rejects, info); err != nil {
			return err
		}
	}
	database, d, stop, err := f.databaseFlags.district(ctx, f.district)
	if err != nil {
		return err
	}
	defer stop()

	run := importRun{file: file, options: options, advice: &importAdvice{}, source: f.source, overwriteRows: f.overwriteRows, publish: f.publish}
	bar := progress(info.Size(), "reading")
	defer func() { _ = bar.Finish() }()
	reader, err := run.open(io.TeeReader(file, bar))
	if errors.Is(err, record.ErrEncoding) {
		return fmt.Errorf("%w with --encoding", err)
	}
	if err != nil {
		return err
	}
	if f.rejects == "" {
		f.rejects = filepath.Base(name) + ".rejected" + ingest.RejectionsExtension(reader)
		if err := checkRejects(f.rejects, info); err != nil {
			return err
		}
	}
	if run.rejects, err = createRejects(f.rejects, reader, options); err != nil {
		return err
	}
	batch, err := run.batch(ctx, database, ingest.Config{Reader: reader, Mapping: mapping, District: d, Today: d.DayOf(time.Now())})
	_ = bar.Finish()
	if errors.Is(err, errNothingAccepted) && batch.Rejected > 0 {
		run.advice.print(hints, batch.Read)
		kept := run.rejects.keep()
		return errors.Join(fmt.Errorf("nothing was imported: %w; the reasons are in %s", err, run.rejects.path), kept)
	}
	if err != nil {
		run.rejects.remove()
		return fmt.Errorf("nothing was imported: %w", f.explain(err, mapping, reader))
	}
	fmt.Fprintf(out, "Import %d of %s: %d read = %d created + %d updated + %d unchanged + %d rejected\n",
		batch.ID, d.Slug, batch.Read, batch.Created, batch.Updated, batch.Unchanged, batch.Rejected)
	reportWaiting(out, d, batch)
	var kept error
	if batch.Rejected == 0 {
		run.rejects.remove()
	} else if kept = run.rejects.keep(); kept == nil {
		fmt.Fprintf(out, "Rejected rows, with reasons: %s\n", run.rejects.path)
	}
	fmt.Fprintf(out, "To undo it: pinezka undo --district %s %d\n", d.Slug, batch.ID)
	run.advice.print(hints, batch.Read)
	return kept
}

// reportWaiting reports what waits for people after an import.
func reportWaiting(out io.Writer, d *civic.District, batch civic.Batch) {
	if batch.Pending > 0 {
		fmt.Fprintf(out, "Waiting for a moderator: %d of the created pins; see \"pinezka pending --district %s\", or import with --publish\n", batch.Pending, d.Slug)
	}
	if batch.Differences > 0 {
		fmt.Fprintf(out, "Kept as people have changed them: %s that the file states otherwise; see \"pinezka imports differences --district %s\"\n",
			plural(batch.Differences, "value", "values"), d.Slug)
	}
}

// explain returns the error of an import with the flags that would help.
func (f *importFlags) explain(err error, mapping ingest.Mapping, reader record.Reader) error {
	switch {
	case errors.Is(err, ingest.ErrNoColumn) && len(reader.Columns()) > 0:
		return fmt.Errorf("%w; if there are titles above the header, skip them with --skip-rows", err)
	case errors.Is(err, civic.ErrConflict) && mapping.Column[ingest.ID] == "":
		return fmt.Errorf("%w; name another source with --source NAME, the column that identifies rows with --map id=COLUMN, or --overwrite-rows if this is the same file with corrections", err)
	}
	return err
}

// waiting says what an import or undo waits for.
func waiting(holder string) {
	fmt.Fprintf(os.Stderr, "Waiting for the %s to end …\n", strings.TrimPrefix(holder, "pinezka "))
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
	cmd.AddCommand(differencesCommand(), acceptCommand(), dismissCommand())
	return cmd
}

func undoCommand() *cobra.Command {
	var db databaseFlags
	var slug string
	cmd := &cobra.Command{
		Use: "undo IMPORT", Short: "Undo an import: delete the pins that it created, restore those that it updated, leave those on which people have acted since", Args: cobra.ExactArgs(1),
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
			undone, err := database.UndoImport(cmd.Context(), d, commandLineUser(), int32(id), waiting)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			fmt.Fprintf(out, "Import %d undone: %s removed, %d restored\n", id, plural(undone.Deleted, "pin", "pins"), undone.Restored)
			if len(undone.Kept) > 0 {
				fmt.Fprintf(out, "Left as they are, since people have acted on them: %d\n", len(undone.Kept))
			}
			for _, t := range undone.Kept {
				fmt.Fprintf(out, "  %d  %s  %s\n", t.ID, t.Publication, t.Title)
			}
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&slug, "district", "", "slug of the district (required)")
	_ = cmd.MarkFlagRequired("district")
	return cmd
}
