package models

import "testing"

// TestWordsOfASourceAreOneLine refuses what would break the lists that evidence stands in.
func TestWordsOfASourceAreOneLine(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 11, 23)
	for text, want := range map[string]string{"Draft guidance　第1版": "", "Draft\nguidance": "error.hidden", "Draft\r": "error.hidden", "Draft\u2028guidance": "error.hidden", "Draft\u202eguidance": "error.hidden", "\u200b": "error.required"} {
		for _, field := range []string{"title", "publisher", "where"} {
			e := CitedEvidence{URL: "https://example.org/a", Title: "T", Publisher: "P", Grade: OfficialRecord, Stance: "supports"}
			n := NewSearchNote{SearchedOn: today, Where: "W", Result: Text{EN: "Nothing."}}
			switch field {
			case "title":
				e.Title = text
			case "publisher":
				e.Publisher = text
			case "where":
				n.Where = text
			}
			bad := append(e.validate("", today), n.validate(today)...)
			if len(bad) != min(len(want), 1) || want != "" && bad[0].Key != want {
				t.Errorf("%s %q: %+v; want %q", field, text, bad, want)
			}
		}
	}
}
