// Command pinezka serves a map of what a city district needs and what it
// already has, and manages the database behind it. It is the only package that
// combines the others.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		if errors.Is(err, context.Canceled) {
			err = errors.New("interrupted; nothing was left half done")
		}
		fmt.Fprintln(os.Stderr, "pinezka:", err)
		return 1
	}
	return 0
}

func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:           "pinezka",
		Short:         "A map of what a district needs and what it already has",
		SilenceErrors: true,
		SilenceUsage:  true,
		Long: "A map of what a district needs and what it already has.\n\n" +
			"Every flag can be given as an environment variable: --data-dir is PINEZKA_DATA_DIR.",
		Version: version(),
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := refusePassword(cmd.Flags()); err != nil {
				return err
			}
			return fromEnvironment(cmd.Flags())
		},
	}
	cmd.AddCommand(
		serveCommand(), demoCommand(), districtCommand(), basemapCommand(),
		importCommand(), importsCommand(), undoCommand(), exportCommand(), populationCommand(), wardsCommand(), councillorsCommand(),
		pendingCommand(), publishCommand(), rejectCommand(), auditCommand(),
		adminCommand(), eraseCommand(), keysCommand(),
		migrateCommand(), backupCommand(), restoreCommand(), jobsCommand(), bounceCommand(), messagesCommand(), doctorCommand(),
	)
	return cmd
}

// version returns the version of the program, which Go derives from its
// repository, and that of Go.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	return fmt.Sprintf("%s (%s)", cmp.Or(info.Main.Version, "(devel)"), info.GoVersion)
}

// fromEnvironment sets each flag that is not on the command line from its
// PINEZKA_* environment variable.
func fromEnvironment(flags *pflag.FlagSet) error {
	var first error
	flags.VisitAll(func(f *pflag.Flag) {
		name := "PINEZKA_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, set := os.LookupEnv(name)
		if !set || f.Changed || f.Name == "help" {
			return
		}
		if err := flags.Set(f.Name, value); err != nil && first == nil {
			first = fmt.Errorf("%s: %w", name, err)
		}
	})
	return first
}
