package localpostgres

import (
	"os"
	"strings"
	"testing"
)

func TestRotateLog(t *testing.T) {
	t.Parallel()
	d, err := openDataDirectory(tempDir(t))
	if err != nil {
		t.Fatal(err)
	}
	log, err := openLog(d)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	line := strings.Repeat("x", 1023) + "\n"
	for range maxLog/1024 + 1 {
		if _, err := log.WriteString(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := rotateLog(d); err != nil {
		t.Fatal(err)
	}
	if _, err := log.WriteString("new\n"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int64{d.log: 4, d.log + ".1": maxLog + 1024} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() != want {
			t.Errorf("%s has %d bytes, want %d", path, info.Size(), want)
		}
	}
}
