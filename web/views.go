package web

import (
	"github.com/pinezka/pinezka/civic"
)

// What the templates are given. Texts are in the reader's language already,
// save for those that templates look up with t.

// page is what every page has; View is one of the views below.
type page struct {
	Lang      string
	Languages []languageLink
	Title     string
	Path      string // of this page, without query
	Home      string // path of the district's map, or "/"
	Name      string // of the district; "" on pages of none
	Notice    string // "made-up data"; "" where there is nothing to say
	Script    string // URLs of the built assets; "" before make has built them
	Style     string
	Messages  string // JSON: the entries for the browser, "ui.*" and "fault.*"
	View      any
}

type languageLink struct {
	Tag, Name, URL string
	Current        bool
}

// districtsView of "/", where there are none or several.
type districtsView struct{ Districts []districtCard }

type districtCard struct {
	Name, URL string
	Counts    civic.Counts
	Areas     int
}

// mapView of "/d/{district}": the map, the filters, the numbers, the list.
type mapView struct {
	Slug    string
	Config  string // JSON for the map element, see mapConfig
	Filters filterView
	Counts  civic.Counts
	Months  []monthBar // the counts by month, for the small chart
	List    listView
	AddURL  string
	Query   string // of this page, canonical, without language and page: "" or "?kind=need"
}

type monthBar struct {
	Label string // "March 2025"
	Month string // "2025-03"
	Total int
	Share int // of the highest month, 0 to 100
}

// mapConfig is what the map needs to know. Tiles are URL templates.
type mapConfig struct {
	District string                 `json:"district"`
	Bounds   [4]float64             `json:"bounds"`  // of the district: west, south, east, north
	Tiles    map[string]string      `json:"tiles"`   // by layer, without query
	Areas    string                 `json:"areas"`   // URL of the areas as GeoJSON
	Pin      string                 `json:"pin"`     // URL of a pin's page, with {id}
	PinAPI   string                 `json:"pinAPI"`  // URL of a pin as GeoJSON, with {id}
	Places   string                 `json:"places"`  // URL of the place search
	Changes  string                 `json:"changes"` // URL of the stream of changes since this page was made
	Basemap  string                 `json:"basemap"` // URL of a style, or of a .pmtiles file; "" for none
	Labels   map[string]labelConfig `json:"labels"`  // of categories, by slug
	Area     string                 `json:"area"`    // slug of the one area chosen, if one is
}

type labelConfig struct {
	Label  string `json:"label"`
	Colour string `json:"colour"`
	Kind   string `json:"kind"`
}

// filterView is the form of filters. Names of the fields are those of the API:
// kind, category, status, area, from, to, q.
type filterView struct {
	Action     string
	Kinds      []option
	Categories []optionGroup // by kind
	Statuses   []option
	Areas      []option
	Months     []option // "" first: any
	From, To   string   // chosen months, "2025-03" or ""
	Search     string
	Active     []activeFilter // chips of what is chosen, each with its way out
	ClearURL   string         // without any filter
	Fault      string         // message key where the query could not be read; "" otherwise
}

type option struct {
	Value, Label string
	Count        int // pins, under the other filters; -1: not counted
	Chosen       bool
	Colour       string // of a category
	Icon         string // of a category
	Kind         string
}

type optionGroup struct {
	Label   string
	Kind    string
	Options []option
}

type activeFilter struct{ Label, URL string } // URL is the page without it

// listView is the list of pins.
type listView struct {
	Pins  []pinItem
	Total int
	From  int    // number of the first one shown, from 1
	Next  string // URL; "" on the last page
	First string // URL of the first page; "" on it
	Away  string // URL of this page, where its pins cannot be read just now
}

// pinItem is a pin in the list, and on its own page.
type pinItem struct {
	ID       int64
	URL      string
	Title    string
	Body     string
	Kind     string // need, potential, organisation
	Category string // label
	Colour   string
	Icon     string
	Status   string // need's status as the API names it; "active" for the others
	Area     string // name; "" for none
	Date     string // YYYY-MM-DD
	Drawn    bool   // may be shown as a point
	Blurred  bool   // the point is the centre of its surroundings
	Lon, Lat float64
	H3       string // cell in which it is counted, where not Drawn
}

// pinView of "/d/{district}/pins/{id}".
type pinView struct {
	Pin    pinItem
	Slug   string
	Config string   // JSON, mapConfig
	Back   string   // URL of the map
	Steps  []option // a need's way, Chosen is where it is; empty for others
	Just   bool     // it has just been added
}

// addView of "/d/{district}/add", a form in three steps. Steps 1 and 2 are sent
// by GET to Action with what is known so far; step 3 is sent by POST to Submit.
// Every step carries what the others hold in hidden fields.
type addView struct {
	Slug    string
	Config  string // JSON, mapConfig
	Step    int    // 1 where, 2 what, 3 words, 4 thanks (it waits for a moderator)
	Action  string
	Submit  string
	Lon     string // as typed
	Lat     string
	Place   string // typed in the place search
	Places  []placeChoice
	Asked   bool // a place was searched for
	Kinds   []option
	Groups  []optionGroup // categories by kind, with Hint in Hints
	Hints   map[string]string
	Chosen  option // category chosen
	Title   string
	Body    string
	Email   string
	Faults  map[string]string // message by field: place, category, title, body, email
	BackURL string            // the step before
}

type placeChoice struct {
	Name, URL string // URL is step 2 with the place taken
	Lon, Lat  string
}

// errorView of any page that cannot be shown.
type errorView struct {
	Status int
	Key    string // message keys error.<key>.title and error.<key>.text
}
