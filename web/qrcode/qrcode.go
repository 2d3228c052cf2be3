// Package qrcode draws QR codes for paper, from which a telephone opens a page.
package qrcode

import (
	"embed"
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Files contains the template.
//
//go:embed templates/*.html
var Files embed.FS

// quietZone is how many modules around a QR code are light (ISO/IEC 18004).
const quietZone = 4

// Code is a QR code as it is drawn: a square whose unit is a module. It is the data of
// the template "qr_code".
type Code struct {
	Label string // its accessible name
	Size  int    // of a side in modules, with the quiet zone
	Path  string // of SVG, of the dark modules
}

// New returns the code of a text with a label. 15 % of it can be illegible.
func New(text, label string) (code Code, err error) {
	modules, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return code, fmt.Errorf("make a QR code: %w", err)
	}
	side := modules.Bounds().Dx()
	var path strings.Builder
	for y := range side {
		for x := 0; x < side; x++ {
			from := x
			for x < side && modules.At(x, y) == color.Black {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	return Code{Label: label, Size: side + 2*quietZone, Path: path.String()}, nil
}
