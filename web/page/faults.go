package page

// Fault is what is wrong with a field of a form.
type Fault struct{ Field, Text string }

// Faults are what is wrong with a form, in the order of its fields.
type Faults []Fault

// Of returns what is wrong with a field, or "".
func (f Faults) Of(field string) string {
	for _, fault := range f {
		if fault.Field == field {
			return fault.Text
		}
	}
	return ""
}

// FaultList is the data of the template faults.
type FaultList struct {
	Heading string // key
	Prefix  string // with which the ids of the elements of fields begin
	Faults  Faults
}

// Above returns the list of the faults above a form, under a heading of which the key is
// given. The ids of the elements of its fields have their names after a prefix.
func (f Faults) Above(heading, prefix string) FaultList { return FaultList{heading, prefix, f} }
