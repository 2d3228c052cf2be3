package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/erasures"
	"github.com/pinezka/pinezka/store/keyring"
)

// secrets are the files that are kept outside the database, and apart from its
// backups.
type secrets struct {
	keys     *keyring.Ring
	erasures *erasures.List
}

func (s secrets) close() error {
	if s.erasures == nil {
		return nil
	}
	return s.erasures.Close()
}

// keysPath returns the path of the file of keys.
func (f *databaseFlags) keysPath() string { return cmp.Or(f.keys, filepath.Join(f.dir, "keys")) }

// erasuresPath returns the path of the list of erasures, which is beside the keys.
func (f *databaseFlags) erasuresPath() string {
	return filepath.Join(filepath.Dir(f.keysPath()), "erasures")
}

// openSecrets opens the file of keys and the list of erasures. Without a file of
// keys, a command that needs none runs without; one that does makes both files,
// unless the database at url has encrypted addresses.
func (f *databaseFlags) openSecrets(ctx context.Context, url string) (s secrets, err error) {
	s.keys, err = keyring.Open(f.keysPath())
	switch {
	case errors.Is(err, fs.ErrNotExist) && !f.needKeys && f.keys == "":
		return secrets{}, nil
	case errors.Is(err, fs.ErrNotExist):
		return f.createSecrets(ctx, url)
	}
	if err != nil {
		return secrets{}, err
	}
	s.erasures, err = erasures.Open(f.erasuresPath())
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: put it back from its copy; if nobody's data has been erased yet, make an empty file %s",
			store.ErrErasuresLost, f.erasuresPath())
	}
	if err != nil {
		return secrets{}, err
	}
	return s, nil
}

// createSecrets makes the file of keys and the list of erasures, unless the
// database has addresses that only keys which are lost can decrypt.
func (f *databaseFlags) createSecrets(ctx context.Context, url string) (secrets, error) {
	counts, err := store.NeedsKeys(ctx, url)
	if err != nil {
		return secrets{}, err
	}
	if counts != "" {
		return secrets{}, fmt.Errorf("%w: there is no file %s, and the database has %s, whose addresses are encrypted.\n"+
			"Without the key, nobody of them can be mailed or sign in; everything else is unharmed.\n"+
			"Put the file of keys back from its copy, or name it with --keys. If it is lost for good, \"pinezka keys abandon\" deletes these addresses",
			store.ErrKeyLost, f.keysPath(), counts)
	}
	return f.openOrMakeSecrets()
}

// openOrMakeSecrets opens the file of keys and the list of erasures, and makes
// those that are not there.
func (f *databaseFlags) openOrMakeSecrets() (secrets, error) {
	if err := os.MkdirAll(filepath.Dir(f.keysPath()), 0o700); err != nil {
		return secrets{}, fmt.Errorf("create the directory of the file of keys: %w", err)
	}
	list, err := erasures.Create(f.erasuresPath()) // first, so that there are no keys without a list
	if errors.Is(err, fs.ErrExist) {
		list, err = erasures.Open(f.erasuresPath())
	}
	if err != nil {
		return secrets{}, err
	}
	keys, err := keyring.Create(f.keysPath())
	if errors.Is(err, fs.ErrExist) { // of another process
		keys, err = keyring.Open(f.keysPath())
	}
	if err != nil {
		return secrets{}, errors.Join(err, list.Close())
	}
	return secrets{keys, list}, nil
}
