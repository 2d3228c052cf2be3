package academy_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/academy"
)

func Example() {
	fmt.Println(academy.Programmes(academy.Config{}).Plural(), academy.Enrolments(academy.Config{}).Plural())
	// Output: programmes enrolments
}
