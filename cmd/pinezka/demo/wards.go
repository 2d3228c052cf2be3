package demo

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/district"
)

//go:embed wards.geojson
var wardsFile string

// Wards returns the wards of the demo district, whose boundaries are made up.
func Wards(d *civic.District) ([]civic.Ward, error) {
	wards, err := district.Reader{Languages: d.Languages, NameProperty: "name"}.ReadWards(strings.NewReader(wardsFile))
	if err != nil {
		return nil, fmt.Errorf("read wards of the demo district: %w", err)
	}
	return wards, nil
}
