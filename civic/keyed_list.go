package civic

import "fmt"

// keyedList is what a district sets as a list, such as its topics, of which each has a
// key of its own.
type keyedList struct {
	all  string // the field of the list
	one  string // what each is
	key  string // the field of the key
	most int    // how many there can be
}

// checkKeyed returns the faults of a list, as Faults, or nil. check returns the key of one
// and what else is wrong with it.
func checkKeyed[T any](l keyedList, all []T, check func(T) (key string, faults Faults)) error {
	var f Faults
	if len(all) > l.most {
		f = append(f, Fault{l.all, "too_many", fmt.Sprintf("at most %d %s", l.most, l.all)})
	}
	seen := map[string]bool{}
	for i, t := range all {
		key, others := check(t)
		var own Faults
		switch {
		case !ValidSlug(key):
			own = Faults{{l.key, "malformed", fmt.Sprintf("the %s %q has other characters than lower-case letters, digits and hyphens", l.key, key)}}
		case seen[key]:
			own = Faults{{l.key, "repeated", fmt.Sprintf("the %s %q was used before", l.key, key)}}
		}
		seen[key] = true
		for _, fault := range append(own, others...) {
			f = append(f, Fault{fault.Field, fault.Code, fmt.Sprintf("%s %d: %s", l.one, i+1, fault.Detail)})
		}
	}
	return f.Err()
}
