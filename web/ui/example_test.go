package ui_test

import (
	"fmt"
	"io/fs"

	"github.com/pinezka/pinezka/web/ui"
)

// Every entry point of the manifest is one of the files.
func Example() {
	files, err := ui.Files()
	if err != nil {
		fmt.Println(err)
		return
	}
	names, err := ui.Manifest()
	missing := 0
	for _, file := range names {
		if _, err := fs.Stat(files, file); err != nil {
			missing++
		}
	}
	fmt.Println(missing, err)
	// Output: 0 <nil>
}
