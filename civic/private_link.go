package civic

import (
	"crypto/rand"
	"crypto/sha256"
)

// PrivateLink is the secret token of a link to a pin that has no public page:
// whoever has it may see what became of the pin. Only its Hash is stored.
type PrivateLink string

// NewPrivateLink returns a random link of 128 bits at least.
func NewPrivateLink() PrivateLink { return PrivateLink(rand.Text()) }

// Hash returns the SHA-256 of the token. A plain hash is enough for a random
// token: there is nothing to guess.
func (l PrivateLink) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(l)) }
