package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/digests.sql
	digestsSQL string
	//go:embed sql/digest_items.sql
	digestItemsSQL string
	//go:embed sql/digest_follows.sql
	digestFollowsSQL string
)

const (
	// maxDigestItems is the number of news of a digest; there is more on the map.
	maxDigestItems = 50

	// digestMargin is how long before it is due a digest ends: later actions can
	// still be taken back, or be in transactions that have not ended.
	digestMargin = 5 * time.Minute
)

// digestTask returns the task that queues the digests of a cadence. The times at
// which they are due are those of the clock of the district.
func (s *Store) digestTask(c civic.Cadence) periodicTask {
	return periodicTask{
		c.String() + "_digests",
		func(d *civic.District, now time.Time) time.Time { return d.LastDigest(c, now) },
		func(ctx context.Context, d *civic.District, due time.Time) error {
			return s.queueDigests(ctx, d, c, due)
		},
	}
}

// queueDigests queues the digests of a cadence that are due: one for each contact
// who has news. To queue them again changes nothing.
func (s *Store) queueDigests(ctx context.Context, d *civic.District, c civic.Cadence, due time.Time) error {
	var actions, kinds, leading, effects []string
	for _, action := range civic.Actions() {
		if slices.ContainsFunc(civic.ThingKinds(), func(k civic.ThingKind) bool {
			n, _ := action.Notice(k)
			return n.Audience&civic.Selecting != 0
		}) {
			actions = append(actions, action.String())
		}
	}
	for _, e := range civic.Effects() {
		kinds, leading, effects = append(kinds, e.Kind.String()), append(leading, e.Action.String()), append(effects, e.Then.String())
	}
	_, err := s.writePool.Exec(ctx, digestsSQL, pgx.NamedArgs{
		"district": d.ID, "cadence": c.String(), "until": due.Add(-digestMargin), "actions": actions, "most": maxDigestItems,
		"followed": kindNames(civic.FollowedKinds()), "kinds": kinds, "leading": leading, "effects": effects,
		"fact": fmt.Sprint("digest ", c, " ", due.UTC().Format(time.DateOnly)),
		"job":  sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("queue %s digests: %w", c, civicError(err))
	}
	return nil
}

// addDigest completes a digest with what is still true of its news. It returns a
// notSentError when nothing is left.
func (s *Store) addDigest(ctx context.Context, tx pgx.Tx, d delivery, letter *civic.Letter) error {
	cadence, err := civic.ParseCadence(letter.Data["cadence"])
	if err != nil {
		return err
	}
	var entries, follows []int64
	for pair := range strings.FieldsSeq(letter.Data["entries"]) {
		entry, follow, _ := strings.Cut(pair, ":")
		e, _ := strconv.ParseInt(entry, 10, 64)
		f, _ := strconv.ParseInt(follow, 10, 64)
		entries, follows = append(entries, e), append(follows, f)
	}
	home, district := "/d/"+letter.District.Slug, letter.District.ID
	args := pgx.NamedArgs{
		"district": district, "contact": d.contact, "entries": entries, "follows": follows, "cadence": cadence.String(),
		"language": letter.Language, "fallback": letter.District.Languages[0],
	}
	rows, _ := tx.Query(ctx, digestItemsSQL, args) // CollectRows returns the error
	letter.Items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.LetterItem, err error) {
		var thing int64
		var kind string
		if err = row.Scan(&item.Kind, &item.Title, &thing, &kind); err == nil {
			item.Of, err = civic.ParseThingKind(kind)
		}
		item.Link = pathOf(letter.District, item.Of, thing)
		return item, err
	})
	if err != nil {
		return fmt.Errorf("read the news: %w", err)
	}
	if len(letter.Items) == 0 {
		return notSentError{"nothing is new"}
	}
	rows, _ = tx.Query(ctx, digestFollowsSQL, args) // CollectRows returns the error
	letter.Follows, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.LetterItem, err error) {
		end := civic.End{ContactID: d.contact}
		err = row.Scan(&end.Follow, &item.Title)
		item.Link = home + "/unsubscribe/" + s.endToken(district, end)
		return item, err
	})
	if err != nil {
		return fmt.Errorf("read what is followed: %w", err)
	}
	letter.OneClick = home + "/unsubscribe/" + s.endToken(district, civic.End{ContactID: d.contact, Cadence: cadence})
	return nil
}
