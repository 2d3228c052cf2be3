package civic

// Counts contains the number of pins of each kind.
type Counts struct {
	Need         int `json:"need"`
	Potential    int `json:"potential"`
	Organisation int `json:"organisation"`
}

// Total returns the number of pins of all kinds.
func (c Counts) Total() int { return c.Need + c.Potential + c.Organisation }

// Plus returns the sum of c and o, kind by kind.
func (c Counts) Plus(o Counts) Counts {
	return Counts{c.Need + o.Need, c.Potential + o.Potential, c.Organisation + o.Organisation}
}

// Add adds n pins of kind k to c.
func (c *Counts) Add(k Kind, n int) {
	switch k {
	case Need:
		c.Need += n
	case Potential:
		c.Potential += n
	case Organisation:
		c.Organisation += n
	}
}

// Of returns the number of pins of kind k.
func (c Counts) Of(k Kind) int {
	switch k {
	case Need:
		return c.Need
	case Potential:
		return c.Potential
	case Organisation:
		return c.Organisation
	}
	return 0
}
