package cluster

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

// A home is the data directory and the account that the server runs as.
type home struct {
	dir     string // absolute, without symbolic links
	data    string
	run     string
	lock    string
	log     string
	account account
}

// openHome makes the directory when it is missing, and answers an error when the account cannot live in it.
func openHome(dir string) (home, error) {
	if dir == "" {
		return home{}, errors.New("no data directory is given")
	}
	if err := makeDir(dir); err != nil {
		return home{}, fmt.Errorf("make data directory: %w", err)
	}
	h, err := homeAt(dir)
	if err != nil {
		return home{}, err
	}
	return h, h.account.reach(h.dir)
}

// makeDir makes the directory unless it exists: closed to others, or when the process is root, such that the server's
// account passes through.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if os.Geteuid() != 0 {
		return os.MkdirAll(dir, 0o700)
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return err
	}
	return os.Chmod(dir, 0o711) // whatever the umask
}

// homeAt describes an existing directory and changes nothing.
func homeAt(dir string) (home, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return home{}, fmt.Errorf("find data directory: %w", err)
	}
	abs, err = filepath.EvalSymlinks(abs)
	if err != nil {
		return home{}, fmt.Errorf("find data directory: %w", err)
	}
	h := home{
		dir:  abs,
		data: filepath.Join(abs, "postgres"),
		run:  socketDir(abs),
		lock: filepath.Join(abs, "owner.lock"),
		log:  filepath.Join(abs, "postgres.log"),
	}
	h.account, err = accountFor(h.data)
	if err != nil {
		return home{}, err
	}
	return h, nil
}

// socketDir is dir/run, or a short directory named after dir when a socket's path would be too long for the system
// there. It does not depend on TMPDIR, so that every process finds the same one.
func socketDir(dir string) string {
	longest := 107
	if runtime.GOOS != "linux" {
		longest = 103
	}
	run := filepath.Join(dir, "run")
	if len(socketPath(run)) <= longest {
		return run
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join("/tmp", "pinezka-"+hex.EncodeToString(sum[:8]))
}

// socketPath is the name that PostgreSQL gives to its socket.
func socketPath(run string) string {
	return filepath.Join(run, ".s.PGSQL."+strconv.Itoa(port))
}

// ownDir makes a directory for the account alone, or checks that the existing one is. The lock is held.
func (h home) ownDir(path string) error {
	err := os.Mkdir(path, 0o700)
	if err == nil {
		return h.account.own(path)
	}
	if !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	uid, _ := owner(info)
	if !info.IsDir() || info.Mode().Perm()&0o077 != 0 || uid != h.account.uid {
		return fmt.Errorf("%s is not a directory of the user %s alone (mode 0700): remove it", path, h.account.name)
	}
	return nil
}

// open opens a file of the directory for the account, and never through a symbolic link.
func (h home) open(path string, flag int) (*os.File, error) {
	f, err := os.OpenFile(path, flag|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if os.Geteuid() == 0 {
		if err := f.Chown(int(h.account.uid), int(h.account.gid)); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, nil
}
