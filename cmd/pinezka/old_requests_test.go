package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/tiles/index"
)

// TestDeleteOldRequests checks that old requests of every district are deleted
// soon after the start and then every hour, also after an error, until the
// service stops.
func TestDeleteOldRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		var removed []string
		var logged bytes.Buffer
		districts := func() []*index.Version {
			return []*index.Version{{District: civic.District{Slug: "a"}}, {District: civic.District{Slug: "b"}}}
		}
		remove := func(_ context.Context, d *civic.District) (int64, error) {
			removed = append(removed, d.Slug)
			return 0, errors.New("no database")
		}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			deleteOldRequests(ctx, districts, remove, slog.New(slog.NewTextHandler(&logged, nil)))
		}()
		time.Sleep(2*time.Hour + 2*time.Minute)
		stop()
		<-ended
		if got := strings.Join(removed, ""); got != "ababab" || strings.Count(logged.String(), "no database") != 6 {
			t.Errorf("removed %s; logged %s", got, &logged)
		}
	})
}
