package frontend

import (
	"regexp"
	"strings"
)

// browsers are what names a browser in what it says of itself, in the order in which they are looked for: most also
// carry the names of those below them.
var browsers = []struct {
	name  string
	stamp *regexp.Regexp
}{
	{"Edge", regexp.MustCompile(`Edg[A-Za-z]*/(\d+)`)},
	{"Opera", regexp.MustCompile(`OPR/(\d+)`)},
	{"Firefox", regexp.MustCompile(`(?:Firefox|FxiOS)/(\d+)`)},
	{"Chrome", regexp.MustCompile(`(?:Chrome|CriOS)/(\d+)`)},
	{"Safari", regexp.MustCompile(`Version/(\d+)[^ ]* (?:Mobile/[^ ]+ )?Safari/`)},
}

// systems are what names the system that a browser runs on. A telephone also carries the name of what it grew from.
var systems = []struct{ name, word string }{
	{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"macOS", "Macintosh"}, {"Linux", "Linux"},
}

// browserOf names a browser and its system in a few words; one that is not known keeps what it said of itself.
func browserOf(agent string) string {
	for _, b := range browsers {
		m := b.stamp.FindStringSubmatch(agent)
		if m == nil {
			continue
		}
		said := b.name + " " + m[1]
		for _, s := range systems {
			if strings.Contains(agent, s.word) {
				return said + " · " + s.name
			}
		}
		return said
	}
	return orDash(agent)
}
