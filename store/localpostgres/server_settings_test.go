package localpostgres

import (
	"testing"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	c := open(t, tempDir(t))
	checkValue(t, c.URL(), "select current_user::text", "pinezka")
	checkValue(t, c.URL(), "select current_database()::text", "pinezka")
	for name, want := range map[string]string{
		"listen_addresses": "",
		"jit":              "off",
		"fsync":            "on",
		"data_checksums":   "on",
		"server_encoding":  "UTF8",
		"timezone":         "UTC",
		"shared_buffers":   "128MB",
	} {
		checkValue(t, c.URL(), "select current_setting('"+name+"')", want)
	}
	checkValue(t, c.URL(), "select lower('ŁÓDŹ')", "łódź")
}
