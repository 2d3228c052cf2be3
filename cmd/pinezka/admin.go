package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
)

func adminCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "admin", Short: "Manage who administers a district"}
	cmd.AddCommand(inviteCommand())
	return cmd
}

func inviteCommand() *cobra.Command {
	var db districtDatabaseFlags
	var name, language, reason string
	cmd := &cobra.Command{
		Use: "invite", Short: "Make somebody an administrator of a district", Args: cobra.NoArgs,
		Long: "Make somebody an administrator of a district, who can then give roles to others at /d/DISTRICT/people.\n\n" +
			"The e-mail address is read from standard input, since every user of this machine could read it in the list of processes:\n\n" +
			"  pinezka admin invite --district podgorze --name \"Anna Nowak\" < address.txt",
		RunE: func(cmd *cobra.Command, _ []string) error {
			address, err := readAddress(cmd.InOrStdin(), cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			db.needKeys = true
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			gift := civic.Gift{Email: address, Name: name, Language: language, Role: civic.Admin, Reason: reason}
			given, err := s.GiveRole(cmd.Context(), d, commandLineUser(), gift)
			if errors.Is(err, civic.ErrConflict) {
				return fmt.Errorf("somebody with this address is an administrator of %s already", d.Slug)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s is an administrator of %s.\n"+
				"An e-mail tells so. To sign in, open /sign-in of the service and enter the address: a link arrives by e-mail.\n"+
				"Where the service has no mail server, /outbox of its operator's listener shows both e-mails.\n", given.Name, d.Slug)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&name, "name", "", "name of the person; required")
	cmd.Flags().StringVar(&language, "language", "", "language of e-mails to the person (default: that of the district)")
	cmd.Flags().StringVar(&reason, "reason", "invited by the operator", "why, for the record")
	if err := cmd.MarkFlagRequired("name"); err != nil {
		panic(err) // the command has the flag
	}
	return cmd
}

// readAddress asks for an e-mail address and returns the first line of what is
// entered.
func readAddress(in io.Reader, prompt io.Writer) (string, error) {
	fmt.Fprint(prompt, "E-mail address: ")
	line, err := bufio.NewReader(io.LimitReader(in, 1000)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the address: %w", err)
	}
	address := strings.TrimSpace(line)
	if !civic.IsEmail(address) {
		return "", errors.New("this is not an e-mail address: write it to standard input, such as: pinezka admin invite --name \"Anna Nowak\" < address.txt")
	}
	return address, nil
}
