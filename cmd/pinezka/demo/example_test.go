package demo_test

import (
	"fmt"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

func Example() {
	d, err := demo.District()
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range d.Areas {
		d.Areas[i].ID = int32(i + 1)
	}
	for i := range d.Categories {
		d.Categories[i].ID = int32(i + 1)
	}
	fmt.Println(len(d.Areas), "areas,", len(d.Categories), "categories")
	for pin, err := range demo.Pins(&d, 2, 1, 20700) {
		fmt.Println(pin.ReportedOn, pin.Category.Slug, pin.Status, err)
	}
	// Output:
	// 10 areas, 27 categories
	// 2026-08-11 lighting under_diagnosis <nil>
	// 2024-10-01 sport-place active <nil>
}
