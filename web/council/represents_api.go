package council

import (
	"net/http"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// representsJSON is who represents a place, and where to meet them.
type representsJSON struct {
	Place       orb.Point        `json:"place"`
	District    string           `json:"district"`
	Ward        *wardJSON        `json:"ward"` // null where there is none
	Area        *areaJSON        `json:"area"` // null outside all areas
	Councillors []councillorJSON `json:"councillors"`
	Offices     []officeJSON     `json:"offices"`
	Resolutions []resolutionJSON `json:"resolutions"`
	Links       []serve.Link     `json:"links"`
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

type councillorJSON struct {
	ID         int64        `json:"id"`
	Name       string       `json:"name"`
	Ward       *string      `json:"ward"` // slug; null for the whole district
	Role       civic.Text   `json:"role"`
	Committees civic.Text   `json:"committees"`
	Hours      civic.Text   `json:"hours"`
	Email      string       `json:"email"`
	Phone      string       `json:"phone"`
	Website    string       `json:"website"`
	Links      []serve.Link `json:"links"`
}

type resolutionJSON struct {
	ID        int64        `json:"id"`
	Name      civic.Text   `json:"name"`
	Number    string       `json:"number"`
	AdoptedOn string       `json:"adopted_on"`
	Need      *needJSON    `json:"need"` // the nearest that it concerns; null where it is about the area alone
	Links     []serve.Link `json:"links"`
}

type needJSON struct {
	ID       int64  `json:"id"`
	Title    string `json:"title"`
	Distance int    `json:"distance"` // metres
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
	out := representsJSON{Place: p, District: d.Slug, Councillors: []councillorJSON{}, Offices: []officeJSON{}, Resolutions: []resolutionJSON{}, Links: []serve.Link{
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
	for _, c := range at.councillors {
		out.Councillors = append(out.Councillors, newCouncillor(d, c))
	}
	for _, o := range at.offices {
		record, _ := o.Content.(civic.Record)
		out.Offices = append(out.Offices, officeJSON{o.ID, record.Texts, *record.Point, o.metres, linksOf(d, officeKind, o.ID)})
	}
	for _, l := range at.resolutions {
		record, _ := l.Content.(civic.Record)
		of := resolutionJSON{l.ID, textOf(record, "name"), record.Words["number"], record.Words["adopted_on"], nil, linksOf(d, resolutionKind, l.ID)}
		if l.NeedID != 0 {
			of.Need = &needJSON{l.NeedID, l.Need, l.Metres}
		}
		out.Resolutions = append(out.Resolutions, of)
	}
	return h.SendJSON(w, r, serve.TypeJSON, serve.NoStore, out)
}

func newCouncillor(d *civic.District, c civic.Described) councillorJSON {
	record, _ := c.Content.(civic.Record)
	out := councillorJSON{
		c.ID, c.Title, nil, textOf(record, "role"), textOf(record, "committees"), textOf(record, "hours"),
		record.Words["email"], record.Words["phone"], record.Words["website"], linksOf(d, councillorKind, c.ID),
	}
	if ward := record.Words["ward"]; ward != "" {
		out.Ward = &ward
	}
	return out
}

// textOf returns a text by language, which is empty where there is none.
func textOf(record civic.Record, field string) civic.Text {
	if t := record.Texts[field]; t != nil {
		return t
	}
	return civic.Text{}
}

// linksOf returns the links to a thing.
func linksOf(d *civic.District, kind things.Kind, id int64) []serve.Link {
	return []serve.Link{
		{Rel: "self", Href: "/api/v1/districts/" + d.Slug + "/" + kind.Plural() + "/" + strconv.FormatInt(id, 10), Type: serve.TypeGeoJSON},
		{Rel: "alternate", Href: kind.Path(d, id), Type: "text/html"},
	}
}
