package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
)

func districtGoalsCommand() *cobra.Command {
	var db databaseFlags
	var goals map[string]int
	var remove bool
	cmd := &cobra.Command{
		Use: "goals SLUG [--goal MEASURE=NUMBER ...]", Short: "Print how much a district wants to do in a year, or replace that", Args: cobra.ExactArgs(1),
		Long: fmt.Sprintf(`Print how many of what is counted on the page of its numbers a district wants in a
year, or replace that, such as with --goal events=24 --goal graduates=12. What is
counted: %v.`, civic.Measures()),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, d, stop, err := db.district(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer stop()
			if len(goals) > 0 || remove {
				chosen := map[civic.Measure]int{}
				for name, n := range goals {
					chosen[civic.Measure(name)] = n
				}
				if err := s.SetGoals(cmd.Context(), d, commandLineUser(), chosen); err != nil {
					return fmt.Errorf("--goal: %w", err)
				}
			}
			for _, m := range slices.Sorted(maps.Keys(d.Goals)) {
				fmt.Fprintf(cmd.OutOrStdout(), "%s %d\n", m, d.Goals[m])
			}
			if len(d.Goals) == 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "District %s has no goals.\n", d.Slug)
			}
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringToIntVar(&goals, "goal", nil, "how many of a measure in a year, such as events=24; replaces all goals")
	cmd.Flags().BoolVar(&remove, "none", false, "remove all goals")
	cmd.MarkFlagsMutuallyExclusive("goal", "none")
	return cmd
}
