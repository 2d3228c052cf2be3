package garbage_test

import (
	"context"

	"github.com/pinezka/pinezka/cmd/pinezka/garbage"
)

func ExampleLimit() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); garbage.Limit(ctx) }()
	// … serve …
	stop()
	<-ended
	// Output:
}
