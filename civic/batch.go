package civic

import "time"

// Batch is one run of an import.
type Batch struct {
	ID         int32
	Source     string // slug
	FileName   string
	FinishedAt time.Time
	UndoneAt   *time.Time
	Tally
}

// Tally of an import: Read = Created + Updated + Unchanged + Rejected.
type Tally struct{ Read, Created, Updated, Unchanged, Rejected int }

// Repeat is a row of a file whose external ID an earlier row already had.
type Repeat struct {
	Row, First int
	ExternalID string
}
