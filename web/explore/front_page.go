package explore

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

// districtsView is the data of the template district_list.html.
type districtsView struct{ Districts []districtCard }

type districtCard struct {
	Name, URL string
	Counts    civic.Counts
	Areas     []areaLink
}

// frontPage shows the map if there is one district, and otherwise the list of
// districts.
func (h handlers) frontPage(w http.ResponseWriter, r *http.Request) error {
	all := h.Live.Districts()
	if len(all) == 1 {
		return h.showMap(w, r, all[0])
	}
	if err := h.Loading(); err != nil {
		return err
	}
	if err := (serve.Parameters{Single: []string{"lang"}}).Check(r.URL.RawQuery); err != nil { // a list of districts has no filter
		return err
	}
	view := districtsView{}
	reader := h.Pages.Reader(r, nil)
	for _, v := range all {
		stats, err := h.Stats(r.Context(), v, civic.Filter{})
		if err != nil {
			return err
		}
		d := &v.District
		card := districtCard{Name: d.Text(d.Name, reader.Lang), URL: "/d/" + d.Slug, Counts: stats.Counts}
		for _, a := range d.Areas {
			card.Areas = append(card.Areas, newAreaLink(d, reader.Lang, a))
		}
		view.Districts = append(view.Districts, card)
	}
	p := h.Pages.Page(r, nil, view)
	p.Title = reader.Text("title.districts")
	return h.Pages.Render(w, r, http.StatusOK, "district_list", p)
}
