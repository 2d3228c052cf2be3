package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
)

func doctorCommand() *cobra.Command {
	var db databaseFlags
	var listen string
	cmd := &cobra.Command{
		Use: "doctor", Short: "Check that everything needed to run is available", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := []localpostgres.Finding{checkAddress(cmd.Context(), listen)}
			if db.url != "" {
				findings = append(findings, checkDatabase(cmd.Context(), db.url))
			} else {
				findings = append(findings, localpostgres.Diagnose(cmd.Context(), localpostgres.Config{Dir: db.dir})...)
			}
			failed := 0
			for _, f := range findings {
				result := "ok  "
				if !f.OK {
					result = "FAIL"
					failed++
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s\n", result, f.What)
				if !f.OK && f.Remedy != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "      %s\n", f.Remedy)
				}
			}
			if failed > 0 {
				return fmt.Errorf("%d of %d checks failed", failed, len(findings))
			}
			fmt.Fprintln(cmd.OutOrStdout(), "All checks passed.")
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "address to listen on")
	return cmd
}

// checkAddress checks that nothing listens on the address.
func checkAddress(ctx context.Context, listen string) localpostgres.Finding {
	f := localpostgres.Finding{What: "The address " + listen + " is free.", OK: true}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	switch {
	case err == nil:
		_ = l.Close()
	case errors.Is(err, syscall.EADDRINUSE):
		f = localpostgres.Finding{What: "The address " + listen + " is in use.", Remedy: "Stop the program that listens there, which may be Pinezka itself, or choose another address with --listen."}
	default:
		f = localpostgres.Finding{What: fmt.Sprintf("Cannot listen on %s: %v.", listen, err), Remedy: "Choose another address with --listen."}
	}
	return f
}

// checkDatabase checks that the database at url can be used.
func checkDatabase(ctx context.Context, url string) localpostgres.Finding {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	version, err := store.Versions(ctx, url)
	if err != nil {
		return localpostgres.Finding{What: fmt.Sprintf("The database cannot be used: %v.", err), Remedy: "Check the database URL and that PostGIS is installed for that server (Debian: postgresql-postgis)."}
	}
	return localpostgres.Finding{What: "The database can be reached: " + version + ".", OK: true}
}
