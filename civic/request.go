package civic

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"regexp"
)

// RequestKey identifies a request that adds a thing or a report, so that it is
// carried out once however often it is sent. Its sender chooses it. Whoever has it is the
// sender and receives the result again, so nobody else may be able to guess it:
// it must be random, of which only the length can be checked. Only its Hash is
// stored.
type RequestKey string

// NewRequestKey returns a random key of 130 bits.
func NewRequestKey() RequestKey { return RequestKey(rand.Text()) }

// requestKey matches UUIDs, and what is as long as 128 bits are in base64url,
// base32 or hexadecimal. Whether it is random, nothing can tell.
var requestKey = regexp.MustCompile(`^[A-Za-z0-9_-]{22,128}$`)

// ParseRequestKey parses a key, which has 22 to 128 letters, digits, hyphens and
// underscores. It may be in double quotes, as a string of RFC 9651 is.
func ParseRequestKey(s string) (RequestKey, error) {
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	if !requestKey.MatchString(s) {
		return "", fmt.Errorf("a key has 22 to 128 letters, digits, hyphens and underscores, chosen at random: %w", ErrInvalid)
	}
	return RequestKey(s), nil
}

// Hash returns the SHA-256 of the key, under which its request is stored.
func (k RequestKey) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(k)) }

// mac returns the HMAC-SHA-256 of a message for a purpose.
func (k RequestKey) mac(purpose string, message []byte) []byte {
	h := hmac.New(sha256.New, []byte(k))
	h.Write([]byte(purpose + "\n"))
	h.Write(message)
	return h.Sum(nil)
}

// Request is a request that adds a thing or a report.
type Request struct {
	Key      RequestKey
	BodyHash []byte // HMAC-SHA-256 with the key, so that nobody can guess the body without it
	Salt     []byte // 16 random bytes, for PrivateLink
}

// NewRequest returns a request to add the pin. Its hash covers what a sender
// enters, not the day, so that it can be repeated after midnight.
func NewRequest(key RequestKey, pin NewPin) Request {
	return newRequest(key, []any{pin.Category.Slug, pin.Title, pin.Body, pin.Point, pin.Email})
}

// NewContentRequest returns a request to add a thing with the content and links.
func NewContentRequest(key RequestKey, content Content, links []FieldLinks) Request {
	return newRequest(key, []any{content, links})
}

// NewReportRequest returns a request to report a thing with a text.
func NewReportRequest(key RequestKey, thing int64, text string, r NewReport) Request {
	return newRequest(key, []any{"report", thing, text, r.Kind, r.Ground, r.Name, r.Email})
}

func newRequest(key RequestKey, entered any) Request {
	body, err := json.Marshal(entered)
	if err != nil {
		panic(fmt.Sprintf("encode what was entered: %v", err)) // texts and finite numbers can be encoded
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	return Request{Key: key, BodyHash: key.mac("body", body), Salt: salt}
}

// PrivateLink returns the private link of the pin of the request. It follows
// from the key and the salt, so that a repeated request receives it again though
// it is not stored. Neither is enough alone: without the key, whoever reads the
// database has no link, and without the salt, which is deleted with the request,
// an old key leads nowhere.
func (r Request) PrivateLink() PrivateLink {
	return PrivateLink(base32.StdEncoding.EncodeToString(r.Key.mac("private link", r.Salt))[:26]) // 130 bits
}

// AddedPin is the result of a request that adds a pin.
type AddedPin struct {
	ID          int64
	Publication Publication
	Link        PrivateLink // of a pin that has no public page; otherwise ""
}
