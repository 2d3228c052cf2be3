package hotspots

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/pinezka/pinezka/geo"
)

// sizes are the grid distances of diskGrid for about 1,000, 5,000 and 20,000
// cells.
var sizes = []int{18, 40, 81}

func BenchmarkNewGrid(b *testing.B) {
	for _, size := range sizes {
		g := diskGrid(b, size)
		b.Run(fmt.Sprintf("cells=%d", len(g.cells)), func(b *testing.B) {
			for b.Loop() {
				if _, err := NewGrid(g.cells); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkGetisOrd measures p with its correction, and with
// permutations in addition. For about 5,000 cells it also measures a plain
// implementation on one core and, where Rscript and spdep are installed, spdep,
// all for the same values. Both of these have the normal p.
func BenchmarkGetisOrd(b *testing.B) {
	for _, size := range sizes {
		g := diskGrid(b, size)
		values := counts(rand.New(rand.NewPCG(1, 1)), len(g.cells))
		for _, permutations := range []int{0, 9999} {
			name := fmt.Sprintf("cells=%d/permutations=%d", len(g.cells), permutations)
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := GetisOrd(g, values, Options{Permutations: permutations}); err != nil {
						b.Fatal(err)
					}
				}
			})
			if size != sizes[1] {
				continue
			}
			b.Run(name+"/plain", func(b *testing.B) {
				for b.Loop() {
					plain(b, g, values, permutations)
				}
			})
			b.Run(name+"/spdep", func(b *testing.B) { benchmarkSpdep(b, g, values, permutations) })
		}
	}
}

// BenchmarkGetisOrdOfPins measures about 5,000 cells with different numbers
// of pins: there are more terms to add.
func BenchmarkGetisOrdOfPins(b *testing.B) {
	g := diskGrid(b, sizes[1])
	for _, pins := range []int{1000, 10_000, 100_000, 1_000_000} {
		r := rand.New(rand.NewPCG(1, 1))
		values, total := make([]float64, len(g.cells)), 0.0
		for i := range values {
			values[i] = r.ExpFloat64() * r.ExpFloat64()
			total += values[i]
		}
		for i, v := range values {
			values[i] = math.Round(v / total * float64(pins))
		}
		b.Run(fmt.Sprintf("pins=%d", pins), func(b *testing.B) {
			for b.Loop() {
				if _, err := GetisOrd(g, values, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// plain computes Gi* in the way in which one writes it first: neighbours from
// H3, values from a map, the normal distribution, one generator, one core.
func plain(tb testing.TB, g *Grid, values []float64, permutations int) []Cell {
	valueOf := make(map[geo.Cell]float64, len(values))
	mean, squares := 0.0, 0.0
	for i, c := range g.cells {
		valueOf[c] = values[i]
		mean += values[i]
		squares += values[i] * values[i]
	}
	n := float64(len(values))
	mean /= n
	s := math.Sqrt(squares/n - mean*mean)
	random := rand.New(rand.NewPCG(1, 1))
	cells, p := make([]Cell, len(values)), make([]float64, len(values))
	for i, c := range g.cells {
		neighbours, err := c.Neighbours()
		if err != nil {
			tb.Fatal(err)
		}
		around, k := 0.0, 0
		for _, n := range neighbours {
			if v, in := valueOf[n]; in {
				around += v
				k++
			}
		}
		w := float64(k + 1)
		z := (around + values[i] - w*mean) / (s * math.Sqrt((n*w-w*w)/(n-1)))
		p[i] = 2 * (1 - 0.5*math.Erfc(-math.Abs(z)/math.Sqrt2))
		cells[i] = Cell{Cell: c, Value: values[i], Sum: around + values[i], Z: z, P: p[i]}
		if permutations == 0 {
			continue
		}
		others := append(append([]float64{}, values[:i]...), values[i+1:]...)
		greater, less := 0, 0
		for range permutations {
			sum := 0.0
			for j := range k {
				at := j + random.IntN(len(others)-j)
				others[j], others[at] = others[at], others[j]
				sum += others[j]
			}
			if sum >= around {
				greater++
			}
			if sum <= around {
				less++
			}
		}
		cells[i].PermutationP = min(1, 2*float64(min(greater, less)+1)/float64(permutations+1))
	}
	for i, q := range BenjaminiHochberg(p) {
		cells[i].Q = q
	}
	return cells
}

// benchmarkSpdep reports the time that spdep says it took.
func benchmarkSpdep(b *testing.B, g *Grid, values []float64, permutations int) {
	if exec.Command("Rscript", "-e", "library(spdep)").Run() != nil {
		b.Skip("Rscript with spdep is not installed")
	}
	var input bytes.Buffer
	for i, v := range values {
		fmt.Fprint(&input, v)
		for _, n := range g.around(i) {
			fmt.Fprint(&input, " ", n+1)
		}
		fmt.Fprintln(&input)
	}
	file := filepath.Join(b.TempDir(), "input")
	if err := os.WriteFile(file, input.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	total := 0.0
	for b.Loop() {
		out, err := exec.Command("Rscript", "testdata/spdep_speed.R", file, strconv.Itoa(permutations)).Output()
		if err != nil {
			b.Fatal(err)
		}
		seconds, err := strconv.ParseFloat(string(out), 64)
		if err != nil {
			b.Fatal(err)
		}
		total += seconds
	}
	b.ReportMetric(total/float64(b.N)*1e9, "ns/op")
}

// TestPlain checks that what is measured beside GetisOrd computes the same.
func TestPlain(t *testing.T) {
	g := diskGrid(t, 8)
	values := counts(rand.New(rand.NewPCG(14, 14)), len(g.cells))
	cells := plain(t, g, values, 999)
	for i, c := range mustGetisOrd(t, g, values, Options{Permutations: 999}).Cells {
		if math.Abs(c.Z-cells[i].Z) > 1e-9 || math.Abs(twoSided(c.Z)-cells[i].P) > 1e-9 || math.Abs(c.PermutationP-cells[i].PermutationP) > 0.16 {
			t.Errorf("cell %d: got %+v, want %+v", i, cells[i], c)
		}
	}
}
