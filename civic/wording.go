package civic

import (
	"cmp"
	"encoding/json"
	"fmt"
)

// Wording is what somebody of the staff wrote, or a template that they chose. The
// record has a template in all its languages, so that everybody reads it in theirs,
// whatever becomes of the template.
type Wording struct {
	Text     string // as it was written, or as whoever chose the template has read it
	Template string // key of the template; "" for none
	In       Text   // the template by language; nil when it was changed
}

// For returns the wording in a language, or else as it was written.
func (w Wording) For(language string) string { return cmp.Or(w.In[language], w.Text) }

// recordedWording is a Wording from a template in JSON.
type recordedWording struct {
	Template string `json:"template"`
	Text     string `json:"text"`
	In       Text   `json:"in,omitempty"`
}

// MarshalJSON returns the text as a string, or an object for a template.
func (w Wording) MarshalJSON() (encoded []byte, err error) {
	if w.Template == "" {
		encoded, err = json.Marshal(w.Text)
	} else {
		encoded, err = json.Marshal(recordedWording{w.Template, w.Text, w.In})
	}
	if err != nil {
		return nil, fmt.Errorf("encode a wording: %w", err)
	}
	return encoded, nil
}

// UnmarshalJSON reads what MarshalJSON returns.
func (w *Wording) UnmarshalJSON(encoded []byte) error {
	*w = Wording{}
	if len(encoded) > 0 && encoded[0] == '"' {
		return json.Unmarshal(encoded, &w.Text) //nolint:wrapcheck // encoding/json says what it decodes
	}
	var r recordedWording
	if err := json.Unmarshal(encoded, &r); err != nil {
		return err //nolint:wrapcheck // the same
	}
	*w = Wording{r.Text, r.Template, r.In}
	return nil
}
