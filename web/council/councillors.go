package council

import (
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/things"
)

// councillorView is a councillor in a list.
type councillorView struct {
	things.Item
	Everywhere bool // whether they represent the whole district
}

// councillorsOf returns councillors for the reader. What all of those of a list
// have in common, that they are in office, is left out.
func councillorsOf(d *civic.District, reader *page.Reader, all []civic.Described) (views []councillorView) {
	for _, c := range all {
		record, _ := c.Content.(civic.Record)
		view := councillorView{councillorKind.Item(d, reader, c), record.Words["ward"] == ""}
		view.Texts = slices.DeleteFunc(view.Texts, func(t things.Text) bool { return t.Name == "from" || t.Name == "until" })
		views = append(views, view)
	}
	return views
}

// resolutionView is a resolution about a place.
type resolutionView struct {
	things.Item
	Number   string
	Adopted  civic.Day
	Need     string // the nearest that it concerns; "" where it is about the area alone
	NeedURL  string
	Distance string // of the need
}

// resolution returns a resolution about a place for the reader.
func resolution(d *civic.District, reader *page.Reader, l civic.LocalResolution) resolutionView {
	record, _ := l.Content.(civic.Record)
	view := resolutionView{Item: resolutionKind.Item(d, reader, l.Described), Number: record.Words["number"], Adopted: record.Day("adopted_on")}
	if l.NeedID != 0 {
		view.Need, view.NeedURL, view.Distance = l.Need, things.Path(d, civic.PinThing, l.NeedID), distance(reader, l.Metres)
	}
	return view
}
