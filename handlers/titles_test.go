package handlers_test

import (
	"regexp"
	"testing"

	"github.com/followthrough/followthrough/models"
)

var titled = regexp.MustCompile(`<title>([^<]*)</title>`)

// TestTitlesTellPagesApart reads pairs of records that share a name: tabs, bookmarks and lists of results show the
// title alone.
func TestTitlesTellPagesApart(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for _, l := range models.Langs {
		for _, pair := range [][2]string{
			{"/topics/cyber-challenge", "/initiatives/QSCG-CYBER-CHALLENGE"}, {"/evidence/mofa-2024-07-29", "/evidence/mofa-2025-07-01"},
			{"/evidence/wh-2023-12-15", "/statements/qscg-2023-12"},
		} {
			a, b := titled.FindString(s.get("/"+string(l)+pair[0])), titled.FindString(s.get("/"+string(l)+pair[1]))
			if a == b {
				t.Errorf("%s and %s in %s are both %s", pair[0], pair[1], l, a)
			}
		}
	}
}
