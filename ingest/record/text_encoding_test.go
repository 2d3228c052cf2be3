package record

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	tests := []struct{ name, in, label, want, err string }{
		{name: "empty"},
		{name: "utf-8", in: "łódź", want: "łódź"},
		{name: "mark", in: "\ufeffł", want: "ł"},
		{name: "mark takes precedence over label", in: "\ufeffł", label: "latin1", want: "ł"},
		{name: "windows-1250", in: "z\xb3oty", label: "cp1250", want: "złoty"},
		{name: "utf-16le", in: "\x42\x01", label: "utf-16le", want: "ł"},
		{name: "utf-16le with mark", in: "\xff\xfe\x42\x01", want: "ł"},
		{name: "utf-16be with mark", in: "\xfe\xff\x01\x42", want: "ł"},
		{name: "invalid utf-8", in: "z\xb3oty", err: "the text is not valid utf-8; state the encoding of the file"},
		{name: "invalid utf-16", in: "\x00\xd8a\x00", label: "utf-16le", err: "the text is not valid utf-16le; state the encoding of the file"},
		{name: "unknown", label: "polish", err: `encoding "polish" is not known; try utf-8, windows-1250, iso-8859-2 or utf-16le`},
		{name: "replacement", label: "hz-gb-2312", err: `encoding "hz-gb-2312" cannot be decoded`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b []byte
			text, err := Decode(strings.NewReader(test.in), test.label)
			if err == nil {
				if b, err = io.ReadAll(text); err != nil {
					t.Fatal(err)
				}
				if err = text.Check(b); (err != nil) != errors.Is(err, ErrEncoding) {
					t.Errorf("%v is not ErrEncoding", err)
				}
			}
			switch {
			case err != nil && err.Error() != test.err, err == nil && test.err != "":
				t.Errorf("error is %v, want %s", err, test.err)
			case err == nil && string(b) != test.want:
				t.Errorf("got %q, want %q", b, test.want)
			}
		})
	}
}

func TestDecodeReturnsErrorsOfReading(t *testing.T) {
	broken := errors.New("broken")
	in, out := io.Pipe()
	out.CloseWithError(broken)
	if _, err := Decode(in, ""); !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
}

// FuzzDecode checks that text that passes Check is valid UTF-8.
func FuzzDecode(f *testing.F) {
	f.Add("z\xb3oty", "cp1250")
	f.Add("\xff\xfe\x42\x01", "")
	f.Add("\x00\xd8a\x00", "utf-16le")
	f.Add("\x1b$B", "iso-2022-jp")
	f.Fuzz(func(t *testing.T, in, label string) {
		text, err := Decode(strings.NewReader(in), label)
		if err != nil {
			return
		}
		b, err := io.ReadAll(text)
		if err == nil && text.Check(b) == nil && !utf8.Valid(b) {
			t.Fatalf("%q is not UTF-8", b)
		}
	})
}
