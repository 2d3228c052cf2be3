package civic

import "time"

// Batch describes one finished import.
type Batch struct {
	ID         int32
	Source     string // slug
	FileName   string
	FinishedAt time.Time
	UndoneAt   *time.Time // nil unless the import was undone
	ImportCounts
}

// ImportCounts contains the number of rows of an import by result: Read =
// Created + Updated + Unchanged + Rejected.
type ImportCounts struct{ Read, Created, Updated, Unchanged, Rejected int }

// DuplicateRow is a row of a file whose external ID is that of an earlier row.
type DuplicateRow struct {
	Row, First int // 1-based numbers of the row and of the earlier one
	ExternalID string
}
