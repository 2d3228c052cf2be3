package webtest

import (
	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
)

// Office returns a draft of an office in Polish.
func Office(name, hours string, place orb.Point) civic.RecordDraft {
	return civic.RecordDraft{
		Kind:   civic.OfficeThing,
		Values: civic.Values{Texts: map[string]civic.Text{"name": {"pl": name}, "hours": {"pl": hours}}},
		Point:  &place,
	}
}
