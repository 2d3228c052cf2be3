package weighing

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// view is the data of the template weighing_page.html.
type view struct {
	Back, Event, Action string
	Rules               []string // sentences
	Phase               string   // as civic.WeighingPhase names it
	When                string   // a sentence about the phase
	Kind                string   // as civic.WeighingKind names it
	Dots                int      // that each has
	Key                 civic.RequestKey
	Given, Blank        bool // whether there is a ballot of whoever asks, and whether it gives nothing
	Done                bool
	Faults              page.Faults
	Themes              []theme
	TookPart            []string // sentences, once it has ended
}

// theme is a theme with what is given to it.
type theme struct {
	ID            int64
	Name, Summary things.Text
	Path          string
	Ideas         int
	Dots          string // of the ballot
	Stances       []stance
	Reason        string // that was entered
	Fault         string // of the reason; "" for none
	Result        []labelled
	Objections    []objection
}

// stance is what one can say to a theme.
type stance struct {
	Value, Label string
	Chosen       bool
}

// labelled is a number of the result with what it is of.
type labelled struct {
	Label string
	count
}

// render shows the page with a ballot, which is nil for none.
func (h handlers) render(w http.ResponseWriter, r *http.Request, in request, status int, given *civic.Ballot, reasons map[int64]string, faults civic.Faults) error {
	reader := in.reader
	var b civic.Ballot
	if given != nil {
		b = *given
	}
	cast := given != nil && faults == nil
	v := view{
		Back: things.Path(in.d, civic.EventThing, in.event.ID), Event: in.event.Title, Action: pathOf(in.d, in.event.ID),
		Phase: string(in.phase), Kind: string(in.weighing.Kind), Dots: in.weighing.Dots, Done: r.URL.Query().Has("done"),
		Key: civic.NewRequestKey(), Given: cast, Blank: cast && len(b.Dots)+len(b.Stances) == 0,
		When: reader.Text("weighing.when."+string(in.phase), "from", reader.Time(in.weighing.From), "until", reader.Time(in.weighing.Until)),
		Rules: []string{
			reader.Text("weighing.rules."+string(in.weighing.Kind), "n", in.weighing.Dots), reader.Text("weighing.rules.once"), reader.Text("weighing.rules.result"),
		},
	}
	for _, f := range faults {
		v.Faults = append(v.Faults, page.Fault{Field: f.Field, Text: in.faultText(f)})
	}
	for _, t := range in.themes {
		v.Themes = append(v.Themes, in.theme(t, b, reasons, v.Faults))
	}
	if err := h.addResult(r, in, &v); err != nil {
		return err
	}
	p := h.Pages.Page(r, in.d, v)
	p.Title, p.Form, p.Private = reader.Text("weighing.title", "title", in.event.Title), true, true
	return h.Pages.Render(w, r, status, "weighing_page", p)
}

// faultText returns what a page says about what is wrong with a ballot.
func (in request) faultText(f civic.Fault) string {
	if strings.HasPrefix(f.Field, "reason-") && f.Code != "missing" {
		return in.reader.Text("thing.fault."+f.Code, "field", in.reader.Text("weighing.reason"))
	}
	return in.reader.Text("weighing.fault."+f.Code, "n", in.weighing.Dots)
}

// theme returns a theme with what a ballot gives to it.
func (in request) theme(t civic.Described, b civic.Ballot, reasons map[int64]string, faults page.Faults) theme {
	says, _ := t.Content.(civic.Record)
	text := func(field string) things.Text {
		of := says.Texts[field]
		return things.Text{Text: in.reader.In(of), Lang: in.reader.OtherLanguage(of)}
	}
	out := theme{ID: t.ID, Name: text("name"), Summary: text("summary"), Path: things.Path(in.d, t.Kind, t.ID), Ideas: in.ideasOf(t.ID), Reason: reasons[t.ID]}
	if n := b.Dots[t.ID]; n > 0 {
		out.Dots = strconv.Itoa(n)
	}
	for _, s := range civic.Stances() {
		out.Stances = append(out.Stances, stance{string(s), in.reader.Text("weighing.stance." + string(s)), b.Stances[t.ID] == s})
	}
	out.Fault = faults.Of(fmt.Sprintf("reason-%d", t.ID))
	return out
}

// ideasOf returns how many public ideas a theme has.
func (in request) ideasOf(theme int64) (n int) {
	for _, l := range in.linked.Links {
		if l.Relation == civic.EvidenceFor && l.To == theme && in.linked.Ends[l.From].Publication == civic.Published {
			n++
		}
	}
	return n
}

// addResult adds what came of the weighing. The theme with the most dots is first.
func (h handlers) addResult(r *http.Request, in request, v *view) error {
	result, err := h.result(r, in)
	if err != nil || result == nil {
		return err
	}
	v.TookPart = []string{in.reader.Text("weighing.took_part", "n", result.voices.Online)}
	if result.voices.HasRoom {
		v.TookPart = append(v.TookPart, in.reader.Text("weighing.took_part_room", "n", result.voices.Room))
	}
	for i, t := range in.themes {
		for _, c := range result.counts[t.ID] {
			key := "weighing.stance." + c.of
			if c.of == "dots" {
				key = "weighing.dots"
			}
			v.Themes[i].Result = append(v.Themes[i].Result, labelled{in.reader.Text(key), c})
		}
		v.Themes[i].Objections = result.objections[t.ID]
	}
	if in.weighing.Kind == civic.WeighByDots {
		slices.SortStableFunc(v.Themes, func(a, b theme) int {
			return b.Result[0].Online + b.Result[0].Room - a.Result[0].Online - a.Result[0].Room
		})
	}
	return nil
}
