package pmtiles

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Save lets write write an archive to a hidden file beside its final name, and
// renames it when it is complete, so that whoever reads an earlier archive of
// that name never reads a part of the new one. The spool is a temporary file for
// the tiles. After a kill, at most hidden files remain.
func Save(name string, write func(dst io.Writer, spool io.ReadWriteSeeker) error) error {
	dir, base := filepath.Split(name)
	if dir != "" {
		if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // a web server reads the archives in it
			return fmt.Errorf("save %s: %w", name, err)
		}
	} else {
		dir = "." // not os.TempDir()
	}
	spool, err := os.CreateTemp(dir, "."+base+".tiles-*")
	if err != nil {
		return fmt.Errorf("save %s: %w", name, err)
	}
	defer os.Remove(spool.Name())
	defer spool.Close()
	file, err := os.CreateTemp(dir, "."+base+".new-*")
	if err != nil {
		return fmt.Errorf("save %s: %w", name, err)
	}
	defer os.Remove(file.Name()) // no effect when it has been renamed
	defer file.Close()
	if err := write(file, spool); err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return file.Chmod(0o644) }, // so that a web server, or the service as another user, can read it
		file.Sync,
		file.Close,
		func() error { return os.Rename(file.Name(), name) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("save %s: %w", name, err)
		}
	}
	return nil
}
