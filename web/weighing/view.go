package weighing

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
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
	Given               bool // whether there is a ballot of whoever asks
	Done                bool
	Faults              []fault
	Themes              []theme
	TookPart            []string // sentences, once it has ended
}

// fault is what is wrong with a field.
type fault struct{ Field, Text string }

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
	Result        []count
	Objections    []objection
}

// stance is what one can say to a theme.
type stance struct {
	Value, Label string
	Chosen       bool
}

// count is a number of the result: of ballots, and in the room.
type count struct {
	Label        string
	Online, Room int
	HasRoom      bool
}

// objection is the reason of an objection, or another comment, that is public.
type objection struct {
	ID   int64
	Text string
}

// render shows the page with a ballot.
func (h handlers) render(w http.ResponseWriter, r *http.Request, in request, status int, b civic.Ballot, reasons map[int64]string, faults civic.Faults) error {
	reader := in.reader
	v := view{
		Back: things.Path(in.d, civic.EventThing, in.event.ID), Event: in.event.Title, Action: pathOf(in.d, in.event.ID),
		Phase: string(in.phase), Kind: string(in.weighing.Kind), Dots: in.weighing.Dots, Done: r.URL.Query().Has("done"),
		Key: civic.NewRequestKey(), Given: len(b.Dots)+len(b.Stances) > 0 && faults == nil,
		When: reader.Text("weighing.when."+string(in.phase), "from", reader.Time(in.weighing.From), "until", reader.Time(in.weighing.Until)),
		Rules: []string{
			reader.Text("weighing.rules."+string(in.weighing.Kind), "n", in.weighing.Dots), reader.Text("weighing.rules.once"), reader.Text("weighing.rules.result"),
		},
	}
	for _, f := range faults {
		text := reader.Text("weighing.fault."+f.Code, "n", in.weighing.Dots)
		v.Faults = append(v.Faults, fault{f.Field, text})
	}
	for _, t := range in.themes {
		v.Themes = append(v.Themes, in.theme(t, b, reasons, v.Faults))
	}
	if in.phase == civic.WeighingEnded {
		if err := h.addResult(r, in, &v); err != nil {
			return err
		}
	}
	p := h.Pages.Page(r, in.d, v)
	p.Title, p.Form, p.Private = reader.Text("weighing.title", "title", in.event.Title), true, true
	return h.Pages.Render(w, r, status, "weighing_page", p)
}

// theme returns a theme with what a ballot gives to it.
func (in request) theme(t civic.Described, b civic.Ballot, reasons map[int64]string, faults []fault) theme {
	says, _ := t.Content.(civic.Record)
	text := func(field string) things.Text {
		of := says.Texts[field]
		return things.Text{Text: in.reader.In(of), Lang: in.reader.OtherLanguage(of)}
	}
	out := theme{ID: t.ID, Name: text("name"), Summary: text("summary"), Path: things.Path(in.d, t.Kind, t.ID), Reason: reasons[t.ID]}
	if n := b.Dots[t.ID]; n > 0 {
		out.Dots = strconv.Itoa(n)
	}
	for _, s := range civic.Stances() {
		out.Stances = append(out.Stances, stance{string(s), in.reader.Text("weighing.stance." + string(s)), b.Stances[t.ID] == s})
	}
	for _, l := range in.linked.Links {
		if l.Relation == civic.EvidenceFor && l.To == t.ID && in.linked.Ends[l.From].Publication == civic.Published {
			out.Ideas++
		}
	}
	for _, f := range faults {
		if f.Field == fmt.Sprintf("reason-%d", t.ID) {
			out.Fault = f.Text
		}
	}
	return out
}

// addResult adds what came of the weighing: the ballots, what was counted in the room,
// and who took part. The theme with the most dots is first.
func (h handlers) addResult(r *http.Request, in request, v *view) error {
	result, err := h.Store.CountBallots(r.Context(), in.d, in.event.ID)
	if err != nil {
		return err
	}
	v.TookPart = []string{in.reader.Text("weighing.took_part", "n", result.Voices)}
	if in.says.Words["weighing_room"] != "" {
		v.TookPart = append(v.TookPart, in.reader.Text("weighing.took_part_room", "n", in.says.Number("weighing_room")))
	}
	for i, t := range in.themes {
		says, _ := t.Content.(civic.Record)
		add := func(label, field string, online int) {
			v.Themes[i].Result = append(v.Themes[i].Result, count{label, online, says.Number(field), says.Words[field] != ""})
		}
		if in.weighing.Kind == civic.WeighByDots {
			add(in.reader.Text("weighing.dots"), "room_dots", result.Dots[t.ID])
		} else {
			for _, s := range civic.Stances() {
				add(in.reader.Text("weighing.stance."+string(s)), "room_"+string(s), result.Stances[t.ID][s])
			}
		}
	}
	if err := h.addObjections(r, in, v); err != nil {
		return err
	}
	if in.weighing.Kind == civic.WeighByDots {
		slices.SortStableFunc(v.Themes, func(a, b theme) int {
			return b.Result[0].Online + b.Result[0].Room - a.Result[0].Online - a.Result[0].Room
		})
	}
	return nil
}

// addObjections adds the public comments on the themes.
func (h handlers) addObjections(r *http.Request, in request, v *view) error {
	on := map[int64]int64{} // theme by comment
	var ids []int64
	for _, l := range in.linked.Links {
		if end := in.linked.Ends[l.From]; l.Relation == civic.CommentOn && end.Publication == civic.Published {
			on[end.ID], ids = l.To, append(ids, end.ID)
		}
	}
	if ids == nil {
		return nil
	}
	found, err := h.Store.Things(r.Context(), in.d, civic.ThingQuery{Kind: civic.CommentThing, IDs: ids, Limit: len(ids)})
	if err != nil {
		return err
	}
	for _, c := range slices.Backward(found) {
		says, _ := c.Content.(civic.Record)
		i := slices.IndexFunc(v.Themes, func(t theme) bool { return t.ID == on[c.ID] })
		v.Themes[i].Objections = append(v.Themes[i].Objections, objection{c.ID, says.Words["text"]})
	}
	return nil
}
