package qrcode_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/qrcode"
)

func ExampleNew() {
	code, err := qrcode.New("https://example.org/d/podgorze", "QR code of the map")
	fmt.Println(code.Label, code.Size, err)
	// Output:
	// QR code of the map 37 <nil>
}
