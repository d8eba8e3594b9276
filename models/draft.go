package models

// Draft is a statement on its way into the record. Nobody but its author sees it until it is published.
type Draft struct {
	Ref         string        `json:"ref" description:"Number of the draft."`
	Version     int64         `json:"version" description:"Grows with every step."`
	Slug        string        `json:"slug" description:"Slug that the statement would get now; empty while its meeting is not said."`
	Published   string        `json:"published" description:"Slug of the statement it became; empty while it is a draft."`
	Author      string        `json:"author" description:"Name of its author; empty for one that was brought in at the command line."`
	OpenedAt    string        `json:"opened_at" description:"UTC instant."`
	SavedAt     string        `json:"saved_at" description:"UTC instant."`
	Facts       DraftFacts    `json:"facts"`
	Sources     []DraftSource `json:"sources" description:"The text of each language as supplied; places in the work are bytes of it."`
	Work        DraftWork     `json:"work"`
	Steps       int           `json:"steps" description:"How many steps can be undone."`
	LastStep    string        `json:"last_step" description:"What was done last; empty when nothing can be undone."`
	Same        []SameText    `json:"same" description:"Statements of the record that hold the same words."`
	Earlier     []Commitment  `json:"-"`
	EarlierFrom string        `json:"earlier_from" description:"Slug of the previous statement of the forum, whose commitments are compared; empty when there is none."`
}

// DraftFacts is what is said of a statement beside its text.
type DraftFacts struct {
	Forum        string             `json:"forum" description:"Slug of the forum."`
	Meeting      string             `json:"meeting" description:"Ref of the meeting; one that is not in the record is made when the statement is published."`
	NewMeeting   *MeetingEdit       `json:"new_meeting" description:"The meeting to be made; null when it is in the record."`
	Title        Text               `json:"title"`
	IssuedOn     Date               `json:"issued_on" description:"The day that the text itself gives."`
	Publications []DraftPublication `json:"publications"`
}

// DraftPublication is one publisher's release of the text in one language.
type DraftPublication struct {
	Lang        Lang   `json:"lang"`
	Publisher   string `json:"publisher"`
	Title       string `json:"title" description:"As the publisher has it."`
	PublishedOn Date   `json:"published_on"`
	URL         string `json:"url"`
	Standing    string `json:"standing" enum:"statement,readout,text"`
}

// DraftSource is the text of one language as it was supplied.
type DraftSource struct {
	Lang       Lang   `json:"lang"`
	Name       string `json:"name" description:"Of the file; empty when it was pasted."`
	Format     string `json:"format" description:"How it was read: text, markdown, html, docx, pipes, table or alternating."`
	FileSHA256 string `json:"file_sha256" description:"Of the bytes supplied."`
	SHA256     string `json:"sha256" description:"Of the plain text."`
	Body       string `json:"body"`
}

// Span is a place in a text: the bytes from From up to To, without To.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Empty reports whether the span holds nothing.
func (s Span) Empty() bool { return s.To <= s.From }

// Holds reports whether another span lies within this one.
func (s Span) Holds(o Span) bool { return !o.Empty() && s.From <= o.From && o.To <= s.To }

// Of returns the words of the span in its text; none when it does not lie in it.
func (s Span) Of(text string) string {
	if s.Empty() || s.From < 0 || s.To > len(text) {
		return ""
	}
	return text[s.From:s.To]
}

// DraftWork is what is made of the texts: paragraphs side by side, and the marks in them.
type DraftWork struct {
	Rows    []DraftRow  `json:"rows"`
	Marks   []DraftMark `json:"marks"`
	LeftOut []string    `json:"left_out" description:"What stood around the texts when they were read and belongs to none of them."`
}

// Steps of bringing a statement in.
const (
	StepSource = "source"
	StepAlign  = "align"
	StepMark   = "mark"
	StepMatch  = "match"
	StepCheck  = "check"
)

// DraftSteps lists the steps of bringing a statement in, in their order.
var DraftSteps = []string{StepSource, StepAlign, StepMark, StepMatch, StepCheck}

// DraftRow is one paragraph in every language that has it.
type DraftRow struct {
	Cells      map[Lang]Span `json:"cells"`
	Confidence float64       `json:"confidence" description:"How sure the pairing is, 0 to 1; 1 once a person looked."`
	Checked    bool          `json:"checked" description:"A person looked at the pairing."`
	Preface    bool          `json:"preface" description:"The issuer's own words before the statement; its reference is p0."`
	Out        bool          `json:"out" description:"Not part of the statement, and left out of it."`
}

// States of a mark in a draft.
const (
	MarkSuggested = "suggested"
	MarkAccepted  = "accepted"
	MarkRejected  = "rejected"
)

// What becomes of an accepted mark.
const (
	TrackContinue = "continue" // it is tied to initiatives of the record
	TrackNew      = "new"      // an initiative is made of it
	TrackNone     = "none"     // no initiative follows it
)

// Tracks lists what can become of an accepted mark.
var Tracks = []string{TrackContinue, TrackNew, TrackNone}

// DraftMark is a passage of a draft that is, or may be, a commitment.
type DraftMark struct {
	ID    int           `json:"id" description:"Number within the draft."`
	State string        `json:"state" enum:"suggested,accepted,rejected"`
	Words map[Lang]Span `json:"words" description:"Places in the texts; at least one language."`
	Suggestion
	Kind       string         `json:"kind"`
	Reason     Text           `json:"not_trackable_reason"`
	Track      string         `json:"track" description:"continue, new or none; empty until somebody chooses."`
	Refs       []string       `json:"initiatives" description:"Refs of the initiatives it continues."`
	Initiative *NewInitiative `json:"initiative" description:"The initiative to be made; null without one."`
	Earlier    []LineageLink  `json:"earlier" description:"The earlier commitments it follows; empty when it is new."`
	Compared   bool           `json:"compared" description:"Somebody decided what it follows."`
	With       string         `json:"compared_with" description:"Slug of the statement that it was compared with; empty when there was none."`
}

// NewInitiative is an initiative that is made of a commitment when its statement is published.
type NewInitiative struct {
	Ref      string `json:"ref" description:"Stable reference for ever, such as QSCG-CYBER-CHALLENGE."`
	Title    Text   `json:"title"`
	Topic    string `json:"topic" description:"Slug of the topic."`
	Kind     string `json:"kind"`
	Standing bool   `json:"standing" description:"True when it has no end date by nature."`
	DueOn    Date   `json:"due_on" description:"A day, month, quarter or year; empty without a due date."`
}

// Edit is the initiative as it is made: promised first at the meeting, on its last day.
func (n NewInitiative) Edit(meeting string, on Date, trackable bool) InitiativeEdit {
	kind := n.Kind
	if kind == "" {
		kind = "initiative"
	}
	return InitiativeEdit{InitiativeRef: n.Ref, Title: n.Title, Topic: n.Topic, Kind: kind, FirstMeeting: meeting, BeginsOn: on, Trackable: trackable, Standing: n.Standing, DueOn: n.DueOn,
		Related: []string{}, Sources: []string{}, Parts: []PartEdit{}}
}

// Suggestion is what the rules read out of a passage.
type Suggestion struct {
	Type      string   `json:"type" description:"action, standing, position or assessment."`
	Strength  string   `json:"strength"`
	Verb      string   `json:"verb" description:"The words of the text that bind."`
	Trackable bool     `json:"trackable"`
	Actor     string   `json:"actor" description:"Who binds themselves, in the words of the text; empty when it does not say."`
	Addressee string   `json:"addressee" description:"Towards whom, in the words of the text."`
	Due       string   `json:"due" description:"By when, in the words of the text."`
	Measure   string   `json:"measure" description:"A number or an output to measure by, in the words of the text."`
	Score     float64  `json:"score" description:"How sure the rules are, 0 to 1; 0 for a mark that a person made."`
	Why       []string `json:"why" description:"The rules that applied, by their names on the method page."`
}

// LineageLink is an earlier commitment that a commitment follows.
type LineageLink struct {
	Code     string `json:"code"`
	Relation string `json:"relation" enum:"reaffirmed,advanced,reworded,merged"`
}

// SameText is a statement of the record whose words are being brought in again.
type SameText struct {
	Slug  string `json:"slug"`
	Title Text   `json:"title"`
	Same  int    `json:"same" description:"How many paragraphs are the same, byte for byte."`
	Of    int    `json:"of" description:"How many paragraphs the draft has."`
}

// ImportPublication is what a person confirms of a draft that becomes part of the record.
type ImportPublication struct {
	Version   int64 // of the draft that was looked at
	Undecided int   // how many suggestions are known to be left without a decision; they become nothing
	Again     bool  // the record is known to hold the same text, which is published all the same
}

// InitiativeWords is an initiative of the record with the words of the commitments that it is tied to, for comparing.
type InitiativeWords struct {
	Reference
	Status  Status
	Summary Text
	Words   map[Lang][]string
}
