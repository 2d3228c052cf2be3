package tiles_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles"
	"github.com/pinezka/pinezka/tiles/index"
)

// The methods of servers below are run by TestPrimaryAndStandby.

func (s *servers) testTerminatedConnections(t *testing.T) {
	var group sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	var terminated atomic.Int64
	group.Go(func() {
		for ctx.Err() == nil {
			terminated.Add(int64(terminate(t, s.primary.URL()) + terminate(t, s.standby.URL())))
			time.Sleep(15 * time.Millisecond) // so that readings succeed in between
		}
	})
	for seed := uint64(240); ; seed++ {
		s.db.changeConcurrently(t, seed, 40)
		if terminated.Load() >= 10 {
			break
		}
	}
	stop()
	group.Wait()
	s.compare(t, "after the last change")
}

func (s *servers) testPrimaryUnavailable(t *testing.T) {
	before := s.onPrimary.count()
	s.primary.stop(t)
	s.onPrimary.waitUntilFailed(t)
	if s.onPrimary.count() != before {
		t.Errorf("%d pins are served, want %d as before", s.onPrimary.count(), before)
	}
	s.onPrimary.checkReady(t, true)
	s.onStandby.checkReady(t, false)
	s.primary.start(t)
	s.db.pool.Reset()
	s.db.changeConcurrently(t, 250, 10)
	s.compare(t, "after a fast shutdown")
	if m := s.onPrimary.Metrics(); m.Failures == 0 || m.Reloads != 0 || m.Err != nil {
		t.Errorf("metrics after a fast shutdown: %+v", m)
	}
}

func (s *servers) testStandbyUnavailable(t *testing.T) {
	s.standby.stop(t)
	s.onStandby.waitUntilFailed(t)
	s.onStandby.checkReady(t, true)
	s.db.changeConcurrently(t, 260, 25)
	s.standby.start(t)
	waitForReplay(t, s.primary, s.standby)
	catchUp(t, s.onStandby.Live)
	s.standby.crash(t)
	s.onStandby.waitUntilFailed(t)
	s.db.changeConcurrently(t, 270, 25)
	s.standby.start(t)
	s.onStandby.waitUntilRecovered(t)
	s.compare(t, "after an immediate shutdown")
}

func (s *servers) testCrash(t *testing.T) {
	s.db.changeConcurrently(t, 300, 10)
	lost, err := s.db.pool.Begin(t.Context()) // never committed
	if err != nil {
		t.Fatal(err)
	}
	addPin(t, lost)
	catchUp(t, s.onPrimary.Live)
	before := s.onPrimary.count()
	s.primary.crash(t)
	s.onPrimary.waitUntilFailed(t)
	s.onPrimary.checkReady(t, true)
	if s.onPrimary.count() != before {
		t.Errorf("%d pins are served, want %d as before", s.onPrimary.count(), before)
	}
	s.primary.start(t)
	s.onPrimary.waitUntilRecovered(t)
	_ = lost.Rollback(t.Context()) // fails: the connection is closed
	catchUp(t, s.onPrimary.Live)
	s.db.pool.Reset()
	s.db.changeConcurrently(t, 310, 10)
	catchUp(t, s.onPrimary.Live)
	compareWithDatabase(t, "after recovery", s.onPrimary, s.primary.URL())
}

// testServerKilled kills the server alone, so that the cluster restarts it while
// nodes follow it.
func (s *servers) testServerKilled(t *testing.T) {
	s.db.changeConcurrently(t, 312, 10)
	reloads := s.onPrimary.Metrics().Reloads
	killed := s.primary.signal(t, syscall.SIGKILL)
	s.onPrimary.waitUntilFailed(t)
	s.onPrimary.checkReady(t, true)
	s.onPrimary.waitUntilRecovered(t)
	if s.primary.signal(t, 0) == killed {
		t.Error("the server was not restarted")
	}
	s.db.pool.Reset()
	s.db.changeConcurrently(t, 314, 10)
	s.compare(t, "after the restart")
	if now := s.onPrimary.Metrics().Reloads; now != reloads {
		t.Errorf("everything was read again %d times, want only what has changed", now-reloads)
	}
}

// testSilentConnections stops the processes of connections, to simulate that a
// connection is lost without an error. Meanwhile the node does not read: only a
// process that is idle holds no lock that others need.
func (s *servers) testSilentConnections(t *testing.T) {
	catchUp(t, s.onPrimary.Live)
	s.onPrimary.pause.Lock()
	resume := sync.OnceFunc(s.onPrimary.pause.Unlock)
	defer resume()
	rows, err := s.db.pool.Query(t.Context(), `
		select pid
		from pg_stat_activity
		where application_name = 'pinezka'
		  and state = 'idle'`)
	if err != nil {
		t.Fatal(err)
	}
	stopped, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil || len(stopped) == 0 {
		t.Fatal("no idle connection", err)
	}
	for _, pid := range stopped {
		if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = syscall.Kill(pid, syscall.SIGCONT) }()
	}
	resume()
	s.onPrimary.eventually(t, "reports a timeout", func() bool {
		err := s.onPrimary.State().Err
		return err != nil && strings.Contains(err.Error(), "timeout: the database sent nothing")
	})
	s.db.changeConcurrently(t, 320, 5)
	s.onPrimary.waitUntilRecovered(t)
	catchUp(t, s.onPrimary.Live)
	for _, pid := range stopped {
		_ = syscall.Kill(pid, syscall.SIGCONT)
	}
	compareWithDatabase(t, "after the timeout", s.onPrimary, s.primary.URL())
}

// failing is a source that returns errors until succeed is closed.
type failing struct {
	*memory
	succeed chan struct{}
}

var errRefused = errors.New("connection refused")

func (f *failing) Changes(ctx context.Context, since civic.Position, pin func(civic.MapPin)) (civic.Changes, error) {
	select {
	case <-f.succeed:
		return f.memory.Changes(ctx, since, pin)
	default:
		return civic.Changes{}, errRefused
	}
}

// TestRunRetries checks that the first successful reading after failures is
// published.
func TestRunRetries(t *testing.T) { synctest.Test(t, testRunRetries) }

func testRunRetries(t *testing.T) {
	source := &failing{memoryOf(t, 10), make(chan struct{})}
	live := tiles.New(tiles.Config{Source: source, Poll: time.Millisecond})
	run(t, live)
	eventually(t, live, "has failed three times", func() bool { return live.Metrics().Failures >= 3 })
	if s := live.State(); s.Ready || !errors.Is(s.Err, errRefused) {
		t.Errorf("%+v", s)
	}
	close(source.succeed)
	waitFor(t, live, func(v *index.Version) bool { return v.Len() == 10 })
	catchUp(t, live)
	if s := live.State(); !s.Ready || s.Err != nil {
		t.Errorf("%+v", s)
	}
}
