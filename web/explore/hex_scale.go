package explore

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pinezka/pinezka/web/maps"
	"github.com/pinezka/pinezka/web/serve"
)

// maxClasses is the number of classes that a scale of hexes may have, as many
// as there are colours.
const maxClasses = 5

// checkScale returns a problem for a scale that is not one such as
// "1,3,6,12,25@9": the lower bounds of classes of numbers of pins, and the
// resolution of the hexes that they are held for. "" is no scale.
func checkScale(s string) error {
	if s == "" {
		return nil
	}
	bad := serve.BadParameter("scale", fmt.Sprintf("must have up to %d ascending numbers of pins from 1 on and a resolution from %d to %d, such as 1,3,6,12,25@9", maxClasses, maps.CoarsestHex, maps.FinestHex))
	bounds, resolution, _ := strings.Cut(s, "@")
	if r, ok := parseNumber(resolution); !ok || r < int(maps.CoarsestHex) || r > int(maps.FinestHex) {
		return bad
	}
	classes := strings.SplitN(bounds, ",", maxClasses+1)
	if classes[0] != "1" || len(classes) > maxClasses {
		return bad
	}
	last := 0
	for _, class := range classes {
		n, ok := parseNumber(class)
		if !ok || n <= last {
			return bad
		}
		last = n
	}
	return nil
}

// parseNumber parses a whole number up to 999,999,999 that is written as
// strconv.Itoa does.
func parseNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n < 1e9 && strconv.Itoa(n) == s
}
