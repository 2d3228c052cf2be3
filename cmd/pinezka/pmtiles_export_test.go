package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/store/storetest"
)

// exportProcess returns an export command for a database, which writes to its
// working directory.
func exportProcess(t *testing.T, url string, args ...string) *exec.Cmd {
	t.Helper()
	return command(t, append([]string{"export", "--database-url", url, "--district", "podgorze"}, args...)...)
}

// filesIn returns the names of the files in a directory, hidden ones too.
func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestExport(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	mustFinish(t, command(t, "demo", "--database-url", url, "--pins", "500"))

	for name, c := range map[string]struct {
		args []string
		want []string
	}{
		"one archive":           {nil, []string{"podgorze.pmtiles"}},
		"a directory":           {[]string{"--out", "."}, []string{"podgorze.pmtiles"}},
		"a file":                {[]string{"--out", "my.pmtiles", "--format", "pmtiles", "--max-zoom", "12"}, []string{"my.pmtiles"}},
		"one layer":             {[]string{"--layer", "areas"}, []string{"podgorze-areas.pmtiles"}},
		"hexes by resolution":   {[]string{"--layer", "hexes", "--res", "8", "--res", "9"}, []string{"podgorze-hexes-8.pmtiles", "podgorze-hexes-9.pmtiles"}},
		"filtered by all flags": {[]string{"--kind", "need", "--status", "reported", "--from", "2000-01", "--to", "2100-12-31", "--area", "plaszow"}, []string{"podgorze.pmtiles"}},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exportProcess(t, url, c.args...)
			output := mustFinish(t, cmd)
			got := filesIn(t, cmd.Dir)
			if !slices.Equal(got, c.want) {
				t.Errorf("files %q, want %q", got, c.want)
			}
			for _, name := range c.want {
				b, err := os.ReadFile(filepath.Join(cmd.Dir, name))
				if err != nil || !strings.HasPrefix(string(b), "PMTiles\x03") {
					t.Errorf("%s is not an archive: %v", name, err)
				}
				if !strings.Contains(output, name+": ") {
					t.Errorf("%s is not in the output: %s", name, output)
				}
				if info, err := os.Stat(filepath.Join(cmd.Dir, name)); err != nil || info.Mode().Perm() != 0o644 {
					t.Errorf("a web server cannot read it: %v, %v", info, err)
				}
			}
		})
	}
}

// TestInvalidExport checks the errors of invalid flags, and that no file
// remains.
func TestInvalidExport(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	mustFinish(t, command(t, "demo", "--database-url", url, "--pins", "50"))
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"format":       {[]string{"--format", "mbtiles"}, `--format "mbtiles" is not pmtiles`},
		"layer":        {[]string{"--layer", "roads"}, `--layer "roads" is not one of areas, hexes, pins`},
		"resolution":   {[]string{"--res", "12"}, "--res 12 is not 4 to 11"},
		"overflow":     {[]string{"--res", "265"}, "--res 265 is not 4 to 11"},
		"not of hexes": {[]string{"--layer", "pins", "--res", "9"}, "--res is for hexes"},
		"one file":     {[]string{"--res", "8,9", "--out", "x.pmtiles"}, "--out must be a directory"},
		"too deep":     {[]string{"--max-zoom", "21"}, "--max-zoom 21 is not 1 to 20"},
		"kind":         {[]string{"--kind", "wish"}, "--kind: not valid"},
		"status":       {[]string{"--status", "wished"}, "--status: not valid"},
		"category":     {[]string{"--category", "wishes"}, `--category: the district has no category "wishes"`},
		"area":         {[]string{"--area", "nowhere"}, `--area: the district has no area "nowhere"`},
		"from":         {[]string{"--from", "yesterday"}, "--from: not valid"},
		"backwards":    {[]string{"--from", "2025-02", "--to", "2025-01"}, "--to: 2025-01-31 is before 2025-02-01"},
		"nothing":      {[]string{"--layer", "pins", "--to", "1971-01"}, "no pin and no area is selected"},
		"district":     {[]string{"--district", "nowhere"}, "not found: district nowhere"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exportProcess(t, url, c.args...)
			d := finish(t, cmd)
			if d.code != 1 || !strings.Contains(d.err, c.want) {
				t.Errorf("exit code %d: %s", d.code, d.err)
			}
			if left := filesIn(t, cmd.Dir); len(left) > 0 {
				t.Errorf("files remain: %q", left)
			}
		})
	}
}

// TestInterruptedExport checks that an export that is stopped while it writes
// keeps the archive of an earlier one.
func TestInterruptedExport(t *testing.T) {
	t.Parallel()
	url := storetest.URL(t)
	mustFinish(t, command(t, "demo", "--database-url", url, "--pins", "3000"))
	const earlier = "earlier archive"
	for name, stop := range map[string]os.Signal{"interrupted": os.Interrupt, "killed": os.Kill} {
		t.Run(name, func(t *testing.T) {
			var cmd *exec.Cmd
			var final string
			eventually(t, "the export is stopped before its end", func() bool {
				cmd = exportProcess(t, url, "--max-zoom", "20")
				final = filepath.Join(cmd.Dir, "podgorze.pmtiles")
				if err := os.WriteFile(final, []byte(earlier), 0o644); err != nil {
					t.Fatal(err)
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				eventually(t, "the export begins to write", func() bool {
					info, err := os.Stat(final)
					return len(filesIn(t, cmd.Dir)) >= 3 || err == nil && info.Size() != int64(len(earlier)) // it has ended
				})
				_ = cmd.Process.Signal(stop) // it may have ended
				return cmd.Wait() != nil
			})
			if b, err := os.ReadFile(final); err != nil || string(b) != earlier {
				t.Errorf("%d bytes under the final name: %v", len(b), err)
			}
			for _, left := range filesIn(t, cmd.Dir) {
				if left != "podgorze.pmtiles" && (stop == os.Interrupt || !strings.HasPrefix(left, ".")) {
					t.Errorf("%s remains", left)
				}
			}
		})
	}
}
