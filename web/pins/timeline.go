package pins

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
)

// TimelineItem is an entry of the public history of a pin, for a reader.
type TimelineItem struct {
	ID    int64 // of the entry
	Title string
	By    string // the role of who acted; "" if unknown
	Date  civic.Day
	Text  string // what was said; "" for none
}

// NewTimeline returns the public history of a pin of the district for the reader,
// the oldest first. It begins with the day of the report, which an import knows too.
func NewTimeline(d *civic.District, reader *page.Reader, p civic.Pin, history []civic.HistoryEntry) []TimelineItem {
	items := []TimelineItem{{Title: reader.Text("history.submit"), Date: p.ReportedOn}}
	for _, e := range civic.PublicHistory(history) {
		item := NewTimelineItem(d, reader, e)
		if e.Action == civic.Publish && e.Before == "" && item.Date == p.ReportedOn {
			continue // at once
		}
		items = append(items, item)
	}
	return items
}

// NewTimelineItem returns an entry of the public history of a thing of any kind for
// the reader.
func NewTimelineItem(d *civic.District, reader *page.Reader, e civic.HistoryEntry) TimelineItem {
	item := TimelineItem{ID: e.ID, Title: titleOf(reader, e), Date: d.DayOf(e.At), Text: reader.Said(e.Text, e.TextIn)}
	if item.Text == "" {
		item.Text = reader.Said(e.Reason, e.ReasonIn)
	}
	if e.By != 0 {
		item.By = reader.Text("history.by." + e.By.String())
	}
	return item
}

// titleOf returns what an entry says: for progress, the state to which it led.
func titleOf(reader *page.Reader, e civic.HistoryEntry) string {
	if _, err := civic.ParseStatus(e.After); err == nil {
		return reader.Text("status." + e.After)
	}
	return reader.Text("history." + e.Action.String())
}
