package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
)

func eraseCommand() *cobra.Command {
	var db districtDatabaseFlags
	var fromStdin, keepTexts bool
	cmd := &cobra.Command{
		Use: "erase --email-from-stdin", Short: "Erase the data of somebody who asks for it", Args: cobra.NoArgs,
		Long: "Erase a contact of a district, by the e-mail address on standard input, which is thus in no list of processes and no\n" +
			"history of a shell. What they wrote is erased too, and their pins are withdrawn, unless they wish to leave them.\n\n" +
			"  pinezka erase --district podgorze --email-from-stdin < address.txt\n\n" +
			"The erasure is added to the list beside the file of keys, with which \"pinezka restore\" carries it out again.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !fromStdin {
				return errors.New("give the address on standard input, with --email-from-stdin")
			}
			address, err := readAddress(cmd.InOrStdin(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			db.needKeys = true
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			contact, err := s.ContactByEmail(cmd.Context(), d, address)
			if errors.Is(err, civic.ErrNotFound) {
				return fmt.Errorf("%s has no contact with this address", d.Slug)
			}
			if err != nil {
				return err
			}
			if err := s.EraseContact(cmd.Context(), d, commandLineUser(), contact, !keepTexts); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Contact %d of %s is erased. Backups have the data until they are deleted; restoring one erases it again.\n", contact, d.Slug)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&fromStdin, "email-from-stdin", false, "read the e-mail address from standard input")
	cmd.Flags().BoolVar(&keepTexts, "keep-texts", false, "leave the pins of the contact, as those of somebody unknown")
	return cmd
}
