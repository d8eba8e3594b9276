package models

// When names the time of a view as a request does: a meeting ref or a civil date, empty for the default. VS may
// also be "none". KnownAt is an instant (RFC 3339) or a civil date, which stands for its end in UTC; empty for now.
type When struct {
	AsOf    string
	VS      string
	KnownAt string
}

// At is the time that a view speaks of. A zero AsOf is the present.
type At struct {
	AsOf  Date // what was true at the end of this day; zero for the present
	VS    Date // the day compared with; zero for none
	Today Date // the present day, from the program's clock

	KnownAt string // only what was recorded by this UTC instant is shown; empty for everything

	VSMeeting string // ref of the meeting that VS was named by or that was chosen for it
	VSChosen  bool   // VS was chosen by default, not asked for
	Anchor    string // ref of the last meeting held by then; review marks speak of it
	AnchorOn  Date   // first day of that meeting

	Forum    Text           // name of the record's own forum
	Forums   []Reference    // all forums, by slug
	Meetings []MeetingBrief // held by then, the latest first
	Places   map[string]int // of all meetings by ref, the first held at 0; nil where nobody counted
	Next     *MeetingBrief  // planned next by the record's own forum; nil in the past and when there is none
}

// MeetingBrief names a meeting.
type MeetingBrief struct {
	Ref      string `json:"ref"`
	Forum    Text   `json:"forum" description:"Name of the forum."`
	City     Text   `json:"city" description:"Empty for a virtual meeting."`
	StartsOn Date   `json:"starts_on"`
	EndsOn   Date   `json:"ends_on"`
}

// Meeting returns the meeting with that ref among those held by then.
func (a At) Meeting(ref string) (MeetingBrief, bool) {
	if place, ok := a.Places[ref]; ok {
		if from := len(a.Meetings) - 1 - place; from >= 0 && a.Meetings[from].Ref == ref {
			return a.Meetings[from], true
		}
	} else if a.Places != nil {
		return MeetingBrief{}, false
	}
	for _, m := range a.Meetings {
		if m.Ref == ref {
			return m, true
		}
	}
	return MeetingBrief{}, false
}

// Past reports whether the view is of the past.
func (a At) Past() bool { return !a.AsOf.IsZero() }

// Until returns the last day whose facts are shown, as 2006-01-02; in the present every dated fact is.
func (a At) Until() string {
	if a.Past() {
		return a.AsOf.Last()
	}
	return "9999-12-31"
}

// InitiativeFilter narrows a list of initiatives: values of one field are alternatives, fields must all agree.
type InitiativeFilter struct {
	Topics    []string // slugs; a topic includes the topics below it
	Countries []string // ISO 3166 alpha-2; the country has a part that is not "not applicable"
	Delegates []string // slugs; a commitment stands in a statement of a meeting that the person attended
	Forums    []string // slugs; the initiative was first promised or taken up at a meeting of the forum
	Statuses  []Status
	Meetings  []string // refs; where it was first promised
	Marks     []Mark
	Grades    []Grade
	Changes   []Change // since the time compared with
	Words     string   // every word is found in the reference, the titles or the topic
	Sort      Sort
	Limit     int
	After     string // opaque token of an earlier page
}

// DelegateFilter narrows a list of delegates.
type DelegateFilter struct {
	Words     string   // every word is found in the names or offices
	Countries []string // ISO 3166 alpha-2
	Meetings  []string // refs; the person attended one of them
}

// Sort is an order of a list of initiatives. Every order ends in the reference, so it is total.
type Sort string

// The orders.
const (
	SortAttention Sort = "attention" // trouble first
	SortRecent    Sort = "recent"    // latest status first
	SortStatus    Sort = "status"    // along the delivery scale
	SortRef       Sort = "ref"
	SortTopic     Sort = "topic" // along the tree of topics
)

// Sorts lists the orders; the first is the default.
var Sorts = []Sort{SortAttention, SortRecent, SortStatus, SortTopic, SortRef}

// Limits of a page of a list.
const (
	DefaultLimit = 50
	MaxLimit     = 200
	MaxWords     = 500 // characters of free text
)

// MeetingFilter narrows a list of meetings: values of one field are alternatives, fields must all agree.
type MeetingFilter struct {
	Refs      []string
	Forums    []string // slugs
	Countries []string // ISO 3166 alpha-2; the country attended or is a member of the forum
	Topics    []string // slugs; something of the topic, or of one below it, was taken up or promised there
}

// Facet is one field of a filter with the number of rows behind each of its values.
type Facet struct {
	Value string `json:"value"`
	Label Text   `json:"label"`
	Depth int    `json:"-"` // of a topic in its tree
	Count int    `json:"count" description:"Rows that have the value and match the other fields of the filter."`
}

// List is one page of a list.
type List[T any] struct {
	Items       []T                `json:"items"`
	Total       int                `json:"total" description:"Rows on all pages."`
	AtLeast     bool               `json:"at_least,omitempty" description:"There once more was found than a search lists; total and facets count what it lists."`
	Next        *string            `json:"next" description:"Opaque token of the next page for the parameter after; null on the last page."`
	Facets      map[string][]Facet `json:"facets"`
	AsOf        Date               `json:"as_of" description:"The day the view speaks of; null for the present."`
	VS          Date               `json:"vs" description:"The day compared with; null for none."`
	KnownAt     string             `json:"known_at" description:"The instant by which what is shown had been recorded, in UTC; empty for everything recorded."`
	DataVersion int64              `json:"data_version" description:"Grows by one with every change of the record."`
	At          At                 `json:"-"`
}

// Known returns the values that the list can be narrowed to, whatever it is a list of.
func (l *List[T]) Known() map[string][]Facet { return l.Facets }

// Record is one record with the time and version it speaks of.
type Record[T any] struct {
	Item        T      `json:"item"`
	AsOf        Date   `json:"as_of"`
	VS          Date   `json:"vs"`
	KnownAt     string `json:"known_at"`
	DataVersion int64  `json:"data_version"`
	At          At     `json:"-"`
}

// Overview answers what moved and where the trouble is.
type Overview struct {
	Summary     Tally        `json:"summary"`
	Moved       []Initiative `json:"moved" description:"Initiatives that changed since the time compared with, latest first."`
	Attention   []Initiative `json:"attention" description:"Initiatives stalled, dropped or without public action."`
	Topics      []Topic      `json:"topics" description:"The topics at the top of the tree."`
	Countries   []Country    `json:"countries"`
	Suggestions []SearchNote `json:"suggestions" description:"Search notes that propose another status than stands; they set none."`
	Latest      []Update     `json:"latest" description:"Latest judgements on initiatives and parts."`
	Anchor      *Meeting     `json:"last_meeting"`
	Compared    *Meeting     `json:"compared_meeting"`
	Silence     *Silence     `json:"silence" description:"What the newest statement does not mention; null when it mentions everything or was not compared, and when the view is narrowed."`
}

// Silence is how many commitments of earlier statements were looked for in a statement and not found.
type Silence struct {
	Statement    string `json:"statement"`
	Meeting      string `json:"meeting"`
	NotMentioned int    `json:"not_mentioned"`
	Compared     int    `json:"compared" description:"Commitments of earlier statements that were looked for."`
}

// TopicRecord is the dashboard of one topic and the topics below it.
type TopicRecord struct {
	Topic
	Path        []Topic           `json:"path" description:"The topics above, from the top."`
	Children    []Topic           `json:"children"`
	Initiatives []Initiative      `json:"initiatives"`
	Ribbons     map[string][]Cell `json:"ribbons" description:"Status over the latest meetings per initiative ref."`
	Earlier     int               `json:"earlier_columns" description:"Meetings before them that were left out; a view of an earlier day shows them."`
	Commitments []Commitment      `json:"commitments" description:"What was promised, latest statement first."`
	Latest      []Update          `json:"latest" description:"Latest judgements with their evidence."`
	Delegates   []Attendance      `json:"delegates" description:"Heads of delegation at the last meeting that promised something on the topic."`
}

// Page asks for one page of a list.
type Page struct {
	Limit int
	After string // opaque token of an earlier page
}
