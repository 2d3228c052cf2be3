package desk

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/civic/flags"
)

// pageSize is how many things of a queue a page shows.
const pageSize = 20

// filters are the conditions of a queue in the address of a page.
type filters struct {
	Queue    civic.Queue
	Area     string // slug
	Category string // slug
	Flag     flags.Kind
	After    *civic.QueueCursor

	area, category int32 // ids
}

func parseFilters(q url.Values, d *civic.District) (f filters, err error) {
	f = filters{Queue: civic.Waiting, Area: q.Get("area"), Category: q.Get("category")}
	if q.Get("queue") != "" {
		if f.Queue, err = civic.ParseQueue(q.Get("queue")); err != nil {
			return f, err
		}
	}
	if f.Area != "" {
		area, ok := d.Area(f.Area)
		if !ok {
			return f, fmt.Errorf("area %q: %w", f.Area, civic.ErrInvalid)
		}
		f.area = area.ID
	}
	if f.Category != "" {
		category, ok := d.Category(f.Category)
		if !ok {
			return f, fmt.Errorf("category %q: %w", f.Category, civic.ErrInvalid)
		}
		f.category = category.ID
	}
	if name := q.Get("flag"); name != "" {
		var ok bool
		if f.Flag, ok = flags.ParseKind(name); !ok {
			return f, fmt.Errorf("flag %q: %w", name, civic.ErrInvalid)
		}
	}
	if after := q.Get("after"); after != "" {
		if f.After, err = parseCursor(after); err != nil {
			return f, err
		}
	}
	return f, nil
}

// query returns the query of a page of the queue at the time now.
func (a at) query(now time.Time) civic.QueueQuery {
	f, areas := a.filters, a.areas
	q := civic.QueueQuery{Queue: f.Queue, Areas: areas, Category: f.category, After: f.After, Limit: pageSize + 1}
	q.From, q.Until = a.d.WaitingSince(f.Queue, now)
	if f.area != 0 {
		q.Areas = []int32{f.area}
		if areas != nil && !slices.Contains(areas, f.area) {
			q.Areas = []int32{}
		}
	}
	if f.Flag != 0 {
		q.Flag = int(f.Flag.Bit())
	}
	return q
}

// values returns the filters as those of an address, without the place in the
// queue.
func (f filters) values() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Queue != civic.Waiting {
		set("queue", f.Queue.String())
	}
	set("area", f.Area)
	set("category", f.Category)
	set("flag", f.Flag.String())
	return q
}

// with returns a path with the filters, and more pairs of names and values.
func (f filters) with(path string, pairs ...string) string {
	q := f.values()
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// cursor returns the place of an item in a queue as a parameter.
func cursor(i civic.QueueItem) string {
	return strconv.FormatInt(i.Since.UnixMicro(), 10) + "-" + strconv.FormatInt(i.ID, 10)
}

func parseCursor(s string) (*civic.QueueCursor, error) {
	micro, id, _ := strings.Cut(s, "-")
	at, err := strconv.ParseInt(micro, 10, 64)
	thing, idErr := strconv.ParseInt(id, 10, 64)
	if err != nil || idErr != nil || at < 0 || at > 1<<53 || thing < 1 {
		return nil, fmt.Errorf("after %q: %w", s, civic.ErrInvalid)
	}
	return &civic.QueueCursor{Since: time.UnixMicro(at), ID: thing}, nil
}
