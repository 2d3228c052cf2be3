package civic

// Recommended is what numbers of recommendations are computed from: one that is
// public.
type Recommended struct {
	State      State
	AreaID     int32   // 0 for none
	Categories []int32 // ids
	Addressee  string  // in the default language of the district
	SentOn     Day     // 0 for one that has not been sent
	RepliedOn  Day     // 0 for one without a reply
	Deadline   Day     // 0 for none
	Outcome    string  // of the reply; "" for none
}
