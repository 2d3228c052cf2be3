package localpostgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// stopTimeout is how long a fast shutdown may take before an immediate one is
// requested.
const stopTimeout = 30 * time.Second

// serverProcess is a database server that is a child of this process.
type serverProcess struct {
	cmd    *exec.Cmd
	dir    dataDirectory
	exited chan struct{} // closed after the exit
	err    error         // of the exit; to be read after exited
}

// startProcess starts the server and waits until it accepts connections. It
// tries again for some seconds while processes of a killed server are still
// using its shared memory.
func (c *Cluster) startProcess(ctx context.Context) (*serverProcess, error) {
	if err := c.dir.createPrivate(c.dir.socketDir); err != nil { // it may be in /tmp and have been deleted
		return nil, err
	}
	for attempt := 0; ; attempt++ {
		s, err := c.spawn(childAttributes(c.dir.user))
		if err != nil {
			return nil, fmt.Errorf("start the database server: %w", err)
		}
		if err = s.waitUntilReady(ctx, c.dir.url("postgres")); err == nil {
			return s, nil
		}
		err = errors.Join(err, s.stop())
		if attempt == 20 || !strings.Contains(logTail(c.dir), "is still in use") {
			return nil, err
		}
		if err := sleep(ctx, 250*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// spawn starts the process. Linux sends the signal Pdeathsig when the thread
// that started the child ends, not the process, so that thread waits for the
// child.
func (c *Cluster) spawn(attr *syscall.SysProcAttr) (*serverProcess, error) {
	log, err := openLog(c.dir)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(c.programs.dir, "postgres"), c.serverArguments()...) //nolint:noctx // it runs until stop
	cmd.Dir = "/"
	cmd.Env = serverEnvironment()
	cmd.Stdout = log
	cmd.Stderr = log
	cmd.SysProcAttr = attr
	s := &serverProcess{cmd: cmd, dir: c.dir, exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // the thread ends with the goroutine
		err := cmd.Start()
		started <- err
		if err == nil {
			s.err = cmd.Wait()
			close(s.exited)
		}
	}()
	return s, <-started
}

// waitUntilReady waits until the server accepts connections.
func (s *serverProcess) waitUntilReady(ctx context.Context, url string) error {
	for {
		err := ping(ctx, url)
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return s.exitError()
		case <-ctx.Done():
			return fmt.Errorf("wait for the database server: %w: %w", ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// exitError returns the reason of an unexpected exit.
func (s *serverProcess) exitError() error {
	if s.err == nil {
		return errors.New("another program stopped the database server")
	}
	return fmt.Errorf("the database server exited: %w: %s ends with: %s", s.err, s.dir.log, lastLines(logTail(s.dir)))
}

func (s *serverProcess) pid() int { return s.cmd.Process.Pid }

// stop requests a fast shutdown and waits for it. After stopTimeout it requests
// an immediate shutdown, and finally it kills the server. It returns an error
// unless the fast shutdown succeeds.
func (s *serverProcess) stop() error {
	for _, step := range []struct {
		signal  syscall.Signal
		timeout time.Duration
	}{
		{syscall.SIGINT, stopTimeout},
		{syscall.SIGQUIT, 10 * time.Second},
		{syscall.SIGKILL, 10 * time.Second},
	} {
		if err := s.cmd.Process.Signal(step.signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop the database server: %w", err)
		}
		select {
		case <-s.exited:
			if step.signal != syscall.SIGINT {
				return fmt.Errorf("stop the database server: it did not exit within %s and received the signal %s", stopTimeout, step.signal)
			}
			return nil
		case <-time.After(step.timeout):
		}
	}
	return fmt.Errorf("stop the database server: process %d does not exit", s.pid())
}
