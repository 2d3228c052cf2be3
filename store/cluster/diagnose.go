package cluster

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

// enough is the free space in bytes below which Diagnose warns.
const enough = 1 << 30

// A Finding is one thing that Open needs, in plain English.
type Finding struct {
	What   string // what was found
	OK     bool
	Remedy string // what to do about it; empty when OK
}

// Diagnose looks at everything that Open needs for the directory and changes nothing. What Open would make itself, such
// as the directory, is OK when it can be made.
func Diagnose(ctx context.Context, cfg Config) []Finding {
	findings := diagnosePrograms(ctx, cfg.Dir)
	return append(findings, diagnoseHome(cfg.Dir)...)
}

// diagnosePrograms looks for PostgreSQL and PostGIS.
func diagnosePrograms(ctx context.Context, dir string) []Finding {
	p, err := findPrograms(ctx, filepath.Join(dir, "postgres"))
	if err != nil {
		what := "No PostgreSQL programs were found."
		if found := installed(ctx); len(found) > 0 {
			what = fmt.Sprintf("PostgreSQL %s is in %s, which will not do.", found[0].Version, found[0].Dir)
		}
		return []Finding{{What: what, Remedy: sentence(err)}}
	}
	findings := []Finding{{What: fmt.Sprintf("PostgreSQL %s is in %s.", p.Version, p.Dir), OK: true}}
	if p.PostGIS == "" {
		return append(findings, Finding{
			What: fmt.Sprintf("PostGIS for PostgreSQL %d was not found.", p.Major),
			Remedy: fmt.Sprintf("Install it (Debian, Ubuntu: apt install postgresql-%d-postgis-3; macOS: brew install postgis).",
				p.Major),
		})
	}
	return append(findings, Finding{What: fmt.Sprintf("PostGIS is there: %s.", p.PostGIS), OK: true})
}

// diagnoseHome looks at the directory, or at the nearest one above it when it does not exist yet.
func diagnoseHome(dir string) []Finding {
	if dir == "" {
		return []Finding{{What: "No data directory is given.", Remedy: "Name one."}}
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return []Finding{{What: "The data directory cannot be looked at.", Remedy: sentence(err)}}
	}
	existing, err := nearest(dir)
	if err != nil {
		return []Finding{{What: "The data directory cannot be looked at.", Remedy: sentence(err)}}
	}
	h, err := homeAt(existing)
	if err != nil {
		return []Finding{{What: fmt.Sprintf("The data directory %s cannot be used.", dir), Remedy: sentence(err)}}
	}
	findings := []Finding{
		diagnoseWriting(dir, existing),
		diagnoseAccount(h),
		diagnoseSpace(existing),
	}
	if existing == dir {
		findings = append(findings, diagnoseOwner(h))
	}
	return findings
}

// diagnoseWriting tries to write, since the mode of a directory does not tell of read-only file systems.
func diagnoseWriting(dir, existing string) Finding {
	probe, err := os.CreateTemp(existing, ".pinezka-probe-*")
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	switch {
	case err != nil:
		return Finding{
			What:   fmt.Sprintf("The data directory %s cannot be written.", dir),
			Remedy: fmt.Sprintf("Choose another one or open it to this user: %v.", err),
		}
	case existing != dir:
		return Finding{What: fmt.Sprintf("The data directory %s does not exist yet and can be made.", dir), OK: true}
	default:
		return Finding{What: fmt.Sprintf("The data directory %s exists and can be written.", dir), OK: true}
	}
}

// diagnoseAccount asks whether the server can live there.
func diagnoseAccount(h home) Finding {
	if err := h.account.reach(h.dir); err != nil {
		return Finding{
			What:   fmt.Sprintf("The database server cannot reach %s.", h.dir),
			Remedy: sentence(err),
		}
	}
	return Finding{What: fmt.Sprintf("The database server runs as the user %s, which can reach %s.", h.account.name, h.dir),
		OK: true}
}

// diagnoseSpace looks at the file system.
func diagnoseSpace(dir string) Finding {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return Finding{What: "The free disk space is unknown.", Remedy: fmt.Sprintf("Look at %s: %v.", dir, err)}
	}
	free := uint64(fs.Bavail) * uint64(fs.Bsize)
	what := fmt.Sprintf("%.1f GB of disk space are free.", float64(free)/1e9)
	if free < enough {
		return Finding{What: what, Remedy: "Free at least 1 GB, or choose a directory on another disk."}
	}
	return Finding{What: what, OK: true}
}

// diagnoseOwner asks whether a cluster is running.
func diagnoseOwner(h home) Finding {
	pid, err := readPid(filepath.Join(h.data, "postmaster.pid"))
	if err != nil {
		return Finding{What: "Whether the cluster is running is unknown.", Remedy: sentence(err)}
	}
	running := pid != 0 && serves(pid, h.data)

	file, err := os.Open(h.lock)
	if errors.Is(err, fs.ErrNotExist) {
		return Finding{What: "The cluster has not been made yet.", OK: true}
	}
	if err != nil {
		return Finding{What: "Whether the cluster is running is unknown.", Remedy: sentence(err)}
	}
	lock := lock{file: file}
	defer lock.Close()
	held, err := lock.held()
	switch {
	case err != nil:
		return Finding{What: "Whether the cluster is running is unknown.", Remedy: sentence(err)}
	case held && running:
		return Finding{What: fmt.Sprintf("The cluster is running (process %d) and belongs to %s.", pid, lock.holder()), OK: true}
	case held:
		return Finding{What: fmt.Sprintf("The cluster belongs to %s and is starting or stopping.", lock.holder()), OK: true}
	case running:
		return Finding{What: fmt.Sprintf("The cluster is running (process %d) without an owner; the next start of Pinezka "+
			"stops it and starts it again.", pid), OK: true}
	default:
		return Finding{What: "The cluster is not running.", OK: true}
	}
}

// nearest is dir, which is absolute, or the nearest directory above it that exists.
func nearest(dir string) (string, error) {
	for at := dir; ; at = filepath.Dir(at) {
		_, err := os.Stat(at)
		if err == nil {
			return at, nil
		}
		if !errors.Is(err, fs.ErrNotExist) || at == filepath.Dir(at) {
			return "", err
		}
	}
}

// sentence is an error as a remedy.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
