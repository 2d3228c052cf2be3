package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// ImportDifferences returns what sources say now in fields of pins that people
// have changed, in the order of the pins: of those with the ids, or of all pins
// of the district if ids is nil.
func (s *Store) ImportDifferences(ctx context.Context, d *civic.District, ids []int64) ([]civic.ImportDifference, error) {
	found, err := importDifferences(ctx, s.writePool, d, ids)
	if err != nil {
		return nil, fmt.Errorf("read differences of imports in %s: %w", d.Slug, civicError(err))
	}
	return found, nil
}

func importDifferences(ctx context.Context, db querier, d *civic.District, ids []int64) ([]civic.ImportDifference, error) {
	rows, _ := db.Query(ctx, `
		select pin_id, field, edited_fields.import_id, field_value(field, title, body, category_id, geom, status)::text, imported::text
		from edited_fields
		join pins using (district_id, pin_id)
		where district_id = @district
		  and imported <> seen
		  and (@ids::bigint[] is null or pin_id = any(@ids))
		order by pin_id, field`, pgx.NamedArgs{"district": d.ID, "ids": ids}) // CollectRows returns the error
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (diff civic.ImportDifference, err error) { //nolint:wrapcheck // the callers say what they read
		err = row.Scan(&diff.PinID, &diff.Field, &diff.ImportID, &diff.Present, &diff.Imported)
		if err != nil {
			return diff, err
		}
		for _, value := range []*string{&diff.Present, &diff.Imported} {
			if *value, err = fieldText(d, diff.Field, *value); err != nil {
				return diff, err
			}
		}
		return diff, nil
	})
}

// fieldText returns a value of edited_fields, in JSON, as civic.ImportDifference
// has it.
func fieldText(d *civic.District, field, value string) (string, error) {
	var err error
	switch field {
	case "category":
		var id int32
		err = json.Unmarshal([]byte(value), &id)
		c, _ := d.CategoryByID(id)
		value = c.Slug
	case "place":
		value = strings.Trim(value, "[]")
	default:
		err = json.Unmarshal([]byte(value), &value)
	}
	if err != nil {
		return "", fmt.Errorf("read the %s: %w", field, err)
	}
	return value, nil
}

// AcceptImportDifferences gives a pin what its source says now in fields that
// people have changed, or in all of them if fields is nil: as an edit, and as the
// step of its progress that leads there, which may need the reason. It returns
// civic.ErrNotFound if no difference waits, and the errors of Do.
func (s *Store) AcceptImportDifferences(ctx context.Context, d *civic.District, actor civic.Actor, pin int64, fields []string, reason string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		commands, err := acceptCommands(ctx, tx, d, pin, fields, reason)
		for _, c := range commands {
			if err = c.Check(); err == nil {
				_, err = do(ctx, tx, d, actor, c)
			}
			if err != nil {
				break
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("accept what the source of pin %d says in %s: %w", pin, d.Slug, civicError(err))
	}
	return nil
}

// acceptCommands returns the commands that give a pin what its source says.
func acceptCommands(ctx context.Context, tx pgx.Tx, d *civic.District, pin int64, fields []string, reason string) (commands []civic.Command, err error) {
	things, err := lockThings(ctx, tx, d, []int64{pin})
	if err != nil {
		return nil, err
	}
	differences, err := importDifferences(ctx, tx, d, []int64{pin})
	if err != nil {
		return nil, err
	}
	if fields != nil {
		differences = slices.DeleteFunc(differences, func(diff civic.ImportDifference) bool { return !slices.Contains(fields, diff.Field) })
	}
	if len(differences) == 0 {
		return nil, fmt.Errorf("a difference: %w", civic.ErrNotFound)
	}
	contents, err := pinRows{}.read(ctx, tx, d, []int64{pin})
	if err != nil {
		return nil, err
	}
	present := contents[pin].(civic.NewPin) //nolint:forcetypeassert // that of pinRows
	draft := present.Draft
	for _, diff := range differences {
		if err := setField(&draft, diff); err != nil {
			return nil, err
		}
	}
	accepted, err := d.Accept(draft, civic.MaxDay)
	if err != nil {
		return nil, err
	}
	if textOf(accepted) != textOf(present) {
		commands = append(commands, civic.Command{
			Action: civic.Edit, Things: []int64{pin}, Version: things[pin].Version, Reason: reason, Content: accepted,
		})
	}
	if accepted.Status == present.Status || accepted.Category.Kind != present.Category.Kind { // the edit begins the progress anew
		return commands, nil
	}
	for _, step := range civic.ProgressSteps() {
		if step.From == present.Status && step.To == accepted.Status {
			return append(commands, civic.Command{Action: step.Action, Things: []int64{pin}, Reason: reason}), nil
		}
	}
	return nil, fmt.Errorf("%w: no step leads from %s to %s", civic.ErrConflict, present.Status, accepted.Status)
}

// DismissImportDifferences keeps what a pin says in fields that people have changed,
// or in all of them if fields is nil, although its source says something else: the
// difference waits no longer, until the source says something new. It returns
// civic.ErrNotFound if no difference waits, and the errors of civic.Can.
func (s *Store) DismissImportDifferences(ctx context.Context, d *civic.District, actor civic.Actor, pin int64, fields []string, reason string) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		things, err := lockThings(ctx, tx, d, []int64{pin})
		if err != nil {
			return err
		}
		thing, ok := things[pin]
		if !ok {
			return fmt.Errorf("pin %d: %w", pin, civic.ErrNotFound)
		}
		if err := civic.Can(actor, civic.DismissDifference, thing, time.Now()); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `
			update edited_fields
			set seen = imported
			where district_id = @district
			  and pin_id = @pin
			  and imported <> seen
			  and (@fields::text[] is null or field = any(@fields))`, pgx.NamedArgs{"district": d.ID, "pin": pin, "fields": fields})
		if err != nil {
			return err //nolint:wrapcheck // below
		}
		if tag.RowsAffected() == 0 {
			return fmt.Errorf("a difference: %w", civic.ErrNotFound)
		}
		return record{actor: actor, steps: []recordedStep{{action: civic.DismissDifference, thing: &pin}}, reason: civic.Wording{Text: reason}}.save(ctx, tx, d)
	})
	if err != nil {
		return fmt.Errorf("dismiss what the source of pin %d says in %s: %w", pin, d.Slug, civicError(err))
	}
	return nil
}

// setField sets a field of a draft to what the source says.
func setField(draft *civic.Draft, diff civic.ImportDifference) (err error) {
	switch diff.Field {
	case "title":
		draft.Title = diff.Imported
	case "body":
		draft.Body = diff.Imported
	case "category":
		draft.Category = diff.Imported
	case "place":
		var p orb.Point
		if _, err = fmt.Sscanf(diff.Imported, "%g, %g", &p[0], &p[1]); err == nil {
			draft.Point = p
		}
	case "status":
		draft.Status, err = civic.ParseStatus(diff.Imported)
	}
	if err != nil {
		return fmt.Errorf("read the %s: %w", diff.Field, err)
	}
	return nil
}
