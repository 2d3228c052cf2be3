package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/pinezka/pinezka/civic"
)

// The load of TestSubmissionsUnderHostileLoad. LOAD_SECONDS in the environment is
// another duration.
const (
	submissionsPerSecond = 200
	loadSeconds          = 10
	addPath              = "/api/v1/districts/podgorze/pins"
	legalTitle           = `Report %d <script>alert(1)</script> '); drop table pins; -- ../../etc/passwd`
	hostileTitle         = "Hostile"
	maxMemoryGrowth      = 96 << 20 // bytes; a race detector needs some of them
)

// submission is a request to add a pin.
type submission struct {
	path, body, key string
	header          [2]string
	want            int // status
}

// submissionNumber returns the submission with a number: two of three are right, some of
// them with texts that must not be taken for code, and one of three is hostile.
func submissionNumber(i int) submission {
	body := func(title string) string {
		encoded, _ := json.Marshal(map[string]any{ // never fails
			"category": "waste", "title": title, "lon": 19.97, "lat": 50.033, "email": fmt.Sprintf("resident-%d@example.org", i%500),
		})
		return string(encoded)
	}
	s := submission{path: addPath, key: string(civic.NewRequestKey()), want: http.StatusCreated}
	if i%3 > 0 {
		s.body = body(fmt.Sprintf(legalTitle, i))
		return s
	}
	s.body, s.want = body(hostileTitle), http.StatusBadRequest
	switch i / 3 % 7 {
	case 0:
		s.body, s.want = body(strings.Repeat(hostileTitle, 10_000)), http.StatusRequestEntityTooLarge
	case 1:
		s.body = s.body[:len(s.body)/2]
	case 2:
		s.path = "/api/v1/districts/..%2f..%2fetc%2fpasswd/pins"
	case 3:
		s.key, s.want = replayedKey, http.StatusUnprocessableEntity
	case 4:
		s.header, s.want = [2]string{"Sec-Fetch-Site", "cross-site"}, http.StatusForbidden
	case 5:
		s.body = strings.Replace(s.body, `"waste"`, `{"$gt":""}`, 1)
	case 6:
		s.body, s.want = body(hostileTitle+"\x00"), http.StatusUnprocessableEntity
	}
	return s
}

// replayedKey is the key of a pin that is added before the load.
const replayedKey = "the-key-of-a-request-that-others-replay"

// send sends the submission once. The status is 0 when there was no response.
func (s submission) send(ctx context.Context, client *http.Client, addr string) (status int, text string) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+s.path, strings.NewReader(s.body))
	if err != nil {
		return 0, err.Error()
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", s.key)
	if s.header[0] != "" {
		r.Header.Set(s.header[0], s.header[1])
	}
	response, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err.Error()
	}
	return response.StatusCode, string(read)
}

// TestSubmissionsUnderHostileLoad submits reports, of which a third are hostile,
// kills the service in the middle, and starts it again. Whoever has no response
// repeats the request with its key. Then every report is there once and nothing of
// the hostile ones, no status was 5xx but 503, and the memory has not grown.
func TestSubmissionsUnderHostileLoad(t *testing.T) {
	seconds := loadSeconds
	if value := os.Getenv("LOAD_SECONDS"); value != "" {
		var err error
		if seconds, err = strconv.Atoi(value); err != nil {
			t.Fatal(err)
		}
	}
	dir := dataDir(t)
	args := []string{"--demo", "--data-dir", dir, "--pins-per-minute", "1000000", "--listen"}
	first := startServe(t, append(args, ownHost()+":0")...)
	demoPins := first.awaitDemo(t)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: waitTimeout}
	defer client.CloseIdleConnections()
	replayed := submissionNumber(1)
	replayed.key, replayed.body = replayedKey, strings.Replace(replayed.body, "Report 1 ", "Report 0 ", 1)
	if status, text := replayed.send(t.Context(), client, first.addr); status != http.StatusCreated {
		t.Fatalf("the first: %d %s", status, text)
	}

	var group sync.WaitGroup
	var created, refused, unanswered, unavailable atomic.Int64
	deliver := func(i int) {
		s := submissionNumber(i)
		for begun := time.Now(); time.Since(begun) < waitTimeout; time.Sleep(100 * time.Millisecond) {
			status, text := s.send(t.Context(), client, first.addr)
			switch {
			case status == 0 && s.want == http.StatusRequestEntityTooLarge:
				return // the server has closed the connection before it had read all
			case status == 0:
				unanswered.Add(1)
				continue
			case status == http.StatusServiceUnavailable:
				unavailable.Add(1)
				continue
			case status != s.want:
				t.Errorf("submission %d: status %d, want %d: %s", i, status, s.want, text)
			case status == http.StatusCreated:
				created.Add(1)
			default:
				refused.Add(1)
			}
			return
		}
		t.Errorf("submission %d has no result after %s", i, waitTimeout)
	}
	n := 0
	load := func(count int) {
		tick := time.NewTicker(time.Second / submissionsPerSecond)
		defer tick.Stop()
		for range count {
			<-tick.C
			i := n
			n++
			group.Go(func() { deliver(i) })
		}
	}
	half := seconds * submissionsPerSecond / 2
	load(half)
	loading := make(chan struct{})
	go func() {
		defer close(loading)
		load(half / 2)
	}()
	first.end(syscall.SIGKILL)
	second := startServe(t, append(args, first.addr)...)
	<-loading
	group.Wait()
	before := residentMemory(t, second)
	load(half - half/2)
	group.Wait()
	after := residentMemory(t, second)

	want := map[string]bool{fmt.Sprintf(legalTitle, 0): true}
	for i := range n {
		if i%3 > 0 {
			want[fmt.Sprintf(legalTitle, i)] = true
		}
	}
	t.Logf("%d submissions: %d created, %d refused; %d had no response and %d were refused for a while; %d MB, then %d MB of memory",
		n, created.Load(), refused.Load(), unanswered.Load(), unavailable.Load(), before>>20, after>>20)
	if got := int(created.Load()) + 1; got != len(want) {
		t.Errorf("%d reports are acknowledged, want %d", got, len(want))
	}
	if after > before+maxMemoryGrowth {
		t.Errorf("the memory has grown from %d to %d bytes", before, after)
	}
	eventually(t, "all reports on the map", func() bool { return ready(second) && second.total() >= demoPins+len(want) })
	all := second.allTitles()
	for title, times := range all {
		if strings.Contains(title, hostileTitle) || want[title] && times != 1 {
			t.Errorf("%q is there %d times", title, times)
		}
	}
	for title := range want {
		if all[title] == 0 {
			t.Errorf("%q is lost", title)
		}
	}
	if total := second.total(); total != demoPins+len(want) {
		t.Errorf("%d pins, want %d", total, demoPins+len(want))
	}
}

// residentMemory returns the memory of a service in bytes.
func residentMemory(t *testing.T, s *service) (bytesUsed int) {
	t.Helper()
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.cmd.Process.Pid), "status"))
	if err != nil {
		t.Logf("the memory is unknown: %v", err)
		return 0
	}
	_, rest, _ := bytes.Cut(status, []byte("VmRSS:"))
	_, _ = fmt.Sscan(string(rest), &bytesUsed) // 0 is within all limits
	return bytesUsed << 10
}

// allTitles returns how often each title is in the list of pins.
func (s *service) allTitles() map[string]int {
	s.t.Helper()
	titles := map[string]int{}
	for next := addPath + "?limit=1000"; next != ""; {
		var list struct {
			Features []struct{ Properties struct{ Title string } }
			Links    []struct{ Rel, Href string }
		}
		if code := s.call("GET", next, nil, &list); code != http.StatusOK {
			s.t.Fatalf("list: %d", code)
		}
		for _, f := range list.Features {
			titles[f.Properties.Title]++
		}
		next = ""
		for _, link := range list.Links {
			if link.Rel != "next" {
				continue
			}
			u, err := url.Parse(link.Href)
			if err != nil {
				s.t.Fatal(err)
			}
			next = u.RequestURI()
		}
	}
	return titles
}
