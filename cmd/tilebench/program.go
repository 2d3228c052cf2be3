package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program is a running "pinezka serve".
type program struct {
	cmd   *exec.Cmd
	log   bytes.Buffer // what it has logged; complete when it has ended
	url   string
	ready time.Duration // from its start until the map is ready
}

// startProgram starts the program on a data directory and waits until its map
// is ready, which it prints.
func (b *bench) startProgram(ctx context.Context, args ...string) (*program, error) {
	p := &program{cmd: exec.CommandContext(ctx, b.program, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)}
	p.cmd.Stderr = &p.log
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", b.program, err)
	}
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", b.program, err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, at, ok := strings.Cut(lines.Text(), "Pinezka is at "); ok {
			p.ready = time.Since(begun)
			p.url, _, _ = strings.Cut(at, " ")
			return p, nil
		}
	}
	err = p.cmd.Wait()
	return nil, fmt.Errorf("%s ended before its map was ready: %w", b.program, errors.Join(err, errors.New(p.log.String())))
}

// stop stops the program and waits until it has ended.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return fmt.Errorf("stop %s: %w", p.cmd.Path, err)
	}
	if err := p.cmd.Wait(); err != nil {
		return fmt.Errorf("stop %s: %w: %s", p.cmd.Path, err, p.log.String())
	}
	return nil
}

// memory returns the resident memory of a running program and the most that it
// was, in bytes. They do not include PostgreSQL.
func memory(cmd *exec.Cmd) (resident, peak int, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		return 0, 0, fmt.Errorf("read the memory of %s: %w", cmd.Path, err)
	}
	for line := range strings.Lines(string(status)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kilobytes, _ := strconv.Atoi(fields[1])
		switch fields[0] {
		case "VmRSS:":
			resident = kilobytes << 10
		case "VmHWM:":
			peak = kilobytes << 10
		}
	}
	if resident == 0 || peak == 0 {
		return 0, 0, errors.New("the memory of a process is not known on this system")
	}
	return resident, peak, nil
}

// footprint contains what one start of the program took.
type footprint struct {
	ready          time.Duration
	idle, use, top int // resident memory when ready, after requests, and at most
}

// demoPins is the number of pins of the demonstration that "pinezka serve
// --demo" creates.
const demoPins = 2000

// process measures the program as a process of its own, with the district and,
// as the fixed cost, with the demonstration of the README.
func (b *bench) process(ctx context.Context) (err error) {
	if err := b.cluster.Close(); err != nil { // so that the program starts PostgreSQL itself
		return err
	}
	defer func() { err = errors.Join(err, b.startPostgres(ctx)) }()
	small, err := os.MkdirTemp("", "tilebench")
	if err != nil {
		return fmt.Errorf("create a data directory: %w", err)
	}
	defer os.RemoveAll(small)
	if err := os.Chmod(small, 0o711); err != nil { //nolint:gosec // the user of PostgreSQL must pass
		return fmt.Errorf("create a data directory: %w", err)
	}
	if _, err := b.footprint(ctx, "--demo", "--data-dir", small); err != nil { // creates the demonstration
		return err
	}
	var fixed, full []footprint
	for range b.runs {
		f, err := b.footprint(ctx, "--data-dir", small)
		if err != nil {
			return err
		}
		fixed = append(fixed, f)
		if f, err = b.footprint(ctx, "--data-dir", b.dir); err != nil {
			return err
		}
		full = append(full, f)
	}
	b.out.subtitle("The whole process, started %d times, without PostgreSQL", b.runs)
	rows := [][]string{{"", "start until ready: median (of runs)", "memory when ready", "after requests", "at most"}}
	column := func(all []footprint, of func(footprint) int) sizes {
		var out sizes
		for _, f := range all {
			out = append(out, of(f))
		}
		return out
	}
	idle, use, top := func(f footprint) int { return f.idle }, func(f footprint) int { return f.use }, func(f footprint) int { return f.top }
	add := func(name string, all []footprint) {
		var ready series
		for _, f := range all {
			ready = append(ready, times{f.ready})
		}
		row := []string{name, ready.median()}
		for _, of := range []func(footprint) int{idle, use, top} {
			c := column(all, of)
			row = append(row, fmt.Sprintf("%s (%s–%s)", megabytes(c.median()), megabytes(c.at(0)), megabytes(c.at(1))))
		}
		rows = append(rows, row)
	}
	add(fmt.Sprintf("demonstration, %d pins", demoPins), fixed)
	add(fmt.Sprintf("%d pins", b.v.Len()), full)
	perPin := []string{"a pin more, in bytes", ""}
	for _, of := range []func(footprint) int{idle, use, top} {
		perPin = append(perPin, fmt.Sprintf("%.0f", float64(column(full, of).median()-column(fixed, of).median())/float64(b.v.Len()-demoPins)))
	}
	b.out.table(append(rows, perPin))
	b.out.note("The requests are %d: each tile as points, as points with a filter, and as hexes with a filter, all of which stay in the cache, and the statistics with its filter.", 4*len(b.tiles))
	return nil
}

// footprint starts the program, sends it requests and stops it.
func (b *bench) footprint(ctx context.Context, args ...string) (f footprint, err error) {
	p, err := b.startProgram(ctx, args...)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	f.ready = p.ready
	if f.idle, _, err = memory(p.cmd); err != nil {
		return f, err
	}
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := range b.tiles {
		for _, r := range b.requests(i) {
			if err := get(ctx, client, p.url+r.path); err != nil {
				return f, err
			}
		}
	}
	f.use, f.top, err = memory(p.cmd)
	return f, err
}
