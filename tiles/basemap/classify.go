package basemap

import (
	"slices"
	"strconv"
	"strings"
)

// classifier finds the rules for tags.
type classifier struct {
	rules     []rule
	byTag     map[[2]string][]int // rules by key and value, in order
	languages []string
}

func newClassifier(languages []string) *classifier {
	c := &classifier{rules: schema(), byTag: map[[2]string][]int{}, languages: languages}
	for i, r := range c.rules {
		for value := range strings.FieldsSeq(r.values) {
			c.byTag[[2]string{r.key, value}] = append(c.byTag[[2]string{r.key, value}], i)
		}
	}
	return c
}

// match returns the rules for a feature, at most one for each layer and kind of
// shape, in order of the schema.
func (c *classifier) match(tags map[string]string) []*rule {
	var found []int
	for key, value := range tags {
		found = append(found, c.byTag[[2]string{key, value}]...)
		if value != "no" {
			found = append(found, c.byTag[[2]string{key, "*"}]...)
		}
	}
	slices.Sort(found)
	var out []*rule
	for _, i := range found {
		r := &c.rules[i]
		if r.named && tags["name"] == "" {
			continue
		}
		if slices.ContainsFunc(out, func(o *rule) bool { return o.layer == r.layer && o.shape == r.shape }) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// attribute is an attribute of a feature of a tile: a text, a number or true.
type attribute struct {
	key    string
	text   string
	number uint64
	typ    attributeType
}

type attributeType uint8

const (
	text attributeType = iota
	integer
	flag
)

// attributes returns the attributes of a feature for a rule.
func (c *classifier) attributes(r *rule, tags map[string]string) []attribute {
	kind := r.kind
	if kind == "" {
		kind = tags[r.key]
	}
	out := []attribute{{key: "kind", text: kind}}
	if detail := tags[r.detail]; detail != "" {
		if n, err := strconv.ParseUint(detail, 10, 32); err == nil {
			out = append(out, attribute{key: "kind_detail", number: n, typ: integer})
		} else {
			out = append(out, attribute{key: "kind_detail", text: detail})
		}
	}
	switch {
	case kind == "address":
		out = append(out, attribute{key: "addr_housenumber", text: tags["addr:housenumber"]})
		if street := tags["addr:street"]; street != "" {
			out = append(out, attribute{key: "addr_street", text: street})
		}
		return out
	case r.shape == area || r.layer == LayerBoundaries:
		return out // their names are those of points
	case r.layer == LayerRoads:
		out = append(out, roadAttributes(tags)...)
	case r.layer == LayerPlaces:
		if n, err := strconv.ParseUint(tags["population"], 10, 32); err == nil {
			out = append(out, attribute{key: "population", number: n, typ: integer})
		}
	}
	return append(out, c.names(tags)...)
}

// names returns the name in the local language and those in the languages of
// the configuration that differ from it.
func (c *classifier) names(tags map[string]string) []attribute {
	name := tags["name"]
	if name == "" {
		return nil
	}
	out := []attribute{{key: "name", text: name}}
	for _, l := range c.languages {
		if other := tags["name:"+l]; other != "" {
			out = append(out, attribute{key: "name:" + l, text: other})
		}
	}
	return out
}

// roadAttributes returns what a style needs to draw roads in their order: is_*
// are true or missing, as in Protomaps, and layer is the level above the
// ground, missing on it and below.
func roadAttributes(tags map[string]string) []attribute {
	var out []attribute
	yes := func(key string) { out = append(out, attribute{key: key, typ: flag}) }
	if v := tags["bridge"]; v != "" && v != "no" {
		yes("is_bridge")
	}
	if isTunnel(tags) {
		yes("is_tunnel")
	}
	if strings.HasSuffix(tags["highway"], "_link") {
		yes("is_link")
	}
	if service := tags["service"]; service != "" {
		out = append(out, attribute{key: "service", text: service})
	}
	if ref := tags["ref"]; ref != "" && tags["highway"] != "" {
		out = append(out, attribute{key: "ref", text: ref})
	}
	if level := roadLevel(tags); level > 0 {
		out = append(out, attribute{key: "layer", number: uint64(level), typ: integer})
	}
	return out
}

func isTunnel(tags map[string]string) bool {
	v := tags["tunnel"]
	return v != "" && v != "no" && v != "building_passage"
}

// maxLevel bounds the tag layer.
const maxLevel = 5

// roadLevel returns the level of a road: that of its tag layer, or else 1 for
// bridges and -1 for tunnels.
func roadLevel(tags map[string]string) int {
	if n, err := strconv.Atoi(tags["layer"]); err == nil {
		return max(-maxLevel, min(maxLevel, n))
	}
	if v := tags["bridge"]; v != "" && v != "no" {
		return 1
	}
	if isTunnel(tags) {
		return -1
	}
	return 0
}
