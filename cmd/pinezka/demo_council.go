package main

import (
	"context"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
)

const (
	resolvedNeeds = 2   // that each resolution of the demo district is about
	knownSince    = 500 // days before today on which its offices and practices were written down
)

// addCouncil adds what is known of the council of the demo district: wards, pages,
// councillors with their duty hours, and resolutions about the newest needs before
// each.
func addCouncil(ctx context.Context, s *store.Store, d *civic.District, today civic.Day) error {
	system := civic.Actor{Kind: civic.System}
	wards, err := demo.Wards(d)
	if err != nil {
		return err
	}
	if _, err := s.ReplaceWards(ctx, d, system, wards, today-wardsSince); err != nil {
		return err
	}
	pages, err := demo.CouncilPages()
	if err != nil {
		return err
	}
	for _, p := range pages {
		if err := s.SaveCouncilPage(ctx, d, system, p); err != nil {
			return err
		}
	}
	councillors, err := demo.Councillors(d)
	if err != nil {
		return err
	}
	if _, err := s.ImportCouncillors(ctx, d, system, councillors, false); err != nil {
		return err
	}
	offices, err := demo.Offices()
	if err != nil {
		return err
	}
	practices, err := demo.Practices()
	if err != nil {
		return err
	}
	for _, said := range append(offices, practices...) {
		if err := addThing(ctx, s, d, civic.Command{At: d.Beginning(today - knownSince)}, said); err != nil {
			return err
		}
	}
	return addResolutions(ctx, s, d, today)
}

func addResolutions(ctx context.Context, s *store.Store, d *civic.District, today civic.Day) error {
	resolutions, err := demo.Resolutions(today)
	if err != nil {
		return err
	}
	for _, r := range resolutions {
		adopted := r.Day("adopted_on")
		found, err := s.Pins(ctx, d, civic.PinQuery{
			Filter: civic.Filter{Categories: []string{r.Category}, Areas: []string{r.Area}, Until: adopted}, Limit: resolvedNeeds,
		})
		if err != nil {
			return err
		}
		answers := civic.FieldLinks{Field: "answers"}
		for _, p := range found.Pins {
			answers.Things = append(answers.Things, p.ID)
		}
		c := civic.Command{At: d.Beginning(adopted).Add(firstStep), Links: []civic.FieldLinks{answers}}
		if err := addThing(ctx, s, d, c, r.RecordDraft); err != nil {
			return err
		}
	}
	return nil
}

// addThing adds a thing of the demo district, which is public at once, by a command
// that has what else is to be said.
func addThing(ctx context.Context, s *store.Store, d *civic.District, c civic.Command, draft civic.RecordDraft) (err error) {
	c.Action, c.Kind = civic.Submit, draft.Kind
	if c.Content, err = d.AcceptRecord(draft); err != nil {
		return err
	}
	_, err = s.Do(ctx, d, civic.Actor{Kind: civic.System}, c)
	return err
}
