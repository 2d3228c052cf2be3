package main

import (
	"context"
	"log/slog"
	"time"
)

// everySecond calls do every second until ctx ends. It logs an error with what it
// was to do, and waits a minute then.
func everySecond(ctx context.Context, what string, do func(context.Context) (int, error), log *slog.Logger) {
	wait := time.Second
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = time.Second
		if _, err := do(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "cannot do what is done every second", "task", what, "err", err)
			wait = time.Minute
		}
	}
}
