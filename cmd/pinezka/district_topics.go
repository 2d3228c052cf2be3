package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/ingest/district"
)

func districtTopicsCommand() *cobra.Command {
	var db databaseFlags
	var file string
	cmd := &cobra.Command{
		Use: "topics SLUG --file FILE", Short: "Replace the topics about which advisers answer", Args: cobra.ExactArgs(1),
		Long: `Replace the topics about which the advisers of a district answer requests. The
file is a JSON array such as

  [{"slug": "spatial-planning", "target_days": 14,
    "label": {"pl": "Planowanie przestrzenne", "en": "Spatial planning"}}]

A request is to be answered in so many days. What was asked before keeps its day,
and the topic that it names; [] removes all topics.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := readFile("--file", file, district.Reader{}.ReadTopics)
			if err != nil {
				return err
			}
			s, d, stop, err := db.district(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer stop()
			if err := s.SetTopics(cmd.Context(), d, commandLineUser(), all); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s has %s of advice.\n", d.Slug, plural(len(all), "topic", "topics"))
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&file, "file", "", "JSON file with the topics (required)")
	_ = cmd.MarkFlagRequired("file")
	return cmd
}
