package recommendations

import (
	"errors"
	"net/http"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// complete gives a new recommendation of a working group to that, so that its members
// write it, and computes its figures.
func (h handlers) complete(r *http.Request, v *index.Version, draft *things.Draft, former civic.Described) error {
	if groups := draft.Named("group"); former.ID == 0 && draft.Owner == 0 && len(groups) == 1 {
		actor, err := serve.ActorOf(r.Context())
		if err != nil {
			return err
		}
		owned := civic.Thing{DistrictID: v.District.ID, Kind: civic.RecommendationThing, OwnerID: groups[0]}
		if civic.MayOwn(actor, owned, h.Now()) {
			draft.Owner = groups[0]
		}
	}
	return h.Figures.Complete(r, v, draft, former)
}

// prefill begins a recommendation that answers themes with a paragraph for each: what
// the theme is about, and its ideas.
func (h handlers) prefill(r *http.Request, reader *page.Reader, v *index.Version, draft *things.Draft) (note string, err error) {
	d := &v.District
	var rows []civic.Values
	for _, id := range draft.Named("answers") {
		theme, err := h.Store.Thing(r.Context(), d, id)
		if errors.Is(err, civic.ErrNotFound) || err == nil && (theme.Kind != civic.ThemeThing || theme.Publication != civic.Published) {
			continue
		}
		if err != nil {
			return "", err
		}
		text, err := h.ofTheme(r, d, theme)
		if err != nil {
			return "", err
		}
		rows = append(rows, civic.Values{Texts: map[string]civic.Text{"text": {d.Languages[0]: text}}})
	}
	if rows == nil {
		return "", nil
	}
	draft.Rows = map[string][]civic.Values{"paragraphs": rows}
	return reader.Text("recommendation.of_theme", "n", len(rows)), nil
}

// ofTheme returns the paragraph that is begun with a theme, in Markdown.
func (h handlers) ofTheme(r *http.Request, d *civic.District, theme civic.Described) (string, error) {
	linked, err := h.Store.Links(r.Context(), d, []int64{theme.ID})
	if err != nil {
		return "", err
	}
	says, _ := theme.Content.(civic.Record)
	var out strings.Builder
	out.WriteString("**" + theme.Title + "**\n\n")
	if summary := d.Text(says.Texts["summary"], d.Languages[0]); summary != "" {
		out.WriteString(summary + "\n\n")
	}
	for _, l := range linked.Links {
		if idea := linked.Ends[l.From]; l.Relation == civic.EvidenceFor && l.To == theme.ID && idea.Publication == civic.Published {
			out.WriteString("- " + idea.Title + "\n")
		}
	}
	if runes := []rune(out.String()); len(runes) > civic.MaxMarkdown {
		return string(runes[:civic.MaxMarkdown]), nil
	}
	return out.String(), nil
}
