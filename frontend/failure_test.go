package frontend

import (
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestFailureLeadsToTheNearestPage looks at what stands above an address that failed.
func TestFailureLeadsToTheNearestPage(t *testing.T) {
	t.Parallel()
	reader := sampleFrame(t, models.English, "/", nil)
	analyst := reader
	analyst.Actor = models.Actor{ID: 1, Role: models.Analyst}
	for _, c := range []struct {
		name  string
		frame Frame
		path  string
		there bool
		want  string
	}{
		{"a record that is not there leads to its list", reader, "/initiatives/QSCG-NOPE", false, "Initiatives /en/initiatives"},
		{"a form that was refused leads to the record first", analyst, "/initiatives/QSCG-X/edit", true, "QSCG-X /en/initiatives/QSCG-X, Initiatives /en/initiatives"},
		{"a page below nothing has none", reader, "/nope", false, ""},
		{"a list has none", reader, "/initiatives", true, ""},
		{"rounds are for those who may open them", reader, "/rounds/qscg-2023-12", true, ""},
		{"an analyst may", analyst, "/rounds/qscg-2023-12/publish", true, "Rounds /en/rounds"},
	} {
		var got []string
		for _, l := range c.frame.Near(c.path, c.there) {
			got = append(got, l.Text+" "+l.URL)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q; want %q", c.name, strings.Join(got, ", "), c.want)
		}
	}
}
