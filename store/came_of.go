package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/came_of.sql
var cameOfSQL string

// tellCameOf queues the mails to whoever submitted or follows a thing of which, by an
// entry, something new has come: a link was made, or what is linked is public now. Who
// follows a pin is told of its progress instead.
func tellCameOf(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64, known []int64) error {
	published := e.after == civic.Published.String() && e.action != civic.Restore
	if e.undone || e.action != civic.AddLink && !published {
		return nil
	}
	kinds := slices.DeleteFunc(civic.ThingKinds(), func(k civic.ThingKind) bool { return k == civic.PinThing || !k.CanBeFollowed() })
	rows, _ := tx.Query(ctx, cameOfSQL, pgx.NamedArgs{
		"district": d.ID, "entry": entry, "thing": e.thing, "published": published, "kinds": kindNames(kinds),
		"heard": kindNames(civic.HeardKinds()), "quiet": kindNames(civic.QuietKinds()),
	}) // CollectRows returns the error
	type pair struct{ result, cause int64 }
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p pair, err error) { return p, row.Scan(&p.result, &p.cause) })
	if err != nil {
		return fmt.Errorf("read what came of what: %w", err)
	}
	except := []int64{e.contact(civic.MailCameOf)}
	if published {
		except = append(except, e.reporter) // who is told that it is public
	}
	for _, p := range found {
		err := queueNotices(ctx, tx, d, pgx.NamedArgs{
			"thing": p.cause, "entry": entry, "kind": string(civic.MailCameOf), "fact": fmt.Sprint(civic.MailCameOf, " ", p.result),
			"data": map[string]string{"other": strconv.FormatInt(p.result, 10)}, "except": except,
			"own": false, "concerned": true, "selecting": false, "selected": nil, "followed": nil, "known": known, "leads": false,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
