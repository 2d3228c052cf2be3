package store

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

//go:embed sql/today_writing.sql
var todayWritingSQL string

// todayVoices returns the recommendations that a working group of the actor writes now, and
// about which the actor has said nothing.
func (s *Store) todayVoices(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (civic.TodayList, error) {
	groups := civic.ScopeOf(actor, civic.Dissent, civic.RecommendationThing, d.ID, q.Now).Organisations
	if len(groups) == 0 {
		return civic.TodayList{}, nil
	}
	return s.todayWriting(ctx, d, q, pgx.NamedArgs{"comments": false, "groups": groups, "account": accountOf(actor), "areas": []int32{}})
}

// todayComments returns the recommendations that are written now with comments that nobody
// has answered, for whoever may do so.
func (s *Store) todayComments(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (civic.TodayList, error) {
	scope := civic.ScopeOf(actor, civic.Edit, civic.CommentThing, d.ID, q.Now)
	areas := scope.Areas
	if scope.Everywhere {
		areas = []int32{0}
		for _, a := range d.Areas {
			areas = append(areas, a.ID)
		}
	}
	if len(areas) == 0 {
		return civic.TodayList{}, nil
	}
	return s.todayWriting(ctx, d, q, pgx.NamedArgs{"comments": true, "areas": areas, "groups": []int64{}, "account": int64(0)})
}

// todayWriting returns recommendations that need somebody while they are written.
func (s *Store) todayWriting(ctx context.Context, d *civic.District, q civic.TodayQuery, args pgx.NamedArgs) (list civic.TodayList, err error) {
	args["district"], args["zone"], args["writing"], args["skip"], args["limit"] = d.ID, d.Zone().String(), civic.WritingStates(), q.Skip, q.Limit
	rows, _ := s.readPool.Query(ctx, todayWritingSQL, args) // CollectRows returns the error
	list.Items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.TodayItem, err error) {
		item.Thing, err = scanThing(row, d, &item.Since, &list.Total)
		return item, err
	})
	if err != nil {
		return list, fmt.Errorf("read what working groups write: %w", err)
	}
	return list, nil
}
