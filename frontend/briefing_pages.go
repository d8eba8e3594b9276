package frontend

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Composer is the page on which a briefing is put together, with the briefing below the form. What the form says is
// the address of the page.
type Composer struct {
	Frame
	Sheet   Sheet
	Options models.BriefingOptions
	Form    Form // the freezing
	Groups  []FacetGroup

	ForOptions []Option
}

// Compose prepares the page of a briefing that nobody has frozen.
func Compose(f Frame, b models.Briefing, s Sheet, form Form) templ.Component {
	s.Level, f.Running = 2, s.running()
	p := Composer{Frame: f, Sheet: s, Options: b.Options, Form: form}
	for _, c := range b.Choices.For {
		label := f.T("briefing.next_of", "forum", f.Plain(c.Forum))
		if c.Meeting != nil {
			label = f.T("briefing.planned", "forum", f.Plain(c.Forum), "meeting", f.Place(*c.Meeting))
		}
		p.ForOptions = append(p.ForOptions, Option{Value: c.Value, Label: label, Selected: c.Value == b.Options.For})
	}
	p.Groups = newFilters(f, b.Choices.Facets, composerFacets).Facets
	return compose(p)
}

// composerFacets are the fields of the filter that a briefing takes.
var composerFacets = []facetField{{"topic", false}, {"country", false}, {"delegate", false}, {"status", false}}

// composerFields are the parameters that the form of the composer sets.
var composerFields = []string{"for", "title", "audience", "lang", "include", "by_country", "topic", "country", "delegate", "status", "paper", "grey_safe"}

// typed is what the form shows in its text fields.
func (p Composer) typed() Form {
	form := p.Form
	form.Values = url.Values{"title": {p.Options.Title}, "audience": {p.Options.Audience}}
	return form
}

// radios are the choices of a field of which one holds.
func (p Composer) radios(codes []string, chosen, family string) []Option {
	var all []Option
	for _, c := range codes {
		all = append(all, Option{Value: c, Label: p.T(family + c), Selected: c == chosen})
	}
	return all
}

func (p Composer) includes() []Option {
	var all []Option
	for _, part := range models.BriefingParts {
		all = append(all, Option{Value: part, Label: p.T("briefing.include_" + part), Selected: p.Options.Holds(part)})
	}
	return all
}

// sections offers the countries that can have a section of their own.
func (p Composer) sections() []Option {
	var all []Option
	for _, g := range p.Groups {
		if g.Name != "country" {
			continue
		}
		for _, v := range g.Values {
			is := strings.Contains(" "+strings.Join(p.Options.ByCountry, " ")+" ", " "+v.Value+" ")
			all = append(all, Option{Value: v.Value, Label: v.Label.Text + " (" + v.Value + ")", Selected: is})
		}
	}
	return all
}

// carried is the briefing as pairs of a name and a value, for the form that freezes it and for one like it.
func carried(o models.BriefingOptions) [][2]string {
	all := [][2]string{{"for", o.For}, {"title", o.Title}, {"audience", o.Audience}, {"lang", o.Lang}, {"paper", o.Paper}, {"as_of", o.AsOf}, {"vs", o.VS}, {"known_at", o.KnownAt}}
	for _, list := range []struct {
		name   string
		values []string
	}{{"include", o.Include}, {"by_country", o.ByCountry}, {"topic", o.Topic}, {"country", o.Country}, {"delegate", o.Delegate}} {
		for _, v := range list.values {
			all = append(all, [2]string{list.name, v})
		}
	}
	for _, s := range o.Status {
		all = append(all, [2]string{"status", string(s)})
	}
	if o.GreySafe {
		all = append(all, [2]string{"grey_safe", "1"})
	}
	return all
}

// again is the address of the composer with the choices of a briefing, at the present time.
func again(f Frame, o models.BriefingOptions) string {
	o.AsOf, o.VS, o.KnownAt = "", "", ""
	q := url.Values{}
	for _, pair := range carried(o) {
		if pair[1] != "" && (pair[0] != "paper" || pair[1] != models.Papers[0]) {
			q.Add(pair[0], pair[1])
		}
	}
	return address("/"+string(f.Lang)+"/briefings/new", q)
}

// Frozen is the page of a briefing that was kept.
type Frozen struct {
	Frame
	models.FrozenBriefing
	Kept   string // the document, as it was kept
	Sum    string // SHA-256 of the file as it is now
	Intact bool
}

// FrozenPage prepares the page of a briefing that was kept. sum is the hash of the file as it was read.
func FrozenPage(f Frame, b models.FrozenBriefing, sum string, cited Work) templ.Component {
	file, _ := b.File("html")
	f.Running, f.Works, f.Cites = runningOf(file.Body), []Work{cited}, nil
	for _, format := range citationNames {
		f.Cites = append(f.Cites, format.Suffix)
	}
	p := Frozen{Frame: f, FrozenBriefing: b, Sum: sum}
	var whole bool
	p.Kept, whole = article(file.Body)
	p.Intact = whole && sum == file.SHA256
	return frozenPage(p)
}

// address is where a form of the briefing stands, without a language: the bytes are the same in each.
func (p Frozen) address(format string) string { return fmt.Sprintf("/briefings/%d.%s", p.ID, format) }

// name is what a frozen briefing is called.
func briefingName(f Frame, b models.FrozenBriefing) string {
	if b.Options.Title != "" {
		return b.Options.Title
	}
	return f.Plain(b.Heading)
}

// spokenOf is the day that a frozen briefing speaks of.
func spokenOf(b models.FrozenBriefing) models.Date {
	if !b.AsOf.IsZero() {
		return b.AsOf
	}
	day, _, _ := strings.Cut(b.FrozenAt, "T")
	d, _ := models.ParseDate(day) // the store writes every instant alike
	return d
}
