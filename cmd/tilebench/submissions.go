package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pinezka/pinezka/cmd/pinezka/demo"
)

// The load on the search while pins are submitted.
const (
	searchers      = 400            // clients, each of which sends its next search when it has the result of the last one
	searchPrefixes = "abcdegklmnop" // words that are searched: the first letters of many
	submitPause    = 100 * time.Millisecond
)

// submissions measures how long a pin takes that somebody submits: alone, and
// while many clients search the pins for prefixes of one letter, for which the
// database reads the most.
func (b *bench) submissions(ctx context.Context) (err error) {
	b.stopFollowing() // only the program follows the database
	p, err := b.startProgram(ctx, "--data-dir", b.dir, "--pins-per-minute", "100000")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.stop(), b.deleteWritten(ctx)) }()
	alone, err := b.submitFor(ctx, p.url)
	if err != nil {
		return err
	}
	searching, stop := context.WithCancel(ctx)
	defer stop()
	var group sync.WaitGroup
	searches := map[string]*atomic.Int64{"answered": {}, "refused": {}, "too many": {}}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: searchers}}
	defer client.CloseIdleConnections()
	var failed error
	var once sync.Once
	for i := range searchers {
		group.Go(func() {
			url := fmt.Sprintf("%s/api/v1/districts/%s/pins?q=%c", p.url, demo.Slug, searchPrefixes[i%len(searchPrefixes)])
			for searching.Err() == nil {
				var status statusError
				err := get(searching, client, url)
				switch {
				case err == nil:
					searches["answered"].Add(1)
				case errors.As(err, &status) && status == http.StatusServiceUnavailable:
					searches["refused"].Add(1)
				case errors.As(err, &status) && status < http.StatusInternalServerError:
					searches["too many"].Add(1)
				case searching.Err() == nil:
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	if err := wait(ctx, 2*time.Second); err != nil { // until all of them wait for a result
		return err
	}
	busy, err := b.submitFor(ctx, p.url)
	stop()
	group.Wait()
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	b.out.subtitle("Submissions through HTTP, alone and while %d clients search words with prefixes of one letter", searchers)
	rows := [][]string{{"", "submissions", "median", "p95", "largest", "median relative to alone"}}
	for _, r := range []struct {
		name  string
		taken times
	}{{"alone", alone}, {"while clients search", busy}} {
		rows = append(rows, []string{
			r.name, strconv.Itoa(len(r.taken)), duration(r.taken.median()), series{r.taken}.quantile(0.95), duration(r.taken.at(1)), number(over(r.taken.median(), alone.median())) + "×",
		})
	}
	b.out.table(rows)
	b.out.note("One client submits pins, one after another, with pauses of %s. Meanwhile, %d searches were answered with pins, %d refused because more than 20,000 pins have the word, and %d with status 503.",
		submitPause, searches["answered"].Load(), searches["too many"].Load(), searches["refused"].Load())
	return nil
}

// submitFor submits pins to the program for as long as writing takes, and
// returns how long each took.
func (b *bench) submitFor(ctx context.Context, url string) (taken times, err error) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i, begun := 0, time.Now(); time.Since(begun) < b.writing; i++ {
		at := b.points[i%len(b.points)]
		body, err := json.Marshal(map[string]any{"category": "greenery", "title": writtenTitle, "lon": at.Lon(), "lat": at.Lat()})
		if err != nil {
			return nil, fmt.Errorf("encode a pin: %w", err)
		}
		start := time.Now()
		if err := submit(ctx, client, url, body); err != nil {
			return nil, fmt.Errorf("submit a pin after %s: %w", time.Since(start), err)
		}
		taken = append(taken, time.Since(start))
		if err := wait(ctx, submitPause); err != nil {
			return nil, err
		}
	}
	return taken, nil
}

// submit submits a pin.
func submit(ctx context.Context, client *http.Client, url string, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v1/districts/"+demo.Slug+"/pins", bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("submit a pin: %w", err)
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("submit a pin: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return fmt.Errorf("submit a pin: %w", err)
	}
	if resp.StatusCode != http.StatusCreated {
		return statusError(resp.StatusCode)
	}
	return nil
}
