package store

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/store/localpostgres"
)

// Archive describes an archive of a database, in the custom format of pg_dump.
type Archive struct {
	Tables int
	Rows   int64
	Bytes  int64 // size of the file
}

// archive contains what Backup and Restore compare with a database.
type archive struct {
	objects []string         // each with its type, sorted
	rows    map[string]int64 // by qualified name of the table
}

// readArchive reads all of an archive. It returns an error when that is damaged.
func readArchive(ctx context.Context, client *localpostgres.Client, path string) (*archive, error) {
	a, err := readScript(ctx, client, "pg_restore", "--file=-", "--no-owner", "--no-privileges", path)
	if err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	return a, nil
}

// readScript returns what the SQL script that a program writes contains.
func readScript(ctx context.Context, client *localpostgres.Client, program string, args ...string) (*archive, error) {
	script, writer := io.Pipe()
	go func() { writer.CloseWithError(client.Run(ctx, writer, program, args...)) }()
	a, err := parseScript(script)
	_ = script.CloseWithError(err) // returns nil
	return a, err
}

// parseScript parses a script of pg_dump or pg_restore. It has a comment
// "-- Name: stamp; Type: TRIGGER; Schema: public; Owner: -" above each object,
// and each row in one line between "COPY table (columns) FROM stdin;" and "\.".
func parseScript(script io.Reader) (*archive, error) {
	a := &archive{rows: map[string]int64{}}
	table := "" // of which rows are being read
	reader := bufio.NewReaderSize(script, 1<<16)
	for {
		line, err := readLine(reader)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		switch {
		case table != "" && line == "\\.\n":
			table = ""
		case table != "":
			a.rows[table]++
		case strings.HasPrefix(line, "-- Name: ") && !strings.Contains(line, "; Type: SEQUENCE SET; "):
			a.objects = append(a.objects, strings.TrimSuffix(strings.TrimPrefix(line, "-- Name: "), "; Owner: -\n"))
		case strings.HasPrefix(line, "COPY ") && strings.HasSuffix(line, " FROM stdin;\n"):
			table, _, _ = strings.Cut(strings.TrimPrefix(line, "COPY "), " ")
			a.rows[table] = 0
		}
	}
	if table != "" {
		return nil, fmt.Errorf("the rows of %s are incomplete", table)
	}
	slices.Sort(a.objects)
	return a, nil
}

// readLine returns the beginning of the next line, at most 64 KiB, with its
// line end if that is part of it. It returns io.EOF when there is no complete
// line.
func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadSlice('\n')
	beginning := string(line)
	for errors.Is(err, bufio.ErrBufferFull) { // a long row
		_, err = r.ReadSlice('\n')
	}
	return beginning, err //nolint:wrapcheck // of the program, which it names
}

// compareRows returns an error that lists the tables of which a database and an
// archive have different numbers of rows.
func compareRows(inDatabase, inArchive map[string]int64) error {
	var different []string
	for _, table := range slices.Sorted(maps.Keys(inDatabase)) {
		if n, found := inArchive[table]; !found || n != inDatabase[table] {
			different = append(different, fmt.Sprintf("%s: %d in the database, %d in the archive", table, inDatabase[table], n))
		}
	}
	if len(different) > 0 {
		return fmt.Errorf("the archive differs from the database:\n  %s", strings.Join(different, "\n  "))
	}
	return nil
}

//go:embed sql/table_rows.sql
var tableRowsSQL string

// describe returns an archive without its size.
func describe(rows map[string]int64) Archive {
	a := Archive{Tables: len(rows)}
	for _, n := range rows {
		a.Rows += n
	}
	return a
}

// tableRows returns the number of rows of each table by its qualified name.
func tableRows(ctx context.Context, tx pgx.Tx) (map[string]int64, error) {
	result, _ := tx.Query(ctx, tableRowsSQL) // ForEachRow returns the error
	rows := map[string]int64{}
	var table string
	var n int64
	if _, err := pgx.ForEachRow(result, []any{&table, &n}, func() error { rows[table] = n; return nil }); err != nil {
		return nil, fmt.Errorf("count the rows of the database: %w", err)
	}
	return rows, nil
}

// newClient returns a client for the database at url, to which conn is a
// connection.
func newClient(ctx context.Context, url string, conn *pgx.Conn) (*localpostgres.Client, error) {
	var version int
	err := conn.QueryRow(ctx, `select current_setting('server_version_num')::int / 10000`).Scan(&version)
	if err != nil {
		return nil, fmt.Errorf("read the version of the database: %w", err)
	}
	client, err := localpostgres.NewClient(ctx, url, version)
	if err != nil {
		return nil, fmt.Errorf("find the programs of PostgreSQL: %w", err)
	}
	return client, nil
}
