package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
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
	stepAfter = 5 * time.Minute
)

// threadStep is a step of a thread in which things and pins have names.
type threadStep struct {
	demo.Step
	named map[string][]int64
}

// addThreads adds the threads of the demo district, in the order of their days. One
// for which there are too few pins is left out.
func addThreads(ctx context.Context, s *store.Store, d *civic.District, today civic.Day) error {
	threads, err := demo.Threads(today)
	if err != nil {
		return err
	}
	var all []threadStep
	for _, t := range threads {
		named, err := beginnings(ctx, s, d, t)
		if err != nil {
			return err
		}
		for _, step := range t.Steps {
			if named != nil {
				all = append(all, threadStep{step, named})
			}
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
	found, err := s.Pins(ctx, d, t.Needs.Query())
	if err != nil || len(found.Pins) < t.Needs.Least {
		return nil, err
	}
	named := map[string][]int64{}
	for _, p := range found.Pins {
		named["needs"] = append(named["needs"], p.ID)
	}
	rule, err := civic.OrganisationThing.LinkRule("pin")
	if err != nil {
		return nil, err
	}
	for name, o := range t.Organisations {
		ends, err := s.FindLinkEnds(ctx, d, civic.LinkQuery{Rule: rule, Words: o.Title, Limit: 1})
		if err != nil || len(ends) == 0 || ends[0].Title != o.Title {
			return nil, err
		}
		named[name] = []int64{ends[0].ID}
	}
	return named, nil
}

// do carries out the step.
func (t threadStep) do(ctx context.Context, s *store.Store, d *civic.District, live *tiles.Live, at time.Time) error {
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
		t.named[t.Thing] = []int64{out.Changed[0].ID}
	}
	return nil
}

// command returns the command of the step, without content.
func (t threadStep) command(d *civic.District) civic.Command {
	c := civic.Command{Action: t.Action, Kind: t.Kind, Things: t.named[t.Thing], Chosen: civic.Wording{Template: "demo", In: t.Text}}
	said := t.Text[d.Languages[0]]
	if t.Action.NeedsReason() {
		c.Reason = said
	} else {
		c.Text = said
	}
	if t.Owner != "" {
		c.Owner = t.named[t.Owner][0]
	}
	for field, names := range t.Links {
		link := civic.FieldLinks{Field: field}
		for _, name := range names {
			link.Things = append(link.Things, t.named[name]...)
		}
		if t.Action == civic.AddLink {
			c.Link = civic.NewLink{Field: field, Thing: link.Things[0]}
		} else {
			c.Links = append(c.Links, link)
		}
	}
	return c
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
