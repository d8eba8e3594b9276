package frontend

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/followthrough/followthrough/models"
)

// Meetings is the list of meetings by forum, the record's own forum first.
type Meetings struct {
	Frame
	Groups []MeetingGroup
	Count  string
	Next   *string
}

// MeetingGroup is the meetings of one forum, the latest first.
type MeetingGroup struct {
	Forum   models.Text
	Package string // address of everything of the forum
	Rows    []models.Meeting
}

// NewMeetings prepares the list.
func NewMeetings(f Frame, list *models.List[models.Meeting]) templ.Component {
	p := Meetings{Frame: f, Count: f.T("count.meetings", "n", list.Total), Next: list.Next}
	for _, m := range slices.Backward(list.Items) {
		at := slices.IndexFunc(p.Groups, func(g MeetingGroup) bool { return g.Forum == m.ForumName })
		if at < 0 {
			p.Groups = append(p.Groups, MeetingGroup{Forum: m.ForumName, Package: f.packageOf(m.Forum)})
			at = len(p.Groups) - 1
		}
		p.Groups[at].Rows = append(p.Groups[at].Rows, m)
	}
	slices.SortStableFunc(p.Groups, func(a, b MeetingGroup) int { return own(f, b.Forum) - own(f, a.Forum) })
	return meetings(p)
}

func own(f Frame, forum models.Text) int {
	if forum == f.At.Forum {
		return 1
	}
	return 0
}

// planned reports whether a meeting has not begun yet.
func planned(f Frame, m models.Meeting) bool { return f.At != nil && m.StartsOn.After(f.At.Today) }

// placeOf names a meeting by its place and days.
func placeOf(f Frame, m models.Meeting) string {
	return f.Place(models.MeetingBrief{Ref: m.Ref, Forum: m.ForumName, City: m.City, StartsOn: m.StartsOn, EndsOn: m.EndsOn})
}

// MeetingTitle names a meeting by its forum, place and days.
func MeetingTitle(f Frame, m models.Meeting) string {
	return f.Plain(m.ForumName) + " " + placeOf(f, m)
}

// ordinal says which meeting of its forum it was, as far as is known.
func ordinal(f Frame, m models.Meeting) string {
	switch {
	case m.InPersonNumber > 0:
		return f.T("meeting.in_person_number", "n", strconv.Itoa(m.InPersonNumber))
	case m.Number > 0:
		return f.T("meeting.number", "n", strconv.Itoa(m.Number))
	}
	return f.T("format." + m.Format)
}

// changed counts what a meeting changed; each number leads to the initiatives behind it, as they stood then.
func changed(f Frame, r models.MeetingRecord) []LeadPart {
	var all []LeadPart
	for _, c := range models.Changes {
		if n := r.Summary.Changes[c]; n > 0 {
			all = append(all, LeadPart{Text: f.T("count.change_"+string(c), "n", n), URL: f.AtTime("/initiatives", "as_of", r.Ref, "vs", vsOf(r.Previous), "change", string(c))})
		}
	}
	if n := r.Summary.Marks[models.Carried]; n > 0 {
		all = append(all, LeadPart{Text: f.T("meeting.carried", "n", n), URL: f.AtTime("/initiatives", "as_of", r.Ref, "vs", vsOf(r.Previous), "mark", string(models.Carried))})
	}
	return all
}

// vsOf is the parameter that compares with a meeting, or with nothing.
func vsOf(m *models.MeetingBrief) string {
	if m == nil {
		return "none"
	}
	return m.Ref
}

// AtTime returns the address of a page of this language at another time, with what was known then as now.
func (f Frame) AtTime(path string, pairs ...string) string {
	for _, name := range timeParameters {
		if v := f.Query.Get(name); v != "" && name != "as_of" && name != "vs" {
			pairs = append(pairs, name, v)
		}
	}
	bare := f
	bare.At = nil
	return bare.To(path, pairs...)
}

// packageOf is the address of the data package of a forum at the time of the view. It takes no time compared with.
func (f Frame) packageOf(forum string) string {
	q := url.Values{}
	for _, name := range []string{"as_of", "known_at"} {
		if v := f.Query.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return address("/forums/"+forum+"/datapackage.zip", q)
}

// clock is the time of day of a publisher's own time stamp with its offset: 18:21 UTC−05:00.
func clock(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil { // it stands as the publisher wrote it
		return stamp
	}
	return strings.Replace(t.Format("15:04 UTC-07:00"), "UTC-", "UTC−", 1)
}
