package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/pinezka/pinezka/store/storetest"
)

// BenchmarkBasemap makes the basemap, the graph and the places of a made-up city
// of a million nodes, and the basemap and the graph of a hundredth of it from the
// same extract, in a process of its own. It reports the memory at most for each
// node of the extract, beyond that for a village.
func BenchmarkBasemap(b *testing.B) {
	const blocks, nodes = 20_000, 1_000_000
	dir := b.TempDir()
	city, village := filepath.Join(dir, "city.osm"), filepath.Join(dir, "village.osm")
	writeTown(b, city, blocks)
	writeTown(b, village, 10)
	database := storetest.URL(b)
	if out, err := command(b, "district", "add", "--database-url", database, "--slug", "city", "--bbox", "20,50,20.142,50.142").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for name, where := range map[string][]string{"district": {"--database-url", database}, "hundredth": {"--box", "20,50,20.0142,50.0142"}} {
		b.Run(name, func(b *testing.B) {
			least, _ := makeBasemap(b, village, where)
			for b.Loop() {
				memory, took := makeBasemap(b, city, where)
				b.ReportMetric(float64(memory-least)/nodes, "B/node")
				b.ReportMetric(float64(memory)/1e6, "MB")
				b.ReportMetric(took.Seconds(), "s")
			}
		})
	}
}

// makeBasemap runs the command and returns the most memory that it took, in
// bytes, and its time.
func makeBasemap(b *testing.B, extract string, where []string) (memory int64, took time.Duration) {
	b.Helper()
	cmd := command(b, append([]string{"basemap", "--out", filepath.Join(b.TempDir(), "out.pmtiles"), extract}, where...)...)
	begun := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	took = time.Since(begun)
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok || runtime.GOOS != "linux" {
		b.Skip("the memory of a process is not known on this system")
	}
	return usage.Maxrss << 10, took
}

// writeTown writes an extract of a town of blocks in a square. Each has 50 nodes:
// a street with a name and ten houses with numbers.
func writeTown(b *testing.B, name string, blocks int) {
	b.Helper()
	f, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprint(w, `<osm version="0.6">`)
	columns := 1
	for columns*columns < blocks {
		columns++
	}
	const perBlock, step = 50, 0.001 // step in degrees between blocks
	corner := func(block int) orb.Point {
		return orb.Point{20 + float64(block%columns)*step, 50 + float64(block/columns)*step}
	}
	for block := range blocks {
		at := corner(block)
		for i := range perBlock {
			p := orb.Point{at.Lon() + float64(i)*step/9, at.Lat()} // of the street
			if i >= 10 {
				house, side := (i-10)/4, (i-10)%4
				p = orb.Point{at.Lon() + (float64(house)+0.2+0.5*float64((side+1)/2%2))*step/10, at.Lat() + (0.3+0.3*float64(side/2))*step}
			}
			fmt.Fprintf(w, "<node id=\"%d\" lat=\"%.7f\" lon=\"%.7f\"/>\n", block*perBlock+i+1, p.Lat(), p.Lon())
		}
	}
	way := func(id int, refs []int, tags ...string) {
		fmt.Fprintf(w, "<way id=\"%d\">", id)
		for _, ref := range refs {
			fmt.Fprintf(w, "<nd ref=\"%d\"/>", ref)
		}
		for i := 0; i < len(tags); i += 2 {
			fmt.Fprintf(w, "<tag k=%q v=%q/>", tags[i], tags[i+1])
		}
		fmt.Fprintln(w, "</way>")
	}
	for block := range blocks {
		first, street := block*perBlock+1, fmt.Sprint("Nowa ", block%columns)
		way(block*11+1, []int{first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8, first + 9}, "highway", "residential", "name", street)
		for house := range 10 {
			n := first + 10 + house*4
			way(block*11+2+house, []int{n, n + 1, n + 2, n + 3, n}, "building", "yes", "addr:street", street, "addr:housenumber", fmt.Sprint(house+1))
		}
	}
	fmt.Fprint(w, "</osm>")
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}
