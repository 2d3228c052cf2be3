package i18n_test

import (
	"fmt"

	"github.com/pinezka/pinezka/web/i18n"
)

// A district in Vilnius has Lithuanian and Polish texts. A text that Lithuanian
// lacks is shown in Polish.
func Example() {
	catalogue, err := i18n.Load(part())
	if err != nil {
		fmt.Println(err)
		return
	}
	lithuanian := `
msgid ""
msgstr "Plural-Forms: nplurals=3; plural=(n%10==1 && (n%100<11 || n%100>19) ? 0 : n%10>=2 && (n%100<11 || n%100>19) ? 1 : 2);\n"

msgctxt "list.total"
msgid "{n} pin"
msgid_plural "{n} pins"
msgstr[0] "{n} smeigtukas"
msgstr[1] "{n} smeigtukai"
msgstr[2] "{n} smeigtukų"
`
	if _, err := catalogue.ReadPO("lt", []byte(lithuanian)); err != nil {
		fmt.Println(err)
		return
	}
	lang := i18n.Negotiate([]string{"lt", "pl"}, "", "lt-LT, en;q=0.5")
	m := catalogue.Messages(lang, "lt", "pl")
	fmt.Println(m.Text("list.total", "n", 21), "/", m.Text("list.total", "n", 12), "/", m.Text("list.next"))
	// Output: 21 smeigtukas / 12 smeigtukų / Następna
}
