package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/ingest"
)

func districtCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "district", Short: "Add, list and remove districts"}
	cmd.AddCommand(districtAddCommand(), districtListCommand(), districtRemoveCommand())
	return cmd
}

type districtFlags struct {
	databaseFlags
	slug, name, zone   string
	boundary, box      string
	areas, areaName    string
	categories, places string
	publishAtOnce      bool
}

func districtAddCommand() *cobra.Command {
	var f districtFlags
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add a district from files alone",
		Args:  cobra.NoArgs,
		Long: `Add a district, anywhere in the world, from files alone.

  pinezka district add --slug chicago --name Chicago --time-zone America/Chicago \
    --bbox -87.95,41.64,-87.52,42.03 --categories categories.json

Sub-areas come from the polygons of a GeoJSON file, in its order; where two of
them overlap, a pin belongs to the first. Categories are a JSON array such as

  [{"slug": "trees", "kind": "need", "visibility": "point", "colour": "#34733c",
    "label": {"en": "Trees", "pl": "Drzewa", "uk": "Дерева"}}]

without which the district gets those of the demonstration.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := f.district()
			if err != nil {
				return err
			}
			record, stop, err := f.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			err = record.AddDistrict(cmd.Context(), &d)
			if errors.Is(err, civic.ErrConflict) {
				return fmt.Errorf("there is a district %s already; choose another --slug", d.Slug)
			}
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s: %d areas, %d categories, %d places. It is at /d/%s\n",
				d.Slug, len(d.Areas), len(d.Categories), len(d.Places), d.Slug)
			return nil
		},
	}
	f.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.slug, "slug", "", "name in URLs: lower-case letters, digits, hyphens (required)")
	flags.StringVar(&f.name, "name", "", "name for people (default: the slug)")
	flags.StringVar(&f.zone, "time-zone", "UTC", "IANA time zone, such as Europe/Warsaw")
	flags.StringVar(&f.boundary, "boundary", "", "GeoJSON file with the district's polygon")
	flags.StringVar(&f.box, "bbox", "", "west,south,east,north in degrees, instead of --boundary (default: all areas together)")
	flags.StringVar(&f.areas, "areas", "", "GeoJSON file with the sub-areas' polygons")
	flags.StringVar(&f.areaName, "area-name", "name", "property that holds an area's name")
	flags.StringVar(&f.categories, "categories", "", "JSON file with the categories (default: those of the demonstration)")
	flags.StringVar(&f.places, "places", "", "GeoJSON file with named points that the place search knows")
	flags.BoolVar(&f.publishAtOnce, "publish-at-once", false, "show residents' pins before a moderator has seen them")
	_ = cmd.MarkFlagRequired("slug")
	return cmd
}

func (f *districtFlags) district() (civic.District, error) {
	d := civic.District{Slug: f.slug, Name: civic.Text{"pl": f.name}, Languages: []string{"pl", "en", "uk"}, TimeZone: f.zone, Moderation: civic.ModerateBefore}
	if f.name == "" {
		d.Name["pl"] = f.slug
	}
	if f.publishAtOnce {
		d.Moderation = civic.ModerateAfter
	}
	var err error
	if f.areas != "" {
		if d.Areas, err = readAreas(f.areas, f.areaName); err != nil {
			return d, fmt.Errorf("%s: %w", f.areas, err)
		}
	}
	if d.Boundary, err = f.shape(d.Areas); err != nil {
		return d, err
	}
	if d.Categories, err = readCategories(f.categories); err != nil {
		return d, err
	}
	if f.places != "" {
		if d.Places, err = readPlaces(f.places, f.areaName); err != nil {
			return d, fmt.Errorf("%s: %w", f.places, err)
		}
	}
	return d, nil
}

// shape of the district: from a file, a box, or its areas together.
func (f *districtFlags) shape(areas []civic.Area) (orb.MultiPolygon, error) {
	switch {
	case f.boundary != "" && f.box != "":
		return nil, errors.New("give --boundary or --bbox, not both")
	case f.boundary != "":
		features, err := readFeatures(f.boundary)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.boundary, err)
		}
		var all orb.Collection
		for _, feature := range features {
			all = append(all, feature.Geometry)
		}
		shape, err := geo.MultiPolygon(all)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.boundary, err)
		}
		return shape, nil
	case f.box != "":
		box, err := parseBox(f.box)
		if err != nil {
			return nil, fmt.Errorf("--bbox %q: %w", f.box, err)
		}
		return geo.MultiPolygon(box)
	case len(areas) > 0:
		var shape orb.MultiPolygon
		for _, a := range areas {
			shape = append(shape, a.Boundary...)
		}
		return shape, nil
	}
	return nil, errors.New("give the district's shape with --boundary, --bbox or --areas")
}

// parseBox reads west,south,east,north in degrees.
func parseBox(s string) (orb.Bound, error) {
	var side [4]float64
	parts := strings.Split(s, ",")
	if len(parts) != len(side) {
		return orb.Bound{}, errors.New("write it as west,south,east,north")
	}
	for i, part := range parts {
		var err error
		if side[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil {
			return orb.Bound{}, fmt.Errorf("%q is not a number", part)
		}
	}
	box := orb.Bound{Min: orb.Point{side[0], side[1]}, Max: orb.Point{side[2], side[3]}}
	switch {
	case !geo.Valid(box.Min) || !geo.Valid(box.Max):
		return orb.Bound{}, geo.ErrCoordinate
	case box.Min[0] >= box.Max[0] || box.Min[1] >= box.Max[1]:
		return orb.Bound{}, errors.New("west must be less than east, and south less than north")
	}
	return box, nil
}

// readFeatures of a GeoJSON FeatureCollection, Feature or bare geometry.
func readFeatures(name string) ([]*geojson.Feature, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, err
	}
	features, err := parseFeatures(bytes.TrimPrefix(b, []byte("\ufeff")))
	if err != nil {
		return nil, fmt.Errorf("not GeoJSON: %w", err)
	}
	features = slices.DeleteFunc(features, func(f *geojson.Feature) bool { return f == nil })
	if len(features) == 0 {
		return nil, errors.New("there is nothing in it")
	}
	return features, nil
}

func parseFeatures(b []byte) ([]*geojson.Feature, error) {
	var head struct{ Type string }
	if err := json.Unmarshal(b, &head); err != nil {
		return nil, err
	}
	switch head.Type {
	case "FeatureCollection":
		fc, err := geojson.UnmarshalFeatureCollection(b)
		if err != nil {
			return nil, err
		}
		return fc.Features, nil
	case "Feature":
		f, err := geojson.UnmarshalFeature(b)
		return []*geojson.Feature{f}, err
	}
	g, err := geojson.UnmarshalGeometry(b)
	if err != nil {
		return nil, err
	}
	return []*geojson.Feature{geojson.NewFeature(g.Geometry())}, nil
}

func readAreas(name, property string) ([]civic.Area, error) {
	features, err := readFeatures(name)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	var areas []civic.Area
	for i, f := range features {
		label := nameOf(f, property)
		if label == "" {
			return nil, fmt.Errorf("feature %d has no property %q; name the right one with --area-name", i+1, property)
		}
		shape, err := geo.MultiPolygon(f.Geometry)
		if err != nil {
			return nil, fmt.Errorf("feature %d (%s): %w", i+1, label, err)
		}
		slug, ok := f.Properties["slug"].(string)
		if !ok || !civic.ValidSlug(slug) {
			slug = ingest.Slug(label)
		}
		for n, same := 2, slug; taken[slug]; n++ {
			slug = fmt.Sprintf("%s-%d", same, n)
		}
		taken[slug] = true
		a := civic.Area{Slug: slug, Name: civic.Text{"pl": label}, Boundary: shape}
		if n, ok := f.Properties["residents"].(float64); ok && n > 0 {
			a.Residents = int32(n)
		}
		a.Approximate, _ = f.Properties["approximate"].(bool)
		areas = append(areas, a)
	}
	return areas, nil
}

// nameOf a feature, which may be a number, as of wards; "" if it has none.
func nameOf(f *geojson.Feature, property string) string {
	switch name := f.Properties[property].(type) {
	case string:
		return strings.TrimSpace(name)
	case float64:
		return strconv.FormatFloat(name, 'f', -1, 64)
	}
	return ""
}

func readCategories(name string) ([]civic.Category, error) {
	if name == "" {
		d, err := demo.District()
		return d.Categories, err
	}
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var out []civic.Category
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return out, nil
}

func readPlaces(name, property string) ([]civic.Place, error) {
	features, err := readFeatures(name)
	if err != nil {
		return nil, err
	}
	var places []civic.Place
	for _, f := range features {
		point, ok := f.Geometry.(orb.Point)
		label, _ := f.Properties[property].(string)
		if ok && geo.Valid(point) && strings.TrimSpace(label) != "" {
			places = append(places, civic.Place{Name: strings.TrimSpace(label), Point: point})
		}
	}
	return places, nil
}

func districtListCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the districts", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			record, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			all, err := record.Districts(cmd.Context())
			if err != nil {
				return err
			}
			for _, d := range all {
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s  %d areas  %d categories\n", d.Slug, d.Name.In("pl"), len(d.Areas), len(d.Categories))
			}
			if len(all) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "There is no district yet; see \"pinezka district add --help\".")
			}
			return nil
		},
	}
	db.add(cmd)
	return cmd
}

func districtRemoveCommand() *cobra.Command {
	var db databaseFlags
	var sure bool
	cmd := &cobra.Command{
		Use: "remove SLUG", Short: "Remove a district and everything in it", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !sure {
				return errors.New("this removes every pin of the district for good; say --yes if you mean it")
			}
			record, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			if err := record.RemoveDistrict(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s is removed.\n", args[0])
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&sure, "yes", false, "yes, remove it for good")
	return cmd
}
