package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
)

func publishCommand() *cobra.Command {
	return publicationCommand("publish ID…", "Publish pins that are pending or hidden", civic.Publish, "%d published, %d were public already\n")
}

func rejectCommand() *cobra.Command {
	cmd := publicationCommand("reject ID…", "Hide pins that are pending or published; \"pinezka publish\" shows them again", civic.Hide,
		"%d hidden, %d were hidden already\n")
	if err := cmd.MarkFlagRequired("reason"); err != nil {
		panic(err) // the command has the flag
	}
	return cmd
}

// publicationCommand returns a command that takes an action on pins. result is
// the format of the numbers of pins that have changed, and have not.
func publicationCommand(use, short string, action civic.Action, result string) *cobra.Command {
	var db districtDatabaseFlags
	var reason string
	cmd := &cobra.Command{
		Use: use, Short: short, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids := make([]int64, len(args))
			for i, arg := range args {
				id, err := strconv.ParseInt(arg, 10, 64)
				if err != nil || id < 1 {
					return fmt.Errorf("%q is not the ID of a pin", arg)
				}
				ids[i] = id
			}
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			out, err := s.Do(cmd.Context(), d, commandLineUser(), civic.Command{Action: action, Things: ids, Reason: reason})
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), result, len(out.Changed), len(ids)-len(out.Changed))
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the record")
	return cmd
}

func pendingCommand() *cobra.Command {
	var db districtDatabaseFlags
	var limit int
	cmd := &cobra.Command{
		Use: "pending", Short: "List the pins that wait for a moderator, the oldest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 1 {
				return fmt.Errorf("--limit %d: it must be at least 1", limit)
			}
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			pins, err := s.PendingPins(cmd.Context(), d, limit)
			if err != nil {
				return err
			}
			counts, err := s.CountPublications(cmd.Context())
			if err != nil {
				return err
			}
			listPending(cmd.OutOrStdout(), d, pins, counts[d.ID][civic.Pending])
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().IntVar(&limit, "limit", 50, "number of pins to list")
	return cmd
}

// listPending lists pins of a district, of which total are pending.
func listPending(out io.Writer, d *civic.District, pins []civic.PendingPin, total int) {
	areaName := func(id int32) string {
		if a, ok := d.AreaByID(id); ok {
			return d.Text(a.Name, d.Languages[0])
		}
		return "outside all areas"
	}
	for _, p := range pins {
		area := areaName(p.AreaID)
		if p.ShownAreaID != p.AreaID {
			area += " (shown in: " + areaName(p.ShownAreaID) + ")"
		}
		c, _ := d.CategoryByID(p.CategoryID)
		fmt.Fprintf(out, "%d  %s  %s  %s  %s  %s\n", p.ID, p.ReportedOn, c.Kind, d.Text(c.Label, d.Languages[0]), area, p.Title)
		if p.Body != "" {
			fmt.Fprintf(out, "    %s\n", record.Shorten(strings.Join(strings.Fields(p.Body), " ")))
		}
	}
	switch {
	case total > len(pins):
		fmt.Fprintf(out, "These are %d of %d pending pins; --limit lists more.\n", len(pins), total)
	case total > 0:
		fmt.Fprintf(out, "%d pending.\n", total)
	case d.Moderation == civic.ModerateAfter:
		fmt.Fprintf(out, "No pin of %s is pending: those of residents are published at once.\n", d.Slug)
	default:
		fmt.Fprintf(out, "No pin of %s is pending.\n", d.Slug)
	}
	if total > 0 {
		fmt.Fprintf(out, "To publish some: pinezka publish --district %s ID…  To hide them: pinezka reject --district %s --reason \"…\" ID…\n", d.Slug, d.Slug)
	}
}
