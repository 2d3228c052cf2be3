package cluster

import (
	"context"
	"errors"
	"time"
)

const (
	firstBackoff = 250 * time.Millisecond
	lastBackoff  = 30 * time.Second
	steady       = time.Minute // a server that lived this long begins again with the first backoff
)

// keep looks after the cluster until ctx ends: it restarts a server that died, and takes over from an owner that left.
// The server is nil while another process owns it.
func (c *Cluster) keep(ctx context.Context, server *server) {
	defer close(c.done)
	defer func() { c.err = errors.Join(c.err, c.lock.Close()) }()

	if server == nil {
		server = c.takeOver(ctx)
	}
	for server != nil {
		started := time.Now()
		if c.watch(ctx, server) {
			c.logger.Info("stopping the cluster")
			c.err = server.stop(stopDeadline)
			return
		}
		c.logger.Error("the database server died and will be restarted", "error", server.failure())
		server = c.restart(ctx, time.Since(started))
	}
}

// watch returns true when ctx has ended and false when the server has.
func (c *Cluster) watch(ctx context.Context, server *server) bool {
	trim := time.NewTicker(trimInterval)
	defer trim.Stop()
	for {
		select {
		case <-ctx.Done():
			return true
		case <-server.exited:
			return ctx.Err() != nil
		case <-trim.C:
			if err := trimLog(c.home); err != nil {
				c.logger.Warn("the log of the database server could not be trimmed", "error", err)
			}
		}
	}
}

// takeOver waits for the owner to leave and starts the server. It returns nil when ctx ends first.
func (c *Cluster) takeOver(ctx context.Context) *server {
	for sleep(ctx, takeoverInterval) == nil {
		owner, err := c.lock.take()
		if err != nil {
			c.logger.Error("the cluster cannot be taken over", "error", err)
			return nil
		}
		if owner {
			c.logger.Info("taking over the cluster")
			return c.restart(ctx, steady)
		}
	}
	return nil
}

// restart brings the server up again, waiting longer after each failure. It returns nil when ctx ends first.
func (c *Cluster) restart(ctx context.Context, lived time.Duration) *server {
	backoff := firstBackoff
	if lived < steady {
		if sleep(ctx, backoff) != nil {
			return nil
		}
	}
	for ctx.Err() == nil {
		server, err := c.bringUp(ctx)
		if err == nil {
			return server
		}
		if ctx.Err() != nil {
			return nil
		}
		c.logger.Error("the database server cannot be started", "error", err, "retry", backoff)
		if sleep(ctx, backoff) != nil {
			return nil
		}
		backoff = min(2*backoff, lastBackoff)
	}
	return nil
}
