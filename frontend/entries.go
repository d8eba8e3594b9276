package frontend

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// shownEntries is how many of the latest entries a dashboard shows.
const shownEntries = 5

// Entry is one event in the record, which may have judged the parts of several countries at once.
type Entry struct {
	models.Update
	Countries []string
}

// entries joins the updates that one event made on the parts of one initiative, and keeps the first few.
func entries(updates []models.Update) []Entry {
	var all []Entry
	for _, u := range updates {
		same := slices.IndexFunc(all, func(e Entry) bool {
			return u.SourceRef != "" && e.SourceRef == u.SourceRef && e.Initiative == u.Initiative && e.EffectiveOn == u.EffectiveOn
		})
		if same < 0 {
			all = append(all, Entry{Update: u})
			same = len(all) - 1
		}
		if u.Country != "" {
			all[same].Countries = append(all[same].Countries, u.Country)
			slices.Sort(all[same].Countries)
		}
	}
	return all[:min(len(all), shownEntries)]
}
