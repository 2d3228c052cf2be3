package things

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// Hit is a thing that a search has found, with the link to its page.
type Hit struct {
	URL, Title     string
	Kind           string // in words
	State          string // in words; "" for a kind without, and for the one that pins other than needs are always in
	Area, AreaLang string // "" outside all areas
	Day            civic.Day
}

// NewHit returns what a search has found, for the reader.
func NewHit(d *civic.District, reader *page.Reader, found civic.SearchHit) Hit {
	out := Hit{URL: Path(d, found.Kind, found.ID), Title: found.Title, Kind: reader.Text(kindKey(found.Kind, found.PinKind)), Day: found.Day}
	if found.State != "" && found.State.String() != civic.Active.String() {
		out.State = reader.Text(StateKey(found.Kind, found.State))
	}
	if a, ok := d.AreaByID(found.AreaID); ok {
		out.Area, out.AreaLang = reader.In(a.Name), reader.OtherLanguage(a.Name)
	}
	return out
}
