package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// report writes tables in Markdown.
type report struct {
	out     io.Writer
	command string // which measures the tables that follow
}

func (r report) title(format string, args ...any) { fmt.Fprintf(r.out, "\n## "+format+"\n", args...) }

func (r report) subtitle(format string, args ...any) {
	fmt.Fprintf(r.out, "\n### "+format+"\n\n    "+r.command+"\n", args...)
}

func (r report) note(format string, args ...any) { fmt.Fprintf(r.out, "\n"+format+"\n", args...) }

// table writes rows; the first is the header.
func (r report) table(rows [][]string) {
	fmt.Fprintln(r.out)
	for i, row := range rows {
		fmt.Fprintln(r.out, "| "+strings.Join(row, " | ")+" |")
		if i == 0 {
			fmt.Fprintln(r.out, "|"+strings.Repeat("---|", len(row)))
		}
	}
}

func kilobytes(n int) string { return fmt.Sprintf("%.1f KB", float64(n)/1e3) }

func megabytes(n int) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// duration returns d with three significant digits, or as whole milliseconds.
func duration(d time.Duration) string {
	switch {
	case d < 999_500*time.Nanosecond:
		return fmt.Sprintf("%.3g µs", float64(d)/1e3)
	case d < 999_500*time.Microsecond:
		return fmt.Sprintf("%.3g ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.0f ms", float64(d)/1e6)
}

// number returns x with two or three significant digits.
func number(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}
