package civic

import "time"

// Basemap says which file of streets, buildings and names below the map was made
// last, so that a node that serves another one is noticed.
type Basemap struct {
	Hash   string // of the archive
	Source string // name of the file or URL from which it was made
	MadeAt time.Time
}
