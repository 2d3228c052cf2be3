package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/hotspots"
	"github.com/pinezka/pinezka/web/serve"
)

// The first step of the demonstration happens at nine, and each one so much later in
// its day than the one before it, so that no two are at the same time.
const (
	firstStep = 9 * time.Hour
	stepAfter = 2 * time.Minute
)

// threadStep is a step of a thread in which things and pins have names.
type threadStep struct {
	demo.Step
	named map[string][]int64
	all   map[string]map[string][]int64 // by the names of the threads
}

// ids returns what has a name in the thread, or one such as "lamps/diagnosis" in another.
func (t threadStep) ids(name string) []int64 {
	if thread, thing, ok := strings.Cut(name, "/"); ok {
		return t.all[thread][thing]
	}
	return t.named[name]
}

// addThreads adds the threads of the demo district, in the order of their days. One
// for which there are too few pins is left out, and so is one that continues it.
func addThreads(ctx context.Context, s *store.Store, d *civic.District, today civic.Day) error {
	threads, err := demo.Threads(today)
	if err != nil {
		return err
	}
	var all []threadStep
	told := map[string]map[string][]int64{}
	for _, t := range threads {
		if slices.ContainsFunc(t.Continues, func(name string) bool { return told[name] == nil }) {
			continue
		}
		named, err := beginnings(ctx, s, d, t)
		if err != nil {
			return err
		}
		if named == nil {
			continue
		}
		told[t.Name] = named
		for _, step := range t.Steps {
			all = append(all, threadStep{step, named, told})
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b threadStep) int { return cmp.Compare(a.Day, b.Day) })
	live, err := tiles.Load(ctx, s)
	if err != nil {
		return err
	}
	for i, step := range all {
		at := d.Beginning(step.Day).Add(firstStep + time.Duration(i)*stepAfter)
		if err := step.do(ctx, s, d, live, at); err != nil {
			return fmt.Errorf("%s %q: %w", step.Action, step.Thing, err)
		}
	}
	return nil
}

// beginnings returns the pins with which a thread begins, by their names in it, or nil
// if there are too few.
func beginnings(ctx context.Context, s *store.Store, d *civic.District, t demo.Thread) (map[string][]int64, error) {
	named := map[string][]int64{}
	if t.Needs.Most > 0 {
		found, err := s.Pins(ctx, d, t.Needs.Query())
		if err != nil || len(found.Pins) < t.Needs.Least {
			return nil, err
		}
		for _, p := range found.Pins {
			named["needs"] = append(named["needs"], p.ID)
		}
	}
	find := func(kind civic.ThingKind, field, name, title string) (bool, error) {
		rule, err := kind.LinkRule(field)
		if err != nil {
			return false, err
		}
		ends, err := s.FindLinkEnds(ctx, d, civic.LinkQuery{Rule: rule, Words: title, Limit: 1})
		if err != nil || len(ends) == 0 || ends[0].Title != title {
			return false, err
		}
		named[name] = []int64{ends[0].ID}
		return true, nil
	}
	for name, o := range t.Organisations {
		if ok, err := find(civic.OrganisationThing, "pin", name, o.Title); !ok {
			return nil, err
		}
	}
	for name, title := range t.Practices {
		if ok, err := find(civic.RecommendationThing, "rests_on", name, title); !ok {
			return nil, err
		}
	}
	return named, nil
}

// do carries out the step.
func (t threadStep) do(ctx context.Context, s *store.Store, d *civic.District, live *tiles.Live, at time.Time) error {
	if t.Action == civic.MarkAttendance {
		marks, err := t.marks(ctx, s, d)
		if err != nil {
			return err
		}
		return s.MarkAttendance(ctx, d, civic.Actor{Kind: civic.System}, t.ids(t.Thing)[0], marks)
	}
	c := t.command(d)
	if c.At = at; t.Says != nil {
		says := *t.Says
		if c.Action != civic.Submit {
			thing, err := s.Thing(ctx, d, c.Things[0])
			if err != nil {
				return err
			}
			former, _ := thing.Content.(civic.Record)
			says, c.Version = t.Over(former.RecordDraft), thing.Version
		}
		var err error
		if t.Question != "" {
			if says.Words["question"], says.Words["figures"], err = freezeFigures(ctx, live, d, t.Question, at); err != nil {
				return err
			}
		}
		if c.Content, err = d.AcceptRecord(says); err != nil {
			return err
		}
	}
	out, err := s.Do(ctx, d, civic.Actor{Kind: civic.System}, c)
	if err != nil {
		return err
	}
	if c.Action == civic.Submit {
		t.named[t.Thing] = append(t.named[t.Thing], out.Changed[0].ID)
	}
	return nil
}

// command returns the command of the step, without content.
func (t threadStep) command(d *civic.District) civic.Command {
	c := civic.Command{Action: t.Action, Kind: t.Kind, Chosen: civic.Wording{Template: "demo", In: t.Text}}
	if t.Action != civic.Submit {
		c.Things = t.ids(t.Thing)
	}
	said := t.Text[d.Languages[0]]
	if t.Action.NeedsReason() {
		c.Reason = said
	} else {
		c.Text = said
	}
	if t.Owner != "" {
		c.Owner = t.ids(t.Owner)[0]
	}
	for field, names := range t.Links {
		link := civic.FieldLinks{Field: field}
		for _, name := range names {
			link.Things = append(link.Things, t.ids(name)...)
		}
		if t.Action == civic.AddLink {
			c.Link = civic.NewLink{Field: field, Thing: link.Things[0]}
		} else {
			c.Links = append(c.Links, link)
		}
	}
	return c
}

// marks returns who has attended which session, on each of its days.
func (t threadStep) marks(ctx context.Context, s *store.Store, d *civic.District) (marks []civic.AttendanceMark, err error) {
	for who, sessions := range t.Attended {
		for _, session := range sessions {
			id := t.ids(session)[0]
			thing, err := s.Thing(ctx, d, id)
			if err != nil {
				return nil, err
			}
			says, _ := thing.Content.(civic.Record)
			for _, o := range says.Occurrences() {
				for _, enrolment := range t.ids(who) {
					marks = append(marks, civic.AttendanceMark{Enrolment: enrolment, Meeting: civic.Meeting{Session: id, Day: o.Day}, Attended: true})
				}
			}
		}
	}
	return marks, nil
}

// freezeFigures returns a question in its usual form, and the figures that answer it
// as of a time.
func freezeFigures(ctx context.Context, live *tiles.Live, d *civic.District, question string, at time.Time) (normal, frozen string, err error) {
	v, ok := live.District(d.Slug)
	if !ok {
		return "", "", fmt.Errorf("figures of %s: %w", d.Slug, civic.ErrNotFound)
	}
	service := &serve.Service{Live: live, Rendering: serve.NewLimiter(1), Now: func() time.Time { return at }}
	computed, err := hotspots.New(hotspots.Config{Service: service})
	if err != nil {
		return "", "", err
	}
	return figures.New(figures.Config{Service: service, Hotspots: computed}).Freeze(ctx, v, question)
}
