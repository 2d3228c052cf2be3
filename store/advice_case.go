package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/advice_entries.sql
	adviceEntriesSQL string
	//go:embed sql/find_answers.sql
	findAnswersSQL string
)

// AdviceCase returns what was said and done about a request for advice, who has it, and
// what was written of it for everybody. Whoever asked may know civic.AdviceCase.ForReporter
// of it alone.
func (s *Store) AdviceCase(ctx context.Context, d *civic.District, thing int64) (c civic.AdviceCase, err error) {
	args := pgx.NamedArgs{"district": d.ID, "thing": thing}
	rows, _ := s.readPool.Query(ctx, adviceEntriesSQL, args) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, scanAdviceEntry)
	for _, e := range found {
		if e.Action == civic.Undo && len(c.Entries) > 0 {
			c.Entries = c.Entries[:len(c.Entries)-1]
		} else {
			c.Entries = append(c.Entries, e)
		}
	}
	if err == nil {
		err = s.readPool.QueryRow(ctx, `
			select coalesce(account_id, 0), coalesce(name, ''), why, since
			from advice_assignments
			left join accounts using (account_id)
			where district_id = @district
			  and thing_id = @thing
			  and until is null`, args).Scan(&c.Adviser, &c.Name, &c.Why, &c.Since)
		if errors.Is(err, pgx.ErrNoRows) {
			err = nil
		}
	}
	if err == nil {
		err = s.readPool.QueryRow(ctx, `
			select exists (
			  select
			  from things
			  join contacts on contacts.district_id = @district
			    and contact_id = reporter_id
			  where things.district_id = @district
			    and thing_id = @thing
			    and confirmed_at is null
			)`, args).Scan(&c.Unproved)
	}
	if err == nil {
		rows, _ := s.readPool.Query(ctx, thingsSQL+`
			  and thing_id in (select answer_id from advice_answers where advice_answers.district_id = @district and advice_id = @thing)
			order by thing_id`, args) // CollectRows returns the error
		c.Answers, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
	}
	if err != nil {
		return civic.AdviceCase{}, fmt.Errorf("read the case of thing %d of %s: %w", thing, d.Slug, civicError(err))
	}
	return c, nil
}

// scanAdviceEntry reads an entry from the columns of advice_entries.sql.
func scanAdviceEntry(row pgx.CollectableRow) (e civic.AdviceEntry, err error) {
	var action, text, reason string
	if err := row.Scan(&e.ID, &e.At, &action, &e.Own, &e.Name, &e.After, &text, &reason); err != nil {
		return e, err
	}
	var said, because civic.Wording
	var unknown error
	e.Action, unknown = civic.ParseAction(action)
	err = errors.Join(unknown, json.Unmarshal([]byte(text), &said), json.Unmarshal([]byte(reason), &because))
	e.Text, e.Reason = said.Text, because.Text
	return e, err
}

// ResidentAdvice returns the requests for advice of a contact, the newest first.
func (s *Store) ResidentAdvice(ctx context.Context, d *civic.District, contact int64) ([]civic.Thing, error) {
	rows, _ := s.readPool.Query(ctx, thingsSQL+`
		  and reporter_id = @contact
		  and things.kind = 'advice'
		order by thing_id desc
		limit @limit`, pgx.NamedArgs{"district": d.ID, "contact": contact, "limit": maxResidentPins}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read the requests of contact %d of %s: %w", contact, d.Slug, civicError(err))
	}
	return found, nil
}

// leastTelling is how many letters a term has that tells what a question is about: with
// shorter ones, such as prepositions, begin words of everything.
const leastTelling = 4

// telling returns the terms of searchTerms that tell what a question is about, or all
// where there are none.
func telling(terms []string) []string {
	long := slices.DeleteFunc(slices.Clone(terms), func(term string) bool {
		return utf8.RuneCountInString(strings.Trim(term, "':*")) < leastTelling
	})
	if len(long) == 0 {
		return terms
	}
	return long
}

// FindAnswers returns public answers, as the query sorts them.
func (s *Store) FindAnswers(ctx context.Context, d *civic.District, q civic.AnswerQuery) ([]civic.Described, error) {
	args := pgx.NamedArgs{"district": d.ID, "terms": nil, "any": "", "lon": nil, "lat": nil, "area": 0, "radius": civic.AnswerRadius, "most": mostRanked, "limit": q.Limit}
	if terms := searchTerms(q.Words); terms != "" {
		all := telling(strings.Split(terms, " & "))
		args["terms"], args["any"] = all, strings.Join(all, " | ")
	} else if q.Words != "" {
		return nil, nil
	}
	if q.At != nil {
		args["lon"], args["lat"], args["area"] = q.At.Lon(), q.At.Lat(), civic.NewAcceptor(d, 0).AreaAt(*q.At)
	}
	var found []civic.Thing
	err := s.readWithin(ctx, func(tx pgx.Tx) (err error) {
		rows, _ := tx.Query(ctx, findAnswersSQL, args) // CollectRows returns the error
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.Thing, error) { return scanThing(row, d) })
		return err //nolint:wrapcheck // said below
	})
	var described []civic.Described
	if err == nil {
		described, err = s.describe(ctx, d, found)
	}
	if err != nil {
		return nil, fmt.Errorf("find answers of %s: %w", d.Slug, civicError(err))
	}
	return described, nil
}
