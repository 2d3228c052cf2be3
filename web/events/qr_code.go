package events

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// quietZone is how many modules around a QR code are light (ISO/IEC 18004).
const quietZone = 4

// qrCode is a QR code as it is drawn: a square whose unit is a module.
type qrCode struct {
	Size int    // of a side in modules, with the quiet zone
	Path string // of SVG, of the dark modules
}

// newQRCode returns the code of a text, of which 15 % can be illegible.
func newQRCode(text string) (code qrCode, err error) {
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
	return qrCode{Size: side + 2*quietZone, Path: path.String()}, nil
}
