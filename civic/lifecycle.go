package civic

import "fmt"

// Step is a change of state that an action makes. The steps of a lifecycle drive
// what is offered, what is recorded and what is tested.
type Step[S comparable] struct {
	Action   Action
	From, To S
}

// next returns the state after an action, or ErrConflict.
func next[S interface {
	comparable
	fmt.Stringer
}](steps []Step[S], from S, action Action) (S, error) {
	for _, s := range steps {
		if s.From == from && s.Action == action {
			return s.To, nil
		}
	}
	var none S
	return none, fmt.Errorf("%s what is %s: %w", action, from, ErrConflict)
}
