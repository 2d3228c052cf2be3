package store

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
)

var (
	//go:embed sql/schema_objects.sql
	schemaObjectsSQL string

	// schemaObjects lists what schema_objects.sql returns from a database with
	// the newest schema. "go test ./store -run TestSchemaObjects -update" writes
	// it.
	//
	//go:embed schema_objects.txt
	schemaObjects string
)

// checkSchema returns an error that lists what the database lacks of the newest
// schema. It accepts what the database has besides.
func checkSchema(ctx context.Context, conn *pgx.Conn) error {
	found, err := readSchemaObjects(ctx, conn)
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(strings.Split(strings.TrimSpace(schemaObjects), "\n"), func(object string) bool {
		_, ok := slices.BinarySearch(found, object)
		return ok
	})
	if len(missing) == 0 {
		return nil
	}
	const most = 10
	text := strings.Join(missing[:min(len(missing), most)], "\n  ")
	if len(missing) > most {
		text += fmt.Sprintf("\n  and %d more", len(missing)-most)
	}
	return fmt.Errorf("the schema of the database is damaged: it lacks\n  %s\n"+
		"restore a backup into a new database (\"pinezka restore\"), or create what is missing", text)
}

// readSchemaObjects returns what schema_objects.sql describes, sorted.
func readSchemaObjects(ctx context.Context, conn *pgx.Conn) ([]string, error) {
	rows, _ := conn.Query(ctx, schemaObjectsSQL) // CollectRows returns the error
	objects, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read the schema of the database: %w", err)
	}
	return objects, nil
}
