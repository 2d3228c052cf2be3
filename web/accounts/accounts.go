// Package accounts serves what somebody does about their own account: signing in
// and out, their name and language, their roles and sessions, the export of what is
// held about them, and closing the account.
//
// To sign in is to prove who one is, by a link or a code in a mail. What follows
// depends only on the person that was proved: a passkey or an OpenID provider is
// another proof.
package accounts

import (
	"context"
	"embed"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the templates and the texts.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Store is what accounts need of the database.
type Store interface {
	RequestSignIn(ctx context.Context, r civic.SignInRequest) error
	PeekSignIn(ctx context.Context, token civic.SignInToken) (civic.SignIn, error)
	SignInByLink(ctx context.Context, token civic.SignInToken) (civic.SignIn, error)
	SignInByCode(ctx context.Context, asking civic.AskingSecret, code civic.SignInCode) (civic.SignIn, error)
	BeginSession(ctx context.Context, p civic.Person, device string) (civic.SessionToken, error)
	ExtendSession(ctx context.Context, session civic.Session) error
	Sessions(ctx context.Context, p civic.Person) ([]civic.Session, error)
	EndSession(ctx context.Context, p civic.Person, id int64) error
	EndOtherSessions(ctx context.Context, p civic.Person, but int64) error
	Account(ctx context.Context, id int64) (civic.AccountDetails, error)
	RolesOf(ctx context.Context, account int64, limit int) ([]civic.GivenRole, error)
	SetAccount(ctx context.Context, id int64, name, language string) error
	ExportAccount(ctx context.Context, id int64) (civic.AccountExport, error)
	CloseAccount(ctx context.Context, id int64) error
}

// Config configures the handlers of accounts. Every field is required.
type Config struct {
	*serve.Service
	Pages   *page.Renderer
	Store   Store
	Asking  *serve.WriteLimiter // of requests for a mail
	Request func()              // is called when a request waits for QueueSignIns
}

type handlers struct{ Config }

// Routes returns the routes of accounts.
func Routes(cfg Config) []serve.Route {
	h := handlers{cfg}
	extend := serve.Page("POST", "/account/extend", serve.SignedIn, serve.Write, h.extend)
	extend.Errors = serve.JSON // a script sends it
	return []serve.Route{
		serve.Page("GET", serve.SignInPath, serve.Public, serve.Read, h.form).WithQuery(serve.Parameters{Single: []string{"next"}}),
		serve.Page("POST", serve.SignInPath, serve.Public, serve.Write, h.ask),
		serve.Page("GET", serve.SignInPath+"/code", serve.Public, serve.Read, h.codeForm),
		serve.Page("POST", serve.SignInPath+"/code", serve.Public, serve.Write, h.typeCode),
		serve.Page("GET", serve.SignInPath+"/{token}", serve.Public, serve.Read, h.link),
		serve.Page("POST", serve.SignInPath+"/{token}", serve.Public, serve.Write, h.follow),
		serve.Page("POST", "/sign-out", serve.Public, serve.Write, h.signOut),
		serve.Page("GET", "/account", serve.SignedIn, serve.Read, h.account).WithQuery(serve.Parameters{Single: []string{"ended", "saved"}}),
		serve.Page("POST", "/account", serve.SignedIn, serve.Write, h.change),
		serve.Page("GET", "/account/export", serve.SignedIn, serve.Read, h.export),
		extend,
	}
}
