package main

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// dropPrivileges makes a process of root run as the user with a name from now
// on, for good: what serves the public does not need to be root. It returns the
// name of the user. For the name "", that is the owner of the socket of the
// database, since only that user may be able to reach it, and nobody for a
// database that is reached by network, without a socket. A process of another
// user remains as it is.
func dropPrivileges(name, socket string) (string, error) {
	current, err := user.Current()
	if err != nil {
		return "", fmt.Errorf("look up the user of this process: %w", err)
	}
	if os.Geteuid() != 0 {
		if name != "" && name != current.Username {
			return "", fmt.Errorf("--user %s: only root can start the service as another user than %s", name, current.Username)
		}
		return current.Username, nil
	}
	u, err := unprivilegedUser(name, socket)
	if err != nil {
		return "", err
	}
	if err := become(u); err != nil {
		return "", fmt.Errorf("run as the user %s: %w", u.Username, err)
	}
	return u.Username, nil
}

func unprivilegedUser(name, socket string) (*user.User, error) {
	if name != "" {
		u, err := user.Lookup(name)
		if err != nil {
			return nil, fmt.Errorf("--user: %w", err)
		}
		return u, nil
	}
	if socket != "" {
		info, err := os.Stat(socket)
		if err != nil {
			return nil, fmt.Errorf("look up the user of the database: %w", err)
		}
		if uid := info.Sys().(*syscall.Stat_t).Uid; uid != 0 {
			u, err := user.LookupId(strconv.FormatUint(uint64(uid), 10))
			if err != nil {
				return nil, fmt.Errorf("look up the user of the database: %w; choose one with --user", err)
			}
			return u, nil
		}
	}
	u, err := user.Lookup("nobody")
	if err != nil {
		return nil, fmt.Errorf("the service must not serve the public as root: %w; choose another user with --user", err)
	}
	return u, nil
}

// become changes the user and the groups of every thread of this process.
func become(u *user.User) error {
	groupIDs, err := u.GroupIds()
	if err != nil {
		return fmt.Errorf("look up its groups: %w", err)
	}
	ids := make([]int, 2+len(groupIDs))
	for i, id := range append([]string{u.Uid, u.Gid}, groupIDs...) {
		if ids[i], err = strconv.Atoi(id); err != nil {
			return fmt.Errorf("parse its ids: %w", err)
		}
	}
	uid, gid, groups := ids[0], ids[1], ids[2:]
	if uid == 0 {
		return nil // as --user root demands
	}
	if err := errors.Join(syscall.Setgroups(groups), syscall.Setgid(gid), syscall.Setuid(uid)); err != nil {
		return fmt.Errorf("change the user: %w", err)
	}
	if syscall.Setuid(0) == nil {
		return errors.New("the process can become root again")
	}
	return nil
}
