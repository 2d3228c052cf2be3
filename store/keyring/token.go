package keyring

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
)

const (
	macSize   = 16  // bytes of a token's HMAC-SHA-256 that it carries
	maxToken  = 256 // characters of a token that Verify reads
	maxValues = 16  // of a token
)

// tokenEncoding accepts one notation of every token only.
var tokenEncoding = base64.RawURLEncoding.Strict()

// Sign returns a URL-safe token that carries at most 16 values, which anybody
// can read and only a holder of the keys can sign. Tokens of one purpose are
// not valid for another. A token has no end of its own: one that shall have it
// carries its time as a value.
func (r *Ring) Sign(purpose string, values ...int64) string {
	if len(values) > maxValues {
		panic("keyring: too many values in a token")
	}
	var token []byte
	for _, v := range values {
		token = binary.AppendVarint(token, v)
	}
	return tokenEncoding.EncodeToString(append(token, r.current().mac(purpose, token)...))
}

// Verify returns the values of a token that Sign returned for the purpose with
// any of the keys, and whether it is one.
func (r *Ring) Verify(purpose, token string) ([]int64, bool) {
	if len(token) > maxToken {
		return nil, false
	}
	raw, err := tokenEncoding.DecodeString(token)
	if err != nil || len(raw) < macSize {
		return nil, false
	}
	signed, mac := raw[:len(raw)-macSize], raw[len(raw)-macSize:]
	if !r.verify(purpose, signed, mac) && (!r.readAgain() || !r.verify(purpose, signed, mac)) {
		return nil, false
	}
	var values []int64
	for len(signed) > 0 {
		v, n := binary.Varint(signed)
		if n <= 0 {
			return nil, false
		}
		values, signed = append(values, v), signed[n:]
	}
	return values, true
}

// verify reports whether one of the keys signed.
func (r *Ring) verify(purpose string, signed, mac []byte) bool {
	return slices.ContainsFunc(r.keys.Load().all, func(k key) bool {
		return hmac.Equal(mac, k.mac(purpose, signed))
	})
}

func (k key) mac(purpose string, signed []byte) []byte {
	h := hmac.New(sha256.New, k.derive(signPurpose+purpose))
	h.Write(signed)
	return h.Sum(nil)[:macSize]
}
