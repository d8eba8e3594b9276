package models

// EventKind says what was recorded.
type EventKind string

// The kinds of event.
const (
	EventStatus     EventKind = "status"      // a judgement on a whole initiative
	EventPart       EventKind = "part"        // a judgement on one country's part
	EventCorrection EventKind = "correction"  // a judgement that replaces an earlier one
	EventSearchNote EventKind = "search_note" // something looked for and not found
	EventContext    EventKind = "context"     // a wider event, which gives no status
	EventStatement  EventKind = "statement"   // the text of a meeting
)

// EventKinds lists the kinds of event in the order they are shown.
var EventKinds = []EventKind{EventStatus, EventPart, EventCorrection, EventSearchNote, EventContext, EventStatement}

// Valid reports whether k is a kind of event.
func (k EventKind) Valid() bool {
	for _, own := range EventKinds {
		if k == own {
			return true
		}
	}
	return false
}

// ActivityFilter narrows what was recorded to the initiatives that match. A country also leaves out the parts of the
// others. Sort, Limit and After of the initiatives are not looked at: the order is fixed.
type ActivityFilter struct {
	InitiativeFilter
	Kinds      []EventKind
	Initiative string // ref of the only initiative to show; all when empty
}

// Event is one entry of the record: a judgement, a search, a wider event or a statement.
type Event struct {
	ID          string    `json:"id" description:"Stable for ever, such as update/12."`
	Kind        EventKind `json:"kind" enum:"status,part,correction,search_note,context,statement"`
	Initiative  string    `json:"initiative" description:"Ref of the initiative; empty for a statement, which speaks of many."`
	Title       Text      `json:"title" description:"Title of the initiative or of the statement."`
	Country     string    `json:"country" description:"ISO 3166 alpha-2 code of the part; empty for the whole initiative."`
	Status      Status    `json:"status" description:"The status it sets; empty when it sets none. Of a search note, the status it proposes."`
	Was         Status    `json:"was" description:"The status before it in the order of effect; of a correction, the one it corrects. Empty when there was none."`
	Mark        Mark      `json:"review_mark" description:"Empty when it sets no status."`
	Grade       Grade     `json:"grade" description:"Grade of its best evidence; empty when it sets no status."`
	On          Date      `json:"on" description:"The day from which it is true."`
	RecordedAt  string    `json:"recorded_at,omitempty" description:"UTC instant of recording; left out of a view of the past."`
	Author      string    `json:"author,omitempty" description:"Who recorded a judgement; left out of a view of the past."`
	Provenance  string    `json:"provenance" description:"Where a judgement comes from."`
	Note        Text      `json:"note"`
	Sources     int       `json:"evidence_count" description:"Pieces of evidence under it."`
	Commitments int       `json:"commitments" description:"Of a statement: its commitments."`
	Initiatives int       `json:"initiatives" description:"Of a statement: initiatives first promised there."`
	Path        string    `json:"path" description:"Language-neutral address where it stands."`
}

// SetsStatus reports whether the event is a judgement.
func (e Event) SetsStatus() bool {
	return e.Kind == EventStatus || e.Kind == EventPart || e.Kind == EventCorrection
}
