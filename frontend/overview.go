package frontend

import (
	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Overview is the page that answers what moved since last time and where the trouble is.
type Overview struct {
	Frame
	models.Overview
	Lead     []LeadPart
	Bar      StatusBar
	Unseen   []LeadPart
	Silent   LeadPart // what the newest statement does not mention
	Changed  int      // initiatives that changed
	Since    string   // name of the time compared with, empty when there is none
	NextText string
}

// LeadPart is a piece of the opening sentence; one with an address is a link to the rows behind its number.
type LeadPart struct{ Text, URL, After string }

// NewOverview prepares the overview.
func NewOverview(f Frame, o models.Overview) templ.Component {
	p := Overview{Frame: f, Overview: o}
	s := o.Summary
	p.Bar = overviewBar(f, s)
	if !f.At.VS.IsZero() {
		p.Since = f.Date(f.At.VS)
		if f.At.VSMeeting != "" {
			p.Since = f.PlaceOf(f.At.VSMeeting)
		}
		since := f.T("lead.since", "meeting", p.Since)
		if f.At.VSChosen { // the rule by which it was chosen: other forums may have met since
			since = f.T("lead.since_own", "forum", f.Plain(f.At.Forum), "meeting", p.Since)
		}
		p.Lead = append(p.Lead, LeadPart{Text: since})
		for _, c := range []models.Change{models.ChangeForward, models.ChangeBack, models.ChangeNew, models.ChangeOther} {
			p.Changed += s.Changes[c]
			if n := s.Changes[c]; n > 0 {
				p.Lead = append(p.Lead, LeadPart{Text: f.T("lead."+string(c), "n", n), URL: f.list("change", string(c))})
			}
		}
		if len(p.Lead) == 1 {
			p.Lead = append(p.Lead, LeadPart{Text: f.T("lead.nothing"), URL: f.list("change", string(models.ChangeNone))})
		}
	}
	for i := range p.Lead {
		p.Lead[i].After = f.T("lead.and")
		if i == len(p.Lead)-1 {
			p.Lead[i].After = f.T("lead.end")
		}
	}
	if n := s.Total - s.Reviewed; n > 0 {
		p.Lead = append(p.Lead, LeadPart{f.T("lead.not_reviewed", "n", n), f.list("mark", string(models.Carried), "mark", string(models.Imported)), reviewedSince(f)})
		p.Unseen = f.unseenMarks(s)
	}
	if n := o.Silence; n != nil {
		p.Silent = LeadPart{f.T("lead.silent", "n", n.NotMentioned), f.To("/statements/"+n.Statement) + "#h-not-mentioned", f.T("lead.silent_in", "total", n.Compared, "meeting", f.PlaceOf(n.Meeting))}
		p.Lead = append(p.Lead, p.Silent)
	}
	return overview(p)
}

// reviewedSince names the meeting since which nobody has reviewed something.
func reviewedSince(f Frame) string {
	if f.At.Anchor == "" {
		return f.T("lead.end")
	}
	return f.T("lead.reviewed_since", "meeting", f.PlaceOf(f.At.Anchor))
}

// unseenMarks says why initiatives count as not reviewed; the numbers make up that of the lead.
func (f Frame) unseenMarks(s models.Tally) []LeadPart {
	var all []LeadPart
	if n := s.Marks[models.Carried]; n > 0 {
		all = append(all, LeadPart{Text: f.T("lead.carried", "n", n), URL: f.list("mark", string(models.Carried))})
	}
	if n := s.Marks[models.Imported]; n > 0 {
		all = append(all, LeadPart{Text: f.T("lead.imported", "n", n), URL: f.list("mark", string(models.Imported))})
	}
	return all
}

// list is the address of the list of initiatives, narrowed like this page and further by pairs.
func (f Frame) list(pairs ...string) string {
	asked := f.query()
	for _, name := range []string{"country", "delegate", "forum", "topic"} {
		for _, v := range asked[name] {
			pairs = append(pairs, name, v)
		}
	}
	return f.To("/initiatives", pairs...)
}

// action reports whether a part shows that its country has at least announced something.
func action(p models.Part) bool { return p.Applicable() && p.Status.ShowsAction() }

// actionLabel says in words what the mark of a country says by its look.
func actionLabel(f Frame, p models.Part) string {
	if !p.Applicable() {
		return f.T("part.not_applicable", "country", p.Country)
	}
	return f.T("part.label", "country", p.Country, "status", f.T("status."+string(p.Status)))
}
