package localpostgres

import (
	"context"
	"errors"
	"time"
)

const (
	ownerInterval = 200 * time.Millisecond // between attempts to become the owner
	logInterval   = time.Minute            // between checks of the size of the log
	minBackoff    = 250 * time.Millisecond // after the first failure to start the server
	maxBackoff    = 30 * time.Second
	stableAfter   = time.Minute // a server that ran this long is restarted at once
)

// supervise runs until ctx is done and then stops the server. It restarts the
// server when it exits, and starts it when this process becomes the owner.
// server is nil while another process is the owner.
func (c *Cluster) supervise(ctx context.Context, server *serverProcess) {
	defer close(c.done)
	defer func() { c.err = errors.Join(c.err, c.lock.Close()) }()

	if server == nil {
		server = c.becomeOwner(ctx)
	}
	for server != nil {
		started := time.Now()
		if c.waitForExit(ctx, server) {
			c.logger.Error("the database server exited and will be restarted", "error", server.exitError())
			server = c.restart(ctx, time.Since(started))
			continue
		}
		c.logger.Info("stopping the cluster")
		c.err = server.stop()
		return
	}
}

// waitForExit reports whether the server exited before ctx was done. Meanwhile
// it limits the size of the log.
func (c *Cluster) waitForExit(ctx context.Context, server *serverProcess) bool {
	ticker := time.NewTicker(logInterval)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-server.exited:
			return ctx.Err() == nil
		case <-ticker.C:
			if err := rotateLog(c.dir); err != nil {
				c.logger.Warn("the log of the database server could not be rotated", "error", err)
			}
		}
	}
}

// becomeOwner waits until the owner exits and starts the server. It returns nil
// when ctx is done first.
func (c *Cluster) becomeOwner(ctx context.Context) *serverProcess {
	for sleep(ctx, ownerInterval) == nil {
		locked, err := c.lock.tryLock()
		if err != nil {
			c.logger.Error("this process cannot become the owner of the cluster", "error", err)
			return nil
		}
		if locked {
			c.logger.Info("this process is now the owner of the cluster")
			return c.restart(ctx, stableAfter)
		}
	}
	return nil
}

// restart starts the server, with exponential backoff, after it ran for uptime.
// It returns nil when ctx is done first.
func (c *Cluster) restart(ctx context.Context, uptime time.Duration) *serverProcess {
	if uptime < stableAfter && sleep(ctx, minBackoff) != nil {
		return nil
	}
	for backoff := minBackoff; ctx.Err() == nil; backoff = min(2*backoff, maxBackoff) {
		server, err := c.startServer(ctx)
		if err == nil {
			return server
		}
		if ctx.Err() == nil {
			c.logger.Error("the database server cannot be started", "error", err, "retry", backoff)
			_ = sleep(ctx, backoff)
		}
	}
	return nil
}
