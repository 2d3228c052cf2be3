package markdown

import (
	"net/url"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// rel tells search engines that the district does not recommend what is linked
// to, and keeps the linked page from the one with the link.
const rel = "nofollow noopener"

// linkPattern matches addresses of other sites, of mail, and of pages of this
// site; two slashes, or what browsers read as such, begin another site.
var linkPattern = regexp.MustCompile(`^(?i:https?://[^/]|mailto:.|/(?:[^/\\]|$))`)

var relPattern = regexp.MustCompile(`^` + rel + `$`)

// checkLinks replaces links to what linkTo refuses by their words.
func checkLinks(document ast.Node, source []byte) {
	for _, link := range nodes[*ast.Link](document) {
		if !linkTo(link.Destination) {
			unwrap(link)
			continue
		}
		link.Title = nil
		link.SetAttributeString("rel", []byte(rel))
	}
	for _, link := range nodes[*ast.AutoLink](document) {
		address := link.URL(source)
		if link.AutoLinkType == ast.AutoLinkEmail {
			address = append([]byte("mailto:"), address...)
		}
		if !linkTo(address) {
			label := ast.NewString(link.Label(source))
			link.Parent().ReplaceChild(link.Parent(), link, label)
			continue
		}
		link.SetAttributeString("rel", []byte(rel))
	}
}

// linkTo reports whether a text may link to an address: by HTTP or HTTPS, without
// a name of a user, which would look like the name of a site; by mail; or to a
// path of this site.
func linkTo(address []byte) bool {
	escaped := string(util.URLEscape(address, true))
	if !linkPattern.MatchString(escaped) {
		return false
	}
	u, err := url.Parse(escaped)
	return err == nil && u.User == nil && (u.Host != "" || u.Scheme == "" || u.Scheme == "mailto")
}
