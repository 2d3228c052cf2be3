package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/ingest/district"
)

func districtTemplatesCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "templates SLUG FILE", Short: "Replace the texts from which the staff chooses for public updates", Args: cobra.ExactArgs(2),
		Long: `Replace the texts of a district from which its staff chooses, at the desk, for
public updates. The file is a JSON array such as

  [{"key": "lamp-ordered", "status": "in_action", "category": "lighting",
    "text": {"pl": "Lampa jest zamówiona.", "en": "The lamp has been ordered."}}]

A text without a status is for things in every state, and one without a category
for all categories. Whoever reads an update reads it in their language, if the
text has it. The texts that come with the program for each state stay; [] removes
those of the district. Updates that were published before do not change.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := readFile("FILE", args[1], district.Reader{}.ReadTemplates)
			if err != nil {
				return err
			}
			s, d, stop, err := db.district(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer stop()
			if err := s.SetUpdateTemplates(cmd.Context(), d, commandLineUser(), all); err != nil {
				return fmt.Errorf("%s: %w", args[1], err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s has %s for updates.\n", d.Slug, plural(len(all), "text", "texts"))
			return nil
		},
	}
	db.add(cmd)
	return cmd
}
