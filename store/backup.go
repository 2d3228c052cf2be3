package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// Backup writes the database at url to a new file that only its owner can read:
// an archive of pg_dump. The database can be in use, and may have the schema of
// an older program. Backup reads the archive again and compares it with the
// database before the file appears under its name. It returns civic.ErrConflict
// when there is such a file.
func Backup(ctx context.Context, url, path string) (Archive, error) {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		if err == nil {
			err = fmt.Errorf("%w: the file exists", civic.ErrConflict)
		}
		return Archive{}, fmt.Errorf("write %s: %w", path, err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*") // with mode 0600
	if err != nil {
		return Archive{}, fmt.Errorf("write archive: %w", err)
	}
	defer os.Remove(file.Name()) // fails when it has been renamed
	defer file.Close()
	written, err := dump(ctx, url, file)
	if err == nil {
		err = rename(file, path)
	}
	if err != nil {
		return Archive{}, fmt.Errorf("back up database: %w", err)
	}
	return written, nil
}

// dump writes the database to the file and compares the two. Both pg_dump and
// the counts read the same snapshot.
func dump(ctx context.Context, url string, file *os.File) (Archive, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return Archive{}, fmt.Errorf("connect to database: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	client, err := newClient(ctx, url, conn)
	if err != nil {
		return Archive{}, err
	}
	var written Archive
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, conn, options, func(tx pgx.Tx) error {
		var snapshot string
		if err := tx.QueryRow(ctx, `select pg_export_snapshot()`).Scan(&snapshot); err != nil {
			return fmt.Errorf("export snapshot: %w", err)
		}
		rows, err := tableRows(ctx, tx)
		if err != nil {
			return err
		}
		if _, found := rows["public.districts"]; !found {
			return errors.New("there is nothing of Pinezka in it yet")
		}
		err = client.Run(ctx, file, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--no-comments",
			"--no-unlogged-table-data", "--snapshot="+snapshot) // a standby cannot read unlogged tables
		if err != nil {
			return err
		}
		saved, err := readArchive(ctx, client, file.Name())
		if err != nil {
			return err
		}
		written = describe(rows)
		return compareRows(rows, saved.rows)
	})
	if err != nil {
		return Archive{}, err //nolint:wrapcheck // of the function, which says what it was doing
	}
	info, err := file.Stat()
	if err != nil {
		return Archive{}, fmt.Errorf("read size: %w", err)
	}
	written.Bytes = info.Size()
	return written, nil
}

// rename makes the content of the file durable and gives it its final name.
func rename(file *os.File, path string) error {
	if err := errors.Join(file.Sync(), file.Close(), os.Rename(file.Name(), path)); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
