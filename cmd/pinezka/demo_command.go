package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
)

const (
	maxDemoPins = 10_000_000
	wardsSince  = 365 // days before the wards of the demo district are made
)

func demoCommand() *cobra.Command {
	var db databaseFlags
	var pins int
	var seed uint64
	var replace bool
	cmd := &cobra.Command{
		Use: "demo", Short: "Add a made-up district with any number of pins, for trials and benchmarks", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if pins < 0 || pins > maxDemoPins {
				return fmt.Errorf("--pins must be 0 to %d", maxDemoPins)
			}
			ctx := cmd.Context()
			s, stop, err := db.open(ctx, quiet())
			if err != nil {
				return err
			}
			defer stop()
			if replace {
				if err := s.RemoveDistrict(ctx, demo.Slug); err != nil && !errors.Is(err, civic.ErrNotFound) {
					return err
				}
			}
			bar := progress(int64(pins), "pins")
			started := time.Now()
			err = makeDemo(ctx, s, demonstration{pins, seed, started, func() { _ = bar.Add(1) }})
			_ = bar.Finish()
			if errors.Is(err, civic.ErrConflict) {
				return fmt.Errorf("the demo district exists already; --replace removes it first")
			}
			if err != nil {
				return err
			}
			took := time.Since(started)
			fmt.Fprintf(cmd.OutOrStdout(), "%d made-up pins in %s (%.0f a second)\n", pins, took.Round(time.Millisecond), float64(pins)/took.Seconds())
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().IntVar(&pins, "pins", demoPins, "number of pins, at most 10 million; if more than 100,000, they have no text but a title")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "seed of the random numbers; the same seed creates the same pins")
	cmd.Flags().BoolVar(&replace, "replace", false, "remove the demo district with everything in it first")
	return cmd
}

// demonstration is what makeDemo makes.
type demonstration struct {
	pins int
	seed uint64 // of the pins
	now  time.Time
	made func() // is called for each pin
}

// makeDemo adds the demo district with pins in one transaction, adds the population,
// what is known of the council and what came of some needs, and publishes what is
// only counted.
func makeDemo(ctx context.Context, s *store.Store, made demonstration) error {
	d, err := demo.District()
	if err != nil {
		return err
	}
	today := d.DayOf(made.now)
	err = s.LoadDistrict(ctx, &d, func() iter.Seq2[civic.NewPin, error] {
		return func(yield func(civic.NewPin, error) bool) {
			for pin, err := range demo.Pins(&d, made.pins, made.seed, today) {
				if !yield(pin, err) {
					return
				}
				made.made()
			}
		}
	})
	if err != nil {
		return err
	}
	population, err := demo.Population(&d)
	if err != nil {
		return err
	}
	if err := s.ReplacePopulation(ctx, &d, &population); err != nil {
		return err
	}
	if err := addCouncil(ctx, s, &d, today); err != nil {
		return err
	}
	if err := addThreads(ctx, s, &d, today); err != nil {
		return err
	}
	if err := addAdvice(ctx, s, &d); err != nil {
		return err
	}
	_, err = s.PublishCounts(ctx, d.Slug, made.now)
	return err
}

// progress returns a progress bar on standard error, which is invisible unless
// that is a terminal. A total of -1 is unknown.
func progress(total int64, what string) *progressbar.ProgressBar {
	return progressbar.NewOptions64(total,
		progressbar.OptionSetDescription(what), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWriter(os.Stderr),
		progressbar.OptionSetVisibility(term.IsTerminal(int(os.Stderr.Fd()))),
	)
}
