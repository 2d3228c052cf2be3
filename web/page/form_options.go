package page

import (
	"slices"
	"strconv"

	"github.com/pinezka/pinezka/civic"
)

// Option is one option of a field of a form.
type Option struct {
	Value, Label string
	Count        int // pins under the other filters; -1 if not counted
	Chosen       bool
	Icon         string // of a category
	Lang         string // of the label; "" for that of the page
	Kind         string
}

// OptionGroup contains the options of one kind.
type OptionGroup struct {
	Label, Kind string
	Options     []Option
}

// Option returns the option of something with a slug and a name.
func (r *Reader) Option(slug string, name civic.Text, chosen bool) Option {
	return Option{Value: slug, Label: r.In(name), Lang: r.OtherLanguage(name), Chosen: chosen}
}

// AreaOptions returns the areas of the district, of which those with the slugs are
// chosen.
func (r *Reader) AreaOptions(chosen ...string) (options []Option) {
	for _, a := range r.district.Areas {
		options = append(options, r.Option(a.Slug, a.Name, slices.Contains(chosen, a.Slug)))
	}
	return options
}

// CategoryOptions returns the categories of the district by kind. It calls
// complete for each option, to set Count and Chosen.
func (r *Reader) CategoryOptions(complete func(*Option)) []OptionGroup {
	var groups []OptionGroup
	for _, k := range civic.Kinds() {
		group := OptionGroup{Label: r.Text("kinds." + k.String()), Kind: k.String()}
		for _, c := range r.district.Categories {
			if c.Kind != k {
				continue
			}
			o := Option{Value: c.Slug, Label: r.In(c.Label), Lang: r.OtherLanguage(c.Label), Icon: c.Icon, Kind: k.String(), Count: -1}
			complete(&o)
			group.Options = append(group.Options, o)
		}
		if len(group.Options) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// offeredMonths is how many months a form offers as the last of a period, or more, back to
// the one that is chosen.
const offeredMonths = 24

// MonthOptions returns the months up to last as options of a form.
func (r *Reader) MonthOptions(last, chosen civic.Month) (options []Option) {
	for m := last; m >= min(last-offeredMonths+1, chosen); m-- {
		options = append(options, Option{Value: m.String(), Label: r.Month(m), Chosen: m == chosen})
	}
	return options
}

// LengthOptions returns lengths of a period in months as options of a form.
func (r *Reader) LengthOptions(chosen int) (options []Option) {
	lengths := []int{1, 3, 6, 12}
	if !slices.Contains(lengths, chosen) {
		lengths = append(lengths, chosen)
		slices.Sort(lengths)
	}
	for _, n := range lengths {
		options = append(options, Option{Value: strconv.Itoa(n), Label: r.Text("period.length", "n", n), Chosen: n == chosen})
	}
	return options
}
