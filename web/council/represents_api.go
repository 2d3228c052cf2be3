package council

import (
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// representsJSON is who represents a place, and where to meet them.
type representsJSON struct {
	Place    orb.Point    `json:"place"`
	District string       `json:"district"`
	Ward     *wardJSON    `json:"ward"` // null where there is none
	Area     *areaJSON    `json:"area"` // null outside all areas
	Offices  []officeJSON `json:"offices"`
	Links    []serve.Link `json:"links"`
}

type wardJSON struct {
	Slug      string       `json:"slug"`
	Number    string       `json:"number"`
	Name      civic.Text   `json:"name"`
	Version   int32        `json:"version"`
	ValidFrom string       `json:"valid_from"`
	Links     []serve.Link `json:"links"`
}

type areaJSON struct {
	Slug string     `json:"slug"`
	Name civic.Text `json:"name"`
}

type officeJSON struct {
	ID       int64                 `json:"id"`
	Texts    map[string]civic.Text `json:"texts"` // by name of the field
	Place    orb.Point             `json:"place"`
	Distance int                   `json:"distance"` // metres
	Links    []serve.Link          `json:"links"`
}

// representsAPI sends who represents the place in the query.
func (h handlers) representsAPI(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	p, _, err := parsePoint(r.URL.Query())
	if err != nil {
		return err
	}
	d := &v.District
	at, err := h.representedAt(r, d, p)
	if err != nil {
		return err
	}
	if at.missing != nil {
		return at.missing
	}
	api := "/api/v1/districts/" + d.Slug
	out := representsJSON{Place: p, District: d.Slug, Offices: []officeJSON{}, Links: []serve.Link{
		{Rel: "wards", Href: api + "/wards", Type: serve.TypeGeoJSON},
		{Rel: "alternate", Href: pathOf(d, p), Type: "text/html"},
	}}
	if at.ward != nil {
		out.Ward = &wardJSON{
			at.ward.Slug, at.ward.Number, at.ward.Name, at.ward.Version, at.ward.From.String(),
			[]serve.Link{{Rel: "alternate", Href: wardPath(d, at.ward.Slug), Type: "text/html"}},
		}
	}
	if at.area != nil {
		out.Area = &areaJSON{at.area.Slug, at.area.Name}
	}
	for _, o := range at.offices {
		record, _ := o.Content.(civic.Record)
		out.Offices = append(out.Offices, officeJSON{o.ID, record.Texts, *record.Point, o.metres, []serve.Link{
			{Rel: "self", Href: api + "/" + officeKind.Plural() + "/" + strconv.FormatInt(o.ID, 10), Type: serve.TypeGeoJSON},
			{Rel: "alternate", Href: officeKind.Path(d, o.ID), Type: "text/html"},
		}})
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoStore, out)
}
