package civic

// Improvement is a need that is met, about which whoever has a voice for it is asked
// once whether it is better.
type Improvement struct {
	ThingID  int64
	Title    string
	Answered bool // whether the one who is asked has answered
}

// ImprovementAnswer is the answer of somebody who was asked.
type ImprovementAnswer struct {
	Better bool
	Words  string  // for the staff; "" for none
	Why    Wording // the reason that is recorded if the need is open again
}

// Improvements is how many of those who were asked have answered, and said that it is
// better, the last time that a need was met.
type Improvements struct{ Better, Answers int }

// MinImprovements is the number of answers from which they are published.
const MinImprovements = 5

// Check cleans the words of an answer and returns their faults, as Faults, or nil.
func (a *ImprovementAnswer) Check() error {
	a.Words = cleanText(a.Words)
	return checkText("words", a.Words, 0, MaxReason).Err()
}
