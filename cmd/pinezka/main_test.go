package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/charmap"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/store"
	"github.com/pinezka/pinezka/store/storetest"
)

// TestMain is the program itself where the test binary is called by its name,
// so that what is tested is the whole of it, with the race detector.
//
// testscript.Main would do the same with a copy of the binary, but cannot
// remove the copy, because storetest.Main exits.
func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == "pinezka" {
		main()
	}
	storetest.Main(m)
}

// hasty keeps the race detector from sleeping for a second at every exit.
const hasty = "GORACE=atexit_sleep_ms=0"

// programs is a directory that holds the program, for PATH.
func programs(t testing.TB) string {
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

// command is the program with the arguments, its environment free of the
// caller's settings.
func command(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(filepath.Join(programs(t), "pinezka"), args...)
	for _, setting := range os.Environ() {
		if !strings.HasPrefix(setting, "PINEZKA_") {
			cmd.Env = append(cmd.Env, setting)
		}
	}
	cmd.Env = append(cmd.Env, hasty)
	cmd.Dir = t.TempDir()
	return cmd
}

// done is what a finished program said.
type done struct {
	out, err string
	code     int
}

// finish runs the program to its end.
func finish(t testing.TB, cmd *exec.Cmd) done {
	t.Helper()
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return done{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// mustFinish is finish for what must go well.
func mustFinish(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
	d := finish(t, cmd)
	if d.code != 0 {
		t.Fatalf("%v: exit code %d\n%s%s", cmd.Args, d.code, d.out, d.err)
	}
	return d.out
}

// The scripts run the program against a database each. Beside what testscript
// knows, they may say
//
//	pins DISTRICT                 to list every pin of the record, public or not
//	pending DISTRICT CATEGORY     to add one that waits, whose ID is then $ID
//	cp1250 FROM TO                to write a file anew in Windows-1250
//	[full]                        to go on where there is a /dev/full
func TestScripts(t *testing.T) {
	t.Parallel()
	bin := programs(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(filepath.ListSeparator)+env.Getenv("PATH"))
			env.Vars = append(env.Vars, hasty)
			env.Setenv("PINEZKA_DATABASE_URL", storetest.URL(env.T().(testing.TB)))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"pins": listPins, "pending": addPending, "cp1250": recode,
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
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, ts.Getenv("PINEZKA_DATABASE_URL"))
	ts.Check(err)
	defer conn.Close(ctx)
	rows, err := conn.Query(ctx, `
		select concat_ws(' | ', coalesce(external_id, '-'), categories.slug, publication, status, reported_on,
		  round(st_x(geom)::numeric, 4) || ' ' || round(st_y(geom)::numeric, 4), coalesce(areas.slug, '-'), title || coalesce(': ' || nullif(body, ''), ''))
		from pins
		join districts using (district_id)
		join categories using (district_id, category_id)
		left join areas using (district_id, area_id)
		where districts.slug = $1
		order by external_id collate "C", pin_id`, args[0])
	ts.Check(err)
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	ts.Check(err)
	for _, line := range lines {
		fmt.Fprintln(ts.Stdout(), line)
	}
	if len(lines) == 0 {
		fmt.Fprintln(ts.Stdout(), "There are none.")
	}
}

func addPending(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pending DISTRICT CATEGORY")
	}
	ctx := context.Background()
	record, err := store.Open(ctx, store.Config{URL: ts.Getenv("PINEZKA_DATABASE_URL")})
	ts.Check(err)
	defer record.Close()
	d, err := record.District(ctx, args[0])
	ts.Check(err)
	box := d.Boundary.Bound()
	pin, err := d.Accept(civic.Draft{Category: args[1], Title: "Ławka", Point: box.Center(), ReportedOn: 20000})
	ts.Check(err)
	id, err := record.AddPin(ctx, &d, pin, civic.Pending)
	ts.Check(err)
	ts.Setenv("ID", fmt.Sprint(id))
}

func recode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cp1250 FROM TO")
	}
	text, err := charmap.Windows1250.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}
