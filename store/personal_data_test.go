package store_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/storetest"
)

// TestColumnsThatCanHoldAPerson compares the columns of the schema that can hold
// a person, or the text of a person, with the list in
// testdata/personal_columns.txt, which says of each what an erasure does with it.
// Whoever adds a column decides that, and adds its line.
func TestColumnsThatCanHoldAPerson(t *testing.T) {
	t.Parallel()
	rows, _ := connect(t, storetest.URL(t)).Query(t.Context(), `
		select format('%s.%s', table_name, column_name)
		from information_schema.columns
		join information_schema.tables using (table_schema, table_name)
		where table_schema = current_schema
		  and table_type = 'BASE TABLE'
		  and table_name not in ('spatial_ref_sys', 'goose_db_version')
		  and (udt_name not in ('int4', 'int8', 'bool', 'timestamptz', 'date', 'xid8', 'float8')
		    or column_name ~ '(contact|account|person|reporter|actor)_id$')
		order by 1`) // CollectRows returns the error
	columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("testdata/personal_columns.txt")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for line := range strings.Lines(string(list)) {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		column, erasure, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if erasure == "" {
			t.Errorf("%s: say what an erasure does with it", column)
		}
		listed = append(listed, column)
	}
	if diff := cmp.Diff(columns, listed); diff != "" {
		t.Errorf("decide what an erasure does with a new column, and add it to testdata/personal_columns.txt (-schema +list):\n%s", diff)
	}
}
