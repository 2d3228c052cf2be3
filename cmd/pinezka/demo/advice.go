package demo

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/ingest/district"
)

var (
	//go:embed topics.json
	topicsFile []byte
	//go:embed answers.json
	answersFile []byte
)

// Topics returns the topics about which the demo district advises.
func Topics() ([]civic.Topic, error) {
	topics, err := district.Reader{}.ReadTopics(bytes.NewReader(topicsFile))
	if err != nil {
		return nil, fmt.Errorf("read the topics of the demo district: %w", err)
	}
	return topics, nil
}

// Answers returns answers that everybody may read, all of them made up, at the centres
// of their cells.
func Answers() (answers []civic.RecordDraft, err error) {
	var all []struct {
		Topic, Area, Coarseness string
		Place                   *orb.Point
		Question, Answer        civic.Text
	}
	if err := json.Unmarshal(answersFile, &all); err != nil {
		return nil, fmt.Errorf("read the answers of the demo district: %w", err)
	}
	for _, a := range all {
		draft := civic.RecordDraft{Kind: civic.AnswerThing, Values: civic.Values{
			Texts: map[string]civic.Text{"question": a.Question, "answer": a.Answer},
			Words: map[string]string{"topic": a.Topic, "area": a.Area, "coarseness": a.Coarseness},
		}}
		if a.Place != nil {
			centre, _ := civic.ReleasedPlace(*a.Place, a.Coarseness)
			draft.Point = &centre
		}
		answers = append(answers, draft)
	}
	return answers, nil
}
