package tiles

import (
	"context"
	"fmt"
	"time"
)

// Run follows the source until ctx is done. While the source cannot be read,
// Run retries after every Poll, and the last versions remain available.
func (l *Live) Run(ctx context.Context) {
	defer l.merges.Wait()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case m := <-l.merged:
			l.installMerge(ctx, m)
		case <-timer.C:
			l.poll(ctx)
			timer.Reset(l.cfg.Poll)
		}
	}
}

// poll reads the source once and sets the state.
func (l *Live) poll(ctx context.Context) {
	old := l.State()
	err := l.follow(ctx)
	state := State{Ready: old.Ready || err == nil, Followed: old.Followed, Err: err}
	if err == nil {
		state.Followed = time.Now()
	} else if ctx.Err() == nil {
		l.counters.failures.Add(1)
	}
	l.state.Store(&state)
	switch {
	case ctx.Err() != nil:
	case err != nil && old.Err == nil:
		l.cfg.Logger.Error("live index cannot read the database; it serves its last version", "err", err)
	case err == nil && old.Err != nil:
		l.cfg.Logger.Info("live index reads the database again")
	}
}

// withTimeout calls read with a context that is cancelled when read has not
// called progress for the Timeout: a connection can be lost without an error.
func (l *Live) withTimeout(ctx context.Context, read func(ctx context.Context, progress func()) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(l.cfg.Timeout, func() {
		cancel(fmt.Errorf("timeout: the database sent nothing for %s", l.cfg.Timeout))
	})
	defer timer.Stop()
	err := read(ctx, func() { timer.Reset(l.cfg.Timeout) })
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return cause
	}
	return err
}
