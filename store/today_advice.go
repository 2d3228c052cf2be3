package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/today_advice.sql
var todayAdviceSQL string

// accountOf returns the account of an actor, or 0.
func accountOf(actor civic.Actor) int64 {
	if actor.Kind != civic.Account {
		return 0
	}
	return actor.ID
}

// todayAdvice returns the requests for advice that the actor has and that are due soon,
// or late, and, for whoever may assign them, those that nobody has.
func (s *Store) todayAdvice(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (list civic.TodayList, err error) {
	may := func(action civic.Action) bool {
		return civic.CanSomewhere(actor, action, civic.AdviceThing, d.ID, q.Now) == nil
	}
	if !may(civic.Edit) {
		return list, nil
	}
	day := d.DayOf(q.Now)
	rows, _ := s.readPool.Query(ctx, todayAdviceSQL, pgx.NamedArgs{
		"district": d.ID, "account": accountOf(actor), "assigns": may(civic.Assign),
		"open": openAdvice(), "today": day.Time(), "until": (day + civic.AdviceDays).Time(), "zone": d.Zone().String(), "skip": q.Skip, "limit": q.Limit,
	}) // CollectRows returns the error
	list.Items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.TodayItem, err error) {
		var content []byte
		if item.Thing, err = scanThing(row, d, &item.Since, &list.Total, &list.Late, &content); err != nil {
			return item, err
		}
		says, err := draftOf(item.Kind, content)
		item.Awaited = says.Awaited(item.State)
		return item, err
	})
	if err != nil {
		return list, fmt.Errorf("read requests for advice: %w", err)
	}
	return list, nil
}
