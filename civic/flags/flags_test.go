package flags_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/pinezka/pinezka/civic/flags"
)

// marked returns what is found as KIND:TEXT, separated by semicolons.
func marked(f *flags.Finder, text string) string {
	var all []string
	for _, s := range f.Find(text) {
		all = append(all, s.Kind.String()+":"+text[s.Start:s.End])
	}
	return strings.Join(all, "; ")
}

func TestFind(t *testing.T) {
	f := flags.New(flags.Config{Region: "PL", Words: []string{"idiot*", "stary piec"}})
	for text, want := range map[string]string{
		// telephone numbers
		"Proszę dzwonić: 501 234 567.":                "phone:501 234 567",
		"tel.501234567":                               "phone:501234567",
		"Tel: 501-234-567, wieczorem":                 "phone:501-234-567",
		"+48 501 234 567":                             "phone:+48 501 234 567",
		"(12) 616 12 34":                              "phone:(12) 616 12 34",
		"12 616 12 34 albo 12 616 12 35":              "phone:12 616 12 34; phone:12 616 12 35",
		"0048501234567":                               "phone:0048501234567",
		"мій номер +380 67 123 45 67":                 "phone:+380 67 123 45 67",
		"501.234.567":                                 "phone:501.234.567",
		"dzwoń 501\u00a0234\u00a0567":                 "phone:501\u00a0234\u00a0567",
		"Od 2019 roku. 501234567":                     "phone:501234567",
		"+44 20 7031 3000":                            "phone:+44 20 7031 3000",
		"501234567/602345678":                         "phone:501234567; phone:602345678",
		"od 8 do 16, 12 616 12 34, pokój 5":           "phone:12 616 12 34",
		"pod nr 501 234 567":                          "phone:501 234 567",
		"Kod 30-504 Kraków":                           "",
		"Wielicka 123, 30-552":                        "",
		"tramwaje 3, 9, 11, 13, 24, 50 i autobus 304": "",
		"w latach 2019 2020 2021":                     "",
		"2023-11-05 12:30":                            "",
		"05.11.2023, 12.30":                           "",
		"50.0431 19.9512":                             "",
		"50.0431199, 19.9512345":                      "",
		"budynek 126104_9.0031.123456789":             "",
		"OSM way 501234567":                           "",
		"way/501234567":                               "",
		"działka nr 501234567":                        "",
		"zgłoszenie 501234567":                        "",
		"kosztowało 501 234 567 zł":                   "",
		"1 250 000 zł":                                "",
		"REGON 351554287":                             "",
		"NIP 676-101-37-17":                           "",
		"dzwonić pod 112 albo 986":                    "",
		"ul. Limanowskiego 12/4":                      "",
		"A501234567":                                  "",
		"12:30-16:45":                                 "",
		"24/7":                                        "",

		// e-mail addresses
		"Pisać: jan.kowalski@poczta.pl.":        "email:jan.kowalski@poczta.pl",
		"jan.kowalski (at) poczta.pl":           "email:jan.kowalski (at) poczta.pl",
		"jan małpa wp.pl":                       "email:jan małpa wp.pl",
		"małpa w zoo, www.krakow.pl, @podgorze": "",
		"501234567@poczta.pl":                   "email:501234567@poczta.pl",

		// identity numbers: 1944-05-14 and, of this century, 2002-02-01
		"PESEL 44051401359":     "pesel:44051401359",
		"440514 01359":          "pesel:440514 01359",
		"PESEL: 02220100007":    "",
		"44051401358":           "",
		"pesel 44131401354":     "",
		"rachunek 440514013590": "",

		// plates
		"Auto KR 1AB23 stoi na chodniku":  "plate:KR 1AB23",
		"KR12345":                         "plate:KR12345",
		"KR-12345, czarny":                "plate:KR-12345",
		"KRA 12AB":                        "plate:KRA 12AB",
		"KWI 4H12 i WX 1234A":             "plate:KWI 4H12; plate:WX 1234A",
		"bus AA 1234 BB":                  "plate:AA 1234 BB",
		"номер ВС1234НТ":                  "plate:ВС1234НТ",
		"GPS 12345":                       "",
		"PN-12345":                        "",
		"PN-EN 12464":                     "",
		"autobus 304, linia A4, droga S7": "",
		"KRS 0000123456":                  "",
		"kod QR 12345":                    "",
		"DW 776 i DK 94":                  "",
		"hala EXPO 2023":                  "",
		"XV LO, VIII 2022, UE 2021":       "",
		"MZD 2023, ZDMK 2022/5, RAL 7016": "",

		// bank accounts
		"PL61 1090 1014 0000 0712 1981 2874": "account:PL61 1090 1014 0000 0712 1981 2874",
		"konto: 61109010140000071219812874":  "account:61109010140000071219812874",
		"UA213223130000026007233566001":      "account:UA213223130000026007233566001",
		"PL61 1090 1014 0000 0712 1981 2875": "",

		// a name beside the address of a flat
		"Anna Nowak, ul. Wielicka 12/4, zalewa sąsiadów":        "address:Anna Nowak, ul. Wielicka 12/4",
		"Pan Kowalski z Wielickiej 12 m. 4 parkuje na trawniku": "address:Pan Kowalski z Wielickiej 12 m. 4",
		"Na Limanowskiego 8a/12 mieszka Marek Wójcik.":          "address:Limanowskiego 8a/12 mieszka Marek Wójcik",
		"Zgłaszam Annę Nowak, Kalwaryjska 3/7.":                 "address:Annę Nowak, Kalwaryjska 3/7",
		"Олена Коваль, вул. Лімановського 5 кв. 8":              "address:Олена Коваль, вул. Лімановського 5 кв. 8",
		"Jan Nowak Wielicka 12/4":                               "address:Jan Nowak Wielicka 12/4",
		"Anna, 501 234 567, ul. Wielicka 12/4":                  "address:Anna; phone:501 234 567; address:ul. Wielicka 12/4",
		"ul. Jana Matejki 12/4":                                 "",
		"na Jana Pawła II 12/4 nie ma windy":                    "",
		"ul. Anny Jagiellonki 5/3":                              "",
		"Brak windy przy Wielickiej 12/4":                       "",
		"Zakręt przy Wielickiej 12, obok szkoły":                "",
		"Pan Kowalski prosi o ławkę":                            "",
		"Tadeusz prosi o kosz na rogu 3 Maja":                   "",
		"Maria prosi: otwarte 24/7":                             "",
		"Ewa widziała tramwaj 3/24":                             "",

		// words of the district
		"Co za IDIOTA!":                    "word:IDIOTA",
		"Śmierdzi, bo ktoś ma Stary  Piec": "word:Stary  Piec",
		"stary, piecyk":                    "",
		"piec stary":                       "",
	} {
		if got := marked(f, text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestPhonesOfAnotherRegion(t *testing.T) {
	f := flags.New(flags.Config{Region: "UA"})
	if got, want := marked(f, "067 123 45 67 і 501 234"), "phone:067 123 45 67"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
}

// TestPhonesWithoutARegion checks that no country is assumed: only numbers with the
// code of one are found.
func TestPhonesWithoutARegion(t *testing.T) {
	f := flags.New(flags.Config{})
	if got, want := marked(f, "501 234 567, +48 501 234 567, 0048 501 234 567, +1 773-702-1234"), "phone:+48 501 234 567; phone:0048 501 234 567; phone:+1 773-702-1234"; got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	for region, want := range map[string]bool{"PL": true, "UA": true, "XX": false, "": false, "001": false} {
		if got := flags.KnownRegion(region); got != want {
			t.Errorf("region %q: %t", region, got)
		}
	}
}

func TestKindNames(t *testing.T) {
	for _, kind := range flags.Kinds() {
		if got, ok := flags.ParseKind(kind.String()); !ok || got != kind {
			t.Errorf("%s is read as %s", kind, got)
		}
	}
	if _, ok := flags.ParseKind(""); ok {
		t.Error("an empty name is a kind")
	}
}

func TestRedact(t *testing.T) {
	const text = "Zadzwoń 501 234 567 albo napisz: a@b.pl!"
	want := "Zadzwoń […] albo napisz: […]!"
	if diff := cmp.Diff(want, flags.Redact(text, flags.New(flags.Config{Region: "PL"}).Find(text))); diff != "" {
		t.Error(diff)
	}
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"Anna, 501 234 567, ul. Wielicka 12/4", "KR 1AB23 44051401359", "PL61 1090 1014 0000 0712 1981 2874",
		"a@b.pl\xff 12 34", strings.Repeat("50 ", 100), strings.Repeat("Anna 1/2 ", 50), strings.Repeat("a@", 100),
	} {
		f.Add(seed)
	}
	finder := flags.New(flags.Config{Region: "PL", Words: []string{"idiot*"}})
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range finder.Find(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) || s.Kind == 0 {
				t.Fatalf("span %v after %d of %d bytes", s, end, len(text))
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("span %v cuts a rune", s)
			}
			end = s.End
		}
	})
}

// TestFindIsBounded holds the longest text that a pin can have against the
// time of what a moderator waits for.
func TestFindIsBounded(t *testing.T) {
	f := flags.New(flags.Config{Region: "PL", Words: []string{"idiot*", "a a a a b"}})
	for _, part := range []string{"50 ", "501 234 567 ", "111 111 111 ", "Anna 1/2 ", "Anna Nowak Wielicka 1 m ", "a", "a@", "A1", "KR", "a.a-", "1/", "PL61 ", "(+", "а́"} {
		text := strings.Repeat(part, 4000/utf8.RuneCountInString(part))
		start := time.Now()
		f.Find(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q repeated takes %v", part, took)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	const text = "Na rogu Limanowskiego i Wielickiej brakuje przejścia dla pieszych. Codziennie chodzą tędy dzieci do szkoły nr 27, " +
		"a samochody jadą ponad 50 km/h. Proszę o kontakt: 501 234 567 albo jan.kowalski@poczta.pl. Auto KR 1AB23 parkuje tu stale."
	f := flags.New(flags.Config{Region: "PL", Words: []string{"idiot*"}})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		f.Find(text)
	}
}
