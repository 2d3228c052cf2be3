package localpostgres

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
)

// serverUser is the operating system user that the database server runs as.
// PostgreSQL refuses to run as root.
type serverUser struct {
	name   string
	uid    uint32
	gid    uint32
	groups []uint32 // supplementary
}

// serverUserFor returns the user for the cluster in pgdata: the user of this
// process, or when that is root, the owner of an existing cluster, else
// postgres, else nobody. It returns an error when the cluster belongs to a user
// that this process cannot switch to.
func serverUserFor(pgdata string) (serverUser, error) {
	uid := uint32(os.Geteuid())
	info, err := os.Stat(pgdata)
	switch {
	case err == nil && uid != 0 && fileOwner(info) != uid:
		return serverUser{}, fmt.Errorf("%s belongs to the user %s: start Pinezka as that user or as root", pgdata,
			userName(fileOwner(info)))
	case uid != 0:
		return serverUser{name: userName(uid), uid: uid, gid: uint32(os.Getegid())}, nil
	case err == nil && fileOwner(info) != 0:
		u, err := user.LookupId(strconv.FormatUint(uint64(fileOwner(info)), 10))
		if err != nil {
			return serverUser{}, fmt.Errorf("look up the owner of %s: %w", pgdata, err)
		}
		return newServerUser(u)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return newServerUser(u)
		}
	}
	return serverUser{}, errors.New("PostgreSQL cannot run as root, and neither of the users postgres and nobody exists: " +
		"start Pinezka as an ordinary user")
}

func newServerUser(u *user.User) (serverUser, error) {
	groups, err := u.GroupIds()
	if err != nil {
		return serverUser{}, fmt.Errorf("look up the groups of the user %s: %w", u.Username, err)
	}
	ids := make([]uint32, 2+len(groups))
	for i, id := range append([]string{u.Uid, u.Gid}, groups...) {
		n, err := strconv.ParseUint(id, 10, 32)
		if err != nil {
			return serverUser{}, fmt.Errorf("parse the ids of the user %s: %w", u.Username, err)
		}
		ids[i] = uint32(n)
	}
	return serverUser{name: u.Username, uid: ids[0], gid: ids[1], groups: ids[2:]}, nil
}

// credential returns the credential of a child process, or nil when the user is
// that of this process.
func (u serverUser) credential() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	return &syscall.Credential{Uid: u.uid, Gid: u.gid, Groups: u.groups}
}

// checkAccess returns an error when the user may not enter dir or one of the
// directories above it.
func (u serverUser) checkAccess(dir string) error {
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("check data directory: %w", err)
		}
		if !u.mayEnter(info) {
			return fmt.Errorf("the database server runs as the user %s, which cannot access %s, because it may not enter %s "+
				"(mode %04o): choose a data directory that it can access, such as /var/lib/pinezka, "+
				"or start Pinezka as an ordinary user", u.name, dir, at, info.Mode().Perm())
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// mayEnter reports whether the permissions of a directory allow the user to
// enter it.
func (u serverUser) mayEnter(info fs.FileInfo) bool {
	gid := info.Sys().(*syscall.Stat_t).Gid
	mode := info.Mode().Perm()
	switch {
	case fileOwner(info) == u.uid:
		return mode&0o100 != 0
	case gid == u.gid || slices.Contains(u.groups, gid):
		return mode&0o010 != 0
	}
	return mode&0o001 != 0
}

// fileOwner returns the user id of the owner of a file.
func fileOwner(info fs.FileInfo) uint32 { return info.Sys().(*syscall.Stat_t).Uid }

// userName returns the name of a user, or its id when it has none.
func userName(uid uint32) string {
	id := strconv.FormatUint(uint64(uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return id
}
