package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
)

func keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "Change the keys that addresses are encrypted with",
		Long: "Change the keys that addresses are encrypted with.\n\n" +
			"The file of keys (--keys) is made with the first start. Keep a copy of it apart from backups of the database: who has\n" +
			"both can read the addresses, and who has lost the file has lost them.",
	}
	cmd.AddCommand(keysAddCommand(), keysRotateCommand(), keysAbandonCommand())
	return cmd
}

func keysAddCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "add", Short: "Add a key to the file, which \"pinezka keys rotate\" will use", Args: cobra.NoArgs,
		Long: "Add a key to the file, without using it yet.\n\n" +
			"With several nodes that have a file each: copy the file to all of them afterwards, and then run \"pinezka keys rotate\".",
		RunE: func(cmd *cobra.Command, _ []string) error {
			keys, err := keyring.Open(db.keysPath())
			if err != nil {
				return err
			}
			id, err := keys.Add()
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Added the key %s to %s. To use it: pinezka keys rotate\n", id, keys.Path())
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

func keysRotateCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "rotate", Short: "Encrypt all addresses with a new key, while the service runs", Args: cobra.NoArgs,
		Long: "Encrypt all addresses with the newest key in the file, or with a new one if the newest is in use already. The service\n" +
			"can run meanwhile, and reads the file again. When the command is interrupted, run it again: it finishes what is left.\n\n" +
			"The earlier keys stay in the file, for backups of before.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			db.needKeys = true
			s, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			r, err := s.RotateKeys(cmd.Context())
			if err != nil {
				return err
			}
			if !r.Begun {
				fmt.Fprint(cmd.OutOrStdout(), "An earlier change of keys is finished: ")
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s encrypted with the key %s. Renew the copy of %s.\n", plural(r.Moved, "address is", "addresses are"), r.KeyID, db.keysPath())
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

func keysAbandonCommand() *cobra.Command {
	var db databaseFlags
	var sure bool
	cmd := &cobra.Command{
		Use: "abandon", Short: "Delete the addresses whose key is lost for good", Args: cobra.NoArgs,
		Long: "Delete all encrypted addresses, since their key is lost for good, so that the service can start with new keys.\n" +
			"Pins stay, as those of somebody unknown.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !sure {
				return fmt.Errorf("this deletes every address, for good: add --delete-addresses")
			}
			url, stop, err := db.connect(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer func() { _ = stop() }()
			if err := store.Migrate(cmd.Context(), url); err != nil {
				return err
			}
			secret, err := db.openOrMakeSecrets()
			if err != nil {
				return err
			}
			defer func() { _ = secret.close() }()
			counts, err := store.AbandonAddresses(cmd.Context(), store.Config{URL: url, Keys: secret.keys})
			if err != nil {
				return err
			}
			if counts == "" {
				counts = "nothing: there was no address"
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Deleted %s. The keys in %s are in use now.\n", counts, db.keysPath())
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&sure, "delete-addresses", false, "delete every encrypted address")
	return cmd
}
