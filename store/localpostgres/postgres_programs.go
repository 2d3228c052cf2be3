package localpostgres

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

// minMajor is the oldest major version of PostgreSQL that Pinezka works with.
const minMajor = 14

// programs are the PostgreSQL programs of one version.
type programs struct {
	dir     string // contains postgres and initdb
	version string // such as "15.18"
	major   int
	postgis string // path of the control file of the extension; "" when it is not installed
}

// findPrograms returns the programs for the cluster in pgdata: those of the
// version of an existing cluster, else the newest ones, preferably with
// PostGIS.
func findPrograms(ctx context.Context, pgdata string) (programs, error) {
	major, err := clusterVersion(pgdata)
	if err != nil {
		return programs{}, err
	}
	found := installedPrograms(ctx)
	if major == 0 {
		if len(found) == 0 || found[0].major < minMajor {
			return programs{}, fmt.Errorf("PostgreSQL %d or newer is not installed: install it with PostGIS "+
				"(Debian, Ubuntu: apt install postgresql postgresql-postgis; macOS: brew install postgis), "+
				"or set the URL of a database on another machine", minMajor)
		}
		return found[0], nil
	}
	for _, p := range found {
		if p.major == major {
			return p, nil
		}
	}
	return programs{}, fmt.Errorf("the cluster in %s was created by PostgreSQL %d, which is not installed: "+
		"install postgresql-%d and postgresql-%d-postgis-3, or upgrade the cluster with pg_upgrade", pgdata, major, major, major)
}

// clusterVersion returns the major version of PostgreSQL that created the
// cluster in pgdata, or 0 when there is none.
func clusterVersion(pgdata string) (int, error) {
	text, err := os.ReadFile(filepath.Join(pgdata, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	var major int
	if err == nil {
		major, err = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of the cluster in %s: %w", pgdata, err)
	}
	return major, nil
}

// installedPrograms returns the programs that are installed on the machine. The
// supported versions come first, then those with PostGIS, then the newest.
func installedPrograms(ctx context.Context) []programs {
	var found []programs
	for _, dir := range programDirs() {
		p, ok := programsIn(ctx, dir)
		if ok && !slices.Contains(found, p) {
			found = append(found, p)
		}
	}
	preference := func(p programs) int {
		n := p.major
		if p.postgis != "" {
			n += 1_000
		}
		if p.major >= minMajor {
			n += 10_000
		}
		return n
	}
	slices.SortStableFunc(found, func(a, b programs) int { return cmp.Compare(preference(b), preference(a)) })
	return found
}

// programDirs returns the directories in PATH and those in which packages and
// installers put PostgreSQL.
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
		if matches, err := filepath.Glob(pattern); err == nil {
			dirs = append(dirs, matches...)
		}
	}
	return slices.DeleteFunc(dirs, func(dir string) bool { return dir == "" })
}

// programsIn returns the programs in a directory. It reports false when they
// are incomplete or do not run.
func programsIn(ctx context.Context, dir string) (programs, bool) {
	// In a directory of symbolic links, not every program may be linked.
	if path, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres")); err == nil {
		if _, err := exec.LookPath(filepath.Join(filepath.Dir(path), "initdb")); err == nil {
			dir = filepath.Dir(path)
		}
	}
	if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err != nil {
		return programs{}, false
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return programs{}, false
	}
	p := programs{dir: dir}
	if _, err := fmt.Sscanf(string(out), "postgres (PostgreSQL) %s", &p.version); err != nil {
		return programs{}, false
	}
	if _, err := fmt.Sscanf(p.version, "%d", &p.major); err != nil { // of 15.18, 18beta1 or 18devel
		return programs{}, false
	}
	p.postgis = findPostGIS(ctx, p)
	return p, true
}

// findPostGIS returns the path of the control file of PostGIS for the programs,
// or "" when it is not installed.
func findPostGIS(ctx context.Context, p programs) string {
	shareDirs := []string{
		fmt.Sprintf("/usr/share/postgresql/%d", p.major),
		filepath.Join(p.dir, "..", "share", "postgresql"),
		filepath.Join(p.dir, "..", "share"),
	}
	if out, err := exec.CommandContext(ctx, filepath.Join(p.dir, "pg_config"), "--sharedir").Output(); err == nil {
		shareDirs = []string{strings.TrimSpace(string(out))}
	}
	for _, dir := range shareDirs {
		path := filepath.Join(dir, "extension", "postgis.control")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	return ""
}
