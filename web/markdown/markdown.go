// Package markdown renders what people write in Markdown as the HTML of a page:
// paragraphs, headings, lists, quotations, code, emphasis and links, and nothing
// else. Style it with the class "prose".
package markdown

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MaxLength is how many bytes of a text are read as Markdown. Hostile texts take a
// time that grows with the square of it.
const MaxLength = 24 << 10

// maxDepth is how many elements may contain each other; nobody writes as many.
const maxDepth = 64

// HTML returns a text in CommonMark, without tables and other extensions, as
// HTML. The highest heading of the text becomes the one of the level highest, from
// 1 to 6, and those below it follow. Tags in the text are text. Images are
// replaced by their alternative texts, and links that linkTo refuses by their
// words.
//
// A text beyond MaxLength, or one that nests more than people do, is returned as
// it was written, in one paragraph.
func HTML(markdown string, highest int) template.HTML {
	if len(markdown) > MaxLength {
		return asWritten(markdown)
	}
	source := []byte(strings.ToValidUTF8(markdown, "\uFFFD"))
	document := commonMark.Parser().Parse(text.NewReader(source))
	if depth(document) > maxDepth {
		return asWritten(markdown)
	}
	shiftHeadings(document, highest)
	replaceImages(document)
	checkLinks(document, source)
	var b bytes.Buffer
	if err := commonMark.Renderer().Render(&b, source, document); err != nil {
		return asWritten(markdown)
	}
	return template.HTML(allowed.SanitizeBytes(b.Bytes())) //nolint:gosec // the policy allows only what is listed in it
}

func asWritten(s string) template.HTML {
	return template.HTML("<p>" + template.HTMLEscapeString(s) + "</p>\n") //nolint:gosec // it is escaped
}

// commonMark has the parsers of goldmark but those of HTML.
var commonMark = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(without(parser.DefaultBlockParsers(), parser.NewHTMLBlockParser())...),
		parser.WithInlineParsers(without(parser.DefaultInlineParsers(), parser.NewRawHTMLParser())...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)),
	goldmark.WithRendererOptions(html.WithUnsafe()), // checkLinks decides about links, and there are no tags
)

func without(parsers []util.PrioritizedValue, unwanted any) []util.PrioritizedValue {
	return slices.DeleteFunc(parsers, func(v util.PrioritizedValue) bool { return v.Value == unwanted })
}

// allowed is the policy for what is published. Nothing that HTML makes is refused
// by it; it is there for faults of the parser.
var allowed = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").Matching(linkPattern).OnElements("a")
	p.AllowAttrs("rel").Matching(relPattern).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
}()

// depth returns how many nodes contain each other.
func depth(n ast.Node) int {
	deepest, now := 0, 0
	walk(n, func(_ ast.Node, entering bool) {
		if entering {
			now++
			deepest = max(deepest, now)
		} else {
			now--
		}
	})
	return deepest
}

func shiftHeadings(document ast.Node, highest int) {
	headings := nodes[*ast.Heading](document)
	top := 6
	for _, h := range headings {
		top = min(top, h.Level)
	}
	for _, h := range headings {
		h.Level = min(h.Level-top+highest, 6)
	}
}

func replaceImages(document ast.Node) {
	for _, image := range nodes[*ast.Image](document) {
		unwrap(image)
	}
}

// unwrap replaces a node by its children.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for child := n.FirstChild(); child != nil; child = n.FirstChild() {
		parent.InsertBefore(parent, n, child)
	}
	parent.RemoveChild(parent, n)
}

// nodes returns all nodes of a type, those within others after them.
func nodes[T ast.Node](document ast.Node) []T {
	var found []T
	walk(document, func(n ast.Node, entering bool) {
		if t, ok := n.(T); ok && entering {
			found = append(found, t)
		}
	})
	return found
}

func walk(n ast.Node, visit func(n ast.Node, entering bool)) {
	visit(n, true)
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		walk(child, visit)
	}
	visit(n, false)
}
