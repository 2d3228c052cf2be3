package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// findWeighed finds the events of the themes that the command is about. They are locked
// with these, as the event of a ballot is, so that nobody votes on themes that are being
// changed.
func (do *doing) findWeighed(ctx context.Context) error {
	rows, _ := do.tx.Query(ctx, `
		select distinct to_id
		from links
		join things on things.district_id = links.district_id
		  and thing_id = from_id
		where links.district_id = @district
		  and from_id = any(@things)
		  and relation = 'part_of'
		  and kind = 'theme'`, pgx.NamedArgs{"district": do.district.ID, "things": do.Things}) // CollectRows returns the error
	events, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return fmt.Errorf("read the events of themes: %w", err)
	}
	do.weighed = events
	return nil
}

// checkWeighed returns civic.Faults for an action that would change the themes of an event
// which somebody has weighed already, while others can. before has no id for a new theme.
func (do *doing) checkWeighed(ctx context.Context, action civic.Action, before, after civic.Thing) error {
	if before.Kind != civic.ThemeThing {
		return nil
	}
	open, moves, err := do.openWeighing(ctx, before)
	if err != nil || open == nil {
		return err
	}
	var former, says civic.RecordDraft
	former.Kind, says.Kind = before.Kind, before.Kind
	if r, ok := do.Content.(civic.Record); ok && before.ID != 0 {
		if former, err = do.recordOf(ctx, before); err != nil {
			return err
		}
		says = r.RecordDraft
	}
	moves = moves || before.ID == 0 || (before.Publication == civic.Published) != (after.Publication == civic.Published)
	return civic.CheckTheme(action, former, says, moves)
}

// checkUndoWeighed returns civic.Faults where to take back the last action on a theme would
// change what somebody has weighed already, while others can. To take back that it was
// hidden since they can restores it.
func (do *doing) checkUndoWeighed(ctx context.Context, t civic.Thing, last undoable) error {
	if t.Kind != civic.ThemeThing {
		return nil
	}
	open, _, err := do.openWeighing(ctx, t)
	if err != nil || open == nil || last.action == civic.Hide && !last.at.Before(open.From.In(do.district.Zone())) {
		return err
	}
	return civic.FixedThemes()
}

// openWeighing returns the weighing of an event of a theme that is open and at which
// somebody has voted, or nil, and whether the command moves the theme to another event. All of them are locked: it returns
// civic.ErrChanged where the theme has been moved meanwhile. What counts is the time at
// which they are, however long the command has waited for that.
func (do *doing) openWeighing(ctx context.Context, t civic.Thing) (open *civic.Weighing, moves bool, err error) {
	rule, err := t.Kind.LinkRule("at")
	if err != nil {
		return nil, false, err
	}
	var events []int64
	if t.ID != 0 {
		if events, err = do.linkedBy(ctx, t, rule); err != nil {
			return nil, false, err
		}
	}
	wanted := events
	for _, l := range do.Links {
		if l.Field == rule.Field {
			wanted = slices.Sorted(slices.Values(l.Things))
		}
	}
	if do.Link.Field == rule.Field {
		wanted = []int64{do.Link.Thing}
	}
	moves = !slices.Equal(events, wanted)
	at := do.now
	if do.At.IsZero() {
		at = time.Now()
	}
	for _, id := range slices.Concat(events, wanted) {
		event, ok := do.things[id]
		switch {
		case !ok && slices.Contains(events, id):
			return nil, moves, fmt.Errorf("the theme is moved to event %d: %w", id, civic.ErrChanged)
		case event.Kind != civic.EventThing:
			continue // which setLinks finds
		}
		says, err := do.recordOf(ctx, event)
		if err != nil {
			return nil, moves, err
		}
		if w := civic.WeighingOf(says); w.Phase(do.district.LocalTimeOf(at)) == civic.WeighingOpen {
			if voted, err := do.hasBallots(ctx, id); err != nil || voted {
				return &w, moves, err
			}
		}
	}
	return nil, moves, nil
}

// hasBallots reports whether somebody has voted at an event.
func (do *doing) hasBallots(ctx context.Context, event int64) (voted bool, err error) {
	err = do.tx.QueryRow(ctx, `
		select exists (
		  select
		  from ballots
		  where district_id = @district
		    and event_id = @event
		)`, pgx.NamedArgs{"district": do.district.ID, "event": event}).Scan(&voted)
	if err != nil {
		return false, fmt.Errorf("look for ballots: %w", err)
	}
	return voted, nil
}
