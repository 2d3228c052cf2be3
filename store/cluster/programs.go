package cluster

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first major version of PostgreSQL that Pinezka works with.
const oldest = 14

// Programs are the PostgreSQL programs of one version.
type Programs struct {
	Dir     string // holds postgres and initdb
	Version string // such as 15.18
	Major   int
	PostGIS string // the control file of the extension, or empty
}

// remedyPrograms is what to do without PostgreSQL.
const remedyPrograms = "install PostgreSQL 14 or newer with PostGIS (Debian, Ubuntu: apt install postgresql " +
	"postgresql-postgis; macOS: brew install postgis), or give the URL of a database that runs elsewhere"

// findPrograms chooses the programs for the cluster in data: those of its version when it exists, and otherwise the
// newest, those with PostGIS first.
func findPrograms(ctx context.Context, data string) (Programs, error) {
	found := installed(ctx)
	major, err := versionOf(data)
	if err != nil {
		return Programs{}, err
	}
	if major == 0 {
		if len(found) == 0 || found[0].Major < oldest {
			return Programs{}, fmt.Errorf("no PostgreSQL programs of version %d or newer are here: %s", oldest, remedyPrograms)
		}
		return found[0], nil
	}
	for _, p := range found {
		if p.Major == major {
			return p, nil
		}
	}
	return Programs{}, fmt.Errorf("the cluster in %s was made by PostgreSQL %d, whose programs are not here: "+
		"install postgresql-%d and postgresql-%d-postgis-3, or upgrade the cluster with pg_upgrade", data, major, major, major)
}

// versionOf is the major version that made the cluster in data, or 0 when there is none.
func versionOf(data string) (int, error) {
	text, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of the cluster: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("read the version of the cluster in %s: %w", data, err)
	}
	return major, nil
}

// installed lists the programs of the machine, the best first.
func installed(ctx context.Context) []Programs {
	var found []Programs
	for _, dir := range programDirs() {
		p, ok := programsIn(ctx, dir)
		if ok && !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b Programs) int {
		return cmp.Or(
			compareBool(b.Major >= oldest, a.Major >= oldest),
			compareBool(b.PostGIS != "", a.PostGIS != ""),
			cmp.Compare(b.Major, a.Major),
		)
	})
	return found
}

// programDirs lists the places where packages and installers put PostgreSQL. Debian's are not in the PATH.
func programDirs() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",       // Debian, Ubuntu
		"/usr/pgsql-*/bin",                // packages of the PostgreSQL project for Red Hat, SUSE
		"/usr/lib/postgresql*/bin",        // SUSE
		"/usr/libexec/postgresql*",        // Alpine
		"/usr/local/pgsql/bin",            // built from source
		"/opt/homebrew/opt/postgres*/bin", // Homebrew
		"/usr/local/opt/postgres*/bin",    // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		matches, err := filepath.Glob(pattern)
		if err == nil {
			dirs = append(dirs, matches...)
		}
	}
	return slices.DeleteFunc(dirs, func(dir string) bool { return dir == "" })
}

// programsIn looks into one directory.
func programsIn(ctx context.Context, dir string) (Programs, bool) {
	for _, name := range []string{"postgres", "initdb"} {
		if _, err := exec.LookPath(filepath.Join(dir, name)); err != nil {
			return Programs{}, false
		}
	}
	// Links lead to the directory where the other programs are.
	if real, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
		if _, err := exec.LookPath(filepath.Join(filepath.Dir(real), "initdb")); err == nil {
			dir = filepath.Dir(real)
		}
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return Programs{}, false
	}
	var version string
	if _, err := fmt.Sscanf(string(out), "postgres (PostgreSQL) %s", &version); err != nil {
		return Programs{}, false
	}
	major, err := strconv.Atoi(version[:digits(version)])
	if err != nil {
		return Programs{}, false
	}
	return Programs{Dir: dir, Version: version, Major: major, PostGIS: postgis(ctx, dir, major)}, true
}

// postgis finds the control file of the extension for the programs in dir.
func postgis(ctx context.Context, dir string, major int) string {
	shares := []string{
		fmt.Sprintf("/usr/share/postgresql/%d", major),
		filepath.Join(dir, "..", "share", "postgresql"),
		filepath.Join(dir, "..", "share"),
	}
	if out, err := exec.CommandContext(ctx, filepath.Join(dir, "pg_config"), "--sharedir").Output(); err == nil {
		shares = []string{strings.TrimSpace(string(out))}
	}
	for _, share := range shares {
		path := filepath.Join(share, "extension", "postgis.control")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}

// digits is the number of digits that s begins with: versions read 15.18, 18beta1, 18devel.
func digits(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if n < 0 {
		return len(s)
	}
	return n
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}
