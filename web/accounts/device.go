package accounts

import "strings"

// Device returns the browser and the system that a User-Agent names, such as
// "Firefox, Android", so that somebody recognizes a session as theirs. It contains
// no version and nothing else that tells devices of one kind apart.
func Device(userAgent string) string {
	browser := firstIn(userAgent, [][2]string{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"}, {"Vivaldi", "Vivaldi"},
		{"Firefox", "Firefox"}, {"FxiOS", "Firefox"}, {"CriOS", "Chrome"}, {"Chrome", "Chrome"}, {"Safari", "Safari"},
	})
	system := firstIn(userAgent, [][2]string{
		{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
	})
	if browser == "" || system == "" {
		return browser + system
	}
	return browser + ", " + system
}

// firstIn returns the name of the first mark that s contains, or "".
func firstIn(s string, marks [][2]string) string {
	for _, mark := range marks {
		if strings.Contains(s, mark[0]) {
			return mark[1]
		}
	}
	return ""
}
