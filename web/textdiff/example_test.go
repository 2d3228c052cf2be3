package textdiff_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/textdiff"
)

func ExampleWords() {
	for _, part := range textdiff.Words("Plant ten trees.", "Plant twelve trees.") {
		fmt.Printf("%s %q\n", part.Kind, part.Text)
	}
	// Output:
	// same "Plant "
	// removed "ten"
	// added "twelve"
	// same " trees."
}
