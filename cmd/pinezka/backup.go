package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
)

func backupCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "backup FILE", Short: "Save the database to a file, while it is in use", Args: cobra.ExactArgs(1),
		Long: `Save the database to a new file that only you can read: an archive of pg_dump in
the custom format, with everything in it, exact places and addresses of
contributors included. The database can be in use, and is not changed.

The archive is read again and compared with the database before the file appears
under its name, so a file that is there is complete.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			saved, err := db.archive(cmd.Context(), store.Backup, args[0])
			if errors.Is(err, civic.ErrConflict) {
				return fmt.Errorf("%s exists already; choose another name", args[0])
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Saved and checked: %s. To restore it into a new database: pinezka restore %s\n", describe(saved), args[0])
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

func restoreCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Restore a backup into an empty database", Args: cobra.ExactArgs(1),
		Long: `Restore a file of "pinezka backup", or of pg_dump --format=custom, into an empty
database: a new one at --database-url, or in a --data-dir that does not exist yet.

  pinezka restore pinezka.dump --data-dir /srv/pinezka-new

It is restored in one transaction, compared with the file (every table, trigger,
function, index and constraint, and the number of rows), and migrated to the
newest schema.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			restored, err := db.archive(cmd.Context(), store.Restore, args[0])
			if errors.Is(err, civic.ErrConflict) {
				return errors.New("the database is not empty; restore into a new one: a --data-dir that does not exist yet, or another --database-url")
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Restored and checked: %s.\n", describe(restored))
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

// archive calls transfer, which is store.Backup or store.Restore, for the
// database as it is, without migrating it.
func (f *databaseFlags) archive(ctx context.Context, transfer func(ctx context.Context, url, path string) (store.Archive, error), path string) (store.Archive, error) {
	url, stop, err := f.connect(ctx, quiet())
	if err != nil {
		return store.Archive{}, err
	}
	transferred, err := transfer(ctx, url, path)
	return transferred, errors.Join(err, stop())
}

func describe(a store.Archive) string {
	return fmt.Sprintf("%s, %s, %.1f MB", plural(a.Tables, "table", "tables"), plural(int(a.Rows), "row", "rows"), float64(a.Bytes)/1e6)
}
