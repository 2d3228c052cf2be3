package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// changesURL matches the URL of the stream of changes in the page of the map, with
// the version that the page shows.
var changesURL = regexp.MustCompile(`/changes\?since=([^&"]+)`)

// version waits until the index follows, and returns its version.
func (f *factReader) version() string {
	follow(f.T, f.site.Live)
	request, body := f.get("/d/"+f.Slug, nil)
	found := changesURL.FindStringSubmatch(body)
	if found == nil {
		f.Fatalf("%s: no version in the page", request)
	}
	return found[1]
}

// readChanges reads the stream of changes since the version before the last month was
// published. It may name the cells in which leaves are shown, and no others.
func (f *factReader) readChanges(since string) {
	cells := map[string]bool{}
	for _, row := range f.rows {
		if row.month == f.month && row.pins > 0 && row.category.Visibility == civic.HexOnly {
			cells[row.cell.Parent(8).String()] = true
		}
	}
	if len(cells) == 0 {
		if after := f.version(); after != since {
			f.Errorf("%s: nothing is published, and the version changes from %s to %s", f.month, since, after)
		}
		return
	}
	f.version() // waits
	want, _ := json.Marshal(map[string][]string{"cells": slices.Sorted(maps.Keys(cells))})
	if got := f.event(since); got != string(want) {
		f.leaks = append(f.leaks, fmt.Sprintf("changes after %s: %s, but leaves change %s", f.month, got, want))
	}
}

// event returns the data of the first event of the stream of changes since a version.
func (f *factReader) event(since string) string {
	path := "/api/v1/districts/" + f.Slug + "/changes"
	f.paths[path] = true
	ctx, leave := context.WithTimeout(f.Context(), time.Minute)
	defer leave()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, f.site.URL+path+"?since="+since, nil)
	if err != nil {
		f.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		if data, found := strings.CutPrefix(lines.Text(), "data: "); found {
			return data
		}
	}
	f.Fatalf("%s: no event: %v", path, lines.Err())
	return ""
}
