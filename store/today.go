package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/today.sql
	todaySQL string
	//go:embed sql/today_needs.sql
	todayNeedsSQL string
	//go:embed sql/today_questions.sql
	todayQuestionsSQL string
)

// Today returns what needs somebody in a district. How many needs there are without a
// diagnosis is not counted: the live index has all that are listed.
func (s *Store) Today(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (civic.Today, error) {
	today, err := s.today(ctx, d, actor, q)
	if err != nil {
		return civic.Today{}, fmt.Errorf("read what needs somebody in %s: %w", d.Slug, civicError(err))
	}
	return today, nil
}

func (s *Store) today(ctx context.Context, d *civic.District, actor civic.Actor, q civic.TodayQuery) (today civic.Today, err error) {
	contact, err := s.reporterOf(ctx, s.readPool, d, actor)
	if err != nil {
		return today, err
	}
	today.Contact = contact != 0
	scopes := civic.TodayScopes(actor, d.ID, q.Now)
	add := func(section civic.TodaySection, read func() (civic.TodayList, error)) {
		if err != nil || q.Section != 0 && q.Section != section {
			return
		}
		var list civic.TodayList
		if list, err = read(); len(list.Items) > 0 {
			list.Section = section
			today.Lists = append(today.Lists, list)
		}
	}
	add(civic.TodayAdvice, func() (civic.TodayList, error) { return s.todayAdvice(ctx, d, actor, q) })
	add(civic.TodayVoices, func() (civic.TodayList, error) { return s.todayVoices(ctx, d, actor, q) })
	add(civic.TodayComments, func() (civic.TodayList, error) { return s.todayComments(ctx, d, actor, q) })
	add(civic.TodayQuestions, func() (civic.TodayList, error) { return s.todayQuestions(ctx, d, contact, q) })
	for _, scope := range scopes {
		switch scope.Section {
		case civic.TodayAsks:
			add(civic.TodayAsks, func() (civic.TodayList, error) { return s.todayAsks(ctx, d, scope.Organisations, q) })
		case civic.TodayNeeds:
			add(civic.TodayNeeds, func() (civic.TodayList, error) { return s.todayNeeds(ctx, d, scope.Scope, q) })
		default:
		}
	}
	if err != nil {
		return today, err
	}
	lists, err := s.todayThings(ctx, d, actor, scopes, q)
	today.Lists = append(today.Lists, lists...)
	slices.SortFunc(today.Lists, func(a, b civic.TodayList) int { return int(a.Section) - int(b.Section) })
	return today, err
}

// todayThings returns the lists of things that follow from where they are and to whom
// they belong.
func (s *Store) todayThings(ctx context.Context, d *civic.District, actor civic.Actor, scopes []civic.TodayScope, q civic.TodayQuery) (lists []civic.TodayList, err error) {
	var sections []string
	var organisations []int64
	for _, scope := range scopes {
		organisations = append(organisations, scope.Organisations...)
		if scope.Section == civic.TodayAsks || scope.Section == civic.TodayNeeds {
			continue // which have statements of their own
		}
		if name := scope.Section.String(); (q.Section == 0 || q.Section == scope.Section) && !slices.Contains(sections, name) {
			sections = append(sections, name)
		}
	}
	if len(sections) == 0 {
		return nil, nil
	}
	day := d.DayOf(q.Now)
	rows, _ := s.readPool.Query(ctx, todaySQL, pgx.NamedArgs{
		"district": d.ID, "sections": sections, "scopes": scopes, "organisations": organisations, "today": day.Time(), "until": (day + civic.TodayDays).Time(),
		"account": accountOf(actor), "anonymised": kindNames(civic.AnonymisedKinds()), "now": q.Now, "zone": d.Zone().String(), "months": civic.ConfirmedAfter,
		"ungrouped": (day - civic.UngroupedDays).Time(), "since": (day - civic.ForgottenDays).Time(), "confirming": confirming(), "skip": q.Skip, "limit": q.Limit,
	}) // CollectRows returns the error
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (civic.TodayList, error) { return scanTodayThing(row, d) })
	if err != nil {
		return nil, fmt.Errorf("read things: %w", err)
	}
	for _, one := range found {
		if last := len(lists) - 1; last >= 0 && lists[last].Section == one.Section {
			lists[last].Items = append(lists[last].Items, one.Items...)
		} else {
			lists = append(lists, one)
		}
	}
	return lists, nil
}

// scanTodayThing reads a list with one of its items from the columns of today.sql.
func scanTodayThing(row pgx.Row, d *civic.District) (list civic.TodayList, err error) {
	var section string
	var content []byte
	var item civic.TodayItem
	if item.Thing, err = scanThing(row, d, &item.Since, &section, &list.Total, &list.Late, &content); err != nil {
		return list, err
	}
	says, err := draftOf(item.Kind, content)
	item.Awaited = says.Awaited(item.State)
	list.Items = []civic.TodayItem{item}
	var unknown error
	list.Section, unknown = civic.ParseTodaySection(section)
	return list, errors.Join(err, unknown)
}

// todayAsks returns the asks that what organisations offer fits.
func (s *Store) todayAsks(ctx context.Context, d *civic.District, organisations []int64, q civic.TodayQuery) (list civic.TodayList, err error) {
	found, err := asksNear(ctx, s.readPool, d, organisations)
	if err != nil {
		return list, fmt.Errorf("match what is offered: %w", err)
	}
	list.Total = len(found)
	for _, m := range found[min(q.Skip, len(found)):min(q.Skip+q.Limit, len(found))] {
		list.Items = append(list.Items, civic.TodayItem{Thing: m.Ask.Thing, Match: &m})
	}
	return list, nil
}

// todayNeeds returns the needs without a diagnosis.
func (s *Store) todayNeeds(ctx context.Context, d *civic.District, where civic.Scope, q civic.TodayQuery) (list civic.TodayList, err error) {
	areas := where.Areas
	if where.Everywhere {
		areas = []int32{0}
		for _, a := range d.Areas {
			areas = append(areas, a.ID)
		}
	}
	rows, _ := s.readPool.Query(ctx, todayNeedsSQL, pgx.NamedArgs{"district": d.ID, "areas": areas, "skip": q.Skip, "limit": q.Limit}) // CollectRows returns the error
	list.Items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.TodayItem, err error) {
		item.Thing, err = scanThing(row, d, &item.Since)
		return item, err
	})
	if err != nil {
		return list, fmt.Errorf("read needs: %w", err)
	}
	return list, nil
}

// todayQuestions returns what a contact was asked.
func (s *Store) todayQuestions(ctx context.Context, d *civic.District, contact int64, q civic.TodayQuery) (list civic.TodayList, err error) {
	if contact == 0 {
		return list, nil
	}
	rows, _ := s.readPool.Query(ctx, todayQuestionsSQL, pgx.NamedArgs{
		"district": d.ID, "contact": contact, "asked": string(civic.MailAsked), "better": string(civic.MailBetter), "zone": d.Zone().String(), "skip": q.Skip, "limit": q.Limit,
	}) // CollectRows returns the error
	list.Items, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (item civic.TodayItem, err error) {
		var entry int64
		if item.Thing, err = scanThing(row, d, &item.Since, &item.Question, &entry, &list.Total); err != nil {
			return item, err
		}
		item.Answer = s.answerPath(d, item.Question, contact, item.ID, entry)
		return item, nil
	})
	if err != nil {
		return list, fmt.Errorf("read questions: %w", err)
	}
	return list, nil
}
