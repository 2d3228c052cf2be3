package localpostgres

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConnectionSettings(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]map[string]string{
		"postgres://anna:se%23cret@db.example.org:5433/map?sslmode=require&pool_max_conns=4": {
			"PGUSER": "anna", "PGPASSWORD": "se#cret", "PGHOST": "db.example.org", "PGPORT": "5433", "PGDATABASE": "map", "PGSSLMODE": "require",
		},
		"postgresql://anna@/map?host=/run/a,/run/b&port=5432,5433&target_session_attrs=read-write": {
			"PGUSER": "anna", "PGHOST": "/run/a,/run/b", "PGPORT": "5432,5433", "PGDATABASE": "map", "PGTARGETSESSIONATTRS": "read-write",
		},
		"postgres://one:5432,two:5433/map?user=anna&password=secret": {
			"PGUSER": "anna", "PGPASSWORD": "secret", "PGHOST": "one,two", "PGPORT": "5432,5433", "PGDATABASE": "map",
		},
		"postgres://[::1]:5433/map": {"PGHOST": "::1", "PGPORT": "5433", "PGDATABASE": "map"},
	} {
		got, err := connectionSettings(url)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", url, err, diff)
		}
	}
}

func TestConnectionSettingsKeepPasswordsSecret(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"postgres://anna:secret%zz@host/map", "host=db password=secret", "mysql://anna:secret@host/map"} {
		if _, err := connectionSettings(url); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v", url, err)
		}
	}
}
