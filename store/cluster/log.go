package cluster

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxLog is the size in bytes beyond which postgres.log becomes postgres.log.1 and begins anew.
const maxLog = 4 << 20

// openLog opens the log for the server, which only appends to it.
func openLog(h home) (*os.File, error) {
	if err := trimLog(h); err != nil {
		return nil, err
	}
	f, err := h.open(h.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	return f, nil
}

// trimLog copies a log that has grown too large and empties it, since the server keeps it open. Lines written between
// the two are lost.
func trimLog(h home) error {
	info, err := os.Lstat(h.log)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() <= maxLog {
		return nil
	}
	if err != nil {
		return fmt.Errorf("trim log: %w", err)
	}
	from, err := h.open(h.log, os.O_RDWR)
	if err != nil {
		return fmt.Errorf("trim log: %w", err)
	}
	defer from.Close()
	to, err := h.open(h.log+".1", os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return fmt.Errorf("trim log: %w", err)
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close(), from.Truncate(0)); err != nil {
		return fmt.Errorf("trim log: %w", err)
	}
	return nil
}

// tail is the end of the log.
func tail(h home) string {
	f, err := h.open(h.log, os.O_RDONLY)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(io.NewSectionReader(f, max(0, info.Size()-1024), 1024))
	if err != nil {
		return ""
	}
	return string(text)
}

// lastLines is the end of a program's output, on one line.
func lastLines(out string) string {
	lines := strings.Split(strings.TrimSpace(out), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}
