// Package disclosure decides which counts of the pins that are published only
// in counts may be published, so that none of them, alone or by sums and
// differences with all others that were ever published, discloses how many
// people reported something in a place and a time in which fewer than K did.
//
// What is published is a partition, and so additive. A place (a Unit) in a month
// is an atom. Close divides the atoms of a category into leaves:
//
//	                 Jan  Feb  Mar │ Apr  May  Jun │
//	area 1  cell a  ┌──────────────┬───────────────┐
//	        cell b  │   leaf: 7    │   leaf: 5     │  a run of cells × a run of months,
//	        cell c  ├──────────────┤               │  with at least K voices,
//	        cell d  │              ├───────────────┤  closed once and never divided again
//	        cell e  │   leaf: 5    │   leaf: 9     │
//	        cell f  └──────────────┴───────────────┘
//	area 2  cell g  ┌──────────────────────────────┐
//	        cell h  └───────────  leaf: 6  ────────┘
//
// Every published count, at any resolution, of any area and period, is a sum of
// leaves, so all of them add up. A count of zero is part of a leaf like any
// other.
//
// # Rule
//
// For each category and area, at the end of month m, the pool is the reports
// that have not been released. It is released when it has at least Target
// distinct voices, and in June and December when it has at least K; otherwise it
// waits, and is released together with later months. To release it, the units
// of the area are walked in the order of their cells. A leaf ends after a unit
// when the leaf has at least K distinct voices and all units after it together
// have at least K, too; the last leaf has the rest.
//
// # Why it is safe
//
// Assume that somebody knows the rule and every leaf that was ever published,
// with its numbers of pins and of voices, and nothing else about the reports.
// Let S be any set of atoms, such as a cell in a month, an area less a part of
// it, or a period less another. If S is not a union of leaves, then what was
// published is consistent with at least K different numbers of pins in S. It is
// consistent with at least K different numbers of distinct voices in S, too,
// unless S contains a whole leaf; and then S has at least K voices.
//
// Proof. What is known of the atoms of a leaf with n ≥ K voices, in a release of
// the months from o to m, beyond n and the number of its pins?
//
//  1. Of a leaf that is not the last one of its area: the units before the one
//     with which it ends have at most K-1 voices, since it did not end earlier.
//     (If the units after its end have K voices, those after an earlier unit
//     have, too; so of the two conditions, this is the one that failed.)
//  2. Of the last leaf: at each border between two of its units, those before
//     or those after have at most K-1 voices.
//  3. Of the months from o to any month before m, in the whole area: they have
//     at most Target-1 voices, and at most K-1 until a June or a December.
//
// All are upper bounds, of K-1 or more. Each leaf has a free atom, which is in
// none of the sums of 1 and 3: its last unit in month m; in the last leaf, any
// unit in month m. If all pins of each leaf are in its free atom, and none
// waits, the same leaves are published: what 1 and 3 bound is 0, and for 2 all
// voices are on one side of each border.
//
// Call a leaf cut if it has atoms in S and atoms outside. A cut leaf has a free
// atom f and another atom g of which one is in S: if it is not the last leaf,
// any atom on the other side of S than f; if it is, and S divides a unit, choose
// as f that unit in month m, and as g the same unit in a month that is on the
// other side; if S divides no unit, choose a unit in S and one outside, both in
// month m.
//
// Choose v voices, 0 ≤ v ≤ K-1, and move all their pins from f to g, in all cut
// leaves whose f is in S; if there are none, in one whose f is outside. What is
// bounded, within a leaf and within an area, is now at most v ≤ K-1; for 2, at
// each border, one side has none or at most v voices. Each leaf keeps its pins
// and voices. So the same leaves are published. With each voice, S loses at
// least one pin in the first case, and gains one in the second: K values of v
// are K numbers of pins. The same is true of its distinct voices, if no leaf is
// in S as a whole, since in the first case a voice that moves leaves S
// altogether. If no leaf is cut, S has atoms that are not released; v voices
// that wait in one of them are at most K-1, so nothing is released of them. Which
// voices each leaf has does not change in any of this, so numbers of distinct
// voices in unions of leaves may be published, too. ∎
//
// What the proof needs, and whoever publishes leaves must keep:
//
//   - Nothing says of a pool that waits more than the rule does, which is that
//     it has fewer than Target voices (fewer than K at the end of a half-year).
//     In particular, nothing tells a pool with K voices that waits for more from
//     one without.
//   - Units, K and Target are known and do not depend on the reports.
//   - Each month is closed once, when it has ended. A report counts in the month
//     in which it became known, however old what it reports is. If past months
//     were closed again whenever something becomes known late, a release would
//     tell the hour in which somebody sent the report that was missing.
//   - A report is released once.
//   - A leaf stays as it is, whatever becomes of its pins.
//   - A report that is published otherwise, for example as a point, is not one
//     of those protected.
//
// What it does not promise: that a guess is not more probable than another; that
// a unit may be empty (the one with which a leaf ends has at least one voice);
// anything against somebody who knows the reports of others (each report known
// lowers K by one) or sends many under different names, which is for the limits
// on submissions and the moderators to prevent.
package disclosure

import (
	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/geo"
)

// Version is the version of the rule. It is stored with what the rule decided.
const Version = "leaves-1"

// Unit is the smallest place of which counts can be published: a cell of the
// finest public resolution of the category, within an area.
type Unit struct {
	Area int32 // 0: outside all areas
	Cell geo.Cell
}

// Report is one pin that is published only in counts, and has not been released.
type Report struct {
	Pin   int64
	Unit  Unit
	Month civic.Month // in which it became known: that of its publication, not of what it reports
	Voice uint64      // the same for the reports of one contributor, and different for those of two
}

// Rule is how the counts of a category are released.
type Rule struct {
	K      int // distinct voices in a leaf, at least. Default: 5
	Target int // distinct voices with which a pool is released before the end of a half-year. Default: 10 K
}

// The defaults of a Rule.
const (
	defaultK      = 5
	defaultTarget = 10 // times K
)

// withDefaults returns r with its defaults, and a target of at least K.
func (r Rule) withDefaults() Rule {
	if r.K <= 0 {
		r.K = defaultK
	}
	if r.Target <= 0 {
		r.Target = defaultTarget * r.K
	}
	r.Target = max(r.Target, r.K)
	return r
}

// Leaf is a count that is released. It is final.
type Leaf struct {
	Area        int32
	First, Last geo.Cell    // of the run of units, in the order of cells within the area; both are included
	From, To    civic.Month // both are included
	At          geo.Cell    // the middle one of its units, whatever the reports are; its pins are shown where Spread says
	Pins        int
	Voices      int     // distinct ones, at least K
	Reports     []int64 // the ids of its pins, ascending; not to be published
}
