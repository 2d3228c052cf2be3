package things

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// marker is a thing of a thread on its small map, as web/ui/src/map/thread-markers.ts
// reads it.
type marker struct {
	Kind  string  `json:"kind,omitempty"`  // of a pin
	Layer string  `json:"layer,omitempty"` // of another thing
	Title string  `json:"title"`
	URL   string  `json:"url"`
	Lon   float64 `json:"lon"`
	Lat   float64 `json:"lat"`
}

// mostMarkers is how many things of a thread its map shows, the nearest first.
const mostMarkers = 60

// threadMarkers returns the places of the things of a thread, but not that of the
// thing itself, as JSON for the map, and "" where there are none.
func threadMarkers(d *civic.District, thread *civic.Thread, id int64) string {
	var markers []marker
	for _, t := range thread.Things {
		if t.Place == nil || t.ID == id || len(markers) == mostMarkers {
			continue
		}
		m := marker{Title: t.Title, URL: Path(d, t.Kind, t.ID), Lon: t.Place.Lon(), Lat: t.Place.Lat()}
		if t.Kind == civic.PinThing {
			m.Kind = t.PinKind.String()
		} else {
			m.Layer = t.Kind.Plural()
		}
		markers = append(markers, m)
	}
	if markers == nil {
		return ""
	}
	return page.JSON(markers)
}
