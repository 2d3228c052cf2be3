package academy

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"

	"github.com/pinezka/pinezka/civic"
	"github.com/pinezka/pinezka/web/page"
	"github.com/pinezka/pinezka/web/serve"
	"github.com/pinezka/pinezka/web/things"
)

// certificateView is what a certificate says.
type certificateView struct {
	Back      string
	District  string
	Name      string
	Programme string
	Sessions  []session // that the graduate has attended
	Hours     string
	Date      civic.Day
	Number    string
	URL       string // at which it can be verified, absolute
	PDF       string // path; "" where none can be made
}

// newCertificate returns the certificate of the enrolment in the path of a request. It
// returns civic.ErrNotFound for that of somebody who has not graduated, and for anybody
// but the graduate and the staff.
func (h handlers) newCertificate(r *http.Request) (in request, reader *page.Reader, view certificateView, err error) {
	if in, err = h.thing(r, civic.EnrolmentThing); err != nil {
		return in, nil, view, err
	}
	if in.thing.State != "graduated" || in.thing.Publication != in.thing.Kind.Standing() {
		return in, nil, view, fmt.Errorf("the certificate of enrolment %d: %w", in.thing.ID, civic.ErrNotFound)
	}
	programme, err := h.programmeOf(r.Context(), in.d, in.thing.ID)
	if err != nil {
		return in, nil, view, err
	}
	reader = h.Pages.Reader(r, in.d)
	linked, err := h.Store.Links(r.Context(), in.d, []int64{programme.ID})
	if err != nil {
		return in, nil, view, err
	}
	sessions, err := h.sessions(r.Context(), in.d, reader, linked, programme.ID)
	if err != nil {
		return in, nil, view, err
	}
	applicants, err := h.Store.Applicants(r.Context(), in.d, programme.ID)
	if err != nil {
		return in, nil, view, err
	}
	base, _ := h.BaseURL(r)
	path := things.Path(in.d, in.thing.Kind, in.thing.ID)
	says, _ := programme.Content.(civic.Record)
	view = certificateView{
		Back: path, District: reader.In(in.d.Name), Name: in.says.Words["name"], Programme: reader.In(says.Texts["name"]), Date: in.says.Day("graduated_on"),
		Number: in.says.Words["number"], URL: base + "/d/" + in.d.Slug + "/certificates/" + in.says.Words["number"],
	}
	if h.PDF != nil {
		view.PDF = path + "/certificate.pdf"
	}
	minutes := 0
	for _, a := range applicants {
		if a.ID == in.thing.ID {
			view.Sessions = attended(held(sessions), a)
		}
	}
	for _, s := range view.Sessions {
		minutes += s.Minutes
	}
	view.Hours = reader.Decimal(float64(minutes)/60, 1)
	if minutes%60 == 0 {
		view.Hours = reader.Number(minutes / 60)
	}
	return in, reader, view, nil
}

// certificate shows a certificate, to be printed.
func (h handlers) certificate(w http.ResponseWriter, r *http.Request) error {
	in, reader, view, err := h.newCertificate(r)
	if err != nil {
		return err
	}
	p := h.Pages.Page(r, in.d, view)
	p.Title, p.Private, p.FromHost = reader.Text("academy.certificate_title", "programme", view.Programme), true, true
	return h.Pages.Render(w, r, http.StatusOK, "certificate", p)
}

// certificatePDF sends a certificate as a tagged PDF. It returns civic.ErrNotFound
// where none can be made.
func (h handlers) certificatePDF(w http.ResponseWriter, r *http.Request) error {
	in, reader, view, err := h.newCertificate(r)
	if err == nil && view.PDF == "" {
		err = fmt.Errorf("no PDF can be made: %w", civic.ErrNotFound)
	}
	if err != nil {
		return err
	}
	document, err := certificateDocument(reader, view)
	if err != nil {
		return err
	}
	if err := h.Rendering.Acquire(r.Context()); err != nil {
		return err
	}
	defer h.Rendering.Release(r.Context())
	content, err := h.PDF.PDF(r.Context(), document)
	if err != nil {
		return fmt.Errorf("make the certificate of enrolment %d: %w", in.thing.ID, err)
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", `attachment; filename="certificate-`+view.Number+`.pdf"`)
	w.Header().Set("Cache-Control", serve.NoStore)
	_, _ = w.Write(content) //nolint:gosec // a PDF, and the client may be gone
	return nil
}

// certificateDocument returns a certificate as a page that needs no other file.
func certificateDocument(reader *page.Reader, view certificateView) ([]byte, error) {
	t, err := template.New("certificate_document.html").Funcs(template.FuncMap{"t": reader.Text, "date": reader.Date, "time": reader.Time}).
		ParseFS(Files, "templates/_certificate.html", "documents/certificate_document.html")
	if err != nil {
		return nil, fmt.Errorf("parse the certificate: %w", err)
	}
	var out bytes.Buffer
	err = t.Execute(&out, struct {
		Lang string
		certificateView
	}{reader.Lang, view})
	return out.Bytes(), err
}
