package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/localpostgres"
)

// databaseFlags are the flags of commands that use the database.
type databaseFlags struct {
	url  string
	dir  string
	keys string // path; "" for keys in dir

	needKeys bool // set by a command that does not run without keys
}

func (f *databaseFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.url, "database-url", "",
		"URL of a PostgreSQL database with PostGIS, with a password only as PINEZKA_DATABASE_URL; without it, a private one is started in the data directory")
	cmd.Flags().StringVar(&f.dir, "data-dir", defaultDataDir(), "directory of the private database, and of the file of keys")
	cmd.Flags().StringVar(&f.keys, "keys", "", "file of the keys that addresses are encrypted with, beside which is the list of erasures; made with the first start (default: keys in the data directory)")
}

// password matches a database URL, or a string of settings, with a password.
var password = regexp.MustCompile(`(?i)://[^@/]*:[^@]+@|password\s*=`)

// refusePassword returns an error when the database URL on the command line has
// a password, since every user of the machine can read that in the list of
// processes.
func refusePassword(flags *pflag.FlagSet) error {
	if f := flags.Lookup("database-url"); f != nil && f.Changed && password.MatchString(f.Value.String()) {
		return errors.New("--database-url has a password, which every user of this machine could read in the list of processes: " +
			"put the URL into the environment variable PINEZKA_DATABASE_URL, or the password into the file ~/.pgpass")
	}
	return nil
}

// defaultDataDir returns the default of --data-dir: a directory for the data of
// the user, or for root one that the unprivileged user of the database server
// can reach.
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

// connect returns the URL of the database, which it starts unless
// --database-url is set. The caller must call stop.
func (f *databaseFlags) connect(ctx context.Context, log *slog.Logger) (url string, stop func() error, err error) {
	if f.url != "" {
		return f.url, func() error { return nil }, nil
	}
	c, err := localpostgres.Open(ctx, localpostgres.Config{Dir: f.dir, Logger: log})
	if err != nil {
		return "", nil, fmt.Errorf("%w\nrun \"pinezka doctor\" to see what is missing", err)
	}
	return c.URL(), c.Close, nil
}

// start connects to the database and migrates it. The caller must call stop,
// which returns an error when a private database does not stop cleanly.
func (f *databaseFlags) start(ctx context.Context, log *slog.Logger) (s *store.Store, stop func() error, err error) {
	url, stopServer, err := f.connect(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	var secret secrets
	if err = store.Migrate(ctx, url); err == nil {
		secret, err = f.openSecrets(ctx, url)
	}
	if err == nil {
		s, err = store.Open(ctx, store.Config{URL: url, Keys: secret.keys, Erasures: secret.erasures})
	}
	if err != nil {
		return nil, nil, errors.Join(err, secret.close(), stopServer())
	}
	return s, func() error {
		s.Close()
		return errors.Join(secret.close(), stopServer())
	}, nil
}

// open is start for commands that report their own result: what stop returns is
// logged. The caller must call the returned function.
func (f *databaseFlags) open(ctx context.Context, log *slog.Logger) (*store.Store, func(), error) {
	s, stop, err := f.start(ctx, log)
	if err != nil {
		return nil, nil, err
	}
	return s, func() {
		if err := stop(); err != nil {
			log.Error("the database did not stop cleanly", "err", err)
		}
	}, nil
}

// district opens the database and returns it with the district that has the
// slug, or the only district when the slug is empty. The caller must call the
// returned function, which closes the database.
func (f *databaseFlags) district(ctx context.Context, slug string) (*store.Store, *civic.District, func(), error) {
	s, stop, err := f.open(ctx, quiet())
	if err != nil {
		return nil, nil, nil, err
	}
	d, err := findDistrict(ctx, s, slug)
	if err != nil {
		stop()
		return nil, nil, nil, err
	}
	return s, &d, stop, nil
}

// districtDatabaseFlags are the flags of commands about a district.
type districtDatabaseFlags struct {
	databaseFlags
	slug string
}

func (f *districtDatabaseFlags) add(cmd *cobra.Command) {
	f.databaseFlags.add(cmd)
	cmd.Flags().StringVar(&f.slug, "district", "", "slug of the district (default: the only district)")
}

// open opens the database and returns it with the chosen district. The caller must
// call the returned function, which closes the database.
func (f *districtDatabaseFlags) open(ctx context.Context) (*store.Store, *civic.District, func(), error) {
	return f.district(ctx, f.slug)
}

// findDistrict returns the district that has the slug, or the only district
// when the slug is empty.
func findDistrict(ctx context.Context, s *store.Store, slug string) (civic.District, error) {
	if slug == "" {
		return onlyDistrict(ctx, s)
	}
	d, err := s.District(ctx, slug)
	if errors.Is(err, civic.ErrNotFound) {
		err = fmt.Errorf("%w; \"pinezka district list\" lists the districts", err)
	}
	return d, err
}

// onlyDistrict returns an error that lists the districts unless there is
// exactly one.
func onlyDistrict(ctx context.Context, s *store.Store) (civic.District, error) {
	all, err := s.Districts(ctx)
	if err != nil {
		return civic.District{}, err
	}
	if len(all) == 1 {
		return all[0], nil
	}
	if len(all) == 0 {
		return civic.District{}, errors.New("there is no district yet; see \"pinezka district add --help\"")
	}
	slugs := make([]string, len(all))
	for i, d := range all {
		slugs[i] = d.Slug
	}
	return civic.District{}, fmt.Errorf("choose one of the districts with --district: %s", strings.Join(slugs, ", "))
}

// logger returns a logger that writes text to standard error.
func logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// quiet returns a logger for warnings and errors only, for commands that print
// their own results.
func quiet() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func migrateCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "migrate", Short: "Migrate the database to the newest schema (other commands do so by themselves)", Args: cobra.NoArgs,
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
