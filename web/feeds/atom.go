package feeds

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"github.com/paulmach/orb"
)

// typeAtom is the media type of a feed.
const typeAtom = "application/atom+xml; charset=utf-8"

// atomFeed is a feed (RFC 4287) whose entries can have a place (GeoRSS Simple).
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	GeoRSS   string      `xml:"xmlns:georss,attr"`
	Lang     string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  atomTime    `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Published  atomTime       `xml:"published"`
	Updated    atomTime       `xml:"updated"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Content    string         `xml:"content,omitempty"` // of the type text
	Point      *georssPoint   `xml:"georss:point"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

// atomTime is a time with a precision of seconds.
type atomTime time.Time

// MarshalText returns the time as RFC 3339 has it.
func (t atomTime) MarshalText() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, time.RFC3339), nil
}

// georssPoint is a place: latitude, then longitude.
type georssPoint orb.Point

// MarshalText returns "50.061400 19.936600".
func (p georssPoint) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%.6f %.6f", orb.Point(p).Lat(), orb.Point(p).Lon()), nil
}

// write writes the feed, whose time is that of its newest entry.
func (f *atomFeed) write(w io.Writer) error {
	f.GeoRSS = "http://www.georss.org/georss"
	for _, e := range f.Entries {
		if time.Time(e.Updated).After(time.Time(f.Updated)) {
			f.Updated = e.Updated
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err //nolint:wrapcheck // the writer is that of the caller
	}
	if err := xml.NewEncoder(w).Encode(f); err != nil {
		return fmt.Errorf("encode a feed: %w", err)
	}
	return nil
}
