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
	"github.com/pinezka/pinezka/store/cluster"
)

func doctorCommand() *cobra.Command {
	var db databaseFlags
	var listen string
	cmd := &cobra.Command{
		Use: "doctor", Short: "Say in plain words what is missing to run here", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := []cluster.Finding{portFinding(cmd.Context(), listen)}
			if db.url != "" {
				findings = append(findings, databaseFinding(cmd.Context(), db.url))
			} else {
				findings = append(findings, cluster.Diagnose(cmd.Context(), cluster.Config{Dir: db.dir})...)
			}
			wrong := 0
			for _, f := range findings {
				sign := "ok   "
				if !f.OK {
					sign = "TO DO"
					wrong++
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s\n", sign, f.What)
				if !f.OK && f.Remedy != "" {
					fmt.Fprintf(cmd.OutOrStdout(), "       %s\n", f.Remedy)
				}
			}
			if wrong > 0 {
				return fmt.Errorf("%d of %d things are to be done", wrong, len(findings))
			}
			fmt.Fprintln(cmd.OutOrStdout(), "Everything is there.")
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "address to listen on")
	return cmd
}

func portFinding(ctx context.Context, listen string) cluster.Finding {
	f := cluster.Finding{What: "the address " + listen + " is free", OK: true}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	switch {
	case err == nil:
		_ = l.Close()
	case errors.Is(err, syscall.EADDRINUSE):
		f = cluster.Finding{What: "the address " + listen + " is taken", Remedy: "stop what listens there (Pinezka itself, perhaps), or choose another with --listen"}
	default:
		f = cluster.Finding{What: "cannot listen on " + listen + ": " + err.Error(), Remedy: "choose another address with --listen"}
	}
	return f
}

func databaseFinding(ctx context.Context, url string) cluster.Finding {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	version, err := store.Probe(ctx, url)
	if err != nil {
		return cluster.Finding{What: err.Error(), Remedy: "check the database URL and that PostGIS is installed for that server (Debian: postgresql-postgis)"}
	}
	return cluster.Finding{What: "the database answers: " + version, OK: true}
}
