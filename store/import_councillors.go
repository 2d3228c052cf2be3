package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// CouncillorChanges lists by name what has become of the councillors of a district.
type CouncillorChanges struct {
	Added   []string
	Changed []string
	Resumed []string // former ones who are in office again
	Ended   []string // whose term has ended
	Same    []string
	Missing []string // in office, and not in the table
}

// ImportCouncillors makes the councillors of a district say what a table says of
// them, in one transaction in which each change is recorded as an action of the
// actor. It knows a councillor by name and ward. Who is not in the table stays in
// office unless endMissing is set. Nothing happens when the table says what there
// is.
//
// It returns the errors of civic.Can, and civic.Faults of a row with its number.
func (s *Store) ImportCouncillors(ctx context.Context, d *civic.District, actor civic.Actor, table civic.CouncillorTable, endMissing bool) (changes CouncillorChanges, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		work := councillorImport{tx: tx, district: d, actor: actor, today: d.DayOf(time.Now()), table: &table}
		if err := work.begin(ctx); err != nil {
			return err
		}
		for _, row := range table.Rows {
			if err := work.row(ctx, row); err != nil {
				return fmt.Errorf("row %d: %w", row.Row, err)
			}
		}
		err := work.missing(ctx, endMissing)
		changes = work.CouncillorChanges
		return err
	})
	if err != nil {
		return CouncillorChanges{}, fmt.Errorf("import the councillors of %s: %w", d.Slug, civicError(err))
	}
	return changes, nil
}

// councillorImport is an import that is being carried out.
type councillorImport struct {
	CouncillorChanges
	tx       pgx.Tx
	district *civic.District
	actor    civic.Actor
	today    civic.Day
	table    *civic.CouncillorTable
	present  []civic.Thing // those who are in office first
	known    map[civic.CouncillorKey]civic.Thing
	says     map[int64]civic.RecordDraft
	found    map[int64]bool // those who are in the table
}

// begin locks the district, so that two imports never add the same councillor, and
// reads who there is.
func (c *councillorImport) begin(ctx context.Context) error {
	args := pgx.NamedArgs{"district": c.district.ID, "kind": civic.CouncillorThing.String()}
	if err := lockDistrictAlone(ctx, c.tx, c.district); err != nil {
		return err
	}
	rows, _ := c.tx.Query(ctx, thingsSQL+`
		  and things.kind <> 'pin'
		  and things.kind = @kind
		  and things.publication in ('pending', 'published')
		order by state = 'in_office' desc, thing_id`, args) // CollectRows returns the error
	var err error
	if c.present, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, c.district) }); err != nil {
		return fmt.Errorf("read the councillors: %w", err)
	}
	var ids []int64
	for _, t := range c.present {
		ids = append(ids, t.ID)
	}
	contents, err := rowsOf(civic.CouncillorThing).read(ctx, c.tx, c.district, ids)
	if err != nil {
		return err
	}
	c.known, c.says, c.found = map[civic.CouncillorKey]civic.Thing{}, map[int64]civic.RecordDraft{}, map[int64]bool{}
	for _, t := range c.present {
		r, _ := contents[t.ID].(civic.Record)
		c.says[t.ID] = r.RecordDraft
		if _, taken := c.known[r.CouncillorKey()]; !taken {
			c.known[r.CouncillorKey()] = t
		}
	}
	return nil
}

// row adds or changes the councillor of a row.
func (c *councillorImport) row(ctx context.Context, row civic.CouncillorRow) error {
	key := row.CouncillorKey()
	t, known := c.known[key]
	record, err := c.district.AcceptRecord(c.table.Over(c.says[t.ID], row))
	if err != nil {
		return err
	}
	before := c.changes()
	if !known {
		if t, err = c.do(ctx, civic.Command{Action: civic.Submit, Kind: civic.CouncillorThing, Content: record}); err != nil {
			return err
		}
		c.Added = append(c.Added, key.Name)
	} else if same, err := sameText(c.says[t.ID], record.RecordDraft); err != nil {
		return err
	} else if !same {
		if t, err = c.do(ctx, civic.Command{Action: civic.Edit, Things: []int64{t.ID}, Version: t.Version, Content: record}); err != nil {
			return err
		}
		c.Changed = append(c.Changed, key.Name)
	}
	c.found[t.ID] = true
	if action, ok := civic.TermAction(t.State, record.Day("until"), c.today); ok && t.Publication == civic.Published {
		if err := c.turn(ctx, action, t); err != nil {
			return err
		}
	}
	if c.changes() == before {
		c.Same = append(c.Same, key.Name)
	}
	return nil
}

// missing ends the terms of those who are in office and not in the table, or lists
// them.
func (c *councillorImport) missing(ctx context.Context, end bool) error {
	for _, t := range c.present {
		switch {
		case c.found[t.ID] || t.State != "in_office" || t.Publication != civic.Published:
		case !end:
			c.Missing = append(c.Missing, t.Title)
		default:
			if err := c.turn(ctx, civic.EndTerm, t); err != nil {
				return err
			}
		}
	}
	return nil
}

// turn ends the term of a councillor, or resumes it.
func (c *councillorImport) turn(ctx context.Context, action civic.Action, t civic.Thing) error {
	if _, err := c.do(ctx, civic.Command{Action: action, Things: []int64{t.ID}}); err != nil {
		return err
	}
	if action == civic.Resume {
		c.Resumed = append(c.Resumed, t.Title)
	} else {
		c.Ended = append(c.Ended, t.Title)
	}
	return nil
}

// do carries out a command on one councillor, who it returns as they are then.
func (c *councillorImport) do(ctx context.Context, command civic.Command) (civic.Thing, error) {
	if err := command.Check(); err != nil {
		return civic.Thing{}, err
	}
	out, err := do(ctx, c.tx, c.district, c.actor, command)
	if err == nil && len(out.Changed) != 1 {
		err = errors.New("the councillor has not changed")
	}
	if err != nil {
		return civic.Thing{}, fmt.Errorf("%s: %w", command.Action, err)
	}
	return out.Changed[0], nil
}

// changes returns how many changes there are.
func (c *councillorImport) changes() int {
	return len(c.Added) + len(c.Changed) + len(c.Resumed) + len(c.Ended)
}

// sameText reports whether two drafts say the same, as the audit keeps them.
func sameText(a, b civic.RecordDraft) (bool, error) {
	textA, errA := json.Marshal(a)
	textB, errB := json.Marshal(b)
	return bytes.Equal(textA, textB), errors.Join(errA, errB)
}
