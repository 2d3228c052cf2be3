package cluster

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

// A server is the process of PostgreSQL that this process started.
type server struct {
	cmd    *exec.Cmd
	home   home
	exited chan struct{}
	err    error // of its exit; read after exited
}

// start starts the server and waits until it accepts connections. While processes of a server that was killed still
// hold its memory, which lasts moments, it tries again.
func (c *Cluster) start(ctx context.Context) (*server, error) {
	if err := c.home.ownDir(c.home.run); err != nil { // /tmp may have been swept
		return nil, fmt.Errorf("make socket directory: %w", err)
	}
	for attempt := 0; ; attempt++ {
		s, err := c.spawn(attributes(c.home.account))
		if err != nil {
			return nil, err
		}
		err = s.ready(ctx, c.home.url("postgres"))
		if err == nil {
			return s, nil
		}
		err = errors.Join(err, s.stop(stopDeadline))
		if attempt == 20 || !strings.Contains(tail(c.home), "is still in use") {
			return nil, err
		}
		if err := sleep(ctx, 250*time.Millisecond); err != nil {
			return nil, err
		}
	}
}

// spawn starts the process. The signal that ends it with its parent is tied to the thread that started it, so that
// thread waits for it.
func (c *Cluster) spawn(attr *syscall.SysProcAttr) (*server, error) {
	log, err := openLog(c.home)
	if err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	defer log.Close()

	s := &server{
		cmd:    exec.Command(filepath.Join(c.programs.Dir, "postgres"), c.placement()...),
		home:   c.home,
		exited: make(chan struct{}),
	}
	s.cmd.Dir = "/"
	s.cmd.Env = environment()
	s.cmd.Stdout = log
	s.cmd.Stderr = log
	s.cmd.SysProcAttr = attr

	started := make(chan error)
	go func() {
		runtime.LockOSThread() // the thread ends with the goroutine
		err := s.cmd.Start()
		started <- err
		if err == nil {
			s.err = s.cmd.Wait()
			close(s.exited)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start server: %w", err)
	}
	return s, nil
}

// ready waits until the server accepts connections.
func (s *server) ready(ctx context.Context, url string) error {
	for {
		err := ping(ctx, url)
		if err == nil {
			return nil
		}
		select {
		case <-s.exited:
			return s.failure()
		case <-ctx.Done():
			return fmt.Errorf("wait for the database server: %w: %w", ctx.Err(), err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// failure says why the server exited.
func (s *server) failure() error {
	if s.err == nil {
		return errors.New("the database server was stopped by somebody else")
	}
	return fmt.Errorf("the database server stopped: %w: the end of %s reads: %s", s.err, s.home.log, lastLines(tail(s.home)))
}

func (s *server) pid() int {
	return s.cmd.Process.Pid
}

// stop asks for a fast shutdown, and after the deadline for an immediate one. Nil when the server is gone cleanly.
func (s *server) stop(deadline time.Duration) error {
	for _, step := range []struct {
		signal syscall.Signal
		wait   time.Duration
	}{
		{syscall.SIGINT, deadline},
		{syscall.SIGQUIT, 10 * time.Second},
		{syscall.SIGKILL, 10 * time.Second},
	} {
		if err := s.cmd.Process.Signal(step.signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop the database server: %w", err)
		}
		select {
		case <-s.exited:
			if step.signal != syscall.SIGINT {
				return fmt.Errorf("stop the database server: it did not within %s and was ended by %s", deadline, step.signal)
			}
			return nil
		case <-time.After(step.wait):
		}
	}
	return fmt.Errorf("stop the database server: process %d does not end", s.pid())
}
