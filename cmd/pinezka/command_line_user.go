package main

import (
	"os"
	"os/user"
	"strconv"

	"github.com/pinezka/pinezka/civic"
)

// commandLineUser returns the actor of the command line: the user of the system who runs
// the program.
func commandLineUser() civic.Actor {
	name := "user " + strconv.Itoa(os.Getuid()) // one without a name
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	return civic.Actor{Kind: civic.Operator, Name: name}
}
