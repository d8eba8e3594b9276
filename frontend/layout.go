package frontend

import (
	"strings"

	"github.com/followthrough/followthrough/models"
)

var mediaTypes = map[string]string{"json": "application/json", "csv": "text/csv", "txt": "text/plain", "md": "text/markdown", "html": "text/html", "atom": "application/atom+xml", "ics": "text/calendar", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

// sections is the navigation, in its order.
var sections = []struct{ section, path, key string }{
	{"", "/", "nav.overview"},
	{"topics", "/topics", "nav.topics"},
	{"initiatives", "/initiatives", "nav.initiatives"},
	{"matrix", "/matrix", "nav.matrix"},
	{"meetings", "/meetings", "nav.meetings"},
	{"countries", "/countries", "nav.countries"},
	{"delegates", "/delegates", "nav.delegates"},
}

// pressed are the keys that follow a link of the frame, by its path.
var pressed = map[string]string{"/": "g o", "/meetings": "g m", "/matrix": "g x", "/rounds": "g r", "/shortcuts": "?"}

// desk is the part of the navigation for people with an account: what their role may do, and the account itself.
// Everybody else finds the way in.
func (f Frame) desk() []LeadPart {
	if !f.SignedIn() {
		return []LeadPart{{Text: f.T("sign_in.title"), URL: "/sign-in"}}
	}
	var all []LeadPart
	if f.May(models.PermitAssess) {
		all = append(all, LeadPart{Text: f.T("nav.rounds"), URL: "/rounds"})
	}
	if f.May(models.PermitEdit) {
		all = append(all, LeadPart{Text: f.T("nav.import"), URL: "/import"})
	}
	if f.May(models.PermitAudit) {
		all = append(all, LeadPart{Text: f.T("nav.audit"), URL: "/admin/audit"})
	}
	if f.May(models.PermitUsers) {
		all = append(all, LeadPart{Text: f.T("nav.users"), URL: "/admin/users"})
	}
	return append(all, LeadPart{Text: f.Actor.Name, URL: "/account"})
}

// more is what the foot of every page leads to, in its order.
var more = []struct{ path, key string }{
	{"/activity", "nav.activity"}, {"/briefings", "nav.briefings"}, {"/forums", "nav.forums"}, {"/statements", "nav.statements"}, {"/commitments", "nav.commitments"}, {"/evidence", "nav.evidence"}, {"/search-notes", "nav.search_notes"},
}

// moreAt is the address of a page at the foot. Frozen briefings are the same at every time.
func (f Frame) moreAt(path string) string {
	if path == "/briefings" {
		return f.About(path)
	}
	return f.To(path)
}

// Times returns the time of the view as pairs for a form that leads elsewhere.
func (f Frame) Times() [][2]string {
	var all [][2]string
	for _, name := range timeParameters {
		if v := f.Query.Get(name); v != "" && f.At != nil {
			all = append(all, [2]string{name, v})
		}
	}
	return all
}

// modules lists the scripts of the page; everything they do can be done without them.
func (f Frame) modules() []string {
	all := []string{"page"} // the parts that every page has
	switch f.Section() {
	case "matrix":
		all = append(all, "grid-keys")
	case "statements", "commitments":
		all = append(all, "statement-reader")
	case "rounds":
		all = append(all, "round-keys")
	case "import":
		all = append(all, "import-draft")
	}
	if f.SignedIn() {
		all = append(all, "unsaved-words")
	}
	if f.May(models.PermitAssess) && (f.Section() == "initiatives" || f.Section() == "rounds" || strings.HasSuffix(f.Path, "/edit") || strings.HasSuffix(f.Path, "/correct")) {
		all = append(all, "live-record")
	}
	return all
}

// sheets are the style sheets of the page. Briefings and the import have their own, so that others need not load them.
func (f Frame) sheets() []string {
	switch f.Section() {
	case "briefings":
		return []string{Styles, BriefingStyles}
	case "import":
		return []string{Styles, ImportStyles}
	}
	return []string{Styles}
}

// aboutPages is the navigation of the footer, in its order, the same on every page.
var aboutPages = []struct{ path, key string }{
	{path: "/method", key: "method.title"},
	{path: "/accessibility", key: "accessibility.title"},
	{path: "/api", key: "api.title"},
	{path: "/shortcuts", key: "shortcuts.title"},
}

// timeBarFields are the parameters that the bar under the header sets.
func timeBarFields(f Frame) []string {
	if f.PicksForum() {
		return []string{"as_of", "vs", "forum"}
	}
	return []string{"as_of", "vs"}
}

// Starts lists the pages to start from when a reader is lost.
func (f Frame) Starts() []LeadPart {
	var all []LeadPart
	for _, s := range sections {
		all = append(all, LeadPart{Text: f.T(s.key), URL: f.To(s.path)})
	}
	return all
}

// knownDay is the day of the instant by which what is shown had been recorded.
func (f Frame) knownDay() string {
	day, _, _ := strings.Cut(f.At.KnownAt, "T")
	return day
}

// known writes that instant to the minute.
func (f Frame) known() string {
	_, clock, _ := strings.Cut(f.At.KnownAt, "T")
	d, err := models.ParseDate(f.knownDay())
	if err != nil || len(clock) < len("15:04") { // an instant has one form
		return f.At.KnownAt
	}
	return f.Date(d) + " " + clock[:len("15:04")]
}
