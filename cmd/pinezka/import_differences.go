package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/store"
)

func differencesCommand() *cobra.Command {
	var db districtDatabaseFlags
	cmd := &cobra.Command{
		Use: "differences", Short: "List what sources say now in fields of pins that people have changed", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			found, err := s.ImportDifferences(cmd.Context(), d, nil)
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			for _, diff := range found {
				fmt.Fprintf(out, "%d  %s  import %d\n    is:     %s\n    source: %s\n",
					diff.PinID, diff.Field, diff.ImportID, record.Shorten(diff.Present), record.Shorten(diff.Imported))
			}
			if len(found) == 0 {
				fmt.Fprintf(out, "No source of %s says anything else than people.\n", d.Slug)
			} else {
				fmt.Fprintf(out, "To take what the source says: pinezka imports accept --district %s ID…  To keep what the pin says: pinezka imports dismiss --district %s ID…\n", d.Slug, d.Slug)
			}
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

func acceptCommand() *cobra.Command {
	return differenceCommand("accept ID…", "Give pins what their source says now in fields that people have changed",
		"Pin %d is as its source says.\n", (*store.Store).AcceptImportDifferences)
}

func dismissCommand() *cobra.Command {
	return differenceCommand("dismiss ID…", "Keep what people have changed in pins, until their source says something new",
		"Pin %d stays as it is.\n", (*store.Store).DismissImportDifferences)
}

// differenceCommand returns a command that decides about differences of pins. done
// is the format of what it prints for each pin.
func differenceCommand(use, short, done string,
	decide func(*store.Store, context.Context, *civic.District, civic.Actor, int64, []string, string) error,
) *cobra.Command {
	var db districtDatabaseFlags
	var reason string
	var fields []string
	cmd := &cobra.Command{
		Use: use, Short: short, Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			for _, arg := range args {
				id, err := strconv.ParseInt(arg, 10, 64)
				if err != nil {
					return fmt.Errorf("%q is not the ID of a pin", arg)
				}
				if err := decide(s, cmd.Context(), d, commandLineUser(), id, fields, reason); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), done, id)
			}
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringSliceVar(&fields, "field", nil, "title, body, category, place or status (default: all of them; repeatable)")
	cmd.Flags().StringVar(&reason, "reason", "", "why, for the record")
	return cmd
}
