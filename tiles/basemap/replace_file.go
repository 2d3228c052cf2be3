package basemap

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// replaceFile writes a file beside name, and renames it when write has written
// all of it. spool is an empty file for the use of write. After a kill, at most
// hidden files remain.
func replaceFile(name string, write func(dst io.Writer, spool *os.File) error) (err error) {
	dir, base := filepath.Split(name)
	if dir == "" {
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
		func() error { return file.Chmod(0o644) }, // so that the service can read it as another user
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
