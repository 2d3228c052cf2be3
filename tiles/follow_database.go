package tiles

import (
	"context"
	"maps"
	"reflect"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// reading contains what one reading of the source has returned.
type reading struct {
	timeline string
	old      map[int32]*index.Version // the versions to which the changes apply; none on another timeline
	changes  civic.Changes
	pins     map[int32][]civic.MapPin   // changed, of the districts in old
	loaded   map[int32]*index.Rows      // other districts
	things   map[int32][]civic.MapThing // changed, of all districts
}

// follow reads what has changed since the last reading, or everything if the
// source is on another timeline, and publishes it.
func (l *Live) follow(ctx context.Context) error {
	var r *reading
	err := l.withTimeout(ctx, func(ctx context.Context, progress func()) (err error) {
		r, err = l.read(ctx, progress)
		return err
	})
	if err == nil {
		l.apply(ctx, r)
	}
	return err
}

// read reads the source. It calls progress every 4096 pins.
func (l *Live) read(ctx context.Context, progress func()) (*reading, error) {
	r := &reading{old: l.byID, pins: map[int32][]civic.MapPin{}, loaded: map[int32]*index.Rows{}}
	var err error
	if r.timeline, err = l.cfg.Source.Timeline(ctx); err != nil {
		return nil, err
	}
	since := l.position
	if r.timeline != l.timeline {
		r.old, since = map[int32]*index.Version{}, civic.Position{}
	}
	n := 0
	r.changes, err = l.cfg.Source.Changes(ctx, since, func(p civic.MapPin) {
		if n++; n%4096 == 0 {
			progress()
		}
		if _, known := r.old[p.DistrictID]; known {
			r.pins[p.DistrictID] = append(r.pins[p.DistrictID], p)
			return
		}
		district := r.loaded[p.DistrictID]
		if district == nil {
			district = new(index.Rows)
			r.loaded[p.DistrictID] = district
		}
		if !p.Deleted {
			district.Add(p)
		}
	})
	r.things = map[int32][]civic.MapThing{}
	for _, t := range r.changes.Things {
		r.things[t.DistrictID] = append(r.things[t.DistrictID], t)
	}
	return r, err
}

// apply applies a reading to the versions and publishes them if one has
// changed.
func (l *Live) apply(ctx context.Context, r *reading) {
	before := l.byID
	l.byID = maps.Clone(r.old)
	for _, id := range r.changes.Removed {
		delete(l.byID, id)
	}
	for _, d := range r.changes.Districts {
		l.applyDistrict(d, r)
	}
	for id, things := range r.things {
		if v, known := l.byID[id]; known && r.old[id] != nil {
			l.byID[id] = v.WithThings(things)
		}
	}
	for id, pins := range r.pins {
		if _, known := l.byID[id]; known {
			l.applyPins(ctx, id, pins)
		}
	}
	if l.timeline != r.timeline && l.timeline != "" {
		l.counters.reloads.Add(1)
	}
	l.timeline, l.position = r.timeline, r.changes.Next
	if !maps.Equal(before, l.byID) {
		l.publish()
	}
}

// applyDistrict adds a district with its pins, or changes a known one.
func (l *Live) applyDistrict(d civic.District, r *reading) {
	if v, known := l.byID[d.ID]; known {
		if !reflect.DeepEqual(v.District, d) { // a change can be returned again
			l.byID[d.ID] = v.WithDistrict(d)
		}
		return
	}
	rows := r.loaded[d.ID]
	if rows == nil {
		rows = new(index.Rows)
	}
	l.loads++
	l.byID[d.ID] = index.New(d, rows, index.Config{Number: l.loads << versionBits, Things: r.things[d.ID], Tuning: l.cfg.tuning})
}

// applyPins applies changed pins to a known district.
func (l *Live) applyPins(ctx context.Context, id int32, pins []civic.MapPin) {
	if pending := l.pending[id]; pending != nil {
		for _, p := range pins {
			pending[p.ID] = p
		}
	}
	l.byID[id] = l.byID[id].Apply(pins)
	l.startMerge(ctx, id)
}

// publish makes the versions current.
func (l *Live) publish() {
	all := make(map[string]*index.Version, len(l.byID))
	for _, v := range l.byID {
		all[v.District.Slug] = v
	}
	l.versions.Store(&all)
	l.counters.versions.Add(1)
	l.watchers.notify()
}
