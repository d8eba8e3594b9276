package frontend

import (
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestVisitorsAreNotShownTheKeysOfAnalystsFirst reads the list of keys from the page of an initiative.
func TestVisitorsAreNotShownTheKeysOfAnalystsFirst(t *testing.T) {
	t.Parallel()
	f := sampleFrame(t, models.English, "/shortcuts", nil)
	f.Actor = models.Actor{}
	if got, want := shortcutGroups(f, keysInitiative)[0].Title, f.T("shortcuts.everywhere"); got != want {
		t.Errorf("a visitor sees %q first; want %q", got, want)
	}
	f.Actor = models.Actor{ID: 1, Role: models.Analyst}
	if got, want := shortcutGroups(f, keysInitiative)[0].Title, f.T("shortcuts.here"); got != want {
		t.Errorf("an analyst sees %q first; want %q", got, want)
	}
}
