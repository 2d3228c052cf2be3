package words_test

import (
	"fmt"

	"github.com/pinezka/pinezka/civic/words"
)

func Example() {
	fmt.Println(words.Of("Ławka przy Świętokrzyskiej 12", "Brakuje ławki"))
	fmt.Println(words.Split("лавка"))
	// Output:
	// [12 brakuje lawka lawki przy swietokrzyskiej]
	// [lawka]
}
