package civic

import "time"

// Version is what a thing said from an entry of its audit on, until the next version.
type Version struct {
	Number  int // beginning with 1
	At      time.Time
	Action  Action
	By      Role        // zero if unknown
	Content RecordDraft // empty when it was erased
	Erased  bool
	Public  bool // whether it was public at some time
}

// VersionEntry is an entry of the audit of a thing with what the thing says from then
// on.
type VersionEntry struct {
	HistoryEntry
	Changes bool // whether it changes what the thing says
	Erased  bool // whether that was erased
	Content RecordDraft
}

// Versions returns what a thing has said, the oldest first, of all entries of its audit
// in their order.
func Versions(entries []VersionEntry) (versions []Version) {
	public := len(entries) == 0 || entries[0].Action != Submit // such as by an import
	for _, e := range entries {
		if after, err := ParsePublication(e.After); err == nil {
			public = after == Published
		}
		if e.Changes {
			versions = append(versions, Version{
				Number: len(versions) + 1, At: e.At, Action: e.Action, By: e.By, Content: e.Content, Erased: e.Erased,
			})
		}
		if last := len(versions) - 1; last >= 0 {
			versions[last].Public = versions[last].Public || public
		}
	}
	return versions
}
