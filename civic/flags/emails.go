package flags

import "regexp"

// emailPattern matches e-mail addresses, also those that are written so that
// programs do not find them.
var emailPattern = regexp.MustCompile(`(?i)[\p{L}\d._%+-]+(?:@|[ ]?[\[(] ?(?:at|małpa|malpa) ?[\])][ ]?| małpa )[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`)

func emails(text string) (found []Span) {
	for _, at := range emailPattern.FindAllStringIndex(text, -1) {
		found = append(found, Span{Email, at[0], at[1]})
	}
	return found
}
