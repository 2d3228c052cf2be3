package ingest

import (
	"errors"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

var (
	errNoCoordinates = errors.New("there are no coordinates")
	errPointSyntax   = errors.New("the point is neither \"latitude, longitude\" nor \"latitude longitude altitude accuracy\" nor \"POINT (longitude latitude)\"")
	errSRID          = errors.New("the point is not in WGS 84 (SRID 4326)")
	errDegrees       = errors.New("a coordinate is not a number in degrees")
)

// parseDegrees parses decimal degrees with a decimal point or comma.
func parseDegrees(s string) (float64, error) {
	s = strings.TrimSpace(s)
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" { // no "inf", "nan" or "0x"
		return 0, errDegrees
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0, errDegrees
	}
	return v, nil
}

// parsePoint parses a pair of coordinates, latitude first, or WKT, longitude
// first:
//
//	50.0413, 19.9492     (50.0413, 19.9492)     50.0413 19.9492
//	50.0413 19.9492 210.4 5.0     (with altitude and accuracy, as in an ODK geopoint)
//	50,0413; 19,9492     50,0413 19,9492
//	POINT (19.9492 50.0413)     SRID=4326;POINT Z (19.9492 50.0413 210)
func parsePoint(s string) (orb.Point, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return orb.Point{}, errNoCoordinates
	}
	if upper := strings.ToUpper(s); strings.HasPrefix(upper, "SRID") || strings.HasPrefix(upper, "POINT") {
		return parseWKT(upper)
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	if geopoint := strings.Fields(s); len(geopoint) == 4 && !strings.HasSuffix(geopoint[0], ",") {
		return parsePair(geopoint[1], geopoint[0])
	}
	parts := splitPair(s)
	if len(parts) != 2 {
		return orb.Point{}, errPointSyntax
	}
	return parsePair(parts[1], parts[0])
}

// splitPair splits s at a semicolon, or else at white space, which a comma can
// precede, or else at a comma.
func splitPair(s string) []string {
	if strings.Contains(s, ";") {
		return strings.Split(s, ";")
	}
	parts := strings.Fields(s)
	switch {
	case len(parts) == 1:
		return strings.Split(s, ",")
	case len(parts) == 3 && parts[1] == ",":
		return []string{parts[0], parts[2]}
	case len(parts) == 2:
		parts[0] = strings.TrimSuffix(parts[0], ",")
	}
	return parts
}

// parseWKT parses a POINT in upper case, with or without an SRID as in EWKT.
func parseWKT(s string) (orb.Point, error) {
	if srid, rest, found := strings.Cut(s, ";"); found {
		if strings.ReplaceAll(srid, " ", "") != "SRID=4326" {
			return orb.Point{}, errSRID
		}
		s = strings.TrimSpace(rest)
	}
	s, isPoint := strings.CutPrefix(s, "POINT")
	bracket := strings.IndexByte(s, '(')
	if isPoint && strings.TrimSpace(strings.TrimLeft(s, " ZM")) == "EMPTY" {
		return orb.Point{}, errNoCoordinates
	}
	if !isPoint || bracket < 0 || !strings.HasSuffix(s, ")") {
		return orb.Point{}, errPointSyntax
	}
	switch strings.TrimSpace(s[:bracket]) {
	case "", "Z", "M", "ZM":
	default:
		return orb.Point{}, errPointSyntax
	}
	parts := strings.Fields(s[bracket+1 : len(s)-1])
	if len(parts) < 2 || len(parts) > 4 {
		return orb.Point{}, errPointSyntax
	}
	return parsePair(parts[0], parts[1])
}

func parsePair(lon, lat string) (orb.Point, error) {
	x, err := parseDegrees(lon)
	if err != nil {
		return orb.Point{}, err
	}
	y, err := parseDegrees(lat)
	return orb.Point{x, y}, err
}
