package cluster

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

// An account is the user that the server runs as. PostgreSQL refuses to run as root.
type account struct {
	name   string
	uid    uint32
	gid    uint32
	groups []uint32
}

// accountFor is the user of this process. When that is root, it is the user to whom the cluster in data belongs, or else
// postgres, or else nobody.
func accountFor(data string) (account, error) {
	uid := uint32(os.Geteuid())
	owned, exists := uint32(0), false
	if info, err := os.Stat(data); err == nil {
		owned, _ = owner(info)
		exists = true
	}
	if uid != 0 {
		if exists && owned != uid {
			return account{}, fmt.Errorf("%s belongs to the user %s: start Pinezka as that user or as root", data,
				userName(owned))
		}
		name := userName(uid)
		return account{name: name, uid: uid, gid: uint32(os.Getegid())}, nil
	}
	if exists && owned != 0 {
		u, err := user.LookupId(strconv.FormatUint(uint64(owned), 10))
		if err != nil {
			return account{}, fmt.Errorf("find the user to whom %s belongs: %w", data, err)
		}
		return newAccount(u)
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return newAccount(u)
		}
	}
	return account{}, errors.New("PostgreSQL does not run as root, and neither of the users postgres and nobody exists: " +
		"start Pinezka as an ordinary user")
}

func newAccount(u *user.User) (account, error) {
	ids := []string{u.Uid, u.Gid}
	groups, err := u.GroupIds()
	if err != nil {
		return account{}, fmt.Errorf("find the groups of the user %s: %w", u.Username, err)
	}
	ids = append(ids, groups...)
	numbers := make([]uint32, len(ids))
	for i, id := range ids {
		n, err := strconv.ParseUint(id, 10, 32)
		if err != nil {
			return account{}, fmt.Errorf("read the number of the user %s: %w", u.Username, err)
		}
		numbers[i] = uint32(n)
	}
	return account{name: u.Username, uid: numbers[0], gid: numbers[1], groups: numbers[2:]}, nil
}

// credential is nil when the server runs as the user of this process.
func (a account) credential() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	return &syscall.Credential{Uid: a.uid, Gid: a.gid, Groups: a.groups}
}

// own gives the path to the account. Only root can, and only root has to.
func (a account) own(path string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// reach answers an error when a directory on the way to dir is closed to the account.
func (a account) reach(dir string) error {
	for at := dir; ; at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			return fmt.Errorf("reach data directory: %w", err)
		}
		if !a.enters(info) {
			return fmt.Errorf("the database server runs as the user %s, which cannot reach %s, because %s is closed to it "+
				"(mode %04o): choose a data directory that it can reach, such as /var/lib/pinezka, "+
				"or start Pinezka as an ordinary user", a.name, dir, at, info.Mode().Perm())
		}
		if at == filepath.Dir(at) {
			return nil
		}
	}
}

// enters tells whether the account may pass through a directory.
func (a account) enters(info fs.FileInfo) bool {
	uid, gid := owner(info)
	mode := info.Mode().Perm()
	switch {
	case uid == a.uid:
		return mode&0o100 != 0
	case gid == a.gid || slices.Contains(a.groups, gid):
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}

// owner is the user and the group of a file.
func owner(info fs.FileInfo) (uid, gid uint32) {
	stat := info.Sys().(*syscall.Stat_t)
	return stat.Uid, stat.Gid
}

// userName is the name of a user, or its number when it has none.
func userName(uid uint32) string {
	id := strconv.FormatUint(uint64(uid), 10)
	u, err := user.LookupId(id)
	if err != nil {
		return id
	}
	return u.Username
}
