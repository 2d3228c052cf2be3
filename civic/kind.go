// Package civic says what there is: districts, areas, categories, pins, their
// lifecycles and their rules.
//
// It is pure: no database, no HTTP, no clock. It draws nothing and stores
// nothing; errors that other rooms must tell apart are its sentinels.
package civic

import "fmt"

// Kind is what a pin is: a need, a potential or an organisation.
type Kind uint8

// The kinds. The zero value is no kind.
const (
	Need Kind = iota + 1
	Potential
	Organisation
)

var kindNames = []string{Need: "need", Potential: "potential", Organisation: "organisation"}

// Kinds in the order in which they are shown.
func Kinds() []Kind { return []Kind{Need, Potential, Organisation} }

// ParseKind reads "need", "potential" or "organisation".
func ParseKind(s string) (Kind, error) { return parseName[Kind](kindNames, s, "kind") }

func (k Kind) String() string { return name(kindNames, k) }

// MarshalText is String, for JSON.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText is ParseKind, for JSON.
func (k *Kind) UnmarshalText(b []byte) (err error) { *k, err = ParseKind(string(b)); return err }

// Visibility of a category says how exactly its pins may be shown.
type Visibility uint8

// The visibilities. The zero value is none, and shows nothing.
const (
	Exact   Visibility = iota + 1 // "point": where it was put
	Blurred                       // "blurred": at the centre of its cell of BlurResolution
	Hexed                         // "hex": never as a point, only counted in cells
)

var visibilityNames = []string{Exact: "point", Blurred: "blurred", Hexed: "hex"}

// ParseVisibility reads "point", "blurred" or "hex".
func ParseVisibility(s string) (Visibility, error) {
	return parseName[Visibility](visibilityNames, s, "visibility")
}

func (v Visibility) String() string { return name(visibilityNames, v) }

// MarshalText is String, for JSON.
func (v Visibility) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText is ParseVisibility, for JSON.
func (v *Visibility) UnmarshalText(b []byte) (err error) {
	*v, err = ParseVisibility(string(b))
	return err
}

// name of an enumerated value, "" for the zero value.
func name[T ~uint8](names []string, v T) string {
	if int(v) >= len(names) {
		return fmt.Sprintf("unknown(%d)", v)
	}
	return names[v]
}

func parseName[T ~uint8](names []string, s, what string) (T, error) {
	for i, n := range names {
		if n == s && n != "" {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%w: %s %q is not one of %q", ErrInvalid, what, s, names[1:])
}
