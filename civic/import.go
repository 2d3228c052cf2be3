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

	// Of an import that has just finished.
	Pending     int // of the created pins, those that wait for a moderator
	Differences int // fields that a person had changed and the file changes, which wait to be accepted
}

// UndoneImport is what the undo of an import has done.
type UndoneImport struct {
	Deleted, Restored int     // pins
	Kept              []Thing // pins that are left, since somebody has acted on them since the import
}

// ImportDifference is what the source of an imported pin says now in a field that
// a person has changed.
type ImportDifference struct {
	PinID             int64
	Field             string // title, body, category, place or status
	ImportID          int32  // that said so
	Present, Imported string // a category as its slug, a place as longitude and latitude
}

// ImportCounts contains the number of rows of an import by result: Read =
// Created + Updated + Unchanged + Rejected.
type ImportCounts struct{ Read, Created, Updated, Unchanged, Rejected int }

// DuplicateRow is a row of a file whose external ID is that of an earlier row.
type DuplicateRow struct {
	Row, First int // 1-based numbers of the row and of the earlier one
	ExternalID string
}
