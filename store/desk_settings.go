package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
)

// SetDeskSettings changes what a district has chosen for its moderators, and
// records that. The texts that wait are looked through again where what is flagged
// has changed. It returns civic.Faults for settings that are not valid, and the
// errors of civic.Can.
func (s *Store) SetDeskSettings(ctx context.Context, d *civic.District, actor civic.Actor, settings civic.DeskSettings) error {
	if err := checkDeskSettings(&settings); err != nil {
		return fmt.Errorf("settings of the desk of %s: %w", d.Slug, err)
	}
	err := s.changeSettings(ctx, d, actor, settings, func(tx pgx.Tx) error {
		args := deskArgs(settings)
		args["district"] = d.ID
		var all pgx.Batch
		all.Queue(`
			update districts
			set target_days = @target_days,
			  flagged_words = @flagged_words,
			  phone_region = @phone_region,
			  reply_days = @reply_days
			where district_id = @district`, args)
		if settings.PhoneRegion != d.Desk.PhoneRegion || !slices.Equal(settings.FlaggedWords, d.Desk.FlaggedWords) {
			all.Queue(`
				update things
				set flags = null
				where district_id = @district
				  and publication = 'pending'
				  and flags is not null`, args)
		}
		return tx.SendBatch(ctx, &all).Close()
	})
	if err != nil {
		return err
	}
	d.Desk = settings
	return nil
}

// checkDeskSettings checks the settings, and that the country is known.
func checkDeskSettings(settings *civic.DeskSettings) error {
	if err := settings.Check(); err != nil {
		return err
	}
	if region := settings.PhoneRegion; region != "" && !flags.KnownRegion(region) {
		return civic.Faults{{Field: "phone_region", Code: "unknown", Detail: fmt.Sprintf("%q is not the code of a country with telephone numbers (ISO 3166-1), such as PL", region)}}
	}
	return nil
}

func deskArgs(settings civic.DeskSettings) pgx.NamedArgs {
	return pgx.NamedArgs{
		"target_days": settings.TargetDays, "flagged_words": settings.FlaggedWords, "phone_region": settings.PhoneRegion, "reply_days": settings.ReplyDays,
	}
}
