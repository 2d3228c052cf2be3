package maps

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/serve"
)

const (
	changeResolution  geo.Resolution = 8                      // of the cells in an event
	maxChangedCells                  = 100                    // in an event; if there are more, the whole map counts as changed
	eventInterval                    = 300 * time.Millisecond // at least, between two events
	heartbeatInterval                = 20 * time.Second
)

// eventID returns the id of the event that announces a version. It contains the
// process, since each process numbers its versions itself.
func (m *Maps) eventID(v *index.Version) string {
	return m.processID + "-" + strconv.FormatUint(v.Number, 36)
}

// versionNumber returns the number of the version that an event has announced.
// For an event of another process it returns 0, since which everything may have
// changed.
func (m *Maps) versionNumber(eventID string) uint64 {
	process, digits, _ := strings.Cut(eventID, "-")
	number, err := strconv.ParseUint(digits, 36, 64)
	if err != nil || process != m.processID {
		return 0
	}
	return number
}

// streamChanges sends the cells in which pins have changed, and the layers in
// which other things have, as server-sent events, so that an open map can refresh
// them. A client that sends the id of
// an event, or that of its page, misses no change.
func (m *Maps) streamChanges(w http.ResponseWriter, r *http.Request) error {
	v, err := m.District(r)
	if err != nil {
		return err
	}
	ctx, cut := context.WithCancel(r.Context())
	defer cut()
	release, err := m.streams.Take(serve.ClientOf(ctx), 1, cut)
	if err != nil {
		return &serve.Problem{Status: http.StatusServiceUnavailable, Title: "Too many streams", Detail: "too many maps are open; this one does not update by itself", RetryAfter: time.Minute}
	}
	defer release()
	known := v.Number
	if id := cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("since")); id != "" {
		known = m.versionNumber(id)
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", serve.NoStore)
	h.Set("X-Accel-Buffering", "no") // for nginx
	if r.Method == http.MethodHead {
		return nil
	}
	control := http.NewResponseController(w)
	send := func(format string, args ...any) bool { // false when the client has disconnected
		_, err := fmt.Fprintf(w, format, args...) //nolint:gosec // an event stream is not HTML, and has only ids and cells
		return err == nil && control.Flush() == nil
	}
	if !send("retry: 3000\n\n") {
		return nil
	}
	heartbeat := time.NewTicker(heartbeatInterval)
	defer heartbeat.Stop()
	for {
		published := m.Live.Watch()
		v, ok := m.Live.District(v.District.Slug)
		if !ok {
			return nil
		}
		if v.Number != known {
			if !send("id: %s\nevent: change\ndata: %s\n\n", m.eventID(v), m.changes(v, known)) {
				return nil
			}
			known = v.Number
		}
		select {
		case <-ctx.Done():
			return nil
		case <-m.closed:
			return nil
		case <-heartbeat.C:
			if !send(": heartbeat\n\n") {
				return nil
			}
			continue
		case <-published:
		}
		select { // changes in quick succession become one event
		case <-ctx.Done():
			return nil
		case <-m.closed:
			return nil
		case <-time.After(eventInterval):
		}
	}
}

// changes returns the data of an event: the cells in which pins have changed since
// the version of that number, and the layers in which other things have.
func (m *Maps) changes(v *index.Version, since uint64) []byte {
	var data struct {
		All    bool     `json:"all,omitempty"` // everything may have changed
		Cells  []string `json:"cells,omitempty"`
		Things []string `json:"things,omitempty"`
	}
	cells, ok := v.ChangedCells(since, changeResolution, maxChangedCells)
	for _, c := range cells {
		data.Cells = append(data.Cells, c.String())
	}
	if data.All = !ok; ok {
		data.Things = m.changedThings(v, since)
	}
	body, _ := json.Marshal(data) // of strings
	return body
}

// CloseStreams ends all streams of changes, so that a shutdown need not wait
// for them. It must be called once.
func (m *Maps) CloseStreams() { close(m.closed) }
