package main

import (
	"github.com/spf13/cobra"
)

func messagesCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "messages LANGUAGE",
		Short: "Write the texts of the interface as a PO file for translators",
		Args:  cobra.ExactArgs(1),
		Long: `Write the texts of the interface in a language, to standard output, as a PO file
for translation programs. Texts that are not translated yet are empty. With each
text come the English text and a note on where it appears.

  pinezka messages lt > locales/lt.po
  pinezka serve --locales locales

The name of a file is the BCP 47 tag of its language. A text that is not
translated is shown in the default language of the district.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := loadCatalogue(dir, logger())
			if err != nil {
				return err
			}
			return c.WritePO(cmd.OutOrStdout(), args[0])
		},
	}
	cmd.Flags().StringVar(&dir, "locales", "", "directory of PO files whose texts are included")
	return cmd
}
