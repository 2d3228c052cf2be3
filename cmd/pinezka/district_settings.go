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

// deskFlags are the flags of what a district chooses for its moderators. A flag
// that is not set changes nothing.
type deskFlags struct {
	targetDays   int
	replyDays    int
	flaggedWords string
	phoneRegion  string
	isSet        func(flag string) bool
}

func (f *deskFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.IntVar(&f.targetDays, "target-days", civic.DefaultTargetDays, "working days in which moderators aim to decide")
	flags.IntVar(&f.replyDays, "reply-days", civic.DefaultReplyDays, "days after which an office is to have replied to a recommendation")
	flags.StringVar(&f.flaggedWords, "flagged-words", "", "file with words that are marked in texts for moderators, one word or phrase on each line, word* for what begins with it (default: none)")
	flags.StringVar(&f.phoneRegion, "phone-region", "", "country whose telephone numbers are marked without a country code too, such as PL; \"\" for none")
	f.isSet = flags.Changed
}

// settings returns settings as the flags change them.
func (f *deskFlags) settings(now civic.DeskSettings) (civic.DeskSettings, error) {
	if f.isSet("target-days") {
		if now.TargetDays = f.targetDays; f.targetDays == 0 {
			return now, fmt.Errorf("--target-days 0: use 1 to %d", civic.MaxTargetDays)
		}
	}
	if f.isSet("reply-days") {
		if now.ReplyDays = f.replyDays; f.replyDays == 0 {
			return now, fmt.Errorf("--reply-days 0: use 1 to %d", civic.MaxReplyDays)
		}
	}
	if f.isSet("phone-region") {
		now.PhoneRegion = strings.ToUpper(f.phoneRegion)
	}
	switch {
	case !f.isSet("flagged-words"):
	case f.flaggedWords == "":
		now.FlaggedWords = nil
	default:
		words, err := readFile("--flagged-words", f.flaggedWords, readLines)
		if err != nil {
			return now, err
		}
		now.FlaggedWords = words
	}
	return now, nil
}

// readLines returns the lines of a text that are not blank.
func readLines(r io.Reader) (lines []string, err error) {
	scanner := bufio.NewScanner(io.LimitReader(r, 1<<20))
	for scanner.Scan() {
		if line := strings.TrimSpace(strings.TrimPrefix(scanner.Text(), "\ufeff")); line != "" {
			lines = append(lines, line)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	return lines, nil
}

// withoutRegion returns a note for a district of which no country is known, or "".
func withoutRegion(d *civic.District) string {
	if d.Desk.PhoneRegion != "" {
		return ""
	}
	return fmt.Sprintf("Telephone numbers are marked for moderators only with a country code (+…). For others too: pinezka district settings %s --phone-region CODE\n", d.Slug)
}

func districtSettingsCommand() *cobra.Command {
	var db databaseFlags
	var f deskFlags
	var moderation string
	cmd := &cobra.Command{
		Use: "settings SLUG", Short: "Print what a district has chosen for its moderators, or change it with flags", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, d, stop, err := db.district(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer stop()
			settings, err := f.settings(d.Desk)
			if err != nil {
				return err
			}
			moderate := d.Moderation
			if moderation != "" {
				if moderate, err = civic.ParseModeration(moderation); err != nil {
					return fmt.Errorf("--moderation: %w", err)
				}
			}
			if f.isSet("target-days") || f.isSet("reply-days") || f.isSet("flagged-words") || f.isSet("phone-region") {
				err := s.SetDeskSettings(cmd.Context(), d, commandLineUser(), settings)
				var faults civic.Faults
				if errors.As(err, &faults) {
					return fmt.Errorf("nothing is changed: %w", faults)
				}
				if err != nil {
					return err
				}
			}
			if moderate != d.Moderation {
				if err := s.SetModeration(cmd.Context(), d, commandLineUser(), moderate); err != nil {
					return err
				}
			}
			printSettings(cmd.OutOrStdout(), d)
			fmt.Fprint(cmd.ErrOrStderr(), withoutRegion(d))
			return nil
		},
	}
	db.add(cmd)
	f.add(cmd)
	cmd.Flags().StringVar(&moderation, "moderation", "", "when moderators look at the pins of residents: before or after they are public; pins that wait go on to wait")
	return cmd
}

func printSettings(out io.Writer, d *civic.District) {
	region := d.Desk.PhoneRegion
	if region == "" {
		region = "none"
	}
	fmt.Fprintf(out, "moderation     %s publication\ntarget days    %d\nreply days     %d\nphone region   %s\nflagged words  %d\n",
		d.Moderation, d.Desk.TargetDays, d.Desk.ReplyDays, region, len(d.Desk.FlaggedWords))
	for _, word := range d.Desk.FlaggedWords {
		fmt.Fprintf(out, "  %s\n", word)
	}
}
