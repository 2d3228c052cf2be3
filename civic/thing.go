package civic

// Thing is what all kinds of things have in common: what decides about it, and
// who may know of it.
type Thing struct {
	ID          int64
	DistrictID  int32
	Kind        ThingKind
	Publication Publication
	State       State // in the lifecycle of the kind; "" for one without
	Version     int32 // beginning with 1
	Title       string
	AreaID      int32 // of the exact place; 0 outside all areas
	ReporterID  int64 // the contact who submitted it; 0 if that is unknown
	OwnerID     int64 // the pin of the organisation, or the working group, whose members may edit it; 0 for none
}

// Status returns the progress of a pin, and 0 for another kind of thing.
func (t Thing) Status() Status {
	if t.Kind != PinThing {
		return 0
	}
	status, _ := ParseStatus(string(t.State)) // 0 for none
	return status
}

// State is where a thing stands in the lifecycle of its kind, such as "running".
type State string

// String returns the state as text.
func (s State) String() string { return string(s) }
