package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/population"
	"github.com/pinezka/pinezka/ingest/record"
)

func populationCommand() *cobra.Command {
	var db districtDatabaseFlags
	var date, source, encoding string
	cmd := &cobra.Command{
		Use: "population FILE", Short: "Replace how many people live in a district, by area or by cell", Args: cobra.ExactArgs(1),
		Long: `Replace how many people live in a district, for rates per resident and for where
nobody was heard. The file is CSV, with any separator, with the residents of areas

  area,people,date,source
  plaszow,13600,2023-12-31,"City register"

where an area is its slug or its name, or with those of the cells of a grid

  h3,people
  891e2040887ffff,412

which are H3 cells of one resolution from 7 to 12; a cell that is not in the file
has nobody. --date and --source are for a file without these columns. A file may
have both columns, with one of them filled in each row. With a grid alone, an area
has the people of the cells whose centre is in it; without a grid, those of an area
are spread evenly over its cells, and pages say so.

Everything that was known before is replaced. A row that cannot be read is named,
and then nothing changes.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			day := civic.Day(0)
			if date != "" {
				var err error
				if day, _, err = civic.ParsePeriod(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			table, err := readTable(args[0], encoding, func(r record.Reader) (population.Table, error) { return population.Read(r, d, day, source) })
			if err != nil {
				return err
			}
			if err := s.ReplacePopulation(cmd.Context(), d, &table.Population); err != nil {
				return err
			}
			printPopulation(cmd.OutOrStdout(), d, &table)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&date, "date", "", "day at which the people were counted, for a file without a column \"date\"")
	cmd.Flags().StringVar(&source, "source", "", "who counted them, for a file without a column \"source\"")
	cmd.Flags().StringVar(&encoding, "encoding", "", "encoding of the file, such as windows-1250 (default UTF-8)")
	return cmd
}

// printPopulation prints what was read, and how it is distributed.
func printPopulation(out io.Writer, d *civic.District, t *population.Table) {
	fmt.Fprintf(out, "District %s has %s, of %s (%s)\n", d.Slug, plural(t.Total, "resident", "residents"), t.Date, t.Source)
	unknown := ""
	for _, a := range d.Areas {
		if _, ok := t.ByArea[a.Slug]; !ok {
			unknown += " " + a.Slug
		}
	}
	fmt.Fprintf(out, "By area: %s of %d", plural(len(t.ByArea), "area", "areas"), len(d.Areas))
	if unknown != "" {
		fmt.Fprintf(out, "; unknown in%s", unknown)
	}
	fmt.Fprintln(out)
	if t.ByCell == nil {
		fmt.Fprintln(out, "By cell: no grid, so the residents of an area are spread evenly over its cells")
		return
	}
	fmt.Fprintf(out, "By cell: a grid of %s of resolution %d", plural(len(t.ByCell), "cell", "cells"), t.Resolution)
	if t.Outside > 0 {
		fmt.Fprintf(out, "; %s outside the district left out", plural(t.Outside, "cell", "cells"))
	}
	fmt.Fprintln(out)
}
