package cluster

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// A lock is the right to run the server of a directory. The system gives it back when its holder dies.
type lock struct {
	file *os.File
}

func openLock(h home) (*lock, error) {
	f, err := h.open(h.lock, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, fmt.Errorf("open owner.lock: %w", err)
	}
	return &lock{file: f}, nil
}

// take tells whether this process now holds the lock, and never waits.
func (l *lock) take() (bool, error) {
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("lock %s: %w", l.file.Name(), err)
	}
	if err := l.file.Truncate(0); err != nil {
		return false, fmt.Errorf("sign %s: %w", l.file.Name(), err)
	}
	if _, err := l.file.WriteAt([]byte(fmt.Sprintf("process %d\n", os.Getpid())), 0); err != nil {
		return false, fmt.Errorf("sign %s: %w", l.file.Name(), err)
	}
	return true, nil
}

// holder names the process that signed the lock last.
func (l *lock) holder() string {
	text, err := os.ReadFile(l.file.Name())
	if err != nil || len(text) == 0 {
		return "another process"
	}
	return strings.TrimSpace(string(text))
}

// held tells whether a process holds the lock, and takes it for no longer than that.
func (l *lock) held() (bool, error) {
	err := syscall.Flock(int(l.file.Fd()), syscall.LOCK_SH|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at %s: %w", l.file.Name(), err)
	}
	return false, syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN)
}

// Close gives the lock back.
func (l *lock) Close() error {
	return l.file.Close()
}
