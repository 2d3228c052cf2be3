package civic

// Thing is what all kinds of things have in common: what decides about it, and
// who may know of it.
type Thing struct {
	ID          int64
	DistrictID  int32
	Kind        ThingKind
	Publication Publication
	Status      Status // the progress of a pin; 0 for other kinds
	Version     int32  // beginning with 1
	Title       string
	AreaID      int32 // of the exact place; 0 outside all areas
	ReporterID  int64 // the contact who submitted it; 0 if that is unknown
}

// ThingKind is a kind of things. The zero value is none.
type ThingKind uint8

// The kinds of things.
const (
	PinThing ThingKind = iota + 1
	OfficeThing
)

var thingKindNames = []string{PinThing: "pin", OfficeThing: "office"}

// ThingKinds returns all kinds of things.
func ThingKinds() []ThingKind { return []ThingKind{PinThing, OfficeThing} }

// Plural returns the name of the kind in addresses, such as "pins".
func (k ThingKind) Plural() string { return k.String() + "s" }

// ParseThingKind returns the kind with the lower-case name s, or ErrInvalid.
func ParseThingKind(s string) (ThingKind, error) {
	return parseEnum[ThingKind](thingKindNames, s, "kind of thing")
}

// String returns the name that ParseThingKind reads.
func (k ThingKind) String() string { return enumName(thingKindNames, k) }
