package localpostgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// minFreeSpace is the free disk space, in bytes, that a cluster needs.
const minFreeSpace = 1 << 30

// Finding is the result of one check of Diagnose, in English sentences.
type Finding struct {
	What   string // what was found
	OK     bool
	Remedy string // what to do; "" when OK
}

func passed(format string, args ...any) Finding {
	return Finding{What: fmt.Sprintf(format, args...), OK: true}
}

// failed returns a finding whose remedy is the error, as a sentence.
func failed(what string, remedy error) Finding {
	text := remedy.Error()
	return Finding{What: what, Remedy: strings.ToUpper(text[:1]) + text[1:] + "."}
}

// Diagnose checks everything that Open needs and changes nothing. What Open
// creates itself, such as the data directory, need not exist.
func Diagnose(ctx context.Context, cfg Config) []Finding {
	return append(diagnosePrograms(ctx, cfg.Dir), diagnoseDirectory(cfg.Dir)...)
}

// diagnosePrograms checks that PostgreSQL and PostGIS are installed.
func diagnosePrograms(ctx context.Context, dir string) []Finding {
	p, err := findPrograms(ctx, filepath.Join(dir, "postgres"))
	if err != nil {
		what := "PostgreSQL is not installed."
		if found := installedPrograms(ctx); len(found) > 0 {
			what = fmt.Sprintf("PostgreSQL %s is installed in %s, which is another version than needed.", found[0].version, found[0].dir)
		}
		return []Finding{failed(what, err)}
	}
	postgis := passed("PostGIS is installed: %s.", p.postgis)
	if p.postgis == "" {
		postgis = failed(fmt.Sprintf("PostGIS for PostgreSQL %d is not installed.", p.major),
			fmt.Errorf("install it (Debian, Ubuntu: apt install postgresql-%d-postgis-3; macOS: brew install postgis)", p.major))
	}
	return []Finding{passed("PostgreSQL %s is installed in %s.", p.version, p.dir), postgis}
}

// diagnoseDirectory checks the data directory, or the nearest existing one
// above it when it does not exist yet.
func diagnoseDirectory(path string) []Finding {
	if path == "" {
		return []Finding{failed("No data directory is given.", errors.New("choose one"))}
	}
	path, err := filepath.Abs(path)
	existing := path
	if err == nil {
		existing, err = nearestExisting(path)
	}
	if err != nil {
		return []Finding{failed("The data directory cannot be read.", err)}
	}
	d, err := existingDataDirectory(existing)
	if err != nil {
		return []Finding{failed(fmt.Sprintf("The data directory %s cannot be used.", path), err)}
	}
	findings := []Finding{diagnoseWriting(path, existing), diagnoseAccess(d), diagnoseSpace(existing)}
	if existing == path {
		findings = append(findings, diagnoseServer(d))
	}
	return findings
}

// diagnoseWriting checks that a file can be created, which the mode of a
// directory on a read-only file system does not show.
func diagnoseWriting(path, existing string) Finding {
	f, err := os.CreateTemp(existing, ".pinezka-doctor-*")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	switch {
	case err != nil:
		return failed(fmt.Sprintf("The data directory %s is not writable.", path),
			fmt.Errorf("choose another directory or make it writable for this user: %w", err))
	case existing != path:
		return passed("The data directory %s does not exist yet and can be created.", path)
	}
	return passed("The data directory %s exists and is writable.", path)
}

// diagnoseAccess checks that the user of the database server has access.
func diagnoseAccess(d dataDirectory) Finding {
	if err := d.user.checkAccess(d.path); err != nil {
		return failed(fmt.Sprintf("The database server cannot access %s.", d.path), err)
	}
	return passed("The database server runs as the user %s, which can access %s.", d.user.name, d.path)
}

// diagnoseSpace checks the free space of the file system.
func diagnoseSpace(dir string) Finding {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return failed("The free disk space is unknown.", fmt.Errorf("check %s: %w", dir, err))
	}
	free := uint64(fs.Bavail) * uint64(fs.Bsize) //nolint:unconvert // Bavail is signed on FreeBSD
	found := passed("%.1f GB of disk space are free.", float64(free)/1e9)
	if free < minFreeSpace {
		return failed(found.What, errors.New("free at least 1 GB, or choose a directory on another disk"))
	}
	return found
}

// diagnoseServer finds out whether the server is running.
func diagnoseServer(d dataDirectory) Finding {
	found, err := serverState(d)
	if err != nil {
		return failed("It is unknown whether the cluster is running.", err)
	}
	return Finding{What: found, OK: true}
}

func serverState(d dataDirectory) (string, error) {
	pid, err := readPostmasterPID(d.pgdata)
	if err != nil {
		return "", err
	}
	running := pid != 0 && isServerProcess(pid, d.pgdata)
	file, err := os.Open(d.lock)
	if errors.Is(err, fs.ErrNotExist) {
		return "The cluster has not been created yet.", nil
	}
	if err != nil {
		return "", fmt.Errorf("check the lock: %w", err)
	}
	lock := ownerLock{file}
	defer lock.Close()
	locked, err := lock.isLocked()
	switch {
	case err != nil:
		return "", err
	case locked && running:
		return fmt.Sprintf("The cluster is running (process %d) and belongs to %s.", pid, lock.owner()), nil
	case locked:
		return fmt.Sprintf("The cluster belongs to %s and is starting or stopping.", lock.owner()), nil
	case running:
		return fmt.Sprintf("The cluster is running (process %d) without an owner. Pinezka will restart it at the next start.", pid), nil
	}
	return "The cluster is not running.", nil
}

// nearestExisting returns the absolute path, or the nearest directory above it
// that exists.
func nearestExisting(path string) (string, error) {
	for {
		_, err := os.Stat(path)
		parent := filepath.Dir(path)
		if err == nil {
			return path, nil
		}
		if !errors.Is(err, fs.ErrNotExist) || parent == path {
			return "", fmt.Errorf("check data directory: %w", err)
		}
		path = parent
	}
}
