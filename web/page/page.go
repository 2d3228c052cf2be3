// Package page renders HTML pages: the layout with its language switch, the
// templates of all subjects in every language, and error pages.
package page

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
	"github.com/pinezka/pinezka/web/serve"
)

// Files contains the layout, the error page and the texts that all pages share.
//
//go:embed templates/*.html locales/*.json
var Files embed.FS

// Config configures a Renderer. Every field is required.
type Config struct {
	Service       *serve.Service
	Catalogue     *i18n.Catalogue
	Parts         []fs.FS  // whose templates/*.html are pages; must include Files
	Script, Style string   // URLs of the built assets; "" where they have not been built
	MapScripts    []string // URLs of the scripts that a map needs besides; "" as above
	Logger        *slog.Logger
}

// Renderer renders pages.
type Renderer struct {
	cfg   Config
	files map[string]fs.FS // of each page, by name

	mu            sync.Mutex
	localizations map[string]*localization // by language and fallback
}

// localization contains the texts and the templates of one language.
type localization struct {
	messages *i18n.Messages
	browser  string // JSON: the texts for the browser
	pages    map[string]*template.Template
}

// New returns a renderer. It returns an error for a template that is malformed,
// or that two parts have.
func New(cfg Config) (*Renderer, error) {
	p := &Renderer{cfg: cfg, files: map[string]fs.FS{}, localizations: map[string]*localization{}}
	for _, part := range cfg.Parts {
		names, err := fs.Glob(part, "templates/*.html")
		if err != nil {
			return nil, fmt.Errorf("parse templates: %w", err)
		}
		for _, name := range names {
			name = strings.TrimSuffix(path.Base(name), ".html")
			if name == "layout" || strings.HasPrefix(name, "_") {
				continue
			}
			if p.files[name] != nil {
				return nil, fmt.Errorf("two subjects have a template %q", name)
			}
			p.files[name] = part
		}
	}
	_, err := p.parse(cfg.Catalogue.Messages("en"))
	return p, err
}

// parse returns every page with the layout and the partial templates of all
// parts, which are in files whose names begin with "_".
func (p *Renderer) parse(m *i18n.Messages) (map[string]*template.Template, error) {
	layout, err := template.New("").Funcs(template.FuncMap{
		"t": m.Text, "num": m.Number, "decimal": m.Decimal, "date": m.Date, "time": m.Time, "month": m.Month,
	}).ParseFS(Files, "templates/layout.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	for _, part := range p.cfg.Parts {
		partial, err := fs.Glob(part, "templates/_*.html")
		if err == nil && len(partial) > 0 {
			layout, err = layout.ParseFS(part, partial...)
		}
		if err != nil {
			return nil, fmt.Errorf("parse templates: %w", err)
		}
	}
	pages := map[string]*template.Template{}
	for name, part := range p.files {
		page, err := layout.Clone()
		if err == nil {
			pages[name], err = page.ParseFS(part, "templates/"+name+".html")
		}
		if err != nil {
			return nil, fmt.Errorf("parse templates: %w", err)
		}
	}
	return pages, nil
}

// Page is the data of the layout. View is the data of the template of the page.
type Page struct {
	Lang       string
	Languages  []languageLink
	Title      string
	Home       string // path of the map of the district, or "/"
	Name       string // of the district; "" for none
	NameLang   string // of the name, if it is not that of the page
	Sections   []section
	Notice     string // of the district, such as "made-up data"; "" for none
	NoticeLang string // of the notice, if it is not that of the page
	Script     string
	MapScripts []string // that a map needs besides
	Style      string
	Messages   string // JSON: the texts for the browser
	Feeds      []Feed // of what the page shows
	View       any
	Visitor    visitor
	FromHost   bool // whether it contains the host of the request, so that no cache may keep it
	Private    bool // whether no cache, search engine or other site may learn of the page
	Form       bool // whether it is a step of a form: no request states its address, and only the browser keeps what somebody has entered, for Back

	localization *localization
}

// Feed is a feed that programs find in the head of a page.
type Feed struct{ Title, URL string }

// section is a link of the navigation of a district.
type section struct {
	URL, Key, Icon string
	Current        bool // whether it leads to the page itself
}

// sections returns the navigation of a district, whose map is the first.
func sections(r *http.Request, home string) []section {
	all := []section{
		{URL: home, Key: "nav.map", Icon: "place"}, {URL: home + "/calendar", Key: "nav.calendar", Icon: "events"},
		{URL: home + "/outcomes", Key: "nav.outcomes", Icon: "check"}, {URL: home + "/council", Key: "nav.council", Icon: "column"},
	}
	for i := range all {
		all[i].Current = r.URL.Path == all[i].URL || i == 0 && r.URL.Path == "/"
	}
	return all
}

type languageLink struct {
	Tag, Name string
	URL       string // relative, so that it is of this site whatever the path of the request is
	Current   bool
}

// Page returns the data of a page of the district, or of a page without a
// district when d is nil.
func (p *Renderer) Page(r *http.Request, d *civic.District, view any) Page {
	lang, s := p.language(r, d)
	out := Page{Lang: lang, Home: "/", Script: p.cfg.Script, MapScripts: p.cfg.MapScripts, Style: p.cfg.Style, View: view, localization: s, Title: s.messages.Text("site.name")}
	for _, tag := range p.languages(d) {
		q := r.URL.Query()
		q.Set("lang", tag)
		out.Languages = append(out.Languages, languageLink{
			Tag: tag, Name: p.cfg.Catalogue.Name(tag), URL: "?" + q.Encode(), Current: tag == lang,
		})
	}
	out.Messages = s.browser
	out.Visitor = p.visitor(r, d)
	if d != nil {
		reader := &Reader{s.messages, lang, d}
		out.NameLang, out.NoticeLang = reader.OtherLanguage(d.Name), reader.OtherLanguage(d.Notice)
		out.Home, out.Name, out.Notice = "/d/"+d.Slug, d.Text(d.Name, lang), d.Text(d.Notice, lang)
		out.Sections = sections(r, out.Home)
	}
	return out
}

// JSON returns v as JSON. It panics when v is of a type that cannot be encoded.
func JSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err))
	}
	return string(b)
}

// Render renders the page with the name and sends it.
func (p *Renderer) Render(w http.ResponseWriter, r *http.Request, status int, name string, page Page) error {
	var out bytes.Buffer
	if err := page.localization.pages[name].ExecuteTemplate(&out, "layout", page); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	h := w.Header()
	h.Add("Vary", "Accept-Language, Cookie")
	h.Set("Content-Language", page.Lang)
	if chosen := r.URL.Query().Get("lang"); chosen == page.Lang {
		http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever the public uses HTTPS
			Name: languageCookie, Value: chosen, Path: "/", MaxAge: cookieAge, HttpOnly: true, SameSite: http.SameSiteLaxMode,
			Secure: p.cfg.Service.Secure(r),
		})
	}
	c := serve.Content{Type: "text/html; charset=utf-8", CacheControl: "private, no-cache", Body: out.Bytes()}
	if page.FromHost {
		c.CacheControl = serve.NoStore
	}
	if page.Private {
		c.CacheControl = serve.NoStore
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Robots-Tag", "noindex")
	}
	backCanShow := page.Form && r.Method == http.MethodPost
	if page.Form {
		if !backCanShow {
			c.CacheControl = serve.NoStore // each form has a new key
		}
		h.Set("Referrer-Policy", "strict-origin") // with no-referrer, browsers would not state the origin of a form that they submit either
	}
	if status == http.StatusOK {
		return p.cfg.Service.SendContent(w, r, c)
	}
	h.Set("Content-Type", c.Type)
	if !backCanShow {
		c.CacheControl = serve.NoStore
	}
	h.Set("Cache-Control", c.CacheControl)
	w.WriteHeader(status)
	_, _ = w.Write(c.Body) // fails only if the client has disconnected
	return nil
}

// Error renders a problem as a page.
func (p *Renderer) Error(w http.ResponseWriter, r *http.Request, problem *serve.Problem) {
	var d *civic.District
	if v, ok := p.cfg.Service.Live.District(r.PathValue("district")); ok {
		d = &v.District
	}
	view := errorView{Status: problem.Status, Key: problem.PageKey()}
	if len(problem.Errors) > 0 {
		view.Parameter = problem.Errors[0].Parameter
	}
	if view.Key == "unauthenticated" && r.Method == http.MethodPost && r.ParseForm() == nil {
		view.Action, view.Sent = r.URL.RequestURI(), sentFields(r.PostForm)
	}
	page := p.Page(r, d, view)
	page.Form = view.Sent != nil
	page.Title = page.localization.messages.Text("title.error")
	problem.SetRetryAfter(w.Header())
	if err := p.Render(w, r, problem.Status, "error_page", page); err != nil {
		p.cfg.Logger.ErrorContext(r.Context(), "cannot render an error page", "err", err)
	}
}

// errorView is the data of the template error_page.html.
type errorView struct {
	Status    int
	Key       string      // of the messages error.<key>.title and error.<key>.text
	Parameter string      // at fault; "" for none
	Action    string      // of the form that was sent
	Sent      []sentField // what was sent without a session, to be sent again
}

// sentField is a field of a form. Long is whether it has what somebody wrote, as
// far as can be told.
type sentField struct {
	Name, Value string
	Long        bool
}

// sentFields returns the fields of a form in the order of their names.
func sentFields(form url.Values) (fields []sentField) {
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			fields = append(fields, sentField{name, value, strings.ContainsAny(strings.TrimSpace(value), " \n")})
		}
	}
	return fields
}
