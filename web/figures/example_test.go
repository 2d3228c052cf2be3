package figures_test

import (
	"fmt"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
	"github.com/pinezka/pinezka/web/figures"
	"github.com/pinezka/pinezka/web/things"
)

// A thing without a question has no figures. Complete is that of a things.Kind.
func ExampleService_Complete() {
	f := figures.New(figures.Config{})
	draft := things.Draft{RecordDraft: civic.RecordDraft{Kind: civic.DiagnosisThing, Values: civic.Values{Words: map[string]string{"figures": "{}"}}}}
	fmt.Println(f.Complete(new(http.Request), new(index.Version), &draft, civic.Described{}), draft.Words)
	// Output: <nil> map[]
}
