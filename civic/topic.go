package civic

import "fmt"

// Topic is something about which a district advises.
type Topic struct {
	Slug       string `json:"slug"`
	Label      Text   `json:"label"`       // at least in the default language
	TargetDays int    `json:"target_days"` // in which a request is to be answered
}

// Limits of the topics of a district.
const (
	MaxTopics         = 50
	MaxTopicDays      = 365
	DefaultTopicDays  = 14 // of a request without a topic
	maxTopicLabelSize = MaxTitle
)

// Topic returns the topic with the slug.
func (d *District) Topic(slug string) (Topic, bool) {
	for _, t := range d.Topics {
		if t.Slug == slug {
			return t, true
		}
	}
	return Topic{}, false
}

// AdviceDue returns the day on which a request of a day about a topic is to be
// answered. The topic may be "".
func (d *District) AdviceDue(topic string, asked Day) Day {
	if t, ok := d.Topic(topic); ok {
		return asked + Day(t.TargetDays)
	}
	return asked + DefaultTopicDays
}

// CheckTopics returns the faults of the topics of a district, as Faults, or nil.
func (d *District) CheckTopics(all []Topic) error {
	return checkKeyed(keyedList{"topics", "topic", "slug", MaxTopics}, all, func(t Topic) (string, Faults) {
		var f Faults
		if t.TargetDays < 1 || t.TargetDays > MaxTopicDays {
			f = append(f, Fault{"target_days", "malformed", fmt.Sprintf("use 1 to %d days", MaxTopicDays)})
		}
		_, label := d.acceptText("label", t.Label, cleanLine, 1, maxTopicLabelSize)
		return t.Slug, append(f, label...)
	})
}
