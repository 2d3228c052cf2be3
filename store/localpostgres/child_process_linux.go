package localpostgres

import (
	"fmt"
	"os"
	"syscall"
)

// childAttributes returns the attributes of a child process of the user. Its
// own process group protects it from Ctrl-C in a terminal. It receives SIGINT,
// which is a fast shutdown, when its parent exits.
func childAttributes(u serverUser) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Credential: u.credential(),
		Setpgid:    true,
		Pdeathsig:  syscall.SIGINT,
	}
}

// isServerProcess reports whether a process is a server of the cluster in
// pgdata, by its working directory.
func isServerProcess(pid int, pgdata string) bool {
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return err == nil && cwd == pgdata
}
