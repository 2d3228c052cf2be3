package civic

import "fmt"

// enumName returns the name of an enumerated value, and "" for the zero value.
func enumName[T ~uint8](names []string, v T) string {
	if int(v) >= len(names) {
		return fmt.Sprintf("unknown(%d)", v)
	}
	return names[v]
}

// parseEnum returns the value whose name is s. It returns ErrInvalid, with the
// names that are allowed, when there is none; what is the noun of that message.
func parseEnum[T ~uint8](names []string, s, what string) (T, error) {
	for i, n := range names {
		if n == s && n != "" {
			return T(i), nil
		}
	}
	return 0, fmt.Errorf("%w: %s %q is not one of %q", ErrInvalid, what, s, names[1:])
}
