package pins

import (
	"fmt"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// Item is a pin as lists and its page show it, in the language of the reader.
type Item struct {
	ID                     int64
	URL                    string // "" for a pin without a public page
	Title                  string
	Body                   string
	Kind                   string // need, potential, organisation
	Category               string // label
	Icon                   string
	Status                 string // as the API names it
	Area                   string // name; "" outside all areas
	AreaURL                string // of the page of the area
	CategoryLang, AreaLang string // of these texts, if it is not that of the page
	Date                   civic.Day
	Blurred                bool // whether the point is the centre of a larger cell
	Lon, Lat               float64
}

// NewItem returns a pin of the district for the reader.
func NewItem(d *civic.District, reader *page.Reader, p civic.Pin) Item {
	i := Item{
		ID: p.ID, Title: p.Title, Body: p.Body,
		Kind: p.Category.Kind.String(), Category: reader.In(p.Category.Label), CategoryLang: reader.OtherLanguage(p.Category.Label), Icon: p.Category.Icon,
		Status: p.Status.String(), Date: p.ReportedOn,
		Blurred: p.Category.Visibility == civic.Blurred, Lon: p.Location.Point.Lon(), Lat: p.Location.Point.Lat(),
	}
	if p.Category.Visibility != civic.HexOnly {
		i.URL = fmt.Sprintf("/d/%s/pins/%d", d.Slug, p.ID)
	}
	if a, ok := d.AreaByID(p.AreaID); ok {
		i.Area, i.AreaLang, i.AreaURL = reader.In(a.Name), reader.OtherLanguage(a.Name), "/d/"+d.Slug+"/areas/"+a.Slug
	}
	return i
}
