package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/district"
)

var (
	//go:embed councillors.csv
	councillorsFile string

	//go:embed offices.json
	officesFile []byte

	//go:embed resolutions.json
	resolutionsFile []byte
)

// Councillors returns the councillors of the demo district, who are made up, one for
// each of its wards.
func Councillors(d *civic.District) (civic.CouncillorTable, error) {
	file, err := ingest.Open("councillors.csv", strings.NewReader(councillorsFile), ingest.Options{Format: ingest.CSV})
	if err != nil {
		return civic.CouncillorTable{}, fmt.Errorf("open the councillors of the demo district: %w", err)
	}
	table, err := district.ReadCouncillors(file, d)
	if err != nil {
		return table, fmt.Errorf("read the councillors of the demo district: %w", err)
	}
	return table, nil
}

// Offices returns duty hours of councillors, which are made up.
func Offices() (offices []civic.RecordDraft, err error) {
	var all []struct {
		Name, Purpose, Hours, Address civic.Text
		Place                         orb.Point
	}
	if err := json.Unmarshal(officesFile, &all); err != nil {
		return nil, fmt.Errorf("read the duty hours of the demo district: %w", err)
	}
	for _, o := range all {
		offices = append(offices, civic.RecordDraft{Kind: civic.OfficeThing, Point: &o.Place, Values: civic.Values{
			Texts: map[string]civic.Text{"name": o.Name, "purpose": o.Purpose, "hours": o.Hours, "address": o.Address},
		}})
	}
	return offices, nil
}

// Resolution is a resolution of the council about needs of a category in an area.
type Resolution struct {
	civic.RecordDraft
	Area, Category string // slugs
}

// Resolutions returns resolutions of the council of the demo district, which are
// made up.
func Resolutions(today civic.Day) (resolutions []Resolution, err error) {
	var all []struct {
		Number         string
		DaysAgo        civic.Day `json:"days_ago"`
		Name, Summary  civic.Text
		Area, Category string
	}
	if err := json.Unmarshal(resolutionsFile, &all); err != nil {
		return nil, fmt.Errorf("read the resolutions of the demo district: %w", err)
	}
	for _, r := range all {
		resolutions = append(resolutions, Resolution{civic.RecordDraft{Kind: civic.ResolutionThing, Values: civic.Values{
			Texts: map[string]civic.Text{"name": r.Name, "summary": r.Summary},
			Words: map[string]string{"number": r.Number, "adopted_on": (today - r.DaysAgo).String()},
			Lists: map[string][]string{"areas": {r.Area}, "categories": {r.Category}},
		}}, r.Area, r.Category})
	}
	return resolutions, nil
}
