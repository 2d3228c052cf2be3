package cluster

import (
	"fmt"
	"os"
	"syscall"
)

// attributes keeps the terminal's Ctrl-C from a child and ends it, with a fast shutdown, when its parent dies.
func attributes(a account) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Credential: a.credential(),
		Setpgid:    true,
		Pdeathsig:  syscall.SIGINT,
	}
}

// serves tells whether the process is a server of the cluster in data, which is a server's working directory.
func serves(pid int, data string) bool {
	cwd, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	return err == nil && cwd == data
}
