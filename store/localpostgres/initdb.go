package localpostgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// postgresqlConf is the file postgresql.conf of a new cluster.
const postgresqlConf = `# The settings of Pinezka come first. Settings below this line override them.
include 'pinezka.conf'

# Your own settings:
`

// initdb creates the cluster unless it exists. It creates it under another name
// and renames it when it is complete, so that an interrupted run leaves no
// incomplete cluster.
func (c *Cluster) initdb(ctx context.Context) error {
	major, err := clusterVersion(c.dir.pgdata)
	if err != nil || major != 0 {
		return err
	}
	if err := os.Remove(c.dir.pgdata); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is not a cluster: move it to another place: %w", c.dir.pgdata, err)
	}
	incomplete := c.dir.pgdata + ".new"
	if err := os.RemoveAll(incomplete); err != nil {
		return fmt.Errorf("remove an incomplete one: %w", err)
	}
	if err := c.dir.createPrivate(incomplete); err != nil {
		return err
	}
	runtime.LockOSThread() // for the reason given in spawn
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, filepath.Join(c.programs.dir, "initdb"), c.initdbArguments(incomplete)...)
	cmd.Dir = "/"
	cmd.Env = serverEnvironment()
	cmd.SysProcAttr = childAttributes(c.dir.user)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", cmp.Or(ctx.Err(), err), lastLines(string(out)))
	}
	if err := c.dir.replaceFile(filepath.Join(incomplete, "postgresql.conf"), postgresqlConf); err != nil {
		return err
	}
	if err := os.Rename(incomplete, c.dir.pgdata); err != nil {
		return fmt.Errorf("move it into place: %w", err)
	}
	c.logger.Info("cluster created", "version", c.programs.version)
	return nil
}

// initdbArguments returns the arguments of initdb. Text is UTF-8, in a
// collation that no update of the operating system changes. Local connections
// need no password, since only the user of the server can access the socket.
func (c *Cluster) initdbArguments(pgdata string) []string {
	args := []string{
		"--pgdata", pgdata,
		"--username", role,
		"--auth-local", "trust",
		"--auth-host", "reject",
		"--encoding", "UTF8",
		"--data-checksums",
	}
	switch {
	case c.programs.major >= 17:
		args = append(args, "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8")
	case runtime.GOOS == "darwin":
		args = append(args, "--locale", "C", "--lc-ctype", "UTF-8")
	default:
		args = append(args, "--locale", "C.UTF-8")
	}
	if c.volatile {
		args = append(args, "--no-sync")
	}
	return args
}

// serverEnvironment returns the environment of this process without the
// variables that change the behaviour of PostgreSQL.
func serverEnvironment() []string {
	var env []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(name, "PG"), strings.HasPrefix(name, "LC_"), name == "LANG", name == "LANGUAGE":
		case name == "NOTIFY_SOCKET": // the server must not report to systemd that Pinezka is ready
		default:
			env = append(env, entry)
		}
	}
	return env
}
