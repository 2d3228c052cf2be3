package civic

// Kind is the kind of a pin: need, potential or organisation. The zero value is
// no kind.
type Kind uint8

// The kinds of pins.
const (
	Need Kind = iota + 1
	Potential
	Organisation
)

var kindNames = []string{Need: "need", Potential: "potential", Organisation: "organisation"}

// Kinds returns all kinds in the order in which they are displayed.
func Kinds() []Kind { return []Kind{Need, Potential, Organisation} }

// ParseKind returns the kind named "need", "potential" or "organisation", or
// ErrInvalid.
func ParseKind(s string) (Kind, error) { return parseEnum[Kind](kindNames, s, "kind") }

// String returns the name that ParseKind reads.
func (k Kind) String() string { return enumName(kindNames, k) }

// MarshalText returns the same text as String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText sets k as ParseKind does.
func (k *Kind) UnmarshalText(b []byte) (err error) { *k, err = ParseKind(string(b)); return err }

// InitialStatus returns the status of a new pin of the kind.
func (k Kind) InitialStatus() Status {
	if k == Need {
		return Reported
	}
	return Active
}

// Allows reports whether a pin of the kind can have the status.
func (k Kind) Allows(s Status) bool { return (s == Active) == (k != Need) && s != 0 }
