package page

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/i18n"
)

// Reader provides texts in the language of a request, including those of the
// district.
type Reader struct {
	*i18n.Messages
	Lang     string
	district *civic.District
}

// In returns a text of the district in the language of the reader.
func (r *Reader) In(t civic.Text) string { return r.district.Text(t, r.Lang) }

// OtherLanguage returns the language of the text that In returns if it is not
// that of the reader; otherwise "".
func (r *Reader) OtherLanguage(t civic.Text) string {
	if lang := t.Language(r.Lang, r.district.Languages...); lang != r.Lang {
		return lang
	}
	return ""
}

// Said returns what the staff said, in the language of the reader if it is a
// template, which has the text by language.
func (r *Reader) Said(text string, in civic.Text) string { return cmp.Or(in[r.Lang], text) }

// TextIn returns the text of a key in every language of a district.
func (p *Renderer) TextIn(d *civic.District, key string) civic.Text {
	in := civic.Text{}
	for _, lang := range d.Languages {
		in[lang] = p.cfg.Catalogue.Messages(lang, d.Languages[0]).Text(key)
	}
	return in
}

// Reader returns the reader of the request. Its language is the one in the
// parameter lang, or else the one in the cookie, or else the best of those that
// the browser accepts, always among the languages of the district, or of all
// districts when d is nil.
func (p *Renderer) Reader(r *http.Request, d *civic.District) *Reader {
	lang, s := p.language(r, d)
	if d == nil {
		d = &civic.District{Languages: p.languages(nil)}
	}
	return &Reader{s.messages, lang, d}
}

// languages returns the languages of the district, or those of all districts
// when d is nil.
func (p *Renderer) languages(d *civic.District) []string {
	if d != nil {
		return d.Languages
	}
	var all []string
	for _, v := range p.cfg.Service.Live.Districts() {
		for _, tag := range v.District.Languages {
			if !slices.Contains(all, tag) {
				all = append(all, tag)
			}
		}
	}
	if len(all) == 0 {
		return p.cfg.Catalogue.Tags()
	}
	return all
}

const (
	languageCookie = "lang"
	cookieAge      = 365 * 24 * 60 * 60 // seconds
)

// language returns the language of the request and its templates, in which the
// default language of the district is the fallback.
func (p *Renderer) language(r *http.Request, d *civic.District) (string, *localization) {
	chosen := r.URL.Query().Get("lang")
	if chosen == "" {
		if c, err := r.Cookie(languageCookie); err == nil {
			chosen = c.Value
		}
	}
	offered := p.languages(d)
	lang := i18n.Negotiate(offered, chosen, r.Header.Get("Accept-Language"))
	key := lang + " " + offered[0]
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.localizations[key]
	if s == nil {
		messages := p.cfg.Catalogue.Messages(lang, offered[0])
		s = &localization{messages: messages, browser: JSON(messages.Subset("ui.", "kind.", "kinds.", "status.", "date", "monthOf."))}
		var err error
		if s.pages, err = p.parse(s.messages); err != nil {
			panic(fmt.Sprintf("templates that New has parsed: %v", err))
		}
		p.localizations[key] = s
	}
	return lang, s
}

// LanguageName returns the name of a language in itself.
func (p *Renderer) LanguageName(tag string) string { return p.cfg.Catalogue.Name(tag) }
