package diagnoses_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/diagnoses"
)

func ExampleKind() {
	kind := diagnoses.Kind(diagnoses.Config{})
	fmt.Println(kind.Plural(), kind.Template)
	// Output: diagnoses diagnosis_page
}
