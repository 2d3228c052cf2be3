package localpostgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Client runs client programs of PostgreSQL, such as pg_dump, for one database
// of a private cluster or of any other server.
type Client struct {
	database string
	dir      string   // contains the programs
	env      []string // of the programs
}

// NewClient returns a client for the database at a URL, whose server has the
// major version. It uses the oldest programs of the machine that are not older
// than the server, since pg_dump does not work with a newer server.
func NewClient(ctx context.Context, databaseURL string, major int) (*Client, error) {
	c := &Client{}
	settings, err := connectionSettings(databaseURL)
	if err != nil {
		return nil, err
	}
	c.database = settings["PGDATABASE"]
	c.env = append(os.Environ(), "LC_ALL=C")
	for name, value := range settings {
		c.env = append(c.env, name+"="+value)
	}
	c.dir, err = clientPrograms(ctx, major)
	return c, err
}

// Database returns the name of the database, for the option --dbname.
func (c *Client) Database() string { return c.database }

// Run runs a program, which finds the database by its environment.
func (c *Client) Run(ctx context.Context, out io.Writer, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(c.dir, program), args...)
	var stderr strings.Builder
	cmd.Env, cmd.Stdout, cmd.Stderr = c.env, out, &stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, cmp.Or(ctx.Err(), err), lastLines(stderr.String()))
	}
	return nil
}

// connectionSettings returns the environment variables with which libpq
// connects to the database at a URL. A password in an argument would be in the
// list of processes. libpq would refuse the settings of the URL that only pgx
// has.
func connectionSettings(databaseURL string) (map[string]string, error) {
	u, err := url.Parse(databaseURL)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, errors.New("the database must be given as a URL, such as postgres://name@host/database") // err may contain a password
	}
	settings := map[string]string{}
	set := func(name, value string) {
		if value != "" {
			settings[name] = value
		}
	}
	var hosts, ports []string
	for host := range strings.SplitSeq(u.Host, ",") {
		at := url.URL{Host: host}
		hosts, ports = append(hosts, at.Hostname()), append(ports, at.Port())
	}
	set("PGHOST", strings.Join(hosts, ","))
	set("PGPORT", strings.Join(ports, ","))
	set("PGDATABASE", strings.TrimPrefix(u.Path, "/"))
	set("PGUSER", u.User.Username())
	password, _ := u.User.Password()
	set("PGPASSWORD", password)
	for parameter, name := range map[string]string{
		"host": "PGHOST", "port": "PGPORT", "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD",
		"passfile": "PGPASSFILE", "service": "PGSERVICE", "servicefile": "PGSERVICEFILE", "options": "PGOPTIONS",
		"connect_timeout": "PGCONNECT_TIMEOUT", "target_session_attrs": "PGTARGETSESSIONATTRS",
		"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
	} {
		set(name, u.Query().Get(parameter))
	}
	return settings, nil
}

// clientPrograms returns the directory of the oldest pg_dump and pg_restore that
// are not older than a major version.
func clientPrograms(ctx context.Context, major int) (string, error) {
	type found struct {
		dir   string
		major int
	}
	var fitting []found
	for _, dir := range programDirs() {
		if p := (found{dir, clientVersion(ctx, dir)}); p.major >= major {
			fitting = append(fitting, p)
		}
	}
	if len(fitting) == 0 {
		return "", fmt.Errorf("pg_dump and pg_restore of PostgreSQL %d or newer are not installed (Debian, Ubuntu: apt install postgresql-client-%d)", major, major)
	}
	return slices.MinFunc(fitting, func(a, b found) int { return cmp.Compare(a.major, b.major) }).dir, nil
}

// clientVersion returns the major version of the programs in a directory, or 0
// when they are incomplete. It does not accept pg_wrapper of Debian, which
// chooses a version by itself.
func clientVersion(ctx context.Context, dir string) int {
	for _, name := range []string{"pg_dump", "pg_restore"} {
		path, err := filepath.EvalSymlinks(filepath.Join(dir, name))
		if err != nil || filepath.Base(path) != name {
			return 0
		}
	}
	out, err := exec.CommandContext(ctx, filepath.Join(dir, "pg_dump"), "--version").Output()
	var major int
	if _, scanErr := fmt.Sscanf(string(out), "pg_dump (PostgreSQL) %d", &major); err != nil || scanErr != nil {
		return 0
	}
	return major
}
