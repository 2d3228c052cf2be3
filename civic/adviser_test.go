package civic_test

import (
	"testing"

	"github.com/pinezka/pinezka/civic"
)

// TestChooseAdviser checks who gets a request: by topic, load and absence.
func TestChooseAdviser(t *testing.T) {
	anna := civic.AdvisingAccount{AccountID: 1, Topics: []string{"planning"}, Open: 3, DeputyID: 3}
	ola := civic.AdvisingAccount{AccountID: 2, Topics: []string{"planning", "law"}, Open: 1}
	deputy := civic.AdvisingAccount{AccountID: 3, Topics: []string{"transport"}, Open: 9}
	absent := func(a civic.AdvisingAccount, from, until civic.Day) civic.AdvisingAccount {
		a.AbsentFrom, a.AbsentUntil = from, until
		return a
	}
	const today = civic.Day(100)
	for _, test := range []struct {
		name  string
		all   []civic.AdvisingAccount
		topic string
		want  int64
		why   civic.AssignmentCause
	}{
		{"the fewest open requests", []civic.AdvisingAccount{anna, ola, deputy}, "planning", 2, civic.ByLoad},
		{"not who is absent", []civic.AdvisingAccount{anna, absent(ola, today, today), deputy}, "planning", 1, civic.ByLoad},
		{"again after the last day", []civic.AdvisingAccount{anna, absent(ola, 90, today-1), deputy}, "planning", 2, civic.ByLoad},
		{"not yet before the first day", []civic.AdvisingAccount{anna, absent(ola, today+1, 0), deputy}, "planning", 2, civic.ByLoad},
		{"the deputy of who is absent", []civic.AdvisingAccount{absent(anna, 90, 0), absent(ola, 90, 0), deputy}, "planning", 3, civic.ByDeputy},
		{"a deputy who is absent too", []civic.AdvisingAccount{absent(anna, 90, 0), absent(deputy, 90, 0)}, "planning", 0, ""},
		{"a deputy who is no adviser any more", []civic.AdvisingAccount{absent(anna, 90, 0)}, "planning", 0, ""},
		{"nobody advises about it", []civic.AdvisingAccount{anna, ola, deputy}, "space", 0, ""},
		{"no topic", []civic.AdvisingAccount{anna, ola, deputy}, "", 0, ""},
	} {
		account, why := civic.ChooseAdviser(test.all, test.topic, today)
		if account != test.want || why != test.why {
			t.Errorf("%s: %d by %q, want %d by %q", test.name, account, why, test.want, test.why)
		}
	}
}

// TestTakeOver checks who takes over from an adviser who is absent or none any more.
func TestTakeOver(t *testing.T) {
	anna := civic.AdvisingAccount{AccountID: 1, Topics: []string{"planning"}, DeputyID: 3, AbsentFrom: 90}
	ola := civic.AdvisingAccount{AccountID: 2, Topics: []string{"planning"}}
	deputy := civic.AdvisingAccount{AccountID: 3, Topics: []string{"transport"}}
	for _, test := range []struct {
		name string
		all  []civic.AdvisingAccount
		from civic.AdvisingAccount
		want int64
		why  civic.AssignmentCause
	}{
		{"the deputy", []civic.AdvisingAccount{anna, ola, deputy}, anna, 3, civic.ByAbsence},
		{"another one about it", []civic.AdvisingAccount{anna, ola}, anna, 2, civic.ByLoad},
		{"an adviser who is none any more", []civic.AdvisingAccount{ola, deputy}, civic.AdvisingAccount{}, 2, civic.ByLoad},
		{"nobody", []civic.AdvisingAccount{anna}, anna, 0, ""},
	} {
		account, why := civic.TakeOver(test.all, test.from, "planning", 100)
		if account != test.want || why != test.why {
			t.Errorf("%s: %d by %q, want %d by %q", test.name, account, why, test.want, test.why)
		}
	}
}
