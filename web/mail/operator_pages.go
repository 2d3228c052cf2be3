package mail

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/serve"
)

//go:embed operator
var operatorFiles embed.FS

// OperatorStore is what the pages of the operator need of the database.
type OperatorStore interface {
	Outbox(ctx context.Context, limit int) ([]civic.OutboxMessage, error)
	FailedJobs(ctx context.Context) ([]civic.FailedJob, error)
	BouncedContacts(ctx context.Context) ([]civic.BouncedContact, error)
	RetryJob(ctx context.Context, id int64) error
	DropJob(ctx context.Context, id int64) error
}

// operatorPages are the pages of the operator. They have links to sign in, so that
// they may be served only where nobody else can reach them.
type operatorPages struct {
	mailer    *Mailer
	store     OperatorStore
	log       *slog.Logger
	templates *template.Template
}

// OperatorHandler returns the handler of the pages /outbox, /mails and /jobs, which
// are in English. It is the caller's task to serve them to the operator only.
func (m *Mailer) OperatorHandler(store OperatorStore, log *slog.Logger) (http.Handler, error) {
	templates, err := template.ParseFS(operatorFiles, "operator/operator.html")
	if err != nil {
		return nil, fmt.Errorf("parse the pages of the operator: %w", err)
	}
	p := &operatorPages{m, store, log, templates}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /operator.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, operatorFiles, "operator/operator.css")
	})
	for pattern, handle := range map[string]func(http.ResponseWriter, *http.Request) error{
		"GET /outbox": p.outbox, "GET /mails": p.mails, "GET /mails/{file}": p.letter, "GET /jobs": p.jobs,
		"POST /jobs/{id}/retry": p.changeJob(store.RetryJob), "POST /jobs/{id}/drop": p.changeJob(store.DropJob),
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { p.respond(w, r, handle) })
	}
	return mux, nil
}

// respond calls a handler, and responds with its error.
func (p *operatorPages) respond(w http.ResponseWriter, r *http.Request, handle func(http.ResponseWriter, *http.Request) error) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	err := handle(w, r)
	switch {
	case err == nil:
	case errors.Is(err, civic.ErrNotFound):
		http.Error(w, "There is none.", http.StatusNotFound)
	case errors.Is(err, civic.ErrConflict):
		http.Error(w, "It is running: try again later.", http.StatusConflict)
	default:
		p.log.ErrorContext(r.Context(), "cannot serve a page of the operator", "path", r.URL.Path, "err", err)
		http.Error(w, "This failed; the log of the service says why.", http.StatusInternalServerError)
	}
}

func (p *operatorPages) render(w http.ResponseWriter, name string, view any) error {
	var b bytes.Buffer
	if err := p.templates.ExecuteTemplate(&b, name, view); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes()) // fails only if the client has disconnected
	return nil
}

// outboxMessage is a message of the outbox as the page shows it.
type outboxMessage struct {
	Subject, To, District string
	Kind                  civic.MailKind
	At                    time.Time
	Text                  []span
	Calendar              string // that is attached; "" for none
}

// span is a part of a text: an address of a page, or anything else.
type span struct{ Plain, URL string }

// outboxShown is the number of messages that the page shows.
const outboxShown = 200

func (p *operatorPages) outbox(w http.ResponseWriter, r *http.Request) error {
	found, err := p.store.Outbox(r.Context(), outboxShown)
	if err != nil {
		return err
	}
	view := struct {
		Sends    bool
		Messages []outboxMessage
	}{Sends: p.mailer.cfg.SMTP != nil}
	for _, m := range found {
		if m.Message == nil {
			view.Messages = append(view.Messages, outboxMessage{Subject: "Cannot be decrypted any more", District: m.District, Kind: m.Kind, At: m.At})
			continue
		}
		read, err := readMessage(m.Message)
		if err != nil {
			return fmt.Errorf("read message %d: %w", m.ID, err)
		}
		view.Messages = append(view.Messages, outboxMessage{read.subject, read.to, m.District, m.Kind, m.At, spans(read.text, p.mailer.cfg.BaseURL), read.calendar})
	}
	return p.render(w, "outbox", view)
}

// spans divides a text at the addresses that begin with base.
func spans(text, base string) (all []span) {
	link := regexp.MustCompile(regexp.QuoteMeta(base) + `[^\s<>"]*`)
	for text != "" {
		at := link.FindStringIndex(text)
		if at == nil {
			return append(all, span{Plain: text})
		}
		all = append(all, span{Plain: text[:at[0]]}, span{URL: text[at[0]:at[1]]})
		text = text[at[1]:]
	}
	return all
}

// languageOf returns the language that a request asks for.
func (p *operatorPages) languageOf(r *http.Request) string {
	if lang := r.URL.Query().Get("lang"); slices.Contains(p.mailer.cfg.Catalogue.Tags(), lang) {
		return lang
	}
	return p.mailer.cfg.Catalogue.Tags()[0]
}

func (p *operatorPages) mails(w http.ResponseWriter, r *http.Request) error {
	type language struct {
		Tag, Name string
		Current   bool
	}
	type letter struct {
		Rendered
		Kind civic.MailKind
	}
	var view struct {
		Languages []language
		Letters   []letter
	}
	lang := p.languageOf(r)
	for _, tag := range p.mailer.cfg.Catalogue.Tags() {
		view.Languages = append(view.Languages, language{tag, p.mailer.cfg.Catalogue.Name(tag), tag == lang})
	}
	for _, kind := range civic.MailKinds() {
		rendered, err := p.mailer.Render(sampleLetter(kind, lang))
		if err != nil {
			return err
		}
		view.Letters = append(view.Letters, letter{rendered, kind})
	}
	return p.render(w, "mails", view)
}

// letter responds with the HTML of a made-up mail, which may have its own style
// element and nothing else.
func (p *operatorPages) letter(w http.ResponseWriter, r *http.Request) error {
	kind, ok := strings.CutSuffix(r.PathValue("file"), ".html")
	if !ok || !slices.Contains(civic.MailKinds(), civic.MailKind(kind)) {
		return civic.ErrNotFound
	}
	rendered, err := p.mailer.Render(sampleLetter(civic.MailKind(kind), p.languageOf(r)))
	if err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(p.mailer.style))
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, rendered.HTML) // fails only if the client has disconnected
	return nil
}

func (p *operatorPages) jobs(w http.ResponseWriter, r *http.Request) error {
	jobs, err := p.store.FailedJobs(r.Context())
	if err != nil {
		return err
	}
	bounced, err := p.store.BouncedContacts(r.Context())
	if err != nil {
		return err
	}
	return p.render(w, "jobs", struct {
		Jobs    []civic.FailedJob
		Bounced []civic.BouncedContact
	}{jobs, bounced})
}

// changeJob returns a handler that changes the job of its path and leads back to
// the list.
func (p *operatorPages) changeJob(change func(context.Context, int64) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		id, err := serve.PathID(r, "job")
		if err != nil {
			return err
		}
		if err := change(r.Context(), id); err != nil {
			return err
		}
		http.Redirect(w, r, "/jobs", http.StatusSeeOther)
		return nil
	}
}
