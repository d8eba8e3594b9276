package frontend

import (
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// crumb is one step of the way back up.
type crumb struct{ Text, URL string }

func topicCrumbs(f Frame, path []models.Topic) []crumb {
	all := make([]crumb, len(path))
	for i, t := range path {
		all[i] = crumb{f.Plain(t.Name), f.To("/topics/" + t.Slug)}
	}
	return all
}

// TopicTitle is the title of the page of a topic.
func TopicTitle(f Frame, r models.TopicRecord) string {
	return f.T("topic.title", "name", f.Plain(r.Name))
}

// topicLead says in a sentence what moved on the topic.
func topicLead(f Frame, r models.TopicRecord) string {
	if f.At.VS.IsZero() || r.Summary.Total == 0 {
		return f.T("topic.lead", "n", r.Summary.Total)
	}
	since := f.Date(f.At.VS)
	if f.At.VSMeeting != "" {
		since = f.PlaceOf(f.At.VSMeeting)
	}
	return f.T("topic.lead_since", "meeting", since, "changes", changesInWords(f, r.Summary))
}

// spans are the marked words of a commitment, the page's own language first.
func spans(f Frame, c models.Commitment) []Wording {
	var all []Wording
	for _, l := range f.TextLangs() {
		if w, ok := c.Words[l]; ok && w.Exact != "" {
			all = append(all, Wording{Text: w.Exact, Lang: string(l)})
		}
	}
	return all
}

// paragraphNumber writes p4 as 4.
func paragraphNumber(ref string) string { return strings.TrimPrefix(ref, "p") }

// partCountries lists the countries that have a part in any of the initiatives, so that every row has every column.
func partCountries(items []models.Initiative) []string {
	var all []string
	for _, i := range items {
		for _, p := range i.Parts {
			if !slices.Contains(all, p.Country) {
				all = append(all, p.Country)
			}
		}
	}
	return all
}
