package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/cluster"
)

// databaseFlags say where the record is kept.
type databaseFlags struct {
	url string
	dir string
}

func (f *databaseFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.url, "database-url", "",
		"PostgreSQL with PostGIS to keep the record in; without it, a private one is started in the data directory")
	cmd.Flags().StringVar(&f.dir, "data-dir", defaultDataDir(), "directory of the private database")
}

// defaultDataDir is where data of the user belongs; of root, where a service
// that drops its rights can reach it.
func defaultDataDir() string {
	if os.Geteuid() == 0 {
		return "/var/lib/pinezka"
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "pinezka")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "pinezka")
	}
	return "pinezka-data"
}

// connect finds or starts the database and answers its URL and what closes it.
func (f *databaseFlags) connect(ctx context.Context, log *slog.Logger) (url string, stop func(), err error) {
	if f.url != "" {
		return f.url, func() {}, nil
	}
	c, err := cluster.Open(ctx, cluster.Config{Dir: f.dir, Logger: log})
	if err != nil {
		return "", nil, fmt.Errorf("%w\nrun \"pinezka doctor\" to see what is missing", err)
	}
	return c.URL(), func() {
		if err := c.Close(); err != nil {
			log.Error("the private database did not stop cleanly", "err", err)
		}
	}, nil
}

// open the record, migrated.
func (f *databaseFlags) open(ctx context.Context, log *slog.Logger) (*store.Store, func(), error) {
	url, stop, err := f.connect(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	if err := store.Migrate(ctx, url); err != nil {
		stop()
		return nil, nil, err
	}
	s, err := store.Open(ctx, store.Config{URL: url})
	if err != nil {
		stop()
		return nil, nil, err
	}
	return s, func() { s.Close(); stop() }, nil
}

// district of the record, opened for a command that is about one.
func (f *databaseFlags) district(ctx context.Context, slug string) (*store.Store, *civic.District, func(), error) {
	s, stop, err := f.open(ctx, quiet())
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := s.District(ctx, slug)
	if err != nil {
		stop()
		return nil, nil, nil, fmt.Errorf("%w; \"pinezka district list\" shows those that there are", err)
	}
	return s, &d, stop, nil
}

// logger for people at a terminal.
func logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// quiet logger of commands that say themselves what they do.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func migrateCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "migrate", Short: "Bring the database to the newest schema (serve does so by itself)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			fmt.Fprintln(cmd.OutOrStdout(), "The database has the newest schema.")
			return nil
		},
	}
	db.add(cmd)
	return cmd
}
