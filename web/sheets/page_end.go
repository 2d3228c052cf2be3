package sheets

import "strings"

// PageEnd is the end of a page with numbers, which the template page_end shows: how
// they were computed, and where they are to download.
type PageEnd struct {
	How   []string // sentences
	Files []Link
	API   string // path
	Of    string // what the API has, in words
}

// Link leads to the tables of a page as a file.
type Link struct {
	URL, Name string
	Key       string // of what the format is for
}

// Links returns links to the tables of a page in every format, of which path returns
// the path by the extension.
func Links(path func(extension string) string) (all []Link) {
	for _, f := range Formats() {
		all = append(all, Link{path(string(f)), strings.ToUpper(string(f)), "sheet." + string(f)})
	}
	return all
}
