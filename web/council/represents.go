package council

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

// represented is what is known of a point of a district.
type represented struct {
	point       orb.Point
	ward        *civic.Ward       // nil where there is none
	area        *civic.Area       // nil outside all areas
	councillors []civic.Described // of the ward, then of the whole district
	offices     []nearOffice
	resolutions []civic.LocalResolution
	missing     error // civic.ErrUnavailable where what follows the area is missing; nil otherwise
}

// nearOffice is an office with its distance from the point.
type nearOffice struct {
	civic.Described
	metres int
}

const (
	nearOffices      = 3   // that are shown
	localResolutions = 5   // that are shown
	nearMetres       = 300 // within which needs count as those of the place
)

// representedAt returns what is known of a point, or civic.ErrNotFound outside the
// district. Without the database, it returns in which ward and area that is.
func (h handlers) representedAt(r *http.Request, d *civic.District, p orb.Point) (represented, error) {
	out := represented{point: p}
	if !geo.Contains(d.Boundary, p) {
		return out, fmt.Errorf("the place is outside %s: %w", d.Slug, civic.ErrNotFound)
	}
	if ward, ok := d.WardAt(p, h.Today(d)); ok {
		out.ward = &ward
	}
	if i := slices.IndexFunc(d.Areas, func(a civic.Area) bool { return geo.Contains(a.Boundary, p) }); i >= 0 {
		out.area = &d.Areas[i]
	}
	err := h.addPeople(r, d, &out)
	if errors.Is(err, civic.ErrUnavailable) {
		out.missing = err
		return out, nil
	}
	return out, err
}

// addPeople adds who represents a point, where to meet them, and what they have
// decided about it.
func (h handlers) addPeople(r *http.Request, d *civic.District, out *represented) (err error) {
	p := out.point
	who := civic.CouncillorQuery{Day: h.Today(d)}
	if out.ward != nil {
		who.Ward = out.ward.Slug
	}
	if out.councillors, err = h.Store.Councillors(r.Context(), d, who); err != nil {
		return err
	}
	near := civic.LocalQuery{At: p, Metres: nearMetres, Limit: localResolutions}
	if out.area != nil {
		near.AreaID = out.area.ID
	}
	if out.resolutions, err = h.Store.LocalResolutions(r.Context(), d, near); err != nil {
		return err
	}
	offices, err := h.offices(r, d)
	if err != nil {
		return err
	}
	for _, o := range offices {
		if r, _ := o.Content.(civic.Record); r.Point != nil {
			out.offices = append(out.offices, nearOffice{o, int(math.Round(orbgeo.Distance(p, *r.Point)))})
		}
	}
	slices.SortStableFunc(out.offices, func(a, b nearOffice) int { return cmp.Compare(a.metres, b.metres) })
	out.offices = out.offices[:min(len(out.offices), nearOffices)]
	return nil
}

// districtAt returns the district of the installation that contains a point, or nil.
func (h handlers) districtAt(p orb.Point) *civic.District {
	for _, v := range h.Live.Districts() {
		if geo.Contains(v.District.Boundary, p) {
			return &v.District
		}
	}
	return nil
}

// parsePoint returns the point in the parameters lon and lat. None of them is no
// point.
func parsePoint(q url.Values) (p orb.Point, given bool, err error) {
	if !q.Has("lon") && !q.Has("lat") {
		return p, false, nil
	}
	for i, name := range []string{"lon", "lat"} {
		if p[i], err = strconv.ParseFloat(q.Get(name), 64); err != nil || !geo.Valid(orb.Point{p[0], p[1]}) {
			return p, true, serve.BadParameter(name, "must be a number of degrees: longitudes from -180 to 180, latitudes from -90 to 90")
		}
	}
	return p, true, nil
}

// pathOf returns the path of the page about a point, with about a metre.
func pathOf(d *civic.District, p orb.Point) string {
	return "/d/" + d.Slug + "/represents?lon=" + strconv.FormatFloat(p.Lon(), 'f', 5, 64) + "&lat=" + strconv.FormatFloat(p.Lat(), 'f', 5, 64)
}

// choosePlace leads to the page about the place that the form has, or shows the
// places that match what was typed, which is in no address.
func (h handlers) choosePlace(w http.ResponseWriter, r *http.Request) error {
	v, err := h.District(r)
	if err != nil {
		return err
	}
	if err := serve.ReadForm(r); err != nil {
		return err
	}
	if r.PostForm.Get("do") == "search" {
		return h.searchPlaces(w, r, v, strings.TrimSpace(r.PostForm.Get("place")))
	}
	lon, lat := r.PostForm.Get("lon"), r.PostForm.Get("lat")
	if at := r.PostForm.Get("at"); at != "" {
		lon, lat, _ = strings.Cut(at, ",")
	}
	p, err := pointOf(lon, lat)
	if err != nil {
		return h.showRepresents(w, r, v, http.StatusUnprocessableEntity, representsView{Lon: lon, Lat: lat, Fault: "place"})
	}
	http.Redirect(w, r, pathOf(&v.District, p), http.StatusSeeOther) //nolint:gosec // it has only numbers of the request
	return nil
}

// pointOf returns the point with the coordinates, which have a decimal point or a
// decimal comma.
func pointOf(lon, lat string) (p orb.Point, err error) {
	for i, s := range []string{lon, lat} {
		if p[i], err = strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s), ",", "."), 64); err != nil {
			return p, fmt.Errorf("%w: a coordinate is not a number", civic.ErrInvalid)
		}
	}
	if !geo.Valid(p) {
		return p, geo.ErrCoordinate
	}
	return p, nil
}

// searchPlaces shows the places that match words.
func (h handlers) searchPlaces(w http.ResponseWriter, r *http.Request, v *index.Version, words string) error {
	view := representsView{Words: words, Searched: true}
	if words != "" && civic.SearchablePlace(words) {
		found, err := h.Store.Places(r.Context(), &v.District, civic.PlaceQuery{Text: words, Limit: maxPlaces})
		if err != nil {
			return err
		}
		for _, p := range found {
			view.Places = append(view.Places, placeChoice{p.Name, strconv.FormatFloat(p.Point.Lon(), 'f', 6, 64) + "," + strconv.FormatFloat(p.Point.Lat(), 'f', 6, 64), p.Outside})
		}
	}
	return h.showRepresents(w, r, v, http.StatusOK, view)
}

// maxPlaces is the number of places that a search shows.
const maxPlaces = 8
