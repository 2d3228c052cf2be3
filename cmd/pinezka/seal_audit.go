package main

import (
	"context"
	"log/slog"
	"time"
)

// sealAudit calls seal every second until ctx ends. It logs an error, and waits a
// minute then.
func sealAudit(ctx context.Context, seal func(context.Context) (int, error), log *slog.Logger) {
	wait := time.Second
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = time.Second
		if _, err := seal(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "cannot seal the audit", "err", err)
			wait = time.Minute
		}
	}
}
