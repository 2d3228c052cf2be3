package main

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
)

func auditCommand() *cobra.Command {
	var db districtDatabaseFlags
	var pin int64
	var limit int
	cmd := &cobra.Command{
		Use: "audit", Short: "List what was done, by whom and why, the newest first", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 1 {
				return fmt.Errorf("--limit %d: it must be at least 1", limit)
			}
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			entries, err := s.Audit(cmd.Context(), d, pin, limit)
			if err != nil {
				return err
			}
			listAudit(cmd.OutOrStdout(), entries)
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().Int64Var(&pin, "pin", 0, "ID of a pin: what was done to it (default: everything)")
	cmd.Flags().IntVar(&limit, "limit", 50, "number of entries to list")
	cmd.AddCommand(auditVerifyCommand())
	return cmd
}

// listAudit lists entries, one in a line.
func listAudit(out io.Writer, entries []civic.AuditEntry) {
	for _, e := range entries {
		who := e.ActorKind.String()
		if e.ActorName != "" {
			who += " " + e.ActorName
		}
		if e.ActorID != 0 {
			who = fmt.Sprintf("%s %d", who, e.ActorID)
		}
		fmt.Fprintf(out, "%d  %s  %s  %s", e.ID, e.At.Local().Format(time.DateTime), who, strings.ReplaceAll(e.Action.String(), "_", " "))
		if e.ThingID != 0 {
			fmt.Fprintf(out, " pin %d", e.ThingID)
		}
		if e.ImportID != 0 {
			fmt.Fprintf(out, " %d", e.ImportID)
		}
		switch {
		case e.Before != "" && e.After != "":
			fmt.Fprintf(out, ": %s, then %s", e.Before, e.After)
		case e.After != "":
			fmt.Fprintf(out, ": %s", e.After)
		}
		if e.Reason != "" {
			fmt.Fprintf(out, " (%s)", strings.Join(strings.Fields(e.Reason), " "))
		}
		fmt.Fprintln(out)
	}
	if len(entries) == 0 {
		fmt.Fprintln(out, "Nothing is recorded.")
	}
}

func auditVerifyCommand() *cobra.Command {
	var db districtDatabaseFlags
	var known string
	cmd := &cobra.Command{
		Use: "verify", Args: cobra.NoArgs, Short: "Check that nobody has changed or deleted what was recorded",
		Long: "Check that nobody has changed or deleted what was recorded.\n\n" +
			"Every entry has a seal, a hash that also covers the seal before. Who may write to the database could make all of\n" +
			"them anew: note the newest seal elsewhere from time to time, and give it with --known to find that too.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			seal, err := hex.DecodeString(known)
			if err != nil || known != "" && len(seal) != 32 {
				return fmt.Errorf("--known %s is not a seal, which has 64 hexadecimal digits", known)
			}
			if known == "" {
				seal = nil
			}
			s, d, stop, err := db.open(cmd.Context())
			if err != nil {
				return err
			}
			defer stop()
			if _, err := s.SealAudit(cmd.Context()); err != nil {
				return err
			}
			v, err := s.VerifyAudit(cmd.Context(), d, seal)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d entries are as they were recorded, %d are too new to be sealed. %d texts were erased.\n", v.Sealed, v.Unsealed, v.Erased)
			if v.Newest != nil {
				fmt.Fprintf(cmd.OutOrStdout(), "The newest seal: %x\n", v.Newest)
			}
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&known, "known", "", "a newest seal that was noted before (default: none)")
	return cmd
}
