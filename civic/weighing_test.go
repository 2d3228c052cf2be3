package civic_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic"
)

// weighed returns an event whose themes are weighed.
func weighed(words map[string]string) civic.RecordDraft {
	draft := civic.RecordDraft{Kind: civic.EventThing, Values: civic.Values{
		Texts: map[string]civic.Text{"name": {"en": "Debate"}, "address": {"en": "Market 1"}},
		Words: map[string]string{
			"type": "workshop", "starts": "2026-12-05T18:00", "ends": "2026-12-05T20:00",
			"weighing": "dots", "dots": "3", "weighing_from": "2026-12-05T18:00", "weighing_until": "2026-12-12T18:00",
		},
	}}
	for name, word := range words {
		draft.Words[name] = word
	}
	return draft
}

// TestWeighingRules checks what the rules of a weighing need, and that they are fixed
// once it has begun.
func TestWeighingRules(t *testing.T) {
	d := district()
	for name, test := range map[string]struct {
		words map[string]string
		want  []string
	}{
		"complete":      {nil, nil},
		"none":          {map[string]string{"weighing": "", "dots": "", "weighing_from": "", "weighing_until": ""}, nil},
		"consent":       {map[string]string{"weighing": "consent", "dots": ""}, nil},
		"no dots":       {map[string]string{"dots": ""}, []string{"dots missing"}},
		"too many dots": {map[string]string{"dots": "21"}, []string{"dots missing"}},
		"no end":        {map[string]string{"weighing_until": ""}, []string{"weighing_until missing"}},
		"ends first":    {map[string]string{"weighing_until": "2026-12-05T17:00"}, []string{"weighing_until order"}},
	} {
		_, err := d.AcceptRecord(weighed(test.words))
		if diff := cmp.Diff(test.want, faultsOf(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	fixed := civic.EventThing.Rules().Fixed
	former, now := weighed(nil), weighed(map[string]string{"dots": "5"})
	for at, want := range map[string][]string{"2026-12-05T17:59": nil, "2026-12-05T18:00": {"dots closed"}, "2026-12-13T18:00": {"dots closed"}} {
		clock, err := civic.ParseLocalTime(at)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, faultsOf(now.CheckFixed(former, fixed(former, clock)))); diff != "" {
			t.Errorf("at %s (-want +got):\n%s", at, diff)
		}
	}
}

// TestBallot checks what a voice can give.
func TestBallot(t *testing.T) {
	dots, consent := civic.Weighing{Kind: civic.WeighByDots, Dots: 3}, civic.Weighing{Kind: civic.WeighByConsent}
	themes := []int64{1, 2}
	for name, test := range map[string]struct {
		weighing civic.Weighing
		ballot   civic.Ballot
		want     []string
	}{
		"all dots":         {dots, civic.Ballot{Dots: map[int64]int{1: 2, 2: 1}}, nil},
		"fewer":            {dots, civic.Ballot{Dots: map[int64]int{1: 1, 2: 0}}, nil},
		"more":             {dots, civic.Ballot{Dots: map[int64]int{1: 2, 2: 2}}, []string{"dots too_many"}},
		"below zero":       {dots, civic.Ballot{Dots: map[int64]int{1: 4, 2: -1}}, []string{"dots unknown"}},
		"none":             {dots, civic.Ballot{Dots: map[int64]int{1: 0}}, nil},
		"another theme":    {dots, civic.Ballot{Dots: map[int64]int{3: 1}}, []string{"dots unknown"}},
		"dots for consent": {consent, civic.Ballot{Dots: map[int64]int{1: 1}}, []string{"dots unknown"}},
		"consent":          {consent, civic.Ballot{Stances: map[int64]civic.Stance{1: civic.Agree, 2: civic.Oppose}}, nil},
		"no stance":        {consent, civic.Ballot{}, nil},
		"unknown stance":   {consent, civic.Ballot{Stances: map[int64]civic.Stance{1: "perhaps"}}, []string{"stances unknown"}},
	} {
		if diff := cmp.Diff(test.want, faultsOf(test.ballot.Check(test.weighing, themes))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
