package cluster

import (
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

// configuration is postgresql.conf of a new cluster.
const configuration = `# The settings of Pinezka come first; what stands below them wins.
include 'pinezka.conf'

# Your own settings:
`

// initialise makes the cluster unless it exists. It is made beside its place and moved there when complete, so that an
// interruption leaves nothing that looks like a cluster.
func (c *Cluster) initialise(ctx context.Context) error {
	major, err := versionOf(c.home.data)
	if err != nil || major != 0 {
		return err
	}
	if err := os.Remove(c.home.data); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("make cluster: %s is not a cluster: move it away: %w", c.home.data, err)
	}
	unfinished := c.home.data + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	if err := c.home.ownDir(unfinished); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	runtime.LockOSThread() // as in spawn
	defer runtime.UnlockOSThread()
	cmd := exec.CommandContext(ctx, filepath.Join(c.programs.Dir, "initdb"), c.initArguments(unfinished)...)
	cmd.Dir = "/"
	cmd.Env = environment()
	cmd.SysProcAttr = attributes(c.home.account)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("make cluster: initdb: %w: %s", err, lastLines(string(out)))
	}
	if err := os.WriteFile(filepath.Join(unfinished, "postgresql.conf"), []byte(configuration), 0o600); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	if err := os.Rename(unfinished, c.home.data); err != nil {
		return fmt.Errorf("make cluster: %w", err)
	}
	c.logger.Info("cluster made", "version", c.programs.Version)
	return nil
}

// initArguments asks for UTF-8 and an order of text that no update of the system changes. Whoever reaches the socket is
// let in: its directory is closed to others.
func (c *Cluster) initArguments(dir string) []string {
	args := []string{
		"--pgdata", dir,
		"--username", role,
		"--auth-local", "trust",
		"--auth-host", "reject",
		"--encoding", "UTF8",
		"--data-checksums",
	}
	switch {
	case c.programs.Major >= 17:
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

// environment is that of this process without what would lead PostgreSQL elsewhere.
func environment() []string {
	var env []string
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		switch {
		case strings.HasPrefix(name, "PG"), strings.HasPrefix(name, "LC_"), name == "LANG", name == "LANGUAGE":
		case name == "NOTIFY_SOCKET": // systemd's, to which the server would report itself ready in Pinezka's name
		default:
			env = append(env, entry)
		}
	}
	return env
}
