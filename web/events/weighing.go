package events

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// weighingView is what the page of an event says of the weighing of its themes.
type weighingView struct {
	When, Rule string
	Room       string // how many took part in the room; "" where nobody has counted
	URL        string // of the page on which they are weighed; "" while the event is not public
}

// weighing returns how the themes of an event are weighed, or nil where they are not.
func (h handlers) weighing(d *civic.District, reader *page.Reader, in things.Shown, says civic.Record) *weighingView {
	w := civic.WeighingOf(says.RecordDraft)
	phase := w.Phase(d.LocalTimeOf(h.Now()))
	if phase == civic.NotWeighed {
		return nil
	}
	view := &weighingView{
		When: reader.Text("weighing.when."+string(phase), "from", reader.Time(w.From), "until", reader.Time(w.Until)),
		Rule: reader.Text("weighing.rules."+string(w.Kind), "n", w.Dots),
	}
	if says.Words["weighing_room"] != "" {
		view.Room = reader.Text("weighing.took_part_room", "n", says.Number("weighing_room"))
	}
	if in.Thing.Publication == civic.Published {
		view.URL = path(d, in.Thing.ID) + "/weighing"
	}
	return view
}
