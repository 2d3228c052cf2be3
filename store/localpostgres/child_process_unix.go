//go:build unix && !linux

package localpostgres

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// childAttributes returns the attributes of a child process of the user. Its
// own process group protects it from Ctrl-C in a terminal. Only Linux can stop
// a child when its parent exits; elsewhere stopStaleServer stops it.
func childAttributes(u serverUser) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Credential: u.credential(),
		Setpgid:    true,
	}
}

// isServerProcess reports whether a process is a server of the cluster in
// pgdata, by its command line.
func isServerProcess(pid int, pgdata string) bool {
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), "-D "+pgdata+" ")
}
