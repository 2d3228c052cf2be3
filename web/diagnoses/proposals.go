package diagnoses

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// Walk measures distances on foot.
type Walk interface {
	// Distance returns the length in metres of the shortest way between two locations,
	// and false where there is none of at most limit metres.
	Distance(from, to orb.Point, limit float64) (metres float64, ok bool)
}

const (
	// reach is how far what can serve may be from a place of the evidence, in metres:
	// ten minutes at 80 metres a minute.
	reach = 800
	// maxProposals is how many proposals are shown.
	maxProposals = 6
	// maxWalked is to how many of the nearest candidates ways are looked for, and
	// maxFrom from how many places of the evidence.
	maxWalked, maxFrom = 40, 3
	// maxCandidates is how many pins, and how many offers, are looked through.
	maxCandidates = 500
)

// candidate is what may serve a diagnosis: a pin that is a potential or an
// organisation, or an open offer.
type candidate struct {
	proposal   things.Proposal
	at         orb.Point
	categories []string // of an offer
	offers     string   // what an offer gives, a key of a message; "" for a pin
	text       string   // in which words are looked for

	metres   float64
	walked   bool   // whether metres are those on foot
	word     string // that the diagnosis has too; "" for none
	category bool   // whether it has one with the diagnosis
}

// likeness returns how much a candidate has in common with the diagnosis.
func (c *candidate) likeness() (n int) {
	if c.category {
		n++
	}
	if c.word != "" {
		n++
	}
	return n
}

// propose returns what can serve a diagnosis: what is near, and practices.
func (k kind) propose(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) ([]things.Proposal, error) {
	near, err := k.near(r, reader, v, draft)
	if err != nil {
		return nil, err
	}
	known, err := k.Practices.Propose(r.Context(), reader, &v.District, draft, named)
	return append(known, near...), err
}

// near returns what can serve a diagnosis: potentials, organisations and open
// offers within ten minutes on foot of a place of its evidence. First come those that
// have a category or a word of its title, finding or categories, then the nearest.
func (k kind) near(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) ([]things.Proposal, error) {
	d := &v.District
	ends, err := k.Store.LinkEnds(r.Context(), d, draft.Named("evidence"))
	if err != nil {
		return nil, err
	}
	var from []orb.Point
	about := slices.Clone(draft.Lists["categories"])
	for _, end := range ends {
		if end.Publication != civic.Published || end.HexOnly {
			continue
		}
		from = append(from, end.Shown)
		if c, ok := d.CategoryByID(end.CategoryID); ok {
			about = append(about, c.Slug)
		}
	}
	if len(from) == 0 {
		return nil, nil
	}
	all, err := k.candidates(r.Context(), d, from)
	if err != nil {
		return nil, err
	}
	wanted := wordsOf(d, draft, about)
	all = slices.DeleteFunc(all, func(c candidate) bool { return slices.Contains(draft.Named("serves"), c.proposal.Thing) })
	for i := range all {
		c := &all[i]
		c.category = slices.ContainsFunc(c.categories, func(slug string) bool { return slices.Contains(about, slug) })
		c.word = words.Alike(c.text, wanted)
	}
	slices.SortFunc(all, byLikeness)
	if all = all[:min(len(all), maxWalked)]; k.Walk != nil {
		all = k.onFoot(all, from)
		slices.SortFunc(all, byLikeness)
	}
	var out []things.Proposal
	for _, c := range all[:min(len(all), maxProposals)] {
		c.proposal.Field, c.proposal.Reason = "serves", reason(reader, &c)
		out = append(out, c.proposal)
	}
	return out, nil
}

func byLikeness(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.likeness(), a.likeness()), cmp.Compare(a.metres, b.metres), cmp.Compare(a.proposal.Thing, b.proposal.Thing))
}

// candidates returns what is within reach in a straight line.
func (k kind) candidates(ctx context.Context, d *civic.District, from []orb.Point) (all []candidate, err error) {
	bound := orb.MultiPoint(from).Bound()
	box := geo.Box{West: bound.Min.Lon(), South: bound.Min.Lat(), East: bound.Max.Lon(), North: bound.Max.Lat()}.Pad(reach)
	found, err := k.Store.Pins(ctx, d, civic.PinQuery{
		Filter: civic.Filter{Kinds: []civic.Kind{civic.Potential, civic.Organisation}}, Box: &box, Limit: maxCandidates,
	})
	if err != nil {
		return nil, err
	}
	for _, p := range found.Pins {
		all = append(all, candidate{
			proposal: things.Proposal{Thing: p.ID, Kind: civic.PinThing, PinKind: p.Category.Kind, Title: p.Title},
			at:       p.Location.Point, text: p.Title + " " + p.Body,
		})
	}
	offers, err := k.offers(ctx, d)
	if err != nil {
		return nil, err
	}
	all = append(all, offers...)
	for i := range all {
		all[i].metres = math.Inf(1)
		for _, p := range from {
			all[i].metres = min(all[i].metres, orbgeo.DistanceHaversine(p, all[i].at))
		}
	}
	return slices.DeleteFunc(all, func(c candidate) bool { return c.metres > reach }), nil
}

// offers returns the open offers that have a place: their own, or that of the pin of
// whoever makes them.
func (k kind) offers(ctx context.Context, d *civic.District) (all []candidate, err error) {
	found, err := k.Store.Things(ctx, d, civic.ThingQuery{
		Kind: civic.OfferThing, Publications: []civic.Publication{civic.Published}, State: civic.OfferThing.Rules().Initial, Limit: maxCandidates,
	})
	if err != nil {
		return nil, err
	}
	ids := make([]int64, len(found))
	for i, t := range found {
		ids[i] = t.ID
	}
	linked, err := k.Store.Links(ctx, d, ids)
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		offer, _ := t.Content.(civic.Record)
		at := offer.Point
		for _, l := range linked.Links {
			end := linked.Other(l, t.ID)
			if at == nil && l.From == t.ID && l.Relation == civic.PartOf && end.Kind == civic.PinThing && end.Publication == civic.Published && !end.HexOnly {
				at = &end.Shown
			}
		}
		if at == nil {
			continue
		}
		all = append(all, candidate{
			proposal: things.Proposal{Thing: t.ID, Kind: civic.OfferThing, Title: t.Title}, at: *at,
			categories: offer.Lists["categories"], offers: "offers.option.what." + offer.Words["what"], text: t.Title,
		})
	}
	return all, nil
}

// onFoot returns the candidates that are within reach on foot.
func (k kind) onFoot(all []candidate, from []orb.Point) (near []candidate) {
	for _, c := range all {
		nearest := slices.Clone(from)
		slices.SortFunc(nearest, func(a, b orb.Point) int {
			return cmp.Compare(orbgeo.DistanceHaversine(a, c.at), orbgeo.DistanceHaversine(b, c.at))
		})
		c.metres = math.Inf(1)
		for _, p := range nearest[:min(len(nearest), maxFrom)] {
			if metres, ok := k.Walk.Distance(p, c.at, reach); ok {
				c.metres, c.walked = min(c.metres, metres), true
			}
		}
		if c.walked {
			near = append(near, c)
		}
	}
	return near
}

// wordsOf returns the words of a diagnosis: of its title and finding, and of the
// names of the categories that it is about.
func wordsOf(d *civic.District, draft *things.Draft, about []string) []string {
	var texts []string
	for _, field := range []string{"name", "finding"} {
		for _, text := range draft.Texts[field] {
			texts = append(texts, text)
		}
	}
	for _, slug := range about {
		c, _ := d.Category(slug)
		for _, label := range c.Label {
			texts = append(texts, label)
		}
	}
	return words.Long(texts...)
}

// reason returns why a candidate is proposed.
func reason(reader *page.Reader, c *candidate) string {
	key := "diagnoses.reason.straight"
	if c.walked {
		key = "diagnoses.reason.on_foot"
	}
	parts := []string{reader.Text(key, "n", int(math.Round(c.metres/10)*10))}
	if c.category {
		parts = append(parts, reader.Text("diagnoses.reason.category"))
	}
	if c.word != "" {
		parts = append(parts, reader.Text("diagnoses.reason.word", "word", c.word))
	}
	if c.offers != "" {
		parts = append(parts, reader.Text("diagnoses.reason.offers", "what", strings.ToLower(reader.Text(c.offers))))
	}
	return strings.Join(parts, "; ")
}
