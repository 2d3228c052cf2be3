package civic

import (
	"fmt"
	"maps"
	"slices"
)

// Measure is something that is counted of what the programme does, by month and area. It
// is part of the keys of messages.
type Measure string

// The measures. The live index counts pins, as the map and its list do; the database
// counts all others.
const (
	MeasurePins          Measure = "pins"           // public, by the day on which they were reported
	MeasureVoices        Measure = "voices"         // others who agree with a pin that has a page
	MeasureIdeas         Measure = "ideas"          // by the day on which they were first public
	MeasureEvents        Measure = "events"         // occurrences that were not called off
	MeasureAttendance    Measure = "attendance"     // people who came, as far as somebody has counted them
	MeasureRegistered    Measure = "registered"     // people with a place at an occurrence
	MeasurePeople        Measure = "people"         // different contacts who have reported, agreed, registered or begun to follow
	MeasureOrganisations Measure = "organisations"  // profiles, by the day on which they were first public
	MeasureInitiatives   Measure = "initiatives"    // by the day on which they were first public
	MeasureJoint         Measure = "joint"          // initiatives with two partners at least
	MeasureDiagnoses     Measure = "diagnoses"      // by the day on which they were first public
	MeasureSessions      Measure = "sessions"       // occurrences of the academy
	MeasureGraduates     Measure = "graduates"      // by the day on which they graduated
	MeasurePracticeUses  Measure = "practices_used" // diagnoses, initiatives and recommendations that use a practice
	MeasureAnswers       Measure = "answers"        // of advisers, by the day on which they were first public
)

// MeasureGroup is a group of measures. It is part of the keys of messages.
type MeasureGroup struct {
	Name     string
	Measures []Measure
}

// MeasureGroups returns the measures in groups, in the order in which they are shown.
func MeasureGroups() []MeasureGroup {
	return []MeasureGroup{
		{"participation", []Measure{MeasurePins, MeasureVoices, MeasureIdeas, MeasureEvents, MeasureAttendance, MeasureRegistered, MeasurePeople}},
		{"cooperation", []Measure{MeasureOrganisations, MeasureInitiatives, MeasureJoint}},
		{"knowledge", []Measure{MeasureDiagnoses, MeasureSessions, MeasureGraduates, MeasurePracticeUses, MeasureAnswers}},
	}
}

// Measures returns all measures, in the order in which they are shown.
func Measures() (all []Measure) {
	for _, g := range MeasureGroups() {
		all = append(all, g.Measures...)
	}
	return all
}

// ParseMeasure returns the measure with a name, or an error that names it.
func ParseMeasure(name string) (Measure, error) {
	if m := Measure(name); slices.Contains(Measures(), m) {
		return m, nil
	}
	return "", fmt.Errorf("measure %q: %w", name, ErrNotFound)
}

// MaxGoal is the greatest goal of a measure.
const MaxGoal = 1_000_000

// CheckGoals returns the faults of how many of each measure a district wants in a year,
// as Faults, or nil.
func CheckGoals(goals map[Measure]int) error {
	var f Faults
	for _, m := range slices.Sorted(maps.Keys(goals)) {
		if _, err := ParseMeasure(string(m)); err != nil {
			f = append(f, Fault{"goals", "unknown", fmt.Sprintf("%q is not counted; what is: %v", m, Measures())})
		} else if n := goals[m]; n < 1 || n > MaxGoal {
			f = append(f, Fault{"goals", "outside", fmt.Sprintf("%s: use 1 to %d, not %d", m, MaxGoal, n)})
		}
	}
	return f.Err()
}

// IsAdditive reports whether the counts of months and areas add up to that of all of
// them, and are those of a list. People can have been there in several, and are not listed.
func (m Measure) IsAdditive() bool { return m != MeasurePeople }

// IsEstimate reports whether the counts are as good as whoever has counted.
func (m Measure) IsEstimate() bool { return m == MeasureAttendance }

// MeasureCount is a measure in a month and an area.
type MeasureCount struct {
	Measure Measure
	Month   Month
	AreaID  int32 // 0 outside all areas
	Count   int
}

// MeasuredThing is what counts for a measure on a day, such as an event that took place.
type MeasuredThing struct {
	Day     Day
	AreaID  int32 // 0 outside all areas
	ThingID int64
	Kind    ThingKind
	Title   string // "" of what is not public, such as an enrolment
	Count   int    // as how many it counts
}

// MeasureQuery selects what counts for a measure.
type MeasureQuery struct {
	Measure     Measure
	First, Last Month // both included
	AreaID      int32 // 0 outside all areas; disregarded if Everywhere
	Everywhere  bool
	Limit       int
}

// Language is how many people are written to in a language.
type Language struct {
	Tag   string // BCP 47
	Count int
}

// Channel is how many ideas came in a way, which is an option of their source.
type Channel struct {
	Source string
	Count  int
}

// Response is how long something took. It is part of the keys of messages.
type Response string

// The responses.
const (
	ResponsePublished Response = "published" // a pin, since it was sent
	ResponseDiagnosed Response = "diagnosed" // a need, since it was reported
	ResponseReplied   Response = "replied"   // a recommendation, since it was sent to an office
	ResponseMet       Response = "met"       // a need, since it was reported
)

// Responses returns all responses, in the order in which they are shown.
func Responses() []Response {
	return []Response{ResponsePublished, ResponseDiagnosed, ResponseReplied, ResponseMet}
}

// ResponseTimes are the quartiles of the days that responses took, of those that ended in
// the time.
type ResponseTimes struct {
	Response             Response
	AreaID               int32 // 0 outside all areas, or everywhere
	Everywhere           bool
	Count                int
	Lower, Median, Upper float64 // days; linear interpolation between order statistics, as percentile_cont
}
