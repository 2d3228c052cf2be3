package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/cause.sql
var causeSQL string

// effects returns the entries of what the action of an entry had as an effect on needs,
// which were recorded with it. They are told before it, so that nobody is told both.
func (e told) effects(ctx context.Context, tx pgx.Tx, d *civic.District, entry int64) ([]int64, error) {
	var then []string
	for _, effect := range civic.Effects() {
		if effect.Kind == e.kind && (effect.Action == e.did() || e.action == civic.AddLink) {
			then = append(then, effect.Then.String())
		}
	}
	if then == nil {
		return nil, nil
	}
	rows, _ := tx.Query(ctx, `
		select effect.audit_id
		from audit as entry
		join audit as effect on effect.district_id = entry.district_id
		  and effect.happened_at = entry.happened_at
		where entry.district_id = @district
		  and entry.audit_id = @entry
		  and effect.action = any(@then)
		  and effect.thing_id <> entry.thing_id
		order by effect.audit_id`, pgx.NamedArgs{"district": d.ID, "entry": entry, "then": then}) // CollectRows returns the error
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("read the effects of the entry: %w", err)
	}
	return ids, nil
}

// addCause adds to what a mail of an entry says the thing whose action had it as an
// effect, if it is one.
func (e told) addCause(ctx context.Context, tx pgx.Tx, d *civic.District, entry int64, data map[string]string) error {
	var causes []string
	for _, effect := range civic.Effects() {
		if effect.Then == e.action {
			causes = append(causes, effect.Action.String())
		}
		if effect.Then == e.action && effect.Action == civic.Publish {
			causes = append(causes, civic.Submit.String()) // of what is public at once
		}
	}
	if causes == nil {
		return nil
	}
	rows, _ := tx.Query(ctx, causeSQL, pgx.NamedArgs{"district": d.ID, "entry": entry, "causes": causes}) // CollectRows returns the error
	type cause struct {
		thing  int64
		action string
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c cause, err error) { return c, row.Scan(&c.thing, &c.action) })
	if err != nil {
		return fmt.Errorf("read the cause of the entry: %w", err)
	}
	for _, c := range found {
		needs, err := concernedNeeds(ctx, tx, d, []int64{c.thing})
		if err != nil {
			return err
		}
		if slices.Contains(needs, e.thing) {
			data["cause"], data["caused_by"] = strconv.FormatInt(c.thing, 10), c.action
			return nil
		}
	}
	return nil
}

// addCauseLink adds the page and the title of the thing from whose action the letter
// follows, while it is public.
func addCauseLink(ctx context.Context, tx pgx.Tx, letter *civic.Letter) error {
	id, err := strconv.ParseInt(letter.Data["cause"], 10, 64)
	if err != nil || letter.District == nil {
		return nil //nolint:nilerr // a letter without a cause
	}
	delete(letter.Data, "cause")
	t, err := scanThing(tx.QueryRow(ctx, thingsSQL+`
		  and thing_id = @id
		  and things.publication = 'published'`, pgx.NamedArgs{"district": letter.District.ID, "id": id}), letter.District)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read what the letter follows from: %w", err)
	}
	letter.Links["cause"], letter.Data["cause"] = pathOf(letter.District, t.Kind, id), t.Title
	return nil
}

// pathOf returns the path of the page of a thing.
func pathOf(d *civic.District, kind civic.ThingKind, id int64) string {
	return fmt.Sprintf("/d/%s/%s/%d", d.Slug, kind.Plural(), id)
}
