package walk_test

import (
	"strings"
	"testing"

	"github.com/pinezka/pinezka/geo/walk"
)

func TestWalkable(t *testing.T) {
	for text, want := range map[string]bool{
		"":                                              false,
		"building=yes":                                  false,
		"highway=residential":                           true,
		"highway=footway":                               true,
		"highway=steps":                                 true,
		"highway=pedestrian area=yes":                   true,
		"highway=residential oneway=yes":                true,
		"highway=primary_link":                          true,
		"highway=primary motorroad=yes":                 false,
		"highway=cycleway":                              false,
		"highway=cycleway foot=designated":              true,
		"highway=path foot=no":                          false,
		"highway=residential foot=use_sidepath":         false,
		"highway=service access=private":                false,
		"highway=service access=private foot=yes":       true,
		"highway=service access=no foot=permissive":     true,
		"highway=service access=customers":              true,
		"highway=track access=forestry":                 false,
		"highway=motorway":                              false,
		"highway=trunk":                                 false,
		"highway=trunk sidewalk=separate":               false,
		"highway=trunk sidewalk=right":                  true,
		"highway=trunk sidewalk:left=yes":               true,
		"highway=trunk sidewalk=both foot=use_sidepath": false,
		"highway=trunk foot=yes":                        true,
		"highway=trunk access=no sidewalk=both":         false,
		"highway=construction foot=yes":                 false,
		"highway=proposed":                              false,
		"highway=raceway":                               false,
		"highway=bus_stop":                              false,
	} {
		tags := map[string]string{}
		for _, tag := range strings.Fields(text) {
			key, value, _ := strings.Cut(tag, "=")
			tags[key] = value
		}
		if got := walk.Walkable(tags); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
