package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// deleteOldRequests calls remove for every district once an hour until ctx ends.
// It logs errors; an hour later it tries again.
func deleteOldRequests(ctx context.Context, districts func() []*index.Version, remove func(context.Context, *civic.District) (int64, error), log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Hour):
		}
		for _, v := range districts() {
			if _, err := remove(ctx, &v.District); err != nil && ctx.Err() == nil {
				log.WarnContext(ctx, "cannot delete old requests", "district", v.District.Slug, "err", err)
			}
		}
	}
}
