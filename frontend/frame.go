// Package frontend holds the pages of the product as templ components, the styles and scripts they use and the
// words in both languages. A page is a struct that arrives with everything decided; templates decide nothing. It
// knows models alone: no store and no HTTP.
package frontend

import (
	"net/url"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/frontend/locale"
	"github.com/followthrough/followthrough/models"
)

// Frame is what every page shares: language, address, time and tools.
type Frame struct {
	*locale.Printer
	Path    string     // language-neutral, such as /initiatives
	Query   url.Values // as asked for
	At      *models.At // nil on pages without a time
	Formats []string   // suffixes of the same address as data
	Cites   []string   // suffixes of the same address as a citation
	Works   []Work     // what the page cites, where that is more than the page itself
	Notices []string   // messages about values that were left out
	Forum   models.Text
	Data    int64  // version of the data
	Version string // of the program
	Running string // stands at the top of each printed page, where the page is a document
	Asset   func(name string) string
	Origin  string // scheme and host, for permanent addresses

	Actor     models.Actor          // who reads
	Meetings  []models.MeetingBrief // that the page names, where it speaks of no time
	KeysOff   bool                  // single keys do nothing on the reader's pages
	MustEnrol bool                  // the reader's role must have a second factor and has none yet
	Flash     string                // what the reader has just done
	Then      []LeadPart            // where they may want to go on from it
}

// May reports whether the reader holds the permission.
func (f Frame) May(p models.Permission) bool { return models.MayChange(f.Actor, p) }

// SignedIn reports whether the reader has an account.
func (f Frame) SignedIn() bool { return f.Actor.ID != 0 }

// timeParameters travel with every link, so that a view of the past stays in the past.
var timeParameters = []string{"as_of", "vs", "known_at", "text"}

// To returns the address of a page in this language at the same time. pairs are further parameters.
func (f Frame) To(path string, pairs ...string) string {
	q := url.Values{}
	for _, p := range timeParameters {
		if v := f.Query.Get(p); v != "" && f.At != nil {
			q.Set(p, v)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Add(pairs[i], pairs[i+1])
	}
	return address("/"+string(f.Lang)+path, q)
}

// Here returns the address of this page with parameters changed: pairs of a name and a value, an empty value
// removes. Any change starts at the first page of a list.
func (f Frame) Here(pairs ...string) string {
	q := f.query()
	q.Del("after")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return address("/"+string(f.Lang)+f.Path, q)
}

// Without returns the address of this page with one value of a parameter removed.
func (f Frame) Without(name, value string) string {
	q := f.query()
	q.Del("after")
	q[name] = slices.DeleteFunc(q[name], func(v string) bool { return v == value })
	return address("/"+string(f.Lang)+f.Path, q)
}

// Next returns the address of the page of a list that the token names.
func (f Frame) Next(token string) string {
	q := f.query()
	q.Set("after", token)
	return address("/"+string(f.Lang)+f.Path, q)
}

// In returns the address of this page in a language.
func (f Frame) In(l models.Lang) string { return address("/"+string(l)+f.Path, f.query()) }

// oneLanguage lists the formats whose words are of one language, so that the address says which; without a language
// it is English. A reader subscribes to them, so that they begin at the first page.
var oneLanguage = []string{"atom", "ics", "txt", "svg", "md", "html", "bib", "ris", "csl.json"}

// As returns the address of this page as data in a format; pairs are further parameters.
func (f Frame) As(format string, pairs ...string) string {
	q, lang := f.query(), ""
	if slices.Contains(oneLanguage, format) {
		q.Del("after")
		if f.Lang != models.English {
			lang = "/" + string(f.Lang)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	path := f.Path
	if path == "/" {
		path = "/overview"
	}
	return address(lang+path+"."+format, q)
}

// Standing returns the address, in this language and at the same time, of the place that a language-neutral path with
// a fragment names.
func (f Frame) Standing(path string) string {
	path, fragment, found := strings.Cut(path, "#")
	if !found {
		return f.To(path)
	}
	return f.To(path) + "#" + fragment
}

// query returns a copy without empty values and with each value once.
func (f Frame) query() url.Values {
	q := url.Values{}
	for name, values := range f.Query {
		for _, v := range values {
			if v != "" && !slices.Contains(q[name], v) {
				q.Add(name, v)
			}
		}
	}
	return q
}

// address joins a path and a query in canonical order: equal views have equal addresses.
func address(path string, q url.Values) string {
	for name, values := range q {
		slices.Sort(values)
		q[name] = slices.Compact(values)
	}
	if s := q.Encode(); s != "" {
		return path + "?" + s
	}
	return path
}

// Wording is a text of the record as it is shown: the words, the language they are in and, where the page's own
// language has none, a label that says so.
type Wording struct {
	Text string
	Lang string
	Only string
}

// Say chooses the wording of a text for this page.
func (f Frame) Say(t models.Text) Wording {
	text, lang := t.In(f.Lang)
	w := Wording{Text: text, Lang: string(lang)}
	if text != "" && lang != f.Lang {
		w.Only = f.T("only." + string(lang))
	}
	return w
}

// Plain returns the words of a text without the label, for places where only a text can stand.
func (f Frame) Plain(t models.Text) string {
	s, _ := t.In(f.Lang)
	return s
}

// Beside returns the wording in the other language, to stand below a title.
func (f Frame) Beside(t models.Text) Wording {
	other := f.Lang.Other()
	if own := t.Only(f.Lang); own == "" {
		return Wording{}
	}
	return Wording{Text: t.Only(other), Lang: string(other)}
}

// PlaceOf names the meeting with that ref, or gives the ref back when it is not in view.
func (f Frame) PlaceOf(ref string) string {
	if f.At != nil {
		if m, ok := f.At.Meeting(ref); ok {
			return f.Place(m)
		}
	}
	for _, m := range f.Meetings {
		if m.Ref == ref {
			return f.Place(m)
		}
	}
	return ref
}

// Option is one choice of a select.
type Option struct {
	Value    string
	Label    string
	Selected bool
	Forum    string // heading that the choice stands under; empty for none
}

// OptionGroup is the choices under one heading; those without a heading have none.
type OptionGroup struct {
	Title   string
	Options []Option
}

// grouped puts choices under their headings: first what has none, then the record's own forum, then the others. What
// stands behind all meetings stays there.
func (f Frame) grouped(options []Option) []OptionGroup {
	own := f.Plain(f.At.Forum)
	groups := []OptionGroup{{}, {Title: own}}
	var last OptionGroup
	for _, o := range options {
		if o.Value == "none" {
			last.Options = append(last.Options, o)
			continue
		}
		at := slices.IndexFunc(groups, func(g OptionGroup) bool { return g.Title == o.Forum })
		if at < 0 {
			groups = append(groups, OptionGroup{Title: o.Forum})
			at = len(groups) - 1
		}
		groups[at].Options = append(groups[at].Options, o)
	}
	return slices.DeleteFunc(append(groups, last), func(g OptionGroup) bool { return len(g.Options) == 0 })
}

// mostMeetings is how many meetings a choice offers; "another day" and the page of each meeting lead to the older ones.
const mostMeetings = 40

// offered lists the latest meetings, and older ones that are chosen already.
func (f Frame) offered() []models.MeetingBrief {
	all := f.At.Meetings
	if len(all) <= mostMeetings {
		return all
	}
	some := slices.Clone(all[:mostMeetings])
	for _, m := range all[mostMeetings:] {
		if m.Ref == f.Query.Get("as_of") || m.Ref == f.At.VSMeeting {
			some = append(some, m)
		}
	}
	return some
}

// AsOfOptions lists the times a reader can go to: the present and the meetings known in this view.
func (f Frame) AsOfOptions() []Option {
	asked := f.Query.Get("as_of")
	options := []Option{{Label: f.T("time.latest"), Selected: asked == ""}}
	found := asked == ""
	for _, m := range f.offered() {
		is := m.Ref == asked
		found = found || is
		options = append(options, Option{Value: m.Ref, Label: f.Place(m), Selected: is, Forum: f.Plain(m.Forum)})
	}
	if !found && f.At.Past() {
		options = append(options, Option{Value: asked, Label: f.Date(f.At.AsOf), Selected: true})
	}
	return options
}

// VSOptions lists the times that the view can be compared with.
func (f Frame) VSOptions() []Option {
	asked := f.Query.Get("vs")
	var options []Option
	found := false
	for _, m := range f.offered() {
		if f.At.Past() && !f.At.AsOf.After(m.EndsOn) {
			continue
		}
		is := m.Ref == f.At.VSMeeting
		found = found || is
		value := m.Ref
		if is && f.At.VSChosen {
			value = "" // the default stays out of the address
		}
		options = append(options, Option{Value: value, Label: f.Place(m), Selected: is, Forum: f.Plain(m.Forum)})
	}
	if !found && !f.At.VS.IsZero() {
		options = append(options, Option{Value: asked, Label: f.Date(f.At.VS), Selected: true})
	}
	return append(options, Option{Value: "none", Label: f.T("time.none"), Selected: f.At.VS.IsZero()})
}

// TimeInWords says in a line which time the page shows and what it is compared with.
func (f Frame) TimeInWords() string {
	chosen := func(options []Option) string {
		i := slices.IndexFunc(options, func(o Option) bool { return o.Selected })
		if i < 0 {
			return ""
		}
		return options[i].Label
	}
	return f.T("time.in_words", "at", chosen(f.AsOfOptions()), "vs", chosen(f.VSOptions()))
}

// PicksForum reports whether the page is narrowed to a forum beside its time; the list has a facet for it. Several
// forums are more than the choice can show, so the form carries them along.
func (f Frame) PicksForum() bool {
	if len(f.Query["forum"]) > 1 {
		return false
	}
	return f.Section() == "" || f.Section() == "topics" || f.Section() == "matrix"
}

// ForumOptions lists the forums that the page can be narrowed to.
func (f Frame) ForumOptions() []Option {
	options := []Option{{Label: f.T("forum.all"), Selected: f.Query.Get("forum") == ""}}
	for _, r := range f.At.Forums {
		options = append(options, Option{Value: r.Ref, Label: f.Plain(r.Title), Selected: f.Query.Get("forum") == r.Ref})
	}
	return options
}

// TextLangs lists the languages in which the words of a statement are shown, the page's own first: both, unless the
// parameter text asks for one.
func (f Frame) TextLangs() []models.Lang {
	switch models.Lang(f.Query.Get("text")) {
	case models.English:
		return []models.Lang{models.English}
	case models.Japanese:
		return []models.Lang{models.Japanese}
	}
	return []models.Lang{f.Lang, f.Lang.Other()}
}

// Kept returns the parameters that a form must carry along, as pairs in order, leaving out those it sets itself.
func (f Frame) Kept(except ...string) [][2]string {
	var kept [][2]string
	for name, values := range f.query() {
		if slices.Contains(except, name) || name == "after" {
			continue
		}
		for _, v := range values {
			kept = append(kept, [2]string{name, v})
		}
	}
	slices.SortFunc(kept, func(a, b [2]string) int { return strings.Compare(a[0]+"="+a[1], b[0]+"="+b[1]) })
	return kept
}

// Section returns the part of the navigation that the page belongs to.
func (f Frame) Section() string {
	part, _, _ := strings.Cut(strings.TrimPrefix(f.Path, "/"), "/")
	return part
}

// Host names the host of an address, so that a reader sees where a link leads.
func Host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// Permanent returns the whole address of this page.
func (f Frame) Permanent() string { return f.Origin + f.In(f.Lang) }
