package main

import (
	"testing"
	"time"
)

// run returns n times: 1 ms, 2 ms, …
func run(n int) (out times) {
	for i := range n {
		out = append(out, time.Duration(i+1)*time.Millisecond)
	}
	return out
}

func TestQuantileNeedsSamples(t *testing.T) {
	for _, tt := range []struct {
		samples int
		q       float64
		want    string
	}{
		{499, 0.99, "–"},
		{500, 0.99, "495 ms"},
		{99, 0.95, "–"},
		{100, 0.95, "95 ms"},
		{0, 0.5, "–"},
	} {
		if got := (series{run(tt.samples)}).quantile(tt.q); got != tt.want {
			t.Errorf("quantile %v of %d samples: %s, want %s", tt.q, tt.samples, got, tt.want)
		}
	}
}

func TestSpeedUp(t *testing.T) {
	fast := series{run(100), run(100)}
	slow := series{nil, nil}
	for i, factor := range []int64{10, 20} {
		for _, d := range fast[i] {
			slow[i] = append(slow[i], time.Duration(d.Nanoseconds()*factor))
		}
	}
	if got, want := fast.speedUp(slow, 0.5), "13.4× (10.0–20.0)"; got != want { // the median of all 200 is between those of the runs
		t.Errorf("speed-up %s, want %s", got, want)
	}
	if got := fast.speedUp(slow, 0.99); got != "–" {
		t.Errorf("p99 of 200 samples: %s, want a dash", got)
	}
}

func TestMedianWithSpread(t *testing.T) {
	if got, want := (series{run(10), run(30), run(20)}).median(), "10 ms (5 ms–15 ms)"; got != want {
		t.Errorf("median %s, want %s", got, want)
	}
	if got, want := (series{run(3)}).median(), "2 ms"; got != want {
		t.Errorf("median of one run %s, want %s", got, want)
	}
}
