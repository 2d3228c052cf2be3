package localpostgres

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
)

// dataDirectory is the data directory of Pinezka: the paths in it, which are
// absolute, and the user that the database server runs as.
type dataDirectory struct {
	path      string // without symbolic links
	pgdata    string // the data directory of PostgreSQL
	socketDir string
	lock      string // file
	log       string // file
	user      serverUser
}

// openDataDirectory creates the directory when it does not exist. It returns an
// error when the user of the database server cannot access it.
func openDataDirectory(path string) (dataDirectory, error) {
	if path == "" {
		return dataDirectory{}, errors.New("no data directory is given")
	}
	if err := createDataDirectory(path); err != nil {
		return dataDirectory{}, err
	}
	d, err := existingDataDirectory(path)
	if err != nil {
		return dataDirectory{}, err
	}
	return d, d.user.checkAccess(d.path)
}

// createDataDirectory creates the directory unless it exists. Other users have
// no access to it, unless the process is root: then the user of the database
// server must be able to enter it.
func createDataDirectory(path string) error {
	mode := fs.FileMode(0o700)
	if os.Geteuid() == 0 {
		mode = 0o711
	}
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.MkdirAll(path, mode); err == nil {
			err = os.Chmod(path, mode) // the umask may have removed permissions
		}
	}
	if err != nil {
		return fmt.Errorf("create data directory: %w", err)
	}
	return nil
}

// existingDataDirectory returns an existing directory and changes nothing.
func existingDataDirectory(path string) (dataDirectory, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return dataDirectory{}, fmt.Errorf("resolve data directory: %w", err)
	}
	pgdata := filepath.Join(path, "postgres")
	user, err := serverUserFor(pgdata)
	return dataDirectory{
		path: path, pgdata: pgdata, socketDir: socketDir(path),
		lock: filepath.Join(path, "owner.lock"), log: filepath.Join(path, "postgres.log"), user: user,
	}, err
}

// socketDir returns the directory "run" of the data directory, or when the path
// of a socket in it would be too long for the operating system, a short path
// that is derived from it. The result does not depend on TMPDIR, so that all
// processes agree on it.
func socketDir(dataDir string) string {
	maxLength := 107
	if runtime.GOOS != "linux" {
		maxLength = 103
	}
	dir := filepath.Join(dataDir, "run")
	if len(socketPath(dir)) <= maxLength {
		return dir
	}
	sum := sha256.Sum256([]byte(dataDir))
	return filepath.Join("/tmp", "pinezka-"+hex.EncodeToString(sum[:8]))
}

// socketPath returns the path of the socket of PostgreSQL in a directory.
func socketPath(dir string) string { return filepath.Join(dir, ".s.PGSQL."+strconv.Itoa(port)) }

// createPrivate creates a directory that only the user of the database server
// can access, or checks that this is true of an existing directory. The caller
// holds the lock.
func (d dataDirectory) createPrivate(path string) error {
	err := os.Mkdir(path, 0o700)
	if err == nil && os.Geteuid() == 0 {
		err = os.Lchown(path, int(d.user.uid), int(d.user.gid))
	}
	if err == nil {
		return nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("create private directory: %w", err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("create private directory: %w", err)
	}
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 || fileOwner(info) != d.user.uid {
		return fmt.Errorf("%s is not a directory that only the user %s can access (mode 0700): remove it", path, d.user.name)
	}
	return nil
}

// openFile opens a file that belongs to the user of the database server. It
// does not follow a symbolic link.
func (d dataDirectory) openFile(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the file, and the callers say what for
	}
	if os.Geteuid() == 0 {
		if err := f.Chown(int(d.user.uid), int(d.user.gid)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, nil
}

// replaceFile writes a file that belongs to the user of the database server. It
// removes what is there before, since that user could have made it a link.
func (d dataDirectory) replaceFile(path, text string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write settings: %w", err)
	}
	f, err := d.openFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	return nil
}
