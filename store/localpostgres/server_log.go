package localpostgres

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// maxLog is the size of postgres.log, in bytes, from which it is rotated.
const maxLog = 4 << 20

// openLog opens the log for appending.
func openLog(d dataDirectory) (*os.File, error) {
	if err := rotateLog(d); err != nil {
		return nil, err
	}
	return d.openFile(d.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND)
}

// createLogs creates the files of the log, which a process that is no longer
// root could not create in a directory of root.
func createLogs(d dataDirectory) error {
	for _, path := range []string{d.log, d.log + ".1"} {
		f, err := d.openFile(path, os.O_WRONLY|os.O_CREATE)
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			return fmt.Errorf("create log: %w", err)
		}
	}
	return nil
}

// rotateLog copies a log that is too large to postgres.log.1 and truncates it,
// since the server keeps the file open. Lines that the server writes in between
// are lost.
func rotateLog(d dataDirectory) error {
	info, err := os.Lstat(d.log)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() <= maxLog {
		return nil
	}
	from, err := d.openFile(d.log, os.O_RDWR)
	if err != nil {
		return fmt.Errorf("rotate log: %w", err)
	}
	defer from.Close()
	to, err := d.openFile(d.log+".1", os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return fmt.Errorf("rotate log: %w", err)
	}
	_, err = io.Copy(to, from)
	if err := errors.Join(err, to.Close(), from.Truncate(0)); err != nil {
		return fmt.Errorf("rotate log: %w", err)
	}
	return nil
}

// logTail returns the last 1,024 bytes of the log, or "" when it cannot be
// read.
func logTail(d dataDirectory) string {
	f, err := d.openFile(d.log, os.O_RDONLY)
	if err != nil {
		return ""
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		_, _ = f.Seek(max(0, info.Size()-1024), io.SeekStart)
	}
	text, _ := io.ReadAll(f)
	return string(text)
}

// lastLines returns the last three lines of the output of a program as one
// line.
func lastLines(output string) string {
	lines := strings.Split(strings.TrimSpace(output), "\n")
	return strings.Join(lines[max(0, len(lines)-3):], "; ")
}
