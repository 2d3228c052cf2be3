package localpostgres

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// ownerLock is the lock of the owner of a cluster: the process that has locked
// the file. The operating system releases the lock when the process exits.
type ownerLock struct {
	file *os.File
}

func openOwnerLock(d dataDirectory) (*ownerLock, error) {
	f, err := d.openFile(d.lock, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, fmt.Errorf("prepare lock: %w", err)
	}
	return &ownerLock{f}, nil
}

// tryLock reports whether this process holds the lock now. It does not wait.
func (l *ownerLock) tryLock() (bool, error) {
	if locked, err := l.flock(syscall.LOCK_EX); err != nil || !locked {
		return false, err
	}
	err := l.file.Truncate(0)
	if err == nil {
		_, err = l.file.WriteAt(fmt.Appendf(nil, "process %d\n", os.Getpid()), 0)
	}
	if err != nil {
		return false, fmt.Errorf("write %s: %w", l.file.Name(), err)
	}
	return true, nil
}

// isLocked reports whether another process holds the lock.
func (l *ownerLock) isLocked() (bool, error) {
	unlocked, err := l.flock(syscall.LOCK_SH)
	if err != nil || !unlocked {
		return err == nil, err
	}
	_, err = l.flock(syscall.LOCK_UN)
	return false, err
}

// flock reports whether the operation succeeded without waiting for another
// process.
func (l *ownerLock) flock(operation int) (bool, error) {
	err := syscall.Flock(int(l.file.Fd()), operation|syscall.LOCK_NB)
	if err != nil && !errors.Is(err, syscall.EWOULDBLOCK) {
		return false, fmt.Errorf("lock %s: %w", l.file.Name(), err)
	}
	return err == nil, nil
}

// owner returns "process" and the id of the last process that held the lock.
func (l *ownerLock) owner() string {
	text, err := os.ReadFile(l.file.Name())
	if err != nil || len(text) == 0 {
		return "another process"
	}
	return strings.TrimSpace(string(text))
}

// Close releases the lock.
func (l *ownerLock) Close() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("release lock: %w", err)
	}
	return nil
}
