package civic

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// SignInLifetime is how long the link and the code of a mail can be used, and
// SignInAttempts how often somebody may type the code.
const (
	SignInLifetime = 15 * time.Minute
	SignInAttempts = 5
)

// SignInsPerHour is the number of mails with a link that a person is sent in an
// hour, however many are asked for.
const SignInsPerHour = 5

// SignInToken is the secret token of a link by which somebody signs in once.
// Only its Hash is stored.
type SignInToken string

// NewSignInToken returns a random token of 128 bits at least.
func NewSignInToken() SignInToken { return SignInToken(rand.Text()) }

// Hash returns the SHA-256 of the token.
func (t SignInToken) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(t)) }

// AskingSecret identifies the browser in which somebody asks for a link, where
// alone the code of the mail can be typed. Only its Hash is stored.
type AskingSecret string

// NewAskingSecret returns a random secret of 128 bits at least.
func NewAskingSecret() AskingSecret { return AskingSecret(rand.Text()) }

// Hash returns the SHA-256 of the secret.
func (s AskingSecret) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(s)) }

// SignInCode is a code to type instead of opening the link, of 8 digits.
type SignInCode string

// NewSignInCode returns a random code.
func NewSignInCode() SignInCode {
	n, _ := rand.Int(rand.Reader, big.NewInt(1e8)) // never fails
	return SignInCode(fmt.Sprintf("%08d", n))
}

// ParseSignInCode reads a code as somebody types it, with spaces or hyphens
// between its digits.
func ParseSignInCode(s string) SignInCode {
	return SignInCode(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s))
}

// String returns the code in two groups of four, which are easier to copy.
func (c SignInCode) String() string {
	if len(c) != 8 {
		return string(c)
	}
	return string(c[:4] + " " + c[4:])
}

// SignInRequest is what somebody asks for who wants to sign in.
type SignInRequest struct {
	Email      string // as it was typed
	Asking     AskingSecret
	DistrictID int32  // whose contacts may be meant; 0 for accounts only
	Next       string // path of the page to show afterwards; "" for none
}

// SignInSecrets are what the mail of a request contains.
type SignInSecrets struct {
	Token SignInToken
	Code  SignInCode
}

// SignIn is that somebody has proved who they are.
type SignIn struct {
	Person
	Name string // of an account; otherwise ""
	Next string // path of the page to show; "" for none
}

// IsEmail reports whether s can be an e-mail address.
func IsEmail(s string) bool { return s != "" && checkEmail(s) == nil }
