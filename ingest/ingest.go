// Package ingest converts files to checked pins.
//
// A reader returns the records of a file, a Mapping converts each to a draft,
// and the district checks the draft. A Sink stores the pin, or the record is
// rejected:
//
//	csv     ┐                                          ┌► Sink
//	geojson ┼► record.Reader ─► Record ─► civic.Draft ─┤
//	…       ┘                   (Mapping)              └► Rejection
//
// Each format has a package with its reader, and a case in Open, which chooses
// it; nothing else depends on the format. The package uses no database, prints
// nothing, reads no clock, and holds one record in memory at a time.
package ingest
