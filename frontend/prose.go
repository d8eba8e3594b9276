package frontend

import "strings"

// Prose is a stretch of running text: one paragraph, or the items of one list.
type Prose struct {
	Paragraph string
	Items     []string
}

// proseOf reads a message of several lines: each is a paragraph, and lines that begin with a dash make a list.
func proseOf(message string) []Prose {
	var all []Prose
	for _, line := range strings.Split(message, "\n") {
		item, isItem := strings.CutPrefix(line, "- ")
		switch {
		case !isItem:
			all = append(all, Prose{Paragraph: line})
		case len(all) > 0 && all[len(all)-1].Items != nil:
			all[len(all)-1].Items = append(all[len(all)-1].Items, item)
		default:
			all = append(all, Prose{Items: []string{item}})
		}
	}
	return all
}
