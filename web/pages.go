package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/pinezka/pinezka/civic"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pageSet is the templates of one language, by page.
type pageSet map[string]*template.Template

// parsePages parses every page with the layout and the partials (files that
// begin with "_"), once for each language.
func parsePages(all map[string]*messages) (map[string]pageSet, error) {
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	out := map[string]pageSet{}
	for lang, m := range all {
		out[lang] = pageSet{}
		for _, name := range names {
			base := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".html")
			if base == "layout" || strings.HasPrefix(base, "_") {
				continue
			}
			t, err := template.New(base).Funcs(template.FuncMap{
				"t": m.text, "num": m.number, "date": m.date,
			}).ParseFS(templateFiles, "templates/layout.html", "templates/_*.html", name)
			if err != nil {
				return nil, err
			}
			out[lang][base] = t
		}
	}
	return out, nil
}

// date in the language: "1 marca 2025" of 2025-03-01.
func (m *messages) date(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return m.text("date", "day", fmt.Sprint(t.Day()), "month", m.text(fmt.Sprintf("monthOf.%d", t.Month())), "year", fmt.Sprint(t.Year()))
}

// month in the language: "marzec 2025".
func (m *messages) month(month civic.Month) string {
	t := month.First().Time()
	return m.text("month.label", "month", m.text(fmt.Sprintf("month.%d", t.Month())), "year", fmt.Sprint(t.Year()))
}

const (
	languageCookie = "lang"
	cookieYear     = 365 * 24 * 60 * 60 // seconds
)

// language of the reader: chosen by ?lang=, remembered in a cookie, or what the
// browser accepts.
func (s *Server) language(r *http.Request) string {
	asked := r.URL.Query().Get("lang")
	if asked == "" {
		if c, err := r.Cookie(languageCookie); err == nil {
			asked = c.Value
		}
	}
	return negotiate(asked, r.Header.Get("Accept-Language"))
}

// page that every view stands in.
func (s *Server) page(r *http.Request, d *civic.District, view any) (page, *messages) {
	lang := s.language(r)
	m := s.messages[lang]
	p := page{Lang: lang, Path: r.URL.Path, Home: "/", Script: s.script, Style: s.style, View: view}
	for _, tag := range languages() {
		q := r.URL.Query()
		q.Set("lang", tag)
		p.Languages = append(p.Languages, languageLink{
			Tag: tag, Name: s.messages[tag].text("language.name"), URL: r.URL.Path + "?" + q.Encode(), Current: tag == lang,
		})
	}
	texts := map[string]entry{}
	for _, prefix := range []string{"ui.", "kind.", "kinds.", "status."} {
		for key, e := range m.subset(prefix) {
			texts[key] = e
		}
	}
	p.Messages = asJSON(texts)
	p.Title = m.text("site.name")
	if d != nil {
		p.Home, p.Name, p.Notice = "/d/"+d.Slug, s.nameOf(d, lang), d.Notice.In(lang)
	}
	return p, m
}

func (s *Server) nameOf(d *civic.District, lang string) string {
	return d.Name.In(lang, languages()...)
}

// asJSON of a value that always encodes.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encode %T: %v", v, err)) // a value of our own types: a programming error
	}
	return string(b)
}

// render a page with a status.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, name string, p page) error {
	var out bytes.Buffer
	if err := s.pages[p.Lang][name].ExecuteTemplate(&out, "layout", p); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	h := w.Header()
	h.Add("Vary", "Accept-Language, Cookie")
	h.Set("Content-Language", p.Lang)
	if asked := r.URL.Query().Get("lang"); asked == p.Lang {
		http.SetCookie(w, &http.Cookie{
			Name: languageCookie, Value: asked, Path: "/", MaxAge: cookieYear, HttpOnly: true, SameSite: http.SameSiteLaxMode,
		})
	}
	c := content{"text/html; charset=utf-8", "private, no-cache", out.Bytes()}
	if status == http.StatusOK {
		return s.respond(w, r, c)
	}
	h.Set("Content-Type", c.kind)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(c.body)
	return nil
}

// errorPage shows a problem to a person.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, p *problem) {
	var d *civic.District
	if v, ok := s.cfg.Live.District(r.PathValue("district")); ok {
		d = &v.District
	}
	page, m := s.page(r, d, errorView{Status: p.Status, Key: p.key()})
	page.Title = m.text("title.error")
	if p.retryAfter != "" {
		w.Header().Set("Retry-After", p.retryAfter)
	}
	if err := s.render(w, r, p.Status, "error", page); err != nil {
		s.cfg.Logger.Error("cannot show an error page", "err", err)
	}
}

// home is the map where there is one district, else the list of them.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	all := s.cfg.Live.Districts()
	if len(all) == 1 {
		return s.showMap(w, r, all[0])
	}
	if !s.cfg.Live.State().Ready {
		_, err := s.district(r)
		return err
	}
	view := districtsView{}
	lang := s.language(r)
	for _, v := range all {
		stats, err := s.stats(r.Context(), v, civic.Filter{})
		if err != nil {
			return err
		}
		view.Districts = append(view.Districts, districtCard{
			Name: s.nameOf(&v.District, lang), URL: "/d/" + v.District.Slug,
			Counts: stats.Counts, Areas: len(v.District.Areas),
		})
	}
	p, m := s.page(r, nil, view)
	p.Title = m.text("title.districts")
	return s.render(w, r, http.StatusOK, "districts", p)
}

// withQuery is the path with the query, without values that say nothing and
// without the language, in stable order.
func withQuery(path string, q url.Values) string {
	out := url.Values{}
	for name, values := range q {
		for _, v := range values {
			if v != "" && name != "lang" {
				out.Add(name, v)
			}
		}
	}
	if len(out) == 0 {
		return path
	}
	return path + "?" + out.Encode()
}
