package web_test

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb/maptile"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
	"github.com/pinezka/pinezka/web/serve"
)

// readAll reads every outlet with filters of the kind, the categories, areas and
// periods up to the last month that is published.
func (f *factReader) readAll() {
	areas := []string{""}
	for _, a := range f.Areas {
		areas = append(areas, a.Slug)
	}
	for _, p := range f.periods() {
		for _, area := range areas {
			for _, a := range []asked{{}, {kind: "need"}, {category: "fear"}, {category: "violence"}} {
				a.area, a.from, a.to = area, p.from, p.to
				f.readHexes(a)
				f.readStatistics(a)
				f.readLists(a)
				f.readTiles(a)
				f.readHotspots(a)
				f.readPage(a)
				if area == "" {
					f.readCoverage(a)
				}
				f.readComparisons(a)
			}
		}
	}
	f.readSummaries()
	f.readMeasures()
}

// checkAllRead checks that every public route of the API and of tiles was requested,
// except those that count no pins that are not listed.
func (f *factReader) checkAllRead() {
	const district = "/api/v1/districts/{district}"
	without := []string{
		"/api/v1/districts", district, district + "/areas", district + "/categories", district + "/places", district + "/pins/{id}",
		district + "/organisations/network", district + "/search", district + "/calendar", district + "/wards", district + "/represents", "/tiles/{district}/pins.json", "/tiles/{district}/hexes.json",
		district + "/events/{id}/weighing", district + "/events/{id}/weighing/ballot",
		district + "/things/{id}/figures", // TestFrozenFigures of web/figures compares them with the statistics
		"/tiles/{district}/areas.json", "/tiles/{district}/areas/{z}/{x}/{y}.mvt",
		"/tiles/{district}/things.json", "/tiles/{district}/things/{z}/{x}/{y}.mvt",
	}
	for _, route := range f.site.App.Readable() {
		ofPins := strings.HasPrefix(route.Pattern, "/api/") || strings.HasPrefix(route.Pattern, "/tiles/")
		if route.Access != serve.Public || route.Method != http.MethodGet || !ofPins || slices.Contains(without, route.Pattern) || isOfKind(route.Pattern, "", "/{id}") {
			continue
		}
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\{\w+\}`).ReplaceAllString(route.Pattern, `[^/]+`) + "$")
		if !slices.ContainsFunc(slices.Collect(maps.Keys(f.paths)), pattern.MatchString) {
			f.Errorf("the attack does not read %s; add it, or to those without counts", route.Pattern)
		}
	}
}

// periods returns all periods of months that are published, and that without limits.
func (f *factReader) periods() []asked {
	all := []asked{{}}
	for from := f.first; from <= f.month; from++ {
		for to := from; to <= f.month; to++ {
			all = append(all, asked{from: from, to: to})
		}
	}
	return all
}

// kindCounts are the counts of a hex, of an area, of a month or of all.
type kindCounts struct {
	Need, Potential, Organisation, Total int
}

// addKinds adds the counts of the kinds of what a filter selects of some rows.
func (f *factReader) addKinds(request string, n kindCounts, a asked, of func(shownRow) bool) {
	both := func(kind string) func(shownRow) bool {
		return func(r shownRow) bool { return of(r) && a.ofKind(kind)(r) }
	}
	f.add(request, n.Need, both("need"))
	f.add(request, n.Potential, both("potential"))
	f.add(request, n.Organisation, both("organisation"))
	f.add(request, n.Total, of)
}

// readHexes reads the hexes of each resolution that divides the district.
func (f *factReader) readHexes(a asked) {
	for res := 6; res <= 11; res++ {
		var out struct {
			hexOnlyCount
			Features []struct {
				ID         string
				Properties kindCounts
			}
		}
		q := a.values()
		q.Set("res", strconv.Itoa(res))
		request := f.decode(&out, "/hexes", q)
		f.add(request, out.HexOnly.Total, a.hexOnly)
		for _, hex := range out.Features {
			f.addKinds(request+", "+hex.ID, hex.Properties, a, a.in(f.cell(hex.ID)))
		}
	}
}

// readStatistics reads the statistics.
func (f *factReader) readStatistics(a asked) {
	var out struct {
		hexOnlyCount
		kindCounts
		Categories []struct {
			Category string
			Total    int
		}
		Statuses []struct{ Total int }
		Areas    []struct {
			kindCounts
			Area string
		}
		Months []struct {
			kindCounts
			Month string
		}
		Earlier, Later kindCounts
	}
	request := f.decode(&out, "/stats", a.values())
	f.addKinds(request, out.kindCounts, a, a.selects)
	f.add(request, out.HexOnly.Total, a.hexOnly)
	for _, c := range out.Categories {
		f.add(request+", "+c.Category, c.Total, func(r shownRow) bool { return a.selects(r) && r.category.Slug == c.Category })
	}
	withStatus := 0
	for _, s := range out.Statuses {
		withStatus += s.Total
	}
	f.add(request+", statuses", withStatus, a.paged)
	for _, area := range out.Areas {
		f.addKinds(request+", "+area.Area, area.kindCounts, a, func(r shownRow) bool { return a.selects(r) && r.area == area.Area })
	}
	for _, m := range out.Months {
		f.addKinds(request+", "+m.Month, m.kindCounts, a, func(r shownRow) bool { return a.selects(r) && r.month.String() == m.Month })
	}
	f.add(request+", outliers", out.Earlier.Total+out.Later.Total, func(shownRow) bool { return false })
}

// readLists reads the list, the feed and the exports of pins.
func (f *factReader) readLists(a asked) {
	var out struct {
		hexOnlyCount
		Returned int `json:"numberReturned"`
	}
	request := f.decode(&out, "/pins", a.values())
	f.add(request, out.Returned, a.paged)
	f.add(request, out.HexOnly.Total, a.hexOnly)
	for suffix, entry := range map[string]string{".atom": "<entry>", ".geojson": `"type":"Feature",`, ".csv": "\n"} {
		request, body := f.get("/d/"+f.Slug+"/pins"+suffix, a.values())
		n := strings.Count(body, entry)
		if suffix == ".csv" {
			n-- // the header
		}
		f.add(request, n, a.paged)
	}
}

// readTiles reads tiles of hexes, at their resolution and at one that is finer, and
// the tile of all pins.
func (f *factReader) readTiles(a asked) {
	for _, at := range []struct {
		zoom maptile.Zoom
		res  string
	}{{9, ""}, {12, ""}, {12, "10"}, {15, ""}} {
		q := a.values()
		if at.res != "" {
			q.Set("res", at.res)
		}
		tiles := map[maptile.Tile]bool{}
		for _, u := range f.categories[0].Units {
			tiles[maptile.At(u.Cell.Centre(), at.zoom)] = true
		}
		for tile := range tiles {
			request, layers := f.tile("hexes", tile, q)
			for _, layer := range layers {
				for _, hex := range layer.Features {
					p := hex.Properties
					n := kindCounts{f.number(p["need"]), f.number(p["potential"]), f.number(p["organisation"]), f.number(p["total"])}
					f.addKinds(fmt.Sprintf("%s, %s", request, p["h3"]), n, a, a.in(f.cell(fmt.Sprint(p["h3"]))))
				}
			}
		}
	}
	request, layers := f.tile("pins", maptile.Tile{}, a.values())
	n := 0
	for _, layer := range layers {
		for _, pin := range layer.Features {
			n += f.number(pin.Properties["n"])
		}
	}
	f.add(request, n, a.paged)
}

// hotspots is a part of the response with hotspots.
type hotspots struct {
	hexOnlyCount
	Cells []struct {
		H3         string
		Value, Sum int
	}
}

// hotspots requests hotspots.
func (f *factReader) hotspots(a asked, res int) (request string, out hotspots) {
	q := a.values()
	q.Set("res", strconv.Itoa(res))
	return f.decode(&out, "/hotspots", q), out
}

// readHotspots reads the values of hotspots, which are counts, and their sums with
// the neighbours, from the API and from the file.
func (f *factReader) readHotspots(a asked) {
	for res := 7; res <= 9; res++ {
		if c, ok := f.Category(a.category); ok && res > int(c.ShownResolution()) {
			continue // refused
		}
		a.cells = geo.Resolution(res)
		request, out := f.hotspots(a, res)
		f.addHexOnly(request, out.hexOnlyCount, a)
		for _, c := range out.Cells {
			f.addHotspot(request, c.H3, c.Value, c.Sum, a)
		}
		f.readTrend(out.Cells[len(out.Cells)/2].H3, a)
	}
	a.cells = f.defaultResolution(a)
	request, table := f.table("/hotspots.csv", a.values())
	for _, row := range table {
		f.addHotspot(request, row[0], f.integer(row[4]), f.integer(row[5]), a)
	}
}

// readTrend reads the needs around a cell by month, which have none that are only
// counted.
func (f *factReader) readTrend(h3 string, a asked) {
	var out struct {
		Months []struct {
			Month string
			Needs int
		}
	}
	request := f.decode(&out, "/hotspots/"+h3+"/trend", a.values())
	for _, m := range out.Months {
		of := a
		of.from, of.to = f.monthOf(m.Month), f.monthOf(m.Month)
		around := of.in(diskOf(f.T, f.cell(h3))...)
		f.add(request+", "+m.Month, m.Needs, func(r shownRow) bool { return around(r) && of.paged(r) && r.category.Kind == civic.Need })
	}
}

// defaultResolution returns the resolution of statistics, unless another is asked for.
func (f *factReader) defaultResolution(a asked) geo.Resolution {
	filter, err := f.ParseFilter(a.values())
	if err != nil {
		f.Fatal(err)
	}
	return f.DefaultResolution(filter)
}

// addHexOnly adds what a statistic by cell counts of the pins that are only counted,
// and what it sets aside of them.
func (f *factReader) addHexOnly(request string, n hexOnlyCount, a asked) {
	f.add(request, n.HexOnly.Total, a.hexOnly)
	f.add(request+", set aside", n.HexOnly.Larger, a.aside)
}

func (f *factReader) addHotspot(request, h3 string, value, sum int, a asked) {
	cell := f.cell(h3)
	f.add(request+", "+h3, value, a.in(cell))
	f.add(request+", sum of "+h3, sum, a.in(diskOf(f.T, cell)...))
}

// pageCount matches a count of a value of the filter in a page, and pageTotal the
// length of the list or the number of what is only counted.
var (
	pageCount = regexp.MustCompile(`data-count="(kind|category|area) ([a-z0-9]+)"[^>]*>(\d+)<`)
	pageTotal = regexp.MustCompile(`"results-(heading|hex-only)" data-total="(\d+)"`)
)

// readPage reads the totals of the page of the map, and the counts beside the values
// of its filter, each of what would be selected with it.
func (f *factReader) readPage(a asked) {
	request, body := f.get("/d/"+f.Slug, a.values())
	counts, totals := pageCount.FindAllStringSubmatch(body, -1), pageTotal.FindAllStringSubmatch(body, -1)
	if len(counts) == 0 || len(totals) == 0 {
		f.Fatalf("%s: %d counts and %d totals in the page", request, len(counts), len(totals))
	}
	for _, m := range totals {
		selects := a.paged
		if m[1] == "hex-only" {
			selects = a.hexOnly
		}
		f.add(request+", "+m[1], f.integer(m[2]), selects)
	}
	for _, m := range counts {
		with := a
		switch m[1] {
		case "kind":
			with.kind = m[2]
		case "category":
			with.kind, with.category = "", m[2]
		case "area":
			with.area = m[2]
		}
		f.add(request+", "+m[1]+" "+m[2], f.integer(m[3]), with.selects)
	}
}

// readCoverage reads the coverage from the API and from the file.
func (f *factReader) readCoverage(a asked) {
	for res := 7; res <= 9; res++ {
		var out struct {
			hexOnlyCount
			Cells []struct {
				H3   string
				Pins int
			}
		}
		q := a.values()
		q.Set("res", strconv.Itoa(res))
		a.cells = min(geo.Resolution(res), f.defaultResolution(a))
		request := f.decode(&out, "/coverage", q)
		f.addHexOnly(request, out.hexOnlyCount, a)
		for _, c := range out.Cells {
			f.add(request+", "+c.H3, c.Pins, a.in(f.cell(c.H3)))
		}
		request, table := f.table("/coverage.csv", q)
		for _, row := range table {
			f.add(request+", "+row[0], f.integer(row[3]), a.in(f.cell(row[0])))
		}
	}
}

// groupedCounts are of a period that has leaves partly.
type groupedCounts struct {
	AtLeast      int `json:"at_least"`
	TogetherWith int `json:"together_with"`
}

// addGrouped adds the counts of the leaves that a period has wholly and partly.
func (f *factReader) addGrouped(request string, n groupedCounts, a asked) {
	f.add(request+", at least", n.AtLeast, a.wholly)
	f.add(request+", together with", n.TogetherWith, a.partly)
}

// readComparisons reads comparisons of areas, of categories and of each period with
// the one before, of as many months.
func (f *factReader) readComparisons(a asked) {
	if a.area == "" && len(f.Areas) > 1 {
		q := a.values()
		for _, area := range f.Areas[:min(4, len(f.Areas))] {
			q.Add("area", area.Slug)
		}
		f.readComparison(a, q)
	}
	if a.category == "" && a.kind == "" {
		q := a.values()
		q["category"] = []string{"fear", "violence"}
		f.readComparison(a, q)
	}
	q := a.values()
	if a.from > 0 {
		q.Set("from2", (2*a.from - a.to - 1).String())
		q.Set("to2", (a.from - 1).String())
	}
	f.readComparison(a, q)
}

// readComparison reads a comparison from the API and from the file.
func (f *factReader) readComparison(a asked, q url.Values) {
	var out struct {
		hexOnlyCount
		Periods []struct{ From, To string }
		Groups  []struct {
			Area, Category string
			Period, Pins   int
			HexOnly        struct {
				groupedCounts
				Pins int
			} `json:"hex_only"`
		}
	}
	request := f.decode(&out, "/compare", q)
	file, table := f.table("/compare.csv", q)
	var each []asked
	for i, g := range out.Groups {
		of, p := a, out.Periods[g.Period]
		if p.From != "" {
			of.from, of.to = f.monthOf(p.From), f.monthOf(p.To)
		}
		if g.Area != "" {
			of.area = g.Area
		}
		if g.Category != "" {
			of.category = g.Category
		}
		each = append(each, of)
		group, row := fmt.Sprintf("%s, group %d", request, i), fmt.Sprintf("%s, row %d", file, i)
		f.add(group, g.Pins, of.paged)
		f.add(group, g.HexOnly.Pins, of.hexOnly)
		f.addGrouped(group, g.HexOnly.groupedCounts, of)
		f.add(row, f.integer(table[i][5]), of.paged)
		f.add(row, f.integer(table[i][6]), of.hexOnly)
		f.addGrouped(row, groupedCounts{f.integer(table[i][7]), f.integer(table[i][8])}, of)
	}
	f.add(request, out.HexOnly.Total, func(r shownRow) bool {
		return slices.ContainsFunc(each, func(of asked) bool { return of.hexOnly(r) })
	})
}

// readSummaries reads the summary of each area, of seasons that end with the last
// month that is published, from the API and from the file.
func (f *factReader) readSummaries() {
	for _, area := range f.Areas {
		for months := 1; months <= countedMonths; months++ {
			var out struct {
				hexOnlyCount
				Categories []struct {
					groupedCounts
					Category          string
					Now, Before, Ever int
				}
				Needs  struct{ Now, Before int }
				Months []struct {
					kindCounts
					Month string
				}
			}
			q := url.Values{"month": {f.month.String()}, "months": {strconv.Itoa(months)}}
			request := f.decode(&out, "/areas/"+area.Slug+"/summary", q)
			now := asked{area: area.Slug, from: f.month - civic.Month(months) + 1, to: f.month}
			before := asked{area: area.Slug, from: now.from - civic.Month(months), to: now.from - 1}
			f.add(request, out.HexOnly.Total, now.hexOnly)
			inCells := now
			inCells.kind, inCells.cells = "need", civic.HexResolution
			f.add(request+", set aside", out.HexOnly.Larger, inCells.aside)
			f.add(request+", needs", out.Needs.Now, func(r shownRow) bool { return now.paged(r) && r.category.Kind == civic.Need })
			f.add(request+", needs before", out.Needs.Before, func(r shownRow) bool { return before.paged(r) && r.category.Kind == civic.Need })
			for _, c := range out.Categories {
				f.addSeasons(request, c.Category, [3]int{c.Now, c.Before, c.Ever}, now, before)
				of := now
				of.category = c.Category
				f.addGrouped(request+", "+c.Category, c.groupedCounts, of)
			}
			for _, m := range out.Months {
				in := asked{area: area.Slug, from: f.monthOf(m.Month), to: f.monthOf(m.Month)}
				f.add(request+", "+m.Month, m.Need, in.ofKind("need"))
				f.add(request+", "+m.Month, m.Potential, in.ofKind("potential"))
			}
			request, table := f.table("/areas/"+area.Slug+".csv", q)
			for _, row := range table {
				f.addSeasons(request, row[1], [3]int{f.integer(row[2]), f.integer(row[3]), f.integer(row[11])}, now, before)
				if row[12] != "" {
					of := now
					of.category = row[1]
					f.addGrouped(request+", "+row[1], groupedCounts{f.integer(row[12]), f.integer(row[13])}, of)
				}
			}
		}
	}
}

// readMeasures reads the numbers of pins of what was done in times of every length.
func (f *factReader) readMeasures() {
	for months := 1; months <= countedMonths; months++ {
		var out struct {
			Measures []struct {
				Measure       string
				Total, Before int
				ByArea        map[string]int `json:"by_area"`
				ByMonth       map[string]int `json:"by_month"`
			}
		}
		request := f.decode(&out, "/measures", url.Values{"month": {f.month.String()}, "months": {strconv.Itoa(months)}})
		now := asked{from: f.month - civic.Month(months) + 1, to: f.month}
		before := asked{from: now.from - civic.Month(months), to: now.from - 1}
		for _, m := range out.Measures {
			if m.Measure != string(civic.MeasurePins) {
				continue
			}
			f.add(request, m.Total, now.selects)
			f.add(request+", before", m.Before, before.selects)
			for slug, n := range m.ByArea {
				f.add(request+", "+slug, n, func(r shownRow) bool { return now.selects(r) && cmp.Or(r.area, "none") == slug })
			}
			for month, n := range m.ByMonth {
				f.add(request+", "+month, n, func(r shownRow) bool { return now.selects(r) && r.month.String() == month })
			}
		}
	}
}

// addSeasons adds the counts of a category in two seasons and at any time.
func (f *factReader) addSeasons(request, category string, n [3]int, now, before asked) {
	for i, a := range []asked{now, before, {area: now.area}} {
		a.category = category
		f.add(request+", "+category, n[i], a.selects)
	}
}
