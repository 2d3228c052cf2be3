package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/keyring"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestMain runs the program itself if the test binary is called "pinezka", so
// that the tests run all of it, with the race detector.
//
// testscript.Main would do the same with a copy of the binary, but cannot
// remove the copy, because storetest.Main exits.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "pinezka" {
		main()
	}
	storetest.Main(m)
}

// noExitSleep keeps the race detector from sleeping for a second at every exit.
const noExitSleep = "GORACE=atexit_sleep_ms=0"

// binDir returns a directory with the program, for PATH.
func binDir(t testing.TB) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, "pinezka")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// command returns a command that runs the program with the arguments, in an
// empty directory and without the PINEZKA_ variables of the caller.
func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(filepath.Join(binDir(t), "pinezka"), args...)
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "PINEZKA_") {
			cmd.Env = append(cmd.Env, setting)
		}
	}
	cmd.Dir = t.TempDir()
	cmd.Env = append(cmd.Env, noExitSleep, "PINEZKA_KEYS="+keysOf(t))
	return cmd
}

// keysOf returns the path of the keys of a test, which all of its commands share.
func keysOf(t testing.TB) string {
	t.Helper()
	return filepath.Join(filepath.Dir(t.TempDir()), "keys")
}

// result is the result of a program that has exited.
type result struct {
	out, err string
	code     int
}

// finish runs a command until it exits.
func finish(t testing.TB, cmd *exec.Cmd) result {
	t.Helper()
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// mustFinish runs a command that must succeed, and returns its output.
func mustFinish(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
	d := finish(t, cmd)
	if d.code != 0 {
		t.Fatalf("%v: exit code %d\n%s%s", cmd.Args, d.code, d.out, d.err)
	}
	return d.out
}

// TestScripts runs each script with a database of its own. The scripts have
// these commands and conditions besides those of testscript:
//
//	pins DISTRICT                 lists all pins of the database, public or not
//	names DISTRICT                lists the names of the district and its areas
//	pending DISTRICT CATEGORY     adds a pending pin and sets $ID to its id
//	contact DISTRICT EMAIL        adds a public pin of somebody with an address
//	seal-audit DISTRICT           seals its audit until no entry is too new
//	empty-database                replaces the database by one without tables
//	import-until-another-waits DISTRICT FILE
//	                              holds an import open until another one, or an undo, waits for it
//	encode LABEL FROM TO          writes a copy of a file in another encoding
//	[full]                        if there is a /dev/full
func TestScripts(t *testing.T) {
	t.Parallel()
	bin := binDir(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Vars = append(env.Vars, noExitSleep)
			env.Setenv("PINEZKA_KEYS", filepath.Join(env.WorkDir, "keys"))
			env.Setenv("PINEZKA_DATABASE_URL", storetest.URL(env.T().(testing.TB)))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"pins": listPins, "names": listNames, "pending": addPending, "encode": encode,
			"import-until-another-waits": importUntilAnotherWaits, "contact": addContact, "empty-database": useEmptyDatabase,
			"seal-audit": sealAudit,
		},
		Condition: func(name string) (bool, error) {
			_, err := os.Stat("/dev/" + name)
			return err == nil, nil
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

func listPins(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pins DISTRICT")
	}
	lines := queryLines(ts, `
		select concat_ws(' | ', coalesce(external_id, '-'), categories.slug, publication, status, reported_on,
		  round(st_x(geom)::numeric, 4) || ' ' || round(st_y(geom)::numeric, 4), coalesce(areas.slug, '-'), title || coalesce(': ' || nullif(body, ''), ''))
		from pins
		join districts using (district_id)
		join categories using (district_id, category_id)
		left join areas using (district_id, area_id)
		where districts.slug = $1
		order by external_id collate "C", pin_id`, args[0])
	if lines == 0 {
		fmt.Fprintln(ts.Stdout(), "There are none.")
	}
}

func listNames(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: names DISTRICT")
	}
	queryLines(ts, `
		select concat_ws(' | ', slug, array_to_string(languages, ','), name)
		from districts
		where slug = $1`, args[0])
	queryLines(ts, `
		select concat_ws(' | ', areas.slug, areas.name)
		from areas
		join districts using (district_id)
		where districts.slug = $1
		order by areas.position`, args[0])
}

// queryLines prints each row of a query, and returns their number.
func queryLines(ts *testscript.TestScript, sql, district string) int {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ts.Getenv("PINEZKA_DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, sql, district)
	ts.Check(err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	ts.Check(err)
	for _, line := range lines {
		fmt.Fprintln(ts.Stdout(), line)
	}
	return len(lines)
}

func addPending(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pending DISTRICT CATEGORY")
	}
	ctx := context.Background()
	database, err := store.Open(ctx, store.Config{URL: ts.Getenv("PINEZKA_DATABASE_URL")})
	ts.Check(err)
	defer database.Close()
	d, err := database.District(ctx, args[0])
	ts.Check(err)
	box := d.Boundary.Bound()
	pin, err := d.Accept(civic.Draft{
		Category: args[1], Title: "Ławka", Body: "Stara ława ma drzazgi\n" + strings.Repeat("ą ", 100), Point: box.Center(), ReportedOn: 20000,
	}, civic.MaxDay)
	ts.Check(err)
	id, err := database.AddPin(ctx, &d, civic.Actor{}, pin, civic.Pending)
	ts.Check(err)
	ts.Setenv("ID", fmt.Sprint(id))
}

func addContact(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: contact DISTRICT EMAIL")
	}
	ctx := context.Background()
	keys, err := keyring.Open(ts.Getenv("PINEZKA_KEYS"))
	ts.Check(err)
	database, err := store.Open(ctx, store.Config{URL: ts.Getenv("PINEZKA_DATABASE_URL"), Keys: keys})
	ts.Check(err)
	defer database.Close()
	d, err := database.District(ctx, args[0])
	ts.Check(err)
	pin, err := d.Accept(civic.Draft{
		Category: d.Categories[0].Slug, Title: "Ławka", Body: "Napisał to " + args[1], Point: d.Boundary.Bound().Center(), ReportedOn: 20000, Email: args[1],
	}, civic.MaxDay)
	ts.Check(err)
	_, err = database.AddPin(ctx, &d, civic.Actor{}, pin, civic.Published)
	ts.Check(err)
}

// sealAudit waits for the transactions of all databases of the cluster that began
// before the newest entry.
func sealAudit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: seal-audit DISTRICT")
	}
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	database, err := store.Open(ctx, store.Config{URL: ts.Getenv("PINEZKA_DATABASE_URL")})
	ts.Check(err)
	defer database.Close()
	d, err := database.District(ctx, args[0])
	ts.Check(err)
	for ; ; time.Sleep(time.Millisecond) {
		_, err := database.SealAudit(ctx)
		ts.Check(err)
		v, err := database.VerifyAudit(ctx, &d, nil)
		ts.Check(err)
		if v.Unsealed == 0 {
			return
		}
	}
}

func useEmptyDatabase(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: empty-database")
	}
	server := ts.Getenv("PINEZKA_DATABASE_URL")
	at, err := url.Parse(server)
	ts.Check(err)
	at.Path += "_"
	name := pgx.Identifier{at.Path[1:]}.Sanitize()
	execute := func(sql string) error {
		conn, err := pgx.Connect(context.Background(), server)
		if err != nil {
			return err
		}
		_, err = conn.Exec(context.Background(), sql)
		return errors.Join(err, conn.Close(context.Background()))
	}
	ts.Check(execute("create database " + name + " template template0"))
	ts.Defer(func() { ts.Check(execute("drop database " + name + " with (force)")) })
	ts.Setenv("PINEZKA_DATABASE_URL", at.String())
}

func importUntilAnotherWaits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: import-until-another-waits DISTRICT FILE")
	}
	ctx, stop := context.WithCancel(context.Background())
	database, err := store.Open(ctx, store.Config{URL: ts.Getenv("PINEZKA_DATABASE_URL")})
	ts.Check(err)
	conn, err := pgx.Connect(ctx, ts.Getenv("PINEZKA_DATABASE_URL"))
	ts.Check(err)
	d, err := database.District(ctx, args[0])
	ts.Check(err)
	held, err := database.BeginImport(ctx, &d, store.ImportConfig{Actor: civic.Actor{Kind: civic.System}, Source: "held", FileName: args[1]})
	ts.Check(err)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		waiting := false
		for ; !waiting; time.Sleep(time.Millisecond) {
			err := conn.QueryRow(ctx, `
				select exists (
				  select
				  from pg_locks
				  where locktype = 'advisory'
				    and not granted
				    and database = (select oid from pg_database where datname = current_database())
				)`).Scan(&waiting)
			if err != nil {
				break // the script has failed
			}
		}
		held.Abort(ctx)
	}()
	ts.Defer(func() {
		stop()
		<-ended
		database.Close()
		_ = conn.Close(context.Background())
	})
}

func encode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: encode LABEL FROM TO")
	}
	to, err := htmlindex.Get(args[0])
	ts.Check(err)
	text, err := to.NewEncoder().String(ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o644))
}
