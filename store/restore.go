package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/localpostgres"
)

// RestoreConfig configures Restore.
type RestoreConfig struct {
	URL  string // PostgreSQL connection string of an empty database; required
	Path string // of the archive; required

	// Keys are those of the addresses in the archive, and Erasures are carried out
	// again. Both are required for an archive with contacts.
	Keys     *keyring.Ring
	Erasures *erasures.List

	// WithoutErasures allows to restore contacts without a list of erasures, where
	// nobody has been erased since the backup. Default false.
	WithoutErasures bool
}

// ErrErasuresLost is the error of Restore for an archive with contacts, without a
// list of erasures.
var ErrErasuresLost = errors.New("the list of erasures is missing")

// Restore restores an archive of Backup, or of pg_dump --format=custom, into the
// database at cfg.URL in one transaction. Then it compares the database with the
// archive, migrates it, so that a start accepts it, and carries out the erasures
// on the list again. It returns civic.ErrConflict when the database is not empty,
// and changes nothing unless the archive can be read to its end.
func Restore(ctx context.Context, cfg RestoreConfig) (Archive, error) {
	conn, err := pgx.Connect(ctx, cfg.URL)
	if err != nil {
		return Archive{}, fmt.Errorf("connect to database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	restored, err := restore(ctx, conn, cfg)
	if err == nil {
		err = Migrate(ctx, cfg.URL)
	}
	if err == nil && cfg.WithoutErasures {
		_, err = conn.Exec(ctx, `update newest_erasure set erased_at = 'epoch'`) // no list has to have it
	}
	if err == nil && cfg.Keys != nil {
		var s *Store
		if s, err = Open(ctx, Config{URL: cfg.URL, Keys: cfg.Keys, Erasures: cfg.Erasures}); err == nil {
			s.Close()
		}
	}
	if err == nil {
		_, err = conn.Exec(ctx, `analyze`) // an archive has no statistics for the planner
	}
	if err != nil {
		return Archive{}, fmt.Errorf("restore %s: %w", cfg.Path, err)
	}
	return restored, nil
}

// checkContacts returns an error when an archive has contacts, and what they need
// is missing.
func checkContacts(cfg RestoreConfig, saved *archive) error {
	sealed, plain := saved.rows["public.contacts"], saved.rows["public.contributors"]
	switch {
	case sealed+plain > 0 && cfg.Erasures == nil && !cfg.WithoutErasures:
		return fmt.Errorf("%w, and the archive has %d contacts, of whom some may have had their data erased since", ErrErasuresLost, sealed+plain)
	case sealed > 0 && cfg.Keys == nil:
		return fmt.Errorf("%w, and the archive has the encrypted addresses of %d contacts", ErrKeyLost, sealed)
	}
	return nil
}

func restore(ctx context.Context, conn *pgx.Conn, cfg RestoreConfig) (Archive, error) {
	path := cfg.Path
	info, err := os.Stat(path)
	if err != nil {
		return Archive{}, err //nolint:wrapcheck // it names the file
	}
	if err := checkEmpty(ctx, conn); err != nil {
		return Archive{}, err
	}
	client, err := newClient(ctx, cfg.URL, conn)
	if err != nil {
		return Archive{}, err
	}
	saved, err := readArchive(ctx, client, path)
	if err != nil {
		return Archive{}, err
	}
	if _, found := saved.rows["public.districts"]; !found {
		return Archive{}, errors.New("it is not an archive of Pinezka")
	}
	if err := checkContacts(cfg, saved); err != nil {
		return Archive{}, err
	}
	entries, err := ownEntries(ctx, client, path)
	if err != nil {
		return Archive{}, err
	}
	defer os.Remove(entries)
	err = client.Run(ctx, nil, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments",
		"--use-list="+entries, "--dbname="+client.Database(), path)
	if err != nil {
		return Archive{}, fmt.Errorf("nothing was restored: %w", err)
	}
	rows, err := compareRestored(ctx, client, conn, saved)
	if err != nil {
		return Archive{}, err
	}
	restored := describe(rows)
	restored.Bytes = info.Size()
	return restored, nil
}

// ownEntries writes the entries of an archive to restore to a file, for
// --use-list, and returns its name: all but the rows of the reference systems of
// PostGIS, which only who owns the extension can write, and which it has itself.
func ownEntries(ctx context.Context, client *localpostgres.Client, path string) (name string, err error) {
	var list bytes.Buffer
	if err := client.Run(ctx, &list, "pg_restore", "--list", path); err != nil {
		return "", fmt.Errorf("list the archive: %w", err)
	}
	f, err := os.CreateTemp("", "pinezka-restore-")
	if err != nil {
		return "", fmt.Errorf("list the archive: %w", err)
	}
	for line := range bytes.Lines(list.Bytes()) {
		if bytes.Contains(line, []byte(" TABLE DATA ")) && bytes.Contains(line, []byte(" spatial_ref_sys ")) {
			continue
		}
		if err == nil {
			_, err = f.Write(line)
		}
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("list the archive: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

// checkEmpty returns civic.ErrConflict when the database has tables, except for
// those of extensions.
func checkEmpty(ctx context.Context, conn *pgx.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		rows, err := tableRows(ctx, tx)
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			return fmt.Errorf("%w: the database is not empty, it has %d tables; restore into a new one", civic.ErrConflict, len(rows))
		}
		return nil
	})
}

// compareRestored compares a restored database with its archive: the number of
// rows of each table, which it returns, and the names of all objects.
func compareRestored(ctx context.Context, client *localpostgres.Client, conn *pgx.Conn, saved *archive) (rows map[string]int64, err error) {
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if rows, err = tableRows(ctx, tx); err != nil {
			return err
		}
		return compareRows(rows, saved.rows)
	})
	if err != nil {
		return nil, err
	}
	restored, err := readScript(ctx, client, "pg_dump", "--schema-only", "--no-owner", "--no-privileges", "--no-comments")
	if err != nil {
		return nil, fmt.Errorf("read the restored database: %w", err)
	}
	missing := slices.DeleteFunc(slices.Clone(saved.objects), func(object string) bool {
		_, found := slices.BinarySearch(restored.objects, object)
		return found || strings.Contains(object, "; Type: COMMENT; ")
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("the restored database lacks\n  %s", strings.Join(missing, "\n  "))
	}
	return rows, nil
}
