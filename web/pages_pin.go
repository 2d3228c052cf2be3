package web

import (
	"net/http"

	"github.com/pinezka/pinezka/civic"
)

func (s *Server) pinPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	id, err := pinID(r)
	if err != nil {
		return err
	}
	d := &v.District
	pin, err := s.cfg.Record.Pin(r.Context(), d, id)
	if err != nil {
		return err
	}
	lang := s.language(r)
	p, m := s.page(r, d, nil)
	view := pinView{
		Pin: item(d, lang, pin), Slug: d.Slug, Back: "/d/" + d.Slug,
		Config: asJSON(s.mapConfig(v, lang, nil)), Just: r.URL.Query().Has("added"),
	}
	if pin.Category.Kind == civic.Need {
		for _, status := range way(pin.Status) {
			view.Steps = append(view.Steps, option{
				Value: status.String(), Label: m.text("status." + status.String()), Count: -1, Chosen: status == pin.Status,
			})
		}
	}
	p.View, p.Title = view, m.text("title.pin", "title", pin.Title)
	return s.render(w, r, http.StatusOK, "pin", p)
}

// way of a need as its page shows it: the straight one, or up to where it ended
// otherwise.
func way(now civic.Status) []civic.Status {
	switch now {
	case civic.PassedOn, civic.NotPossible, civic.Reopened:
		return []civic.Status{civic.Reported, now}
	}
	return []civic.Status{civic.Reported, civic.UnderDiagnosis, civic.Diagnosed, civic.InAction, civic.Met, civic.Verified}
}
