package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseScript(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<17)
	for name, test := range map[string]struct {
		script string
		want   *archive // nil for an error
	}{
		"empty": {"", &archive{rows: map[string]int64{}}},
		"objects": {
			"--\n-- Name: stamp; Type: TRIGGER; Schema: public; Owner: -\n--\n\n-- Name: pin_ids; Type: SEQUENCE SET; Schema: public; Owner: -\n" +
				"-- Data for Name: pins; Type: TABLE DATA; Schema: public; Owner: -\n-- Name: pins; Type: TABLE; Schema: public; Owner: -\n",
			&archive{[]string{"pins; Type: TABLE; Schema: public", "stamp; Type: TRIGGER; Schema: public"}, map[string]int64{}},
		},
		"two tables": {
			"SET a = 1;\n\nCOPY public.a (x, y) FROM stdin;\n1\t2\n\n\\.\n\nCOPY public.b (x) FROM stdin;\n\\.\n",
			&archive{nil, map[string]int64{"public.a": 2, "public.b": 0}},
		},
		"long rows": {
			"COPY public.a (x) FROM stdin;\n" + long + "\n" + long + "\\.\n\\.\n",
			&archive{nil, map[string]int64{"public.a": 2}},
		},
		"rows like SQL": {
			"COPY public.a (x) FROM stdin;\nCOPY public.b (x) FROM stdin;\n-- Name: pins; Type: TABLE\n\\.\n",
			&archive{nil, map[string]int64{"public.a": 2}},
		},
		"no end":     {"COPY public.a (x) FROM stdin;\n1\n", nil},
		"half a row": {"COPY public.a (x) FROM stdin;\n1", nil},
	} {
		got, err := parseScript(strings.NewReader(test.script))
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(archive{})); diff != "" || (err != nil) != (test.want == nil) {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

func FuzzParseScript(f *testing.F) {
	f.Add("-- Name: pins; Type: TABLE; Schema: public; Owner: -\nCOPY public.a (x) FROM stdin;\n1\n\\.\n")
	f.Fuzz(func(t *testing.T, script string) {
		a, err := parseScript(strings.NewReader(script))
		if err != nil {
			return
		}
		lines := int64(len(a.objects))
		for _, n := range a.rows {
			lines += n
		}
		if most := int64(strings.Count(script, "\n")); lines > most {
			t.Errorf("%d objects and rows in %d lines", lines, most)
		}
	})
}
