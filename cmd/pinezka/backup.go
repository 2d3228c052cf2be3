package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
)

func backupCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "backup FILE", Short: "Save the database to a file, while it is in use", Args: cobra.ExactArgs(1),
		Long: `Save the database to a new file that only you can read: an archive of pg_dump in
the custom format, with everything in it, exact places included. Addresses in it
are encrypted: keep the file of keys, and the list of erasures beside it, apart
from backups, and never lose them. The database can be in use, and is not changed.

The archive is read again and compared with the database before the file appears
under its name, so a file that is there is complete.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			saved, err := db.archive(cmd.Context(), func(ctx context.Context, url string) (store.Archive, error) {
				return store.Backup(ctx, url, args[0])
			})
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
	var withoutErasures bool
	cmd := &cobra.Command{
		Use: "restore FILE", Short: "Restore a backup into an empty database", Args: cobra.ExactArgs(1),
		Long: `Restore a file of "pinezka backup", or of pg_dump --format=custom, into an empty
database: a new one at --database-url, or in a --data-dir that does not exist yet.

  pinezka restore pinezka.dump --data-dir /srv/pinezka-new

It is restored in one transaction, compared with the file (every table, trigger,
function, index and constraint, and the number of rows), and migrated to the
newest schema.

What was erased since the backup is erased again: the list of erasures, which is
beside the file of keys, is required for a backup with contacts.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			restored, err := db.archive(cmd.Context(), func(ctx context.Context, url string) (store.Archive, error) {
				return db.restore(ctx, store.RestoreConfig{URL: url, Path: args[0], WithoutErasures: withoutErasures})
			})
			switch {
			case errors.Is(err, store.ErrErasuresLost):
				return fmt.Errorf("%w.\nPut the list back as %s, or name the file of keys beside it with --keys. "+
					"Only if nobody has been erased since the backup: --without-erasures", err, db.erasuresPath())
			case errors.Is(err, store.ErrKeyLost):
				return fmt.Errorf("%w.\nPut the file of keys back as %s, or name it with --keys", err, db.keysPath())
			case errors.Is(err, civic.ErrConflict):
				return errors.New("the database is not empty; restore into a new one: a --data-dir that does not exist yet, or another --database-url")
			case err != nil:
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Restored and checked: %s.\n", describe(restored))
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&withoutErasures, "without-erasures", false, "restore contacts without a list of erasures; only if nobody has been erased since the backup")
	return cmd
}

// restore restores an archive with the keys and the list of erasures that are
// there.
func (f *databaseFlags) restore(ctx context.Context, cfg store.RestoreConfig) (restored store.Archive, err error) {
	if cfg.Keys, err = keyring.Open(f.keysPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return store.Archive{}, err
	}
	if cfg.Erasures, err = erasures.Open(f.erasuresPath()); err == nil {
		defer cfg.Erasures.Close()
	} else if !errors.Is(err, fs.ErrNotExist) {
		return store.Archive{}, err
	}
	return store.Restore(ctx, cfg)
}

// archive calls transfer for the database as it is, without migrating it.
func (f *databaseFlags) archive(ctx context.Context, transfer func(ctx context.Context, url string) (store.Archive, error)) (store.Archive, error) {
	url, stop, err := f.connect(ctx, quiet())
	if err != nil {
		return store.Archive{}, err
	}
	transferred, err := transfer(ctx, url)
	return transferred, errors.Join(err, stop())
}

func describe(a store.Archive) string {
	return fmt.Sprintf("%s, %s, %.1f MB", plural(a.Tables, "table", "tables"), plural(int(a.Rows), "row", "rows"), float64(a.Bytes)/1e6)
}
