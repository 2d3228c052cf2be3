package practices

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/words"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

const (
	// maxProposals is how many practices are proposed.
	maxProposals = 4
	// maxCandidates is how many of the newest practices are looked through.
	maxCandidates = 500
)

// Fields are the fields of links of a kind that matter for what is proposed.
type Fields struct {
	Uses string // names practices
	For  string // names what it is about: needs and diagnoses
}

// candidate is a practice with what it has in common with a draft.
type candidate struct {
	id         int64
	title      string
	categories []string // slugs
	word       string   // "" for none
}

func (c *candidate) likeness() int {
	if c.word == "" {
		return 2 * len(c.categories)
	}
	return 2*len(c.categories) + 1
}

// Propose returns practices that a draft could name: those that are for a category of
// its own or of what it is about, or have a word of its title, those with more in
// common first, then the newest.
func (cfg Config) Propose(ctx context.Context, reader *page.Reader, d *civic.District, draft *things.Draft, fields Fields) (out []things.Proposal, err error) {
	about, err := cfg.about(ctx, d, draft, fields.For)
	if err != nil {
		return nil, err
	}
	var titles []string
	for _, text := range draft.Texts["name"] {
		titles = append(titles, text)
	}
	wanted := words.Long(titles...)
	if len(about) == 0 && len(wanted) == 0 {
		return nil, nil
	}
	found, err := cfg.Store.Things(ctx, d, civic.ThingQuery{Kind: civic.PracticeThing, Publications: []civic.Publication{civic.Published}, Limit: maxCandidates})
	if err != nil {
		return nil, err
	}
	var all []candidate
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		c := candidate{id: t.ID, title: t.Title, word: words.Alike(textOf(says), wanted)}
		for _, slug := range says.Lists["categories"] {
			if slices.Contains(about, slug) {
				c.categories = append(c.categories, slug)
			}
		}
		if c.likeness() > 0 && !slices.Contains(draft.Named(fields.Uses), t.ID) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.likeness(), a.likeness()), cmp.Compare(b.id, a.id))
	})
	for _, c := range all[:min(len(all), maxProposals)] {
		out = append(out, things.Proposal{Field: fields.Uses, Thing: c.id, Kind: civic.PracticeThing, Title: c.title, Reason: reason(reader, d, &c)})
	}
	return out, nil
}

// about returns the slugs of the categories of a draft, and those of the needs and
// diagnoses that a field of links names, with those of the evidence for the latter.
func (cfg Config) about(ctx context.Context, d *civic.District, draft *things.Draft, field string) ([]string, error) {
	about := slices.Clone(draft.Lists["categories"])
	named := draft.Named(field)
	if len(named) == 0 {
		return about, nil
	}
	ends, err := cfg.Store.LinkEnds(ctx, d, named)
	if err != nil {
		return nil, err
	}
	about = append(about, categoriesOf(d, ends)...)
	var diagnoses []int64
	for id, end := range ends {
		if end.Kind == civic.DiagnosisThing && end.Publication == civic.Published {
			diagnoses = append(diagnoses, id)
		}
	}
	if diagnoses == nil {
		return about, nil
	}
	found, err := cfg.Store.Things(ctx, d, civic.ThingQuery{Kind: civic.DiagnosisThing, IDs: diagnoses, Limit: len(diagnoses)})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		says, _ := t.Content.(civic.Record)
		about = append(about, says.Lists["categories"]...)
	}
	linked, err := cfg.Store.Links(ctx, d, diagnoses)
	return append(about, categoriesOf(d, linked.Ends)...), err
}

// categoriesOf returns the slugs of the categories of the public needs among things.
func categoriesOf(d *civic.District, ends map[int64]civic.LinkEnd) (slugs []string) {
	for _, end := range ends {
		if c, ok := d.CategoryByID(end.CategoryID); ok && c.Kind == civic.Need && end.Publication == civic.Published && !end.HexOnly {
			slugs = append(slugs, c.Slug)
		}
	}
	return slugs
}

// textOf returns the texts of a practice in which words are looked for.
func textOf(says civic.Record) string {
	var texts []string
	for _, field := range []string{"name", "article"} {
		for _, lang := range slices.Sorted(maps.Keys(says.Texts[field])) {
			texts = append(texts, says.Texts[field][lang])
		}
	}
	return strings.Join(texts, " ")
}

// reason returns why a practice is proposed.
func reason(reader *page.Reader, d *civic.District, c *candidate) string {
	var names, parts []string
	for _, slug := range c.categories {
		category, _ := d.Category(slug)
		names = append(names, reader.In(category.Label))
	}
	if names != nil {
		parts = append(parts, reader.Text("practices.reason.category", "categories", strings.Join(names, ", ")))
	}
	if c.word != "" {
		parts = append(parts, reader.Text("practices.reason.word", "word", c.word))
	}
	return strings.Join(parts, "; ")
}

// Offers are practices that a page proposes to whoever may link them to its thing.
type Offers struct {
	All     []Offer
	Actions string // path to which the button of an offer leads
	Version int32  // of the thing
}

// Offer is a practice that a page proposes.
type Offer struct {
	things.Proposal
	URL string
}

// Offer returns what a thing could name, for the page of the thing.
func (cfg Config) Offer(r *http.Request, reader *page.Reader, in things.Shown, fields Fields) (out Offers, err error) {
	d := &in.Version.District
	out = Offers{Actions: things.Path(d, in.Thing.Kind, in.Thing.ID) + "/actions", Version: in.Thing.Version}
	if !slices.Contains(civic.Offered(in.Actor, in.Thing.Thing, cfg.Now()), civic.AddLink) {
		return out, nil
	}
	linked, err := cfg.Store.Links(r.Context(), d, []int64{in.Thing.ID})
	if err != nil {
		return out, err
	}
	draft := things.NewDraft(in.Thing, linked)
	found, err := cfg.Propose(r.Context(), reader, d, &draft, fields)
	for _, p := range found {
		out.All = append(out.All, Offer{p, things.Path(d, p.Kind, p.Thing)})
	}
	return out, err
}
