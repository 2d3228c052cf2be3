package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// deleteOldRequests calls remove for every district, first a minute after the
// start, so that a service that is often restarted does it too, and then once an
// hour until ctx ends. It logs errors; an hour later it tries again.
func deleteOldRequests(ctx context.Context, districts func() []*index.Version, remove func(context.Context, *civic.District) (int64, error), log *slog.Logger) {
	for wait := time.Minute; ; wait = time.Hour {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		for _, v := range districts() {
			if _, err := remove(ctx, &v.District); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "cannot delete old requests", "district", v.District.Slug, "err", err)
			}
		}
	}
}
