package keyring_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/pinezka/pinezka/store/keyring"
)

func Example() {
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(folder)
	ring, err := keyring.Create(filepath.Join(folder, "keys"))
	if err != nil {
		log.Fatal(err)
	}
	address, err := ring.Unseal(ring.Seal("anna@example.org"))
	fmt.Println(address, err)
	fmt.Println(ring.Verify("unsubscribe", ring.Sign("unsubscribe", 13, 4321)))
	// Output:
	// anna@example.org <nil>
	// [13 4321] true
}
