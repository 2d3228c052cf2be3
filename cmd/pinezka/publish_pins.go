package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
)

func publishCommand() *cobra.Command {
	var db databaseFlags
	var slug string
	cmd := &cobra.Command{
		Use: "publish ID…", Short: "Publish pins that are pending or hidden", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids := make([]int64, len(args))
			for i, arg := range args {
				id, err := strconv.ParseInt(arg, 10, 64)
				if err != nil || id < 1 {
					return fmt.Errorf("%q is not the ID of a pin", arg)
				}
				ids[i] = id
			}
			s, d, stop, err := db.district(cmd.Context(), slug)
			if err != nil {
				return err
			}
			defer stop()
			n, err := s.Publish(cmd.Context(), d, ids, civic.Moderator)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d published, %d were public already\n", n, len(ids)-n)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&slug, "district", "", "slug of the district of the pins (default: the only district)")
	return cmd
}
