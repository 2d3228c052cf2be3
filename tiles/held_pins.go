package tiles

import "github.com/pinezka/pinezka/civic"

// heldPins are the pins of a district that may be published only from a later
// day, by id. The zero value is empty.
type heldPins struct {
	pins map[int64]civic.MapPin
	next civic.Day // the earliest day on which a pin is due
}

func (h *heldPins) add(p civic.MapPin) {
	if h.pins == nil {
		h.pins = map[int64]civic.MapPin{}
	}
	if len(h.pins) == 0 || p.From < h.next {
		h.next = p.From
	}
	h.pins[p.ID] = p
}

// due removes the pins that may be published today, and returns them.
func (h *heldPins) due(today civic.Day) []civic.MapPin {
	if len(h.pins) == 0 || today < h.next {
		return nil
	}
	var due []civic.MapPin
	next := civic.MaxDay
	for id, p := range h.pins {
		if p.From <= today {
			due = append(due, p)
			delete(h.pins, id)
		} else {
			next = min(next, p.From)
		}
	}
	h.next = next
	return due
}

func (l *Live) heldOf(district int32) *heldPins {
	h := l.held[district]
	if h == nil {
		h = &heldPins{}
		l.held[district] = h
	}
	return h
}

// hold returns the changed pins of a known district with those that may not yet
// be published as deleted, and holds these.
func (l *Live) hold(district int32, pins []civic.MapPin) []civic.MapPin {
	held := l.heldOf(district)
	d := &l.byID[district].District
	today := d.DayOf(l.cfg.Now())
	for i, p := range pins {
		delete(held.pins, p.ID)
		if !p.Deleted && p.From > today {
			held.add(p)
			pins[i] = civic.MapPin{DistrictID: p.DistrictID, ID: p.ID, Deleted: true}
		}
	}
	return pins
}

// releaseDue returns the held pins of a district that may now be published.
func (l *Live) releaseDue(district int32) []civic.MapPin {
	v, known := l.byID[district]
	if !known || len(l.held[district].pins) == 0 {
		return nil
	}
	return l.held[district].due(v.District.DayOf(l.cfg.Now()))
}
