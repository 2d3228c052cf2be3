package main

import (
	"context"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/store"
)

// addAdvice adds the topics about which the demo district advises, and answers that are
// public.
func addAdvice(ctx context.Context, s *store.Store, d *civic.District) error {
	system := civic.Actor{Kind: civic.System}
	topics, err := demo.Topics()
	if err != nil {
		return err
	}
	if err := s.SetTopics(ctx, d, system, topics); err != nil {
		return err
	}
	answers, err := demo.Answers()
	if err != nil {
		return err
	}
	for _, a := range answers {
		content, err := d.AcceptRecord(a)
		if err != nil {
			return err
		}
		out, err := s.Do(ctx, d, system, civic.Command{Action: civic.Submit, Kind: a.Kind, Content: content})
		if err != nil {
			return err
		}
		if _, err := s.Do(ctx, d, system, civic.Command{Action: civic.Publish, Things: []int64{out.Changed[0].ID}}); err != nil {
			return err
		}
	}
	return nil
}
