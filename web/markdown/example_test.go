package markdown_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/markdown"
)

// A page with the title of a text as its h2 has the headings of the text from h3.
func ExampleHTML() {
	fmt.Print(markdown.HTML("# What a council does\n\nIt gives *opinions*. See [the map](/d/podgorze).", 3))
	// Output:
	// <h3>What a council does</h3>
	// <p>It gives <em>opinions</em>. See <a href="/d/podgorze" rel="nofollow noopener">the map</a>.</p>
}
