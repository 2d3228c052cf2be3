package main

import (
	"context"
	"log/slog"
	"time"
)

// runJobs calls run until ctx ends. It logs an error, such as that the database is
// unavailable, and waits five seconds then.
func runJobs(ctx context.Context, run func(context.Context) error, log *slog.Logger) {
	for ctx.Err() == nil {
		if err := run(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "cannot run jobs", "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Second):
			}
		}
	}
}
