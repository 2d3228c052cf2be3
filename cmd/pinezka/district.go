package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/cmd/pinezka/demo"
	"github.com/pinezka/pinezka/ingest"
	"github.com/pinezka/pinezka/ingest/district"
	"github.com/pinezka/pinezka/ingest/record"
	"github.com/pinezka/pinezka/store"
)

func districtCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "district", Short: "Add, list, configure and remove districts"}
	cmd.AddCommand(districtAddCommand(), districtListCommand(), districtSettingsCommand(), districtTemplatesCommand(), districtTopicsCommand(), districtGoalsCommand(), districtRemoveCommand())
	return cmd
}

type districtFlags struct {
	databaseFlags
	deskFlags
	slug, zone         string
	names, languages   []string
	boundary, box      string
	areas, areaName    string
	categories, places string
	publishAtOnce      bool
	repair             bool
	swapAxes           []string
}

func districtAddCommand() *cobra.Command {
	var f districtFlags
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add a district from files alone",
		Args:  cobra.NoArgs,
		Long: `Add a district, anywhere in the world, from files alone.

  pinezka district add --slug chicago --name Chicago --time-zone America/Chicago \
    --language en,es --bbox -87.95,41.64,-87.52,42.03 --categories categories.json

Sub-areas come from the polygons of a GeoJSON file, in its order; where two of
them overlap, a pin belongs to the first. Their names in other languages are
properties with a tag, as in OpenStreetMap: name, name:es. Categories are a JSON
array such as

  [{"slug": "trees", "kind": "need", "visibility": "point", "colour": "#34733c",
    "label": {"en": "Trees", "pl": "Drzewa", "uk": "Дерева"}}]

without which the district gets those of the demonstration. The visibility is
"point"; "blurred", within some 120 metres; or "hex", only in counts of at least
five people, or of ten and in larger areas for one that is "sensitive": true.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, err := f.read()
			if err != nil {
				return err
			}
			database, stop, err := f.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			if f.repair {
				if err := f.repairShapes(cmd.Context(), cmd.OutOrStdout(), database, &d); err != nil {
					return err
				}
			}
			err = database.AddDistrict(cmd.Context(), &d)
			var invalid *store.ShapeError
			switch {
			case errors.Is(err, civic.ErrConflict):
				return fmt.Errorf("there is a district %s already; choose another --slug", d.Slug)
			case errors.As(err, &invalid):
				return fmt.Errorf("%w; --repair repairs it and prints how much its surface changes", err)
			case err != nil:
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s: %s, %s, %s. It is at /d/%s\n",
				d.Slug, plural(len(d.Areas), "area", "areas"), plural(len(d.Categories), "category", "categories"), plural(len(d.Places), "place", "places"), d.Slug)
			fmt.Fprint(cmd.ErrOrStderr(), farFromItsZone(&d), withoutRegion(&d))
			return nil
		},
	}
	f.databaseFlags.add(cmd)
	f.deskFlags.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.slug, "slug", "", "name in URLs: lower-case letters, digits, hyphens (required)")
	flags.StringArrayVar(&f.names, "name", nil, "name in the default language, or TAG=NAME in another of the district (repeatable; default: the slug)")
	flags.StringSliceVar(&f.languages, "language", []string{"pl", "en", "uk"}, "languages as BCP 47 tags, the default first (repeatable)")
	flags.StringVar(&f.zone, "time-zone", "UTC", "IANA time zone, such as Europe/Warsaw")
	flags.StringVar(&f.boundary, "boundary", "", "GeoJSON file with the district's polygon")
	flags.StringVar(&f.box, "bbox", "", "west,south,east,north in degrees, with west greater than east across the antimeridian, instead of --boundary (default: all areas together)")
	flags.StringVar(&f.areas, "areas", "", "GeoJSON file with the sub-areas' polygons")
	flags.StringVar(&f.areaName, "area-name", "name", "property with the name of an area in the default language")
	flags.StringVar(&f.categories, "categories", "", "JSON file with the categories (default: those of the demonstration)")
	flags.StringVar(&f.places, "places", "", "GeoJSON file with named points for the place search")
	flags.BoolVar(&f.publishAtOnce, "publish-at-once", false, "publish the pins of residents before a moderator has seen them")
	flags.StringSliceVar(&f.swapAxes, "swap-axes", nil, "files in which latitude and longitude are exchanged: areas, boundary, places (repeatable)")
	flags.BoolVar(&f.repair, "repair", false, "repair boundaries that are not valid, such as those that cross themselves, and print what changes")
	_ = cmd.MarkFlagRequired("slug")
	return cmd
}

// repairShapes repairs the boundaries of d and prints what has changed.
func (f *districtFlags) repairShapes(ctx context.Context, out io.Writer, database *store.Store, d *civic.District) error {
	ofAreas := f.boundary == "" && f.box == ""
	if ofAreas {
		d.Boundary = nil
	}
	repairs, err := database.RepairShapes(ctx, d)
	if err != nil {
		return err
	}
	if ofAreas {
		d.Boundary = district.BoundaryOf(d.Areas)
	}
	for _, r := range repairs {
		fmt.Fprintf(out, "Repaired %s (%s): %.0f m² before, %.0f m² after, %+.2f %%\n",
			r.Name, r.Reason, r.Before, r.After, 100*(r.After-r.Before)/r.Before)
	}
	return nil
}

// read returns the district that the flags and their files describe.
func (f *districtFlags) read() (civic.District, error) {
	d := civic.District{Slug: f.slug, Languages: f.languages, TimeZone: f.zone, Moderation: civic.ModerateBefore}
	if f.publishAtOnce {
		d.Moderation = civic.ModerateAfter
	}
	var err error
	if d.Desk, err = f.settings(d.Desk); err != nil {
		return d, err
	}
	if d.Name, err = f.name(); err != nil {
		return d, err
	}
	for _, flag := range f.swapAxes {
		if !slices.Contains([]string{"areas", "boundary", "places"}, flag) {
			return d, fmt.Errorf("--swap-axes %q: name areas, boundary or places", flag)
		}
	}
	if d.Areas, err = readShapes(f, "areas", f.areas, district.Reader.ReadAreas); errors.Is(err, district.ErrNoName) {
		return d, fmt.Errorf("%w; choose the right one with --area-name", err)
	} else if err != nil {
		return d, err
	}
	switch {
	case f.boundary != "" && f.box != "":
		return d, errors.New("give --boundary or --bbox, not both")
	case f.boundary != "":
		d.Boundary, err = readShapes(f, "boundary", f.boundary, district.Reader.ReadBoundary)
	case f.box != "":
		if d.Boundary, err = district.ParseBoundary(f.box); err != nil {
			err = fmt.Errorf("--bbox %q: %w", f.box, err)
		}
	case f.areas != "":
		d.Boundary = district.BoundaryOf(d.Areas)
	default:
		return d, errors.New("give the district's boundary with --boundary, --bbox or --areas")
	}
	if err != nil {
		return d, err
	}
	if f.categories == "" {
		d.Categories, err = demo.Categories()
	} else {
		d.Categories, err = readFile("--categories", f.categories, district.Reader{}.ReadCategories)
	}
	if err != nil {
		return d, err
	}
	if d.Places, err = readShapes(f, "places", f.places, district.Reader.ReadPlaces); err != nil {
		return d, err
	}
	return d, f.checkAxes(&d)
}

// name returns the name of the district by language. Without the flag --name,
// it is the slug, in the default language.
func (f *districtFlags) name() (civic.Text, error) {
	if len(f.languages) == 0 {
		return nil, errors.New("give at least one --language")
	}
	names := civic.Text{}
	for _, arg := range f.names {
		tag, name, tagged := strings.Cut(arg, "=")
		if !tagged {
			tag, name = f.languages[0], arg
		}
		switch {
		case !slices.Contains(f.languages, tag):
			return nil, fmt.Errorf("--name %q: %q is not among the languages of the district, %q", arg, tag, f.languages)
		case names[tag] != "":
			return nil, fmt.Errorf("--name %q: there are two names in the language %q", arg, tag)
		case name != "":
			names[tag] = name
		}
	}
	if len(names) == 0 {
		names[f.languages[0]] = f.slug
	}
	return names, nil
}

// readFile returns what read returns for the file that a flag or an argument names.
func readFile[T any](flag, name string, read func(io.Reader) (T, error)) (content T, err error) {
	file, err := os.Open(name)
	if err != nil {
		return content, fmt.Errorf("%s: %w", flag, err)
	}
	defer file.Close()
	if content, err = read(file); err != nil {
		err = fmt.Errorf("%s: %w", name, err)
	}
	return content, err
}

// readTable returns what read returns for a file of CSV.
func readTable[T any](name, encoding string, read func(record.Reader) (T, error)) (T, error) {
	return readFile("FILE", name, func(file io.Reader) (T, error) {
		reader, err := ingest.Open(name, file, ingest.Options{Format: ingest.CSV, Encoding: encoding})
		if err != nil {
			var none T
			return none, err
		}
		return read(reader)
	})
}

func districtListCommand() *cobra.Command {
	var db databaseFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the districts, with the numbers of their pins", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			database, stop, err := db.open(cmd.Context(), quiet())
			if err != nil {
				return err
			}
			defer stop()
			all, err := database.Districts(cmd.Context())
			if err != nil {
				return err
			}
			counts, err := database.CountPublications(cmd.Context())
			if err != nil {
				return err
			}
			for _, d := range all {
				pins := counts[d.ID]
				fmt.Fprintf(cmd.OutOrStdout(), "%s  %s  %s  %s  %d published  %d pending\n",
					d.Slug, d.Text(d.Name, d.Languages[0]), plural(len(d.Areas), "area", "areas"), plural(len(d.Categories), "category", "categories"), pins[civic.Published], pins[civic.Pending])
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
			database, d, stop, err := db.district(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			defer stop()
			if !sure {
				counts, err := database.CountPublications(cmd.Context())
				if err != nil {
					return err
				}
				n := 0
				for _, pins := range counts[d.ID] {
					n += pins
				}
				return fmt.Errorf("this removes the district %s with its pins, of which there are %d, permanently; confirm it with --yes", d.Slug, n)
			}
			if err := database.RemoveDistrict(cmd.Context(), args[0]); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "District %s is removed.\n", args[0])
			return nil
		},
	}
	db.add(cmd)
	cmd.Flags().BoolVar(&sure, "yes", false, "confirm the removal")
	return cmd
}
