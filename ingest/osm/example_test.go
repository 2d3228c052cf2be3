package osm_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pinezka/pinezka/ingest/osm"
)

func Example() {
	dir, err := os.MkdirTemp("", "osm")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "street.osm")
	_ = os.WriteFile(path, []byte(`<osm version="0.6">
		<node id="1" lat="50.04" lon="19.94"/><node id="2" lat="50.05" lon="19.95"/>
		<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="name" v="Długosza"/></way>
	</osm>`), 0o600)

	f, err := osm.Open(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer f.Close()
	for feature, err := range f.Features(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(feature.Tags["name"], feature.Geometry)
	}
	// Output: Długosza [[19.94 50.04] [19.95 50.05]]
}
