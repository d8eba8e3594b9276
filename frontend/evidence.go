package frontend

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// titleLang is the language of a title: a source in both languages is judged by its letters.
func titleLang(e models.Evidence) string {
	if len(e.Langs) == 1 {
		return string(e.Langs[0])
	}
	return guessLang(e.Title)
}

// SearchNoteTitle is the title of the page of a search note.
func SearchNoteTitle(f Frame, n models.SearchNote) string {
	return f.T("search_note.title", "title", f.Plain(n.Title))
}

// bearingURL leads to the judgement or the wider event that cites a source.
func bearingURL(f Frame, b models.Bearing) string {
	if b.Update == 0 {
		return f.To("/initiatives/"+b.Initiative) + "#context"
	}
	return f.To("/initiatives/"+b.Initiative) + fmt.Sprintf("#update-%d", b.Update)
}

// recordPaths are where the records of a kind have their pages; a contradiction stands on the pages of others.
var recordPaths = map[string]string{"initiative": "/initiatives/", "meeting": "/meetings/", "delegate": "/delegates/", "country": "/countries/", "statement": "/statements/", "topic": "/topics/", "forum": "/forums/"}

func recordURL(f Frame, r models.RecordRef) string {
	if path := recordPaths[r.Kind]; path != "" {
		return f.To(path + r.Ref)
	}
	return ""
}

// recordName names a record; a meeting by its place and days.
func (f Frame) recordName(r models.RecordRef) string {
	if r.Kind == "meeting" {
		return f.PlaceOf(r.Ref)
	}
	return f.Plain(r.Title)
}
