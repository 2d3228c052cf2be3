package store

import (
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// matchingArgs returns the arguments of pins_matching.sql. A condition that the
// query does not set is null. A slug that the district does not have matches no
// pin.
func matchingArgs(d *civic.District, q civic.PinQuery) pgx.NamedArgs {
	args := pgx.NamedArgs{
		"district": d.ID, "ids": q.IDs, "kinds": names(q.Kinds), "statuses": names(q.Statuses),
		"categories": nil, "areas": nil, "from": nil, "to": nil,
		"south": nil, "north": nil, "west": nil, "east": nil, "west2": nil, "east2": nil,
		"first_cell": nil, "end_cell": nil,
	}
	if len(q.Categories) > 0 {
		args["categories"] = ids(q.Categories, d.Category, func(c civic.Category) int32 { return c.ID })
	}
	if len(q.Areas) > 0 {
		args["areas"] = ids(q.Areas, d.Area, func(a civic.Area) int32 { return a.ID })
	}
	if q.From > 0 {
		args["from"] = q.From.Time()
	}
	if q.Until > 0 {
		args["to"] = (q.Until - 1).Time()
	}
	if q.Cell != 0 && q.Box == nil {
		box := boxAround(q.Cell) // for the index
		q.Box = &box
	}
	addBox(args, q.Box)
	if q.Cell != 0 {
		first, end := q.Cell.Span()
		args["first_cell"], args["end_cell"] = int64(first), int64(end)
	}
	return args
}

// addBox adds the arguments of a box, which are null for none.
func addBox(args pgx.NamedArgs, box *geo.Box) {
	if box == nil {
		return
	}
	args["south"], args["north"] = box.South, box.North
	parts := box.Bounds()
	args["west"], args["east"] = parts[0].Min.Lon(), parts[0].Max.Lon()
	if len(parts) > 1 { // across the antimeridian
		args["west2"], args["east2"] = parts[1].Min.Lon(), parts[1].Max.Lon()
	}
}

// boxAround returns a box that encloses the cell and its children, which extend
// a little beyond it.
func boxAround(cell geo.Cell) geo.Box {
	return geo.BoxOf(geo.CutAtAntimeridian(cell.Boundary())).Pad(cell.Resolution().EdgeLength())
}

// names returns the names of the values, or nil, which is null, when there are
// none.
func names[T fmt.Stringer](values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, v.String())
	}
	return out
}

// ids returns the ids of those slugs that are found. It never returns nil.
func ids[T any](slugs []string, find func(slug string) (T, bool), id func(T) int32) []int32 {
	out := []int32{}
	for _, slug := range slugs {
		if v, ok := find(slug); ok {
			out = append(out, id(v))
		}
	}
	return out
}
