package main

import (
	"github.com/prometheus/client_golang/prometheus"

	"github.com/pinezka/pinezka/web/serve"
)

// limitCollector collects the metrics of the limits that clients share.
type limitCollector struct {
	metrics func() []serve.LimitMetrics

	used, size, waiting, refused, cut *prometheus.Desc
}

func newLimitCollector(metrics func() []serve.LimitMetrics) *limitCollector {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("pinezka_limit_"+name, help, []string{"limit"}, nil)
	}
	return &limitCollector{
		metrics: metrics,
		used:    desc("used", "Slots, bytes, streams or connections in use."),
		size:    desc("size", "Slots, bytes, streams or connections that there are, or writes that a client may make at once."),
		waiting: desc("waiting", "Requests that wait for a slot."),
		refused: desc("refused_total", "Requests refused because the limit was reached."),
		cut:     desc("cut_total", "Responses, streams or connections closed for those of other clients."),
	}
}

// Describe implements prometheus.Collector.
func (c *limitCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.used, c.size, c.waiting, c.refused, c.cut} {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (c *limitCollector) Collect(to chan<- prometheus.Metric) {
	for _, m := range c.metrics() {
		metric := func(d *prometheus.Desc, kind prometheus.ValueType, value float64) {
			to <- prometheus.MustNewConstMetric(d, kind, value, m.Name)
		}
		metric(c.used, prometheus.GaugeValue, float64(m.Used))
		metric(c.size, prometheus.GaugeValue, float64(m.Limit))
		metric(c.waiting, prometheus.GaugeValue, float64(m.Waiting))
		metric(c.refused, prometheus.CounterValue, float64(m.Refused))
		metric(c.cut, prometheus.CounterValue, float64(m.Cut))
	}
}
