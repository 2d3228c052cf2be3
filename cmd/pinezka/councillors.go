package main

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/district"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/store"
)

func councillorsCommand() *cobra.Command {
	var db districtDatabaseFlags
	var endMissing bool
	var encoding string
	cmd := &cobra.Command{
		Use: "councillors FILE", Short: "Add and change the councillors of a district", Args: cobra.ExactArgs(1),
		Long: `Add and change the councillors of a district. The file is CSV, with any separator,
with a row for each and some of the columns

  name                    needed
  ward                    slug, number or name; blank for the whole district
  role, committees, hours in the default language; "role:uk" is that in another one
  email, phone, website   of the office; everybody sees them
  from, until             first and last day of the term, as YYYY-MM-DD

A councillor is known by name and ward: one who is there already is changed where
the columns of the file say something else, and what has no column stays. Whose
term has ended, by the column "until", is a former one. With --end-missing, so is
everybody who is in office and not in the file; without it, they are listed. When
nothing is different, nothing happens.

Each change is in the record. Rows that cannot be read are named, and then nothing
changes.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			table, err := readTable(args[0], encoding, func(r record.Reader) (civic.CouncillorTable, error) { return district.ReadCouncillors(r, d) })
			if err != nil {
				return err
			}
			changes, err := s.ImportCouncillors(cmd.Context(), d, commandLineUser(), table, endMissing)
			if err != nil {
				return fmt.Errorf("%s: %w", path.Base(args[0]), err)
			}
			printCouncillors(cmd.OutOrStdout(), d, len(table.Rows), &changes)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&endMissing, "end-missing", false, "end the term of everybody who is not in the file")
	cmd.Flags().StringVar(&encoding, "encoding", "", "encoding of the file, such as windows-1250 (default UTF-8)")
	return cmd
}

// printCouncillors prints what has become of the councillors.
func printCouncillors(out io.Writer, d *civic.District, rows int, c *store.CouncillorChanges) {
	fmt.Fprintf(out, "District %s: %s in the file\n", d.Slug, plural(rows, "councillor", "councillors"))
	printLists(out, []list{
		{"Added", c.Added}, {"Changed", c.Changed}, {"In office again", c.Resumed}, {"Term ended", c.Ended}, {"As before", c.Same},
		{"In office, but not in the file", c.Missing},
	})
}

// list is what has become of those with the names.
type list struct {
	what  string
	names []string
}

// printLists prints the lists that are not empty.
func printLists(out io.Writer, lists []list) {
	for _, l := range lists {
		if len(l.names) > 0 {
			fmt.Fprintf(out, "%s: %s\n", l.what, strings.Join(l.names, ", "))
		}
	}
}
