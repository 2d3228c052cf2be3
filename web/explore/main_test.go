package explore_test

import (
	"testing"

	"github.com/pinezka/pinezka/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
