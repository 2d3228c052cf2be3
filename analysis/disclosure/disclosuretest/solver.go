package disclosuretest

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// mostPins is the number of pins that the attacker knows to be the most in one
// atom: a value far beyond those of the districts.
const mostPins = 200

// Solver bounds counts with glpsol, of the Debian package glpk-utils.
type Solver struct {
	Folder string // for its files; one solver at a time
}

// Least returns the smallest sum of a measure over a set of atoms that is
// consistent with k. Whatever the solver does not answer with a proven optimum
// is an error.
func (s Solver) Least(ctx context.Context, k *Knowledge, m Measure, set []Atom) (int, error) {
	return s.solve(ctx, k.program("Minimize", m, set))
}

// Most returns the largest such sum.
func (s Solver) Most(ctx context.Context, k *Knowledge, m Measure, set []Atom) (int, error) {
	return s.solve(ctx, k.program("Maximize", m, set))
}

// solve returns the value of the objective of a program.
func (s Solver) solve(ctx context.Context, program string) (int, error) {
	model, solution := filepath.Join(s.Folder, "model.lp"), filepath.Join(s.Folder, "solution.txt")
	if err := os.WriteFile(model, []byte(program), 0o600); err != nil {
		return 0, fmt.Errorf("write model: %w", err)
	}
	cmd := exec.CommandContext(ctx, "glpsol", "--lp", model, "--write", solution, "--tmlim", "60")
	if out, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("run glpsol, of the Debian package glpk-utils: %w\n%s", err, out)
	}
	b, err := os.ReadFile(solution)
	if err != nil {
		return 0, fmt.Errorf("read solution: %w", err)
	}
	for line := range strings.Lines(string(b)) {
		// s mip ROWS COLUMNS STATUS OBJECTIVE; the status o is optimal
		fields := strings.Fields(line)
		if len(fields) == 6 && fields[0] == "s" {
			value, err := strconv.ParseFloat(fields[5], 64)
			if err != nil || fields[1] != "mip" || fields[4] != "o" {
				return 0, fmt.Errorf("glpsol found no optimum: %s\n%s", line, program)
			}
			return int(math.Round(value)), nil
		}
	}
	return 0, fmt.Errorf("glpsol wrote no status: %q", b)
}

// part is a category and an area. What is known of one says nothing of another,
// so a program has only those that its set is in.
type part struct {
	category int
	area     int32
}

// program returns the integer program, in the format CPLEX LP, that optimises a
// sum over a set of atoms.
func (k *Knowledge) program(direction string, m Measure, set []Atom) string {
	parts := map[part]bool{}
	for _, a := range set {
		parts[part{a.Category, a.Unit.Area}] = true
	}
	inParts := func(a Atom) bool { return parts[part{a.Category, a.Unit.Area}] }
	var p lp
	p.index = map[Atom]int{}
	p.variables = slices.DeleteFunc(slices.Clone(k.Atoms), func(a Atom) bool { return !inParts(a) })
	for i, a := range p.variables {
		p.index[a] = i
	}
	p.text.WriteString(direction + "\n")
	p.sum(m, set)
	p.text.WriteString("Subject To\n")
	for i := range p.variables {
		fmt.Fprintf(&p.text, " p%d - v%d >= 0\n p%d - %d v%d <= 0\n", i, i, i, mostPins, i)
	}
	for _, b := range k.Bounds {
		if inParts(b.Atoms[0]) {
			p.bound(b, "")
		}
	}
	for i, e := range k.Either {
		if inParts(e.A.Atoms[0]) {
			// a bound need not hold where its variable is 1
			p.bound(e.A, fmt.Sprintf(" - %d e%d", e.Most, i))
			p.bound(e.B, fmt.Sprintf(" - %d n%d", e.Most, i))
			fmt.Fprintf(&p.text, " e%d + n%d = 1\n", i, i)
			p.binary = append(p.binary, fmt.Sprintf("e%d n%d", i, i))
		}
	}
	p.shown(k, inParts)
	p.text.WriteString("Bounds\n")
	for i := range p.variables {
		fmt.Fprintf(&p.text, " 0 <= p%d <= %d\n 0 <= v%d <= %d\n", i, mostPins, i, mostPins)
	}
	p.text.WriteString("Generals\n")
	for i := range p.variables {
		fmt.Fprintf(&p.text, " p%d v%d\n", i, i)
	}
	for _, l := range k.Shown {
		for _, row := range l.Rows {
			fmt.Fprintf(&p.text, " s%d\n", row)
		}
	}
	if len(p.binary) > 0 {
		p.text.WriteString("Binary\n " + strings.Join(p.binary, "\n ") + "\n")
	}
	p.text.WriteString("End\n")
	return p.text.String()
}

// lp is a program that is being written.
type lp struct {
	text      strings.Builder
	variables []Atom
	index     map[Atom]int
	binary    []string
}

func (p *lp) sum(m Measure, atoms []Atom) {
	name := "p"
	if m == Voices {
		name = "v"
	}
	for _, a := range atoms {
		fmt.Fprintf(&p.text, " + %s%d\n", name, p.index[a])
	}
}

// bound writes the constraints of b, with a further term on the left of its
// upper bound.
func (p *lp) bound(b Bound, term string) {
	if b.Min > 0 {
		p.sum(b.Measure, b.Atoms)
		fmt.Fprintf(&p.text, " >= %d\n", b.Min)
	}
	if b.Max != none {
		p.sum(b.Measure, b.Atoms)
		fmt.Fprintf(&p.text, "%s <= %d\n", term, b.Max)
	}
}
