package models

// Edit is what a person may say of a record that is no judgement: all of it is changed in place, and the audit keeps
// what it was.
type Edit interface {
	// Ref is the reference that the record has when the edit is made.
	Ref() string
	// Validate checks everything that can be told without the record.
	Validate(today Date) error
}

// EditKinds lists the kinds of record that people edit, those that others rest on first.
var EditKinds = []string{"forum", "country", "topic", "delegate", "meeting", "initiative", "statement", "commitment"}

// ForumEdit is what a person may say of a forum.
type ForumEdit struct {
	Slug     string   `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Name     Text     `json:"name"`
	Position int      `json:"position" description:"Order of the forums; the first one gives the record its name."`
	Members  []string `json:"members" description:"ISO 3166 alpha-2 codes of the member countries."`
}

// CountryEdit is what a person may say of a country.
type CountryEdit struct {
	ISO2     string   `json:"iso2" description:"ISO 3166-1 alpha-2 code, which never changes."`
	ISO3     string   `json:"iso3" description:"ISO 3166-1 alpha-3 code."`
	Name     Text     `json:"name"`
	Position int      `json:"position" description:"Order of the countries."`
	Sources  []string `json:"sources" description:"Refs of the evidence behind the record."`
}

// TopicEdit is what a person may say of a topic.
type TopicEdit struct {
	Slug     string `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Parent   string `json:"parent" description:"Slug of the topic above, empty at the top."`
	Name     Text   `json:"name"`
	Term     Text   `json:"term" description:"The subject in the words of the statement."`
	Note     Text   `json:"note"`
	Position int    `json:"position" description:"Order among the topics of the same parent."`
}

// MeetingEdit is what a person may say of a meeting, with those who attended it.
type MeetingEdit struct {
	MeetingRef     string           `json:"ref" description:"Stable reference, which never changes, such as qscg-2023-12."`
	Forum          string           `json:"forum" description:"Slug of the forum."`
	Number         int              `json:"number" description:"Number among all meetings of the forum; 0 when not known."`
	InPersonNumber int              `json:"in_person_number" description:"Number among its meetings in person; 0 when not known."`
	Format         string           `json:"format" enum:"in_person,virtual"`
	City           Text             `json:"city"`
	Country        string           `json:"country" description:"ISO 3166 alpha-2 code of the place; empty for a virtual meeting."`
	StartsOn       Date             `json:"starts_on"`
	EndsOn         Date             `json:"ends_on"`
	Host           string           `json:"host" description:"ISO 3166 alpha-2 code of the host; empty when not known."`
	Note           Text             `json:"note"`
	Sources        []string         `json:"sources" description:"Refs of the evidence behind the record."`
	Attendances    []AttendanceEdit `json:"attendances"`
}

// AttendanceEdit is one delegate at a meeting, named by the office held then.
type AttendanceEdit struct {
	Office int64          `json:"office" description:"ID of the office held then, which says who attended."`
	Role   AttendanceRole `json:"role" enum:"head,host,member"`
}

// DelegateEdit is what a person may say of a delegate, with the offices.
type DelegateEdit struct {
	Slug     string       `json:"slug" description:"Name in addresses. A former one leads to the new one for ever."`
	Name     Text         `json:"name"`
	Variants []string     `json:"variants" description:"Other forms of the name found in the sources."`
	Country  string       `json:"country" description:"ISO 3166 alpha-2 code."`
	Notes    []Text       `json:"notes"`
	Sources  []string     `json:"sources" description:"Refs of the evidence behind the record."`
	Offices  []OfficeEdit `json:"offices"`
}

// OfficeEdit is a post that a delegate held.
type OfficeEdit struct {
	ID         int64    `json:"id" description:"0 for a new one."`
	Title      Text     `json:"title"`
	From       Date     `json:"from"`
	Until      Date     `json:"until"`
	UntilKnown bool     `json:"until_known" description:"False when no source says whether or when the office ended."`
	Sources    []string `json:"sources" description:"Refs of the evidence behind the office."`
}

// InitiativeEdit is what a person may say of an initiative beside the judgements on it.
type InitiativeEdit struct {
	InitiativeRef string     `json:"ref" description:"Stable reference, which never changes, such as QSCG-CYBER-CHALLENGE."`
	Title         Text       `json:"title"`
	Topic         string     `json:"topic" description:"Slug of the topic."`
	Kind          string     `json:"kind"`
	Summary       Text       `json:"summary"`
	DescribedOn   Date       `json:"described_on" description:"The day from which the summary is true."`
	Note          Text       `json:"note"`
	LeadCountry   string     `json:"lead_country" description:"ISO 3166 alpha-2 code; empty when none is named."`
	FirstMeeting  string     `json:"first_meeting" description:"Ref of the meeting where it was first promised."`
	BeginsOn      Date       `json:"begins_on" description:"The day of the first promise; no judgement is earlier."`
	DueOn         Date       `json:"due_on" description:"A day, month, quarter or year; empty without a due date."`
	DueByMeeting  bool       `json:"due_by_meeting" description:"True when what was promised is due before the next meeting, for which due_on stands."`
	Trackable     bool       `json:"trackable" description:"False for positions and assessments, which promise no action."`
	Standing      bool       `json:"standing" description:"True when it has no end date by nature."`
	Parent        string     `json:"parent" description:"Ref of the initiative that it belongs to; empty when none."`
	SupersededBy  string     `json:"superseded_by" description:"Ref of the initiative that took its place; empty when none did."`
	Related       []string   `json:"related" description:"Refs of initiatives beside it."`
	Sources       []string   `json:"sources" description:"Refs of the evidence behind the record."`
	Parts         []PartEdit `json:"parts"`
}

// PartEdit is one country's part in an initiative.
type PartEdit struct {
	Country string `json:"country" description:"ISO 3166 alpha-2 code."`
	Role    string `json:"role" enum:"lead,contributor,not_applicable"`
}

// Ref is the slug.
func (e ForumEdit) Ref() string { return e.Slug }

// Ref is the alpha-2 code.
func (e CountryEdit) Ref() string { return e.ISO2 }

// Ref is the slug.
func (e TopicEdit) Ref() string { return e.Slug }

// Ref is the stable reference.
func (e MeetingEdit) Ref() string { return e.MeetingRef }

// Ref is the slug.
func (e DelegateEdit) Ref() string { return e.Slug }

// Ref is the stable reference.
func (e InitiativeEdit) Ref() string { return e.InitiativeRef }

// Choices is what the fields of an edit can name, for its form.
type Choices struct {
	Forums      []Reference
	Countries   []Reference
	Topics      []Reference // each after the one above it, whose depth Depths has
	Depths      []int
	Meetings    []Reference
	Initiatives []Reference
	Offices     []OfficeChoice
}

// OfficeChoice is an office that somebody can attend a meeting with.
type OfficeChoice struct {
	ID       int64
	Delegate Text
	Title    Text
	Country  string
}

// Removed is a record that was removed and can be restored.
type Removed struct {
	Kind      string `json:"kind" enum:"forum,country,topic,delegate,meeting,initiative,statement,commitment"`
	Ref       string `json:"ref"`
	Title     Text   `json:"title"`
	Reason    Text   `json:"reason"`
	RemovedAt string `json:"removed_at" description:"UTC instant."`
}

// Edited is what can be said of a record, for a program that changes it.
type Edited[E any] struct {
	Item    E     `json:"item"`
	Version int64 `json:"version" description:"Grows with every change of the record; the last number of its entity tag."`
}
