package civic

// Voice is who supports a thing: a contact who has signed in, the device from
// which somebody does so, or both.
type Voice struct {
	ContactID int64  // 0 for nobody known
	Device    string // random secret of a browser; "" for none
}

// MonthVoices is the number of voices that came in a month.
type MonthVoices struct {
	Month  Month
	Voices int
}
