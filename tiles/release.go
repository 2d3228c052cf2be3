package tiles

import "github.com/pinezka/pinezka/civic"

// release decides which pins of a district are counted. It is the one way into
// the index, and so stands behind every count that is published: tiles, hexes,
// statistics, totals and archives are numbers of rows of one index.Version.
// What is left out or changed here is left out or changed in all of them, so
// that they still add up.
//
// Pins that are published one by one pass at once. Those that are published
// only in counts are held until their month has closed. The zero value holds
// none.
type release struct {
	changed []civic.MapPin         // published only in counts, and changed since due was called
	held    map[int64]civic.MapPin // by id, those that are not due yet
	next    civic.Day              // the earliest day on which one of them is due
}

// change returns the change of the index that follows from a change of a pin in
// the database: the same, or the deletion of a pin that due may return.
func (r *release) change(p civic.MapPin) civic.MapPin {
	delete(r.held, p.ID)
	if p.Deleted || p.From == 0 {
		return p
	}
	r.changed = append(r.changed, p)
	return civic.MapPin{DistrictID: p.DistrictID, ID: p.ID, Deleted: true}
}

// due returns the pins that are counted from today on and have not been
// returned since they changed. They follow after the results of change: of
// several changes of a pin, the index applies the last.
func (r *release) due(today civic.Day) []civic.MapPin {
	var due []civic.MapPin
	for _, p := range r.changed {
		if p.From <= today {
			due = append(due, p)
			continue
		}
		if len(r.held) == 0 {
			r.held, r.next = map[int64]civic.MapPin{}, p.From
		}
		r.held[p.ID], r.next = p, min(r.next, p.From)
	}
	r.changed = nil
	if len(r.held) == 0 || today < r.next {
		return due
	}
	r.next = civic.MaxDay
	for id, p := range r.held {
		if p.From <= today {
			due = append(due, p)
			delete(r.held, id)
		} else {
			r.next = min(r.next, p.From)
		}
	}
	return due
}

// pending reports whether due may return a pin, now or on a later day.
func (r *release) pending() bool { return len(r.changed)+len(r.held) > 0 }
