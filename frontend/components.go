package frontend

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// ComponentGroup is what the gallery shows on one page: a kind of component in every state.
type ComponentGroup struct {
	Name    string // such as "status bar", and the end of its address with hyphens
	Samples []ComponentSample
}

// ComponentSample is one component in one state. The names are for people who work on the product, as those of Pages are:
// they have no second language.
type ComponentSample struct {
	Name      string
	Component templ.Component
}

// Components are the parts of the pages in a language, outside of any page.
func (s Samples) Components(l models.Lang) []ComponentGroup {
	f := s.Frame(l, "/initiatives", nil)
	return []ComponentGroup{
		{"status", statusComponents(f)}, {"review", reviewComponents(f)}, {"standing", standingComponents(f)},
		{"status bar", barComponents(f)}, {"ribbon", ribbonComponents(f)}, {"tables", tableComponents(f)},
		{"words", wordComponents(f)}, {"commitments", commitmentComponents(f)}, {"evidence", evidenceComponents(f)}, {"history", historyComponents(f)},
		{"fields", fieldComponents(f)}, {"wrong form", wrongComponents(f)}, {"conflict", conflictComponents(f)}, {"buttons", buttonComponents(f)},
		{"banners", bannerComponents(f)}, {"filters", filterComponents(f)}, {"ways", wayComponents(f)}, {"nothing", nothingComponents(f)},
	}
}

// together writes components one after the other.
func together(all ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, c := range all {
			if err := c.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}
