package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
)

func publishCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "publish ID…", Short: "Publish pins that wait for a moderator", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ids := make([]int64, len(args))
			for i, arg := range args {
				id, err := strconv.ParseInt(arg, 10, 64)
				if err != nil || id < 1 {
					return fmt.Errorf("%q is not the ID of a pin", arg)
				}
				ids[i] = id
			}
			record, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			n, err := record.Publish(cmd.Context(), ids)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d published, %d were public already\n", n, len(ids)-n)
			return nil
		},
	}
	db.add(cmd)
	return cmd
}
