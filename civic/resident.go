package civic

import "time"

// Resident is a contact of a district, as they see themselves.
type Resident struct {
	ID          int64
	Email       string
	Language    string    // in which mail is written to them
	Cadence     Cadence   // of mail about what they follow
	ConfirmedAt time.Time // when they proved that the address is theirs; zero before
	BouncedAt   time.Time // when mail to them could not be delivered; zero for never
	CreatedAt   time.Time
}

// ResidentExport is everything that is held about a contact.
type ResidentExport struct {
	District string            `json:"district"` // slug
	Contact  ExportedContact   `json:"contact"`
	Pins     []ExportedPin     `json:"pins"`
	Actions  []ExportedAction  `json:"actions"`
	Follows  []ExportedFollow  `json:"follows"`
	Supports []int64           `json:"supports"` // ids of pins
	Ballots  []ExportedBallot  `json:"ballots"`
	Answers  []ExportedAnswer  `json:"answers"`
	Reports  []ExportedReport  `json:"reports"`
	Sessions []ExportedSession `json:"sessions"`
	Mails    []ExportedMail    `json:"mails"`
}

// ExportedContact is the contact of a ResidentExport.
type ExportedContact struct {
	ID          int64      `json:"id"`
	Email       string     `json:"email"`
	Language    string     `json:"language"`
	Cadence     string     `json:"cadence"`
	ConfirmedAt *time.Time `json:"confirmed_at"`
	BouncedAt   *time.Time `json:"bounced_at"`
	CreatedAt   time.Time  `json:"created_at"`
}

// ExportedBallot is what the contact gave to a theme of an event.
type ExportedBallot struct {
	Event  int64  `json:"event"`
	Theme  int64  `json:"theme"` // 0 for a ballot that gives nothing
	Dots   int    `json:"dots"`
	Stance Stance `json:"stance"` // "" for none
}

// ExportedAnswer is what the contact answered when asked whether it is better.
type ExportedAnswer struct {
	Thing  int64     `json:"thing"`
	Better bool      `json:"better"`
	Words  string    `json:"words"`
	At     time.Time `json:"at"`
}

// ExportedPin is a pin that the contact reported, with its exact place.
type ExportedPin struct {
	ID          int64     `json:"id"`
	Category    string    `json:"category"` // slug
	Publication string    `json:"publication"`
	Status      string    `json:"status"`
	Title       string    `json:"title"`
	Body        string    `json:"body"`
	Lon         float64   `json:"lon"`
	Lat         float64   `json:"lat"`
	ReportedOn  string    `json:"reported_on"` // YYYY-MM-DD
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// ExportedAction is an entry of the audit about one of the pins, or of what the
// contact did. Text is what the pin said then, or what was said, in JSON.
type ExportedAction struct {
	At     time.Time `json:"at"`
	Action string    `json:"action"`
	By     string    `json:"by"` // kind of actor
	Thing  *int64    `json:"thing"`
	Before *string   `json:"before"`
	After  *string   `json:"after"`
	Text   *string   `json:"text"`
	Reason *string   `json:"reason"`
}

// ExportedFollow is what the contact follows or has followed.
type ExportedFollow struct {
	Thing       int64      `json:"thing"`  // 0 for what a filter selects
	Filter      string     `json:"filter"` // as in the address of the map; "" for the whole district
	Cadence     string     `json:"cadence"`
	ConfirmedAt *time.Time `json:"confirmed_at"`
	EndedAt     *time.Time `json:"ended_at"`
}

// ExportedReport is a report of the contact on a thing, with what it says in JSON.
type ExportedReport struct {
	Thing    int64      `json:"thing"`
	Kind     string     `json:"kind"`
	Ground   string     `json:"ground"`
	Name     string     `json:"name"`
	Text     *string    `json:"text"`
	At       time.Time  `json:"at"`
	ClosedAt *time.Time `json:"closed_at"`
	Upheld   *bool      `json:"upheld"`
}
