package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/district"
	"github.com/pinezka/pinezka/store"
)

func wardsCommand() *cobra.Command {
	var db districtDatabaseFlags
	var from string
	var reader district.Reader
	cmd := &cobra.Command{
		Use: "wards FILE", Short: "Replace the wards of a district, which elect its councillors", Args: cobra.ExactArgs(1),
		Long: `Replace the wards of a district, which elect its councillors. The file is GeoJSON
with all wards, a polygon or multipolygon each, and the properties

  name       in the default language; "name:uk" is that in another one
  number     as the council writes it (optional)
  slug       of the ward in addresses, and by which it is known when its boundary
             changes (default: derived from the name)

A ward with another boundary than before has it from the day --from on; before
that day it keeps the one it had. A ward that is not in the file ends that day.
With the day on which the last boundary began, that boundary is corrected instead.
When nothing is different, nothing happens. A boundary that is not valid, is outside
the district or overlaps another is named, and then nothing changes.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			day := d.DayOf(time.Now())
			if from != "" {
				if day, _, err = civic.ParsePeriod(from); err != nil {
					return fmt.Errorf("--from: %w", err)
				}
			}
			reader.Languages = d.Languages
			wards, err := readFile("FILE", args[0], reader.ReadWards)
			if errors.Is(err, district.ErrNoName) {
				return fmt.Errorf("%w; choose the right one with --ward-name", err)
			}
			if err != nil {
				return err
			}
			changes, err := s.ReplaceWards(cmd.Context(), d, commandLineUser(), wards, day)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			printWards(cmd.OutOrStdout(), d, day, &changes)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&from, "from", "", "first day of new boundaries, as YYYY-MM-DD, or YYYY-MM for the first of a month (default: today)")
	cmd.Flags().StringVar(&reader.NameProperty, "ward-name", "name", "property with the name of a ward in the default language")
	cmd.Flags().BoolVar(&reader.SwapAxes, "swap-axes", false, "latitude and longitude are exchanged in the file")
	return cmd
}

// printWards prints what has become of the wards.
func printWards(out io.Writer, d *civic.District, day civic.Day, c *store.WardChanges) {
	fmt.Fprintf(out, "District %s has %s, covering %.1f %% of it\n",
		d.Slug, plural(len(c.Added)+len(c.Redrawn)+len(c.Corrected)+len(c.Same), "ward", "wards"), 100*c.Covered)
	printLists(out, []list{
		{"Added from " + day.String(), c.Added}, {"With a new boundary from " + day.String(), c.Redrawn},
		{"Corrected", c.Corrected}, {"Ended on " + day.String(), c.Ended}, {"As before", c.Same},
	})
}
