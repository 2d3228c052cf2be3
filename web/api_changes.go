package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/tiles/index"
)

// Limits of streams of changes.
const (
	changeResolution geo.Resolution = 8                      // of the cells that are named
	changeCells                     = 100                    // named at once; beyond, the whole map has changed
	changePause                     = 300 * time.Millisecond // between two events
	changeBeat                      = 20 * time.Second       // between signs of life
	changeWrite                     = 10 * time.Second       // for a client to take an event
	changeStreams                   = 2000                   // at once
)

// eventID of a version: what this process calls it. Another process counts its
// own versions, from the same number on.
func (s *Server) eventID(v *index.Version) string {
	return s.process + "-" + strconv.FormatUint(v.Number, 36)
}

// versionOf an event's id; 0, of which nothing is known, where another process
// gave it.
func (s *Server) versionOf(id string) uint64 {
	process, digits, _ := strings.Cut(id, "-")
	number, err := strconv.ParseUint(digits, 36, 64)
	if err != nil || process != s.process {
		return 0
	}
	return number
}

// streamChanges tells, as server-sent events, which cells have changed, so that
// an open map can refresh them. A client that comes with the id of an event, or
// of its page, misses nothing.
func (s *Server) streamChanges(w http.ResponseWriter, r *http.Request) error {
	v, err := s.district(r)
	if err != nil {
		return err
	}
	if s.streams.Add(1) > changeStreams {
		s.streams.Add(-1)
		return &problem{Status: http.StatusServiceUnavailable, Title: "Too many listeners", Detail: "too many maps are open; this one is not told of changes", retryAfter: "60"}
	}
	defer s.streams.Add(-1)
	known := v.Number
	if id := cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("since")); id != "" {
		known = s.versionOf(id)
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx must not hold events back
	control := http.NewResponseController(w)
	say := func(format string, args ...any) error {
		if err := control.SetWriteDeadline(time.Now().Add(changeWrite)); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, format, args...); err != nil {
			return err
		}
		return control.Flush()
	}
	if say("retry: 3000\n\n") != nil {
		return nil // the client has gone
	}
	beat := time.NewTicker(changeBeat)
	defer beat.Stop()
	for {
		published := s.cfg.Live.Watch()
		v, ok := s.cfg.Live.District(v.District.Slug)
		if !ok {
			return nil
		}
		if v.Number != known {
			data := `{"all":true}`
			if cells, ok := v.ChangedCells(known, changeResolution, changeCells); ok {
				names := make([]string, len(cells))
				for i, c := range cells {
					names[i] = `"` + c.String() + `"`
				}
				data = `{"cells":[` + strings.Join(names, ",") + `]}`
			}
			if say("id: %s\nevent: change\ndata: %s\n\n", s.eventID(v), data) != nil {
				return nil
			}
			known = v.Number
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-s.ending:
			return nil
		case <-beat.C:
			if say(": still here\n\n") != nil {
				return nil
			}
			continue
		case <-published:
		}
		select { // several changes in short order are one event
		case <-r.Context().Done():
			return nil
		case <-s.ending:
			return nil
		case <-time.After(changePause):
		}
	}
}

// EndStreams lets go of everybody who waits for changes, so that a shutdown need
// not wait for them. Call it once.
func (s *Server) EndStreams() { close(s.ending) }
