package frontend

import (
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// TestEveryComponentStandsAlone asks of the components what is asked of the pages, group by group as the gallery shows them.
// What leads to another place of its page has none here.
func TestEveryComponentStandsAlone(t *testing.T) {
	t.Parallel()
	for _, l := range models.Langs {
		names := map[string]bool{}
		for _, g := range sampled(t).Components(l) {
			name := g.Name + " in " + string(l)
			if names[g.Name] || len(g.Samples) < 2 {
				t.Errorf("%s: the group stands twice or shows %d states", name, len(g.Samples))
			}
			names[g.Name] = true
			var b strings.Builder
			b.WriteString("<main><h1>x</h1>")
			for _, s := range g.Samples {
				shown := body(t, s.Component)
				if strings.TrimSpace(shown) == "" {
					t.Errorf("%s: nothing is shown of %s", name, s.Name)
				}
				b.WriteString("<section><h2>" + s.Name + "</h2>" + shown + "</section>")
			}
			page := b.String() + "</main>"
			sound(t, name, page)
			holdsTogether(t, name, page, labelledBy.FindAllStringSubmatch(page, -1))
			for _, found := range blank(page) {
				t.Errorf("%s: nothing stands in %s", name, found)
			}
		}
	}
}
