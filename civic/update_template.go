package civic

import "fmt"

// UpdateTemplate is a text for public updates that a district has for things in a
// state, of a category, or of any.
type UpdateTemplate struct {
	Key      string `json:"key"`
	Status   string `json:"status"`   // as Status names it; "" for any
	Category string `json:"category"` // slug; "" for any
	Text     Text   `json:"text"`     // at least in the default language
}

// MaxUpdateTemplates is the number of templates that a district can have.
const MaxUpdateTemplates = 200

// CheckTemplates returns the faults of the templates of a district, as Faults, or
// nil.
func (d *District) CheckTemplates(all []UpdateTemplate) error {
	var f Faults
	fault := func(i int, field, code, detail string) {
		f = append(f, Fault{field, code, fmt.Sprintf("template %d: %s", i+1, detail)})
	}
	if len(all) > MaxUpdateTemplates {
		f = append(f, Fault{"templates", "too_many", fmt.Sprintf("at most %d templates", MaxUpdateTemplates)})
	}
	keys := map[string]bool{}
	for i, t := range all {
		switch {
		case !ValidSlug(t.Key):
			fault(i, "key", "malformed", fmt.Sprintf("the key %q has other characters than lower-case letters, digits and hyphens", t.Key))
		case keys[t.Key]:
			fault(i, "key", "repeated", fmt.Sprintf("the key %q was used before", t.Key))
		}
		keys[t.Key] = true
		if _, err := ParseStatus(t.Status); t.Status != "" && err != nil {
			fault(i, "status", "unknown", fmt.Sprintf("there is no status %q", t.Status))
		}
		if _, ok := d.Category(t.Category); t.Category != "" && !ok {
			fault(i, "category", "unknown", fmt.Sprintf("there is no category %q", t.Category))
		}
		_, faults := d.acceptText("text", t.Text, cleanText, 1, MaxBody)
		for _, more := range faults {
			fault(i, more.Field, more.Code, more.Detail)
		}
	}
	return f.Err()
}
