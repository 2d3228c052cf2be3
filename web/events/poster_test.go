package events_test

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/webtest"
)

// TestPoster reads the code of a poster back: of the next occurrence, and of one day of a
// series.
func TestPoster(t *testing.T) {
	s := webtest.Open(t, civic.ModerateAfter)
	v, _ := s.Live.District("trial")
	d := &v.District
	says, day := picnic(d, 3, 0)
	says.Words["every"], says.Words["until"] = "week", (day + 14).String()
	says.Texts["access_note"] = civic.Text{"pl": "Winda od podwórka"}
	event := s.Add(t, says)
	home := fmt.Sprintf("/d/trial/events/%d", event.ID)

	_, body := s.Want(t, http.StatusOK, "GET", home, "")
	webtest.Contains(t, body, `href="`+home+`/poster"`)
	_, body = s.Want(t, http.StatusOK, "GET", home+"/poster", "")
	webtest.Contains(t, body, "Piknik &lt;nad Wisłą&gt;", "18:00–20:00", "Bulwary", "bez schodów", "Winda od podwórka", "Obowiązują zapisy", "co tydzień", ">"+s.URL+home+"<", "Kod QR adresu "+s.URL+home)
	if got, want := readCode(t, body), s.URL+home; got != want {
		t.Errorf("the code has %q, not %q", got, want)
	}
	second := home + "?day=" + (day + 7).String()
	_, body = s.Want(t, http.StatusOK, "GET", home+"/poster?day="+(day+7).String(), "", "Accept-Language", "en")
	webtest.Contains(t, body, "Picnic", "Please register", `datetime="`+(day+7).String())
	if strings.Contains(body, "every week") {
		t.Error("the poster of one day says how the event is repeated")
	}
	if got, want := readCode(t, body), s.URL+second; got != want {
		t.Errorf("the code has %q, not %q", got, want)
	}
	for _, path := range []string{home + "/poster?day=" + (day + 1).String(), "/d/trial/events/999999/poster", "/d/trial/events/x/poster"} {
		s.Want(t, http.StatusNotFound, "GET", path, "")
	}
	s.Want(t, http.StatusBadRequest, "GET", home+"/poster?day=soon", "")
}

// readCode returns what the QR code on a page says, as a reader of codes sees it.
func readCode(t *testing.T, page string) string {
	t.Helper()
	found := regexp.MustCompile(`(?s)<svg class="qr-code".*?</svg>`).FindString(page)
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Path    struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(found), &svg); err != nil {
		t.Fatalf("%v in %.200s", err, found)
	}
	var side int
	if _, err := fmt.Sscanf(svg.ViewBox, "0 0 %d", &side); err != nil {
		t.Fatal(err)
	}
	const pixels = 5 // of a module
	drawn := image.NewGray(image.Rect(0, 0, side*pixels, side*pixels))
	draw.Draw(drawn, drawn.Bounds(), image.White, image.Point{}, draw.Src)
	for _, run := range regexp.MustCompile(`M\d+ \d+h\d+v1h-\d+z`).FindAllString(svg.Path.D, -1) {
		var x, y, n int
		if _, err := fmt.Sscanf(run, "M%d %dh%d", &x, &y, &n); err != nil {
			t.Fatal(err)
		}
		if x < 4 || y < 4 || x+n > side-4 || y > side-5 {
			t.Fatalf("%s of %d is in the quiet zone", run, side)
		}
		draw.Draw(drawn, image.Rect(x*pixels, y*pixels, (x+n)*pixels, (y+1)*pixels), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}
