//go:build unix && !linux

package cluster

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// attributes keeps the terminal's Ctrl-C from a child. This system cannot end a child with its parent: the next owner
// stops what a killed one leaves behind.
func attributes(a account) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Credential: a.credential(),
		Setpgid:    true,
	}
}

// serves tells whether the process is a server of the cluster in data, by the command that started it.
func serves(pid int, data string) bool {
	out, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && strings.Contains(string(out), "-D "+data+" ")
}
