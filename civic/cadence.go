package civic

// Cadence is how often somebody receives mail about what they follow. The zero
// value is none.
type Cadence uint8

// The cadences.
const (
	Instant Cadence = iota + 1
	Daily           // at DigestHour
	Weekly          // on Mondays at DigestHour
)

var cadenceNames = []string{Instant: "instant", Daily: "daily", Weekly: "weekly"}

// Cadences returns all cadences, the most frequent first.
func Cadences() []Cadence { return []Cadence{Instant, Daily, Weekly} }

// ParseCadence returns the cadence with the lower-case name s, or ErrInvalid.
func ParseCadence(s string) (Cadence, error) { return parseEnum[Cadence](cadenceNames, s, "cadence") }

// String returns the name that ParseCadence reads.
func (c Cadence) String() string { return enumName(cadenceNames, c) }
