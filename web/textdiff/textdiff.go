// Package textdiff says how one version of a text became another, by words.
package textdiff

import (
	"strings"
	"unicode"
)

// Part is a part of a text, compared with another version. Kind is "same", "added" or
// "removed".
type Part struct{ Kind, Text string }

// maxCompared is how many words of two versions are compared one by one; of longer
// ones, what is between their common beginning and end is shown as changed.
const maxCompared = 1 << 20 // pairs

// Words returns how one version of a text became another, by words.
func Words(before, after string) (parts []Part) {
	a, b := pieces(before), pieces(after)
	add := func(kind string, words ...string) {
		text := strings.Join(words, "")
		switch last := len(parts) - 1; {
		case text == "":
		case last >= 0 && parts[last].Kind == kind:
			parts[last].Text += text
		default:
			parts = append(parts, Part{kind, text})
		}
	}
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	end := a[len(a)-tail:]
	add("same", a[:head]...)
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a)*len(b) > maxCompared {
		add("removed", a...)
		add("added", b...)
	} else {
		common := commonLengths(a, b)
		i, j := 0, 0
		for i < len(a) || j < len(b) {
			switch {
			case i < len(a) && j < len(b) && a[i] == b[j]:
				add("same", a[i])
				i, j = i+1, j+1
			case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
				add("removed", a[i])
				i++
			default:
				add("added", b[j])
				j++
			}
		}
	}
	add("same", end...)
	return parts
}

// commonLengths returns the lengths of the longest common subsequences of a[i:]
// and b[j:].
func commonLengths(a, b []string) [][]int32 {
	all := make([][]int32, len(a)+1)
	all[len(a)] = make([]int32, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		all[i] = make([]int32, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				all[i][j] = all[i+1][j+1] + 1
			} else {
				all[i][j] = max(all[i+1][j], all[i][j+1])
			}
		}
	}
	return all
}

// pieces returns the words of a text and what is between them.
func pieces(text string) (all []string) {
	start, inWord := 0, false
	for i, r := range text {
		if word := unicode.IsLetter(r) || unicode.IsDigit(r); word != inWord || !word {
			if i > start {
				all = append(all, text[start:i])
			}
			start, inWord = i, word
		}
	}
	if start < len(text) {
		all = append(all, text[start:])
	}
	return all
}
