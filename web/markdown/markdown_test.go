package markdown_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/pinezka/pinezka/web/markdown"
)

func TestHTML(t *testing.T) {
	const link = ` rel="nofollow noopener"`
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"paragraphs", "One\nline\n\nTwo", "<p>One\nline</p>\n<p>Two</p>\n"},
		{"a line that ends", "One  \nTwo", "<p>One<br>\nTwo</p>\n"},
		{"emphasis and code", "*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"},
		{"lists", "- a\n- b\n\n3. c", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n"},
		{"quotation", "> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"},
		{"code without its language", "```go\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"},
		{"headings", "# a\n\n### b\n\n##### c", "<h3>a</h3>\n<h5>b</h5>\n<h6>c</h6>\n"},
		{"headings that begin low", "#### a\n\n##### b", "<h3>a</h3>\n<h4>b</h4>\n"},
		{"underlined headings", "a\n===\n\nb\n---", "<h3>a</h3>\n<h4>b</h4>\n"},
		{"no identifiers", "# a {#b .c}", "<h3>a {#b .c}</h3>\n"},
		{"tags are text", "<b>a</b> <script>x()</script>", "<p>&lt;b&gt;a&lt;/b&gt; &lt;script&gt;x()&lt;/script&gt;</p>\n"},
		{"a block of tags is text", "<div onclick=x>\n*a*", "<p>&lt;div onclick=x&gt;\n<em>a</em></p>\n"},
		{"references are characters", "&lt;b&gt; &amp; &copy;", "<p>&lt;b&gt; &amp; ©</p>\n"},
		{"no tables", "|a|\n|-|\n|b|", "<p>|a|\n|-|\n|b|</p>\n"},
		{"images are words", "![a *b*](https://x.org/c.png)", "<p>a <em>b</em></p>\n"},
		{"a linked image is linked words", "[![a](/b.png)](/c)", `<p><a href="/c"` + link + `>a</a></p>` + "\n"},
		{"links", "[a](https://x.org/b?c=d&e=ż) [b](HTTP://x.org)", `<p><a href="https://x.org/b?c=d&amp;e=%C5%BC"` + link + `>a</a> <a href="http://x.org"` + link + `>b</a></p>` + "\n"},
		{"links without titles", `[a](https://x.org "b")`, `<p><a href="https://x.org"` + link + `>a</a></p>` + "\n"},
		{"links by name", "[a]\n\n[a]: https://x.org", `<p><a href="https://x.org"` + link + `>a</a></p>` + "\n"},
		{"addresses", "<https://x.org> <a@x.org>", `<p><a href="https://x.org"` + link + `>https://x.org</a> <a href="mailto:a@x.org"` + link + `>a@x.org</a></p>` + "\n"},
		{"links to this site", "[a](/d/podgorze?kind=need) [b](/)", `<p><a href="/d/podgorze?kind=need"` + link + `>a</a> <a href="/"` + link + `>b</a></p>` + "\n"},
		{"links to what they must not", "[a](javascript:x()) [b](data:text/html,c) [d](//x.org) [f](g) [h](#i) [j](https:///k) [l]() [m](https://bank.pl@x.org)",
			"<p>a b d f h j l m</p>\n"},
		{"a reference does not hide a scheme", "[a](java&#115;cript:x()) [b](javascript&colon;x())", "<p>a b</p>\n"},
		{"addresses that must not be links", "<javascript:x()> <https://a@x.org>", "<p>javascript:x() https://a@x.org</p>\n"},
		{"broken characters", "a\xff\x00b", "<p>a\uFFFD\uFFFDb</p>\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(markdown.HTML(tt.text, 3))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatNobodyWritesStaysAsWritten(t *testing.T) {
	for name, text := range map[string]string{
		"too long":        strings.Repeat("*a*\n\n", markdown.MaxLength/5+1),
		"nested too deep": strings.Repeat(">", 100) + " <b>*a*</b>",
	} {
		t.Run(name, func(t *testing.T) {
			want := "<p>" + html.EscapeString(text) + "</p>\n"
			if got := string(markdown.HTML(text, 3)); got != want {
				t.Errorf("got %.100s…", got)
			}
		})
	}
}

// allowedAttributes lists the elements that a text may become, with their
// attributes.
var allowedAttributes = map[atom.Atom][]string{
	atom.P: nil, atom.Br: nil, atom.Hr: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.H5: nil, atom.H6: nil,
	atom.Ul: nil, atom.Ol: {"start"}, atom.Li: nil, atom.Blockquote: nil, atom.Pre: nil, atom.Code: nil,
	atom.Em: nil, atom.Strong: nil, atom.A: {"href", "rel"},
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"# a\n\n- b\n\n1. c\n\n> d\n\n```\ne\n```\n\n*f* **g** `h` [i](/j) ![k](l)\n***",
		"<script>x()</script><img src=x onerror=x()>", "[a](javascript:x())", "<javascript:x()>", "[a](java\tscript:x())",
		"[a](https://x.org/\"onclick=\"x())", "[a](//x.org)", "[a](/\\x.org)", "[a](https:x.org)", "![[a](/b)](c)", "[a](mailto:b@c?d=e)",
		"&#60;b&#62;", "[a]: <b>\n[a]", "a\x00b", "</p><b>", "12345678901. a", "[a](/b \"c\")", "[a](/&#47;b)", "[a](/%5cb)", "[a](/&#10;/b)",
	} {
		f.Add(seed)
	}
	href := regexp.MustCompile(`^(https?://[^/@\s\\]|mailto:|/$|/[^/\\])`)
	f.Fuzz(func(t *testing.T, text string) {
		got := string(markdown.HTML(text, 2))
		root, err := html.Parse(strings.NewReader("<!DOCTYPE html><title>a</title><main>" + got + "</main>"))
		if err != nil {
			t.Fatal(err)
		}
		links := 0
		for n := range root.Descendants() {
			switch n.Type {
			case html.TextNode, html.DoctypeNode:
				continue
			case html.ElementNode:
			default:
				t.Fatalf("%q became a node of type %d: %s", text, n.Type, got)
			}
			if slices.Contains([]atom.Atom{atom.Html, atom.Head, atom.Title, atom.Body, atom.Main}, n.DataAtom) {
				if len(n.Attr) > 0 {
					t.Fatalf("%q reached out of its place: %s", text, got)
				}
				continue
			}
			attributes, known := allowedAttributes[n.DataAtom]
			if !known {
				t.Fatalf("%q became an element %s: %s", text, n.Data, got)
			}
			for _, a := range n.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Fatalf("%q became an attribute %s of %s: %s", text, a.Key, n.Data, got)
				}
				if a.Key == "href" && !href.MatchString(a.Val) || a.Key == "rel" && a.Val != "nofollow noopener" {
					t.Fatalf("%q became %s=%q: %s", text, a.Key, a.Val, got)
				}
			}
			if n.DataAtom == atom.A {
				links++
				if len(n.Attr) != 2 {
					t.Fatalf("%q became a link with the attributes %v: %s", text, n.Attr, got)
				}
			}
		}
		if links > strings.Count(text, "[")+strings.Count(text, "<") {
			t.Fatalf("%q has more links than it can: %s", text, got)
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	text := strings.Repeat("# A heading\n\nA paragraph with *emphasis* and [a link](https://x.org).\n\n- one\n- two\n\n", 20)
	for b.Loop() {
		markdown.HTML(text, 3)
	}
}

// BenchmarkHostileTexts measures texts of the greatest length that are slow to
// read; none keeps a server busy for long.
func BenchmarkHostileTexts(b *testing.B) {
	for _, part := range []string{">", "[", "![", "[a](", "*a", "**a_", "``` ", " - a\n", "1. ", "[a]: b\n"} {
		b.Run(strings.TrimSpace(part), func(b *testing.B) {
			text := strings.Repeat(part, markdown.MaxLength/len(part))
			for b.Loop() {
				markdown.HTML(text, 3)
			}
		})
	}
}
