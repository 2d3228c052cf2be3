package measures

import (
	"context"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/qrcode"
	"github.com/pinezka/pinezka/web/things"
	"github.com/pinezka/pinezka/web/upcoming"
)

// How much two sheets of paper have room for.
const (
	namedCategories = 5
	namedOutcomes   = 8
	namedEvents     = 5
)

// yearView is the data of the template year.html.
type yearView struct {
	Back       string
	Period     string
	Said, Done []string // sentences
	Categories []countName
	Areas      []countName
	Results    []string // sentences
	Outcomes   []things.Hit
	Ahead      upcoming.List
	URL        string // of the map, in full
	Code       qrcode.Code
}

// countName is how often something with a name was reported.
type countName struct {
	Name, Lang string
	Count      int
}

// yearPage shows a year of the district in plain words, on two sheets of paper for every
// letterbox.
func (h handlers) yearPage(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	d := &v.District
	s, err := parse(r.URL.Query(), h.Today(d).Month()-1)
	if err != nil {
		return err
	}
	found, err := h.report(r.Context(), v, s)
	if err != nil {
		return err
	}
	b := h.viewOf(r, found)
	base, configured := h.BaseURL(r)
	view := yearView{Back: b.path(""), Period: b.period(s), URL: base + "/d/" + d.Slug}
	b.setSaid(&view, v)
	b.setDone(&view)
	if view.Outcomes, err = h.outcomes(r.Context(), b); err != nil {
		return err
	}
	next, err := upcoming.Read(r.Context(), h.Store, d, civic.CalendarQuery{}, h.Now(), namedEvents)
	if err != nil {
		return err
	}
	view.Ahead = upcoming.NewList(d, b.Reader, next, nil)
	if view.Code, err = qrcode.New(view.URL, b.Text("poster.code", "address", view.URL)); err != nil {
		return err
	}
	p := h.Pages.Page(r, d, view)
	p.Title, p.FromHost = b.Text("year.title", "district", p.Name), !configured
	return h.Pages.Render(w, r, http.StatusOK, "year", p)
}

// setSaid adds what people have said: how many, where, and about what most.
func (b viewOf) setSaid(view *yearView, v *index.Version) {
	pins := b.now[civic.MeasurePins]
	view.Said = []string{b.Text("year.said", "pins", b.Text("measures.n.pins", "n", pins.total), "ideas", b.Text("measures.n.ideas", "n", b.now[civic.MeasureIdeas].total), "voices", b.Text("measures.n.voices", "n", b.now[civic.MeasureVoices].total))}
	f := b.filter()
	f.Kinds = []civic.Kind{civic.Need}
	needs := v.Stats(f).ByCategory
	for _, c := range b.district.Categories {
		if n := needs[c.Slug]; n > 0 {
			view.Categories = append(view.Categories, countName{b.In(c.Label), b.OtherLanguage(c.Label), n})
		}
	}
	slices.SortStableFunc(view.Categories, func(x, y countName) int { return y.Count - x.Count })
	view.Categories = view.Categories[:min(namedCategories, len(view.Categories))]
	for _, a := range b.district.Areas {
		view.Areas = append(view.Areas, countName{b.In(a.Name), b.OtherLanguage(a.Name), pins.byArea[a.ID]})
	}
}

// setDone adds what took place, and what was the result.
func (b viewOf) setDone(view *yearView) {
	n := func(m civic.Measure) int { return b.now[m].total }
	view.Done = []string{b.Text("year.done", "events", b.Text("measures.n.events", "n", n(civic.MeasureEvents)), "initiatives", b.Text("measures.n.initiatives", "n", n(civic.MeasureInitiatives)), "organisations", b.Text("measures.n.organisations", "n", n(civic.MeasureOrganisations)))}
	if came := n(civic.MeasureAttendance); came > 0 {
		view.Done = append(view.Done, b.Text("year.came", "n", came))
	}
	if graduates := n(civic.MeasureGraduates); graduates > 0 {
		view.Done = append(view.Done, b.Text("year.graduates", "n", graduates))
	}
	for _, of := range []civic.Response{civic.ResponseMet, civic.ResponseReplied} {
		if t, ok := b.response(of, 0, true); ok {
			view.Results = append(view.Results, b.Text("year.result."+string(of), "n", t.Count, "days", b.Text("year.days", "n", int(t.Median+0.5))))
		} else {
			view.Results = append(view.Results, b.Text("year.no_result."+string(of)))
		}
	}
}

// outcomes returns the newest of what came of it in the year.
func (h handlers) outcomes(ctx context.Context, b viewOf) (all []things.Hit, err error) {
	hits, err := h.Store.SearchThings(ctx, b.district, civic.SearchQuery{
		Kinds: civic.OutcomeKinds(), From: b.first.First(), To: b.last.Last(), Limit: namedOutcomes,
	})
	for _, hit := range hits {
		all = append(all, things.NewHit(b.district, b.Reader, hit))
	}
	return all, err
}
