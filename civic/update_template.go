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
	return checkKeyed(keyedList{"templates", "template", "key", MaxUpdateTemplates}, all, func(t UpdateTemplate) (string, Faults) {
		var f Faults
		if _, err := ParseStatus(t.Status); t.Status != "" && err != nil {
			f = append(f, Fault{"status", "unknown", fmt.Sprintf("there is no status %q", t.Status)})
		}
		if _, ok := d.Category(t.Category); t.Category != "" && !ok {
			f = append(f, Fault{"category", "unknown", fmt.Sprintf("there is no category %q", t.Category)})
		}
		_, text := d.acceptText("text", t.Text, cleanText, 1, MaxBody)
		return t.Key, append(f, text...)
	})
}
