package tiles_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
)

// TestGoldenTiles holds the bytes of a tile of each layer: a change of them is a
// change for every map out there, to be looked at (with ogrinfo, say) before
// -update.
func TestGoldenTiles(t *testing.T) {
	d := district()
	for i := range d.Areas {
		d.Areas[i].ID = int32(i + 1)
	}
	var pins []civic.MapPin
	for i := range 60 {
		pin, err := d.Accept(civic.Draft{
			Category: d.Categories[i%4].Slug, Title: "x", ReportedOn: civic.Day(20000 + i),
			Point: orb.Point{19.94 + float64(i%9)*0.002, 50.02 + float64(i/9)*0.002},
		})
		if err != nil {
			t.Fatal(err)
		}
		pins = append(pins, civic.MapPin{
			DistrictID: 1, ID: int64(i + 1), Shown: pin.Shown, CategoryID: uint16(pin.Category.ID), Status: pin.Status,
			AreaID: uint16(pin.AreaID), Day: pin.ReportedOn,
		})
	}
	v := tiles.Build(d, pins)
	at := maptile.At(orb.Point{19.95, 50.03}, 13)
	m := v.Match(civic.Filter{From: 20010})
	for name, got := range map[string][]byte{
		"pins.mvt": v.AppendPins(nil, at, m), "hexes.mvt": v.AppendHexes(nil, at, 9, m), "areas.mvt": v.AppendAreas(nil, at, civic.Filter{}),
	} {
		path := filepath.Join("testdata", name)
		if *updateGoldens {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes differ from the %d of the golden tile", name, len(got), len(want))
		}
	}
}
