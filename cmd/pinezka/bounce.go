package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/web/mail"
)

func bounceCommand() *cobra.Command {
	var f databaseFlags
	cmd := &cobra.Command{
		Use: "bounce < MESSAGE", Short: "Record that a mail could not be delivered", Args: cobra.NoArgs,
		Long: "Record that a mail could not be delivered: reads the report of a mail server (RFC 3464) from standard input. " +
			"After a permanent failure of an address, its contact receives only mails that it asks for.\n\n" +
			"The mail server runs this for each mail to --bounce-address, such as by a line \"|pinezka bounce\" in .forward.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := mail.ReadBounce(cmd.InOrStdin())
			if err != nil {
				return err
			}
			if !b.Failed {
				fmt.Fprintf(cmd.OutOrStdout(), "Nothing to record: the mail server has not given up (status %s).\n", b.Status)
				return nil
			}
			s, stop, err := f.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			if err := s.RecordBounce(cmd.Context(), b.Token, b.Status, b.Unknown); err != nil {
				return err
			}
			if b.Unknown {
				fmt.Fprintf(cmd.OutOrStdout(), "Recorded (status %s): the address receives only mails that it asks for.\n", b.Status)
			} else {
				fmt.Fprintf(cmd.OutOrStdout(), "Recorded (status %s): this mail was not delivered.\n", b.Status)
			}
			return nil
		},
	}
	f.add(cmd)
	return cmd
}
