package flags_test

import (
	"fmt"

	"github.com/pinezka/pinezka/civic/flags"
)

func Example() {
	f := flags.New(flags.Config{Region: "PL"})
	text := "Auto KR 1AB23 zastawia wjazd, tel. 501 234 567"
	spans := f.Find(text)
	for _, s := range spans {
		fmt.Println(s.Kind, text[s.Start:s.End])
	}
	fmt.Println(flags.Redact(text, spans))
	// Output:
	// plate KR 1AB23
	// phone 501 234 567
	// Auto […] zastawia wjazd, tel. […]
}
