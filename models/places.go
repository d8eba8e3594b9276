package models

// Confidence says how well a fact is supported, in the words of the data set it came from.
type Confidence string

// The confidences. What is only recalled is not shown as fact.
const (
	FromStatement Confidence = "statement" // stands in the statement itself
	Verified      Confidence = "verified"  // seen in a source that is named
	Recalled      Confidence = "recalled"  // known to the editor, seen in no source
	Unsourced     Confidence = "unsourced" // added by a person who named no source
)

// Forum is a standing group that meets.
type Forum struct {
	Slug     string   `json:"slug"`
	Name     Text     `json:"name"`
	Position int      `json:"position" description:"Order of the forums; the first one gives the record its name."`
	Members  []string `json:"members" description:"ISO 3166 alpha-2 codes of the member countries."`
}

// Country is a country by its ISO 3166 codes.
type Country struct {
	ISO2       string     `json:"iso2" description:"ISO 3166-1 alpha-2 code, such as JP."`
	ISO3       string     `json:"iso3" description:"ISO 3166-1 alpha-3 code, such as JPN."`
	Name       Text       `json:"name"`
	Confidence Confidence `json:"confidence"`
	Sources    []string   `json:"sources" description:"Refs of the evidence behind the record."`
	// Applicable counts the initiatives in which the country has a part; Action those where its part is announced or better.
	Applicable int `json:"applicable" description:"Initiatives in which the country has a part."`
	Action     int `json:"action" description:"Of these, the ones where its part is announced or better."`
}

// Topic is a subject in the tree of subjects.
type Topic struct {
	Slug       string     `json:"slug"`
	Parent     string     `json:"parent" description:"Slug of the topic above, empty at the top."`
	Name       Text       `json:"name"`
	Term       Text       `json:"term" description:"The subject in the words of the statement, or in ours where note says so."`
	Note       Text       `json:"note"`
	Position   int        `json:"position"`
	Depth      int        `json:"depth" description:"0 at the top of the tree."`
	Confidence Confidence `json:"confidence"`
	Summary    Tally      `json:"summary" description:"The initiatives of the topic and of the topics below it."`
}

// Tally counts initiatives by status and by what changed since the time compared with.
type Tally struct {
	Total        int            `json:"total"`
	Reviewed     int            `json:"reviewed" description:"Of the total, those a person reviewed at the last meeting; carried forward never counts."`
	NotTrackable int            `json:"not_trackable" description:"Of the total, positions and assessments that promise no action."`
	Statuses     map[Status]int `json:"statuses" description:"Initiatives per status code."`
	Changes      map[Change]int `json:"changes" description:"Initiatives per kind of change; empty without a time compared with."`
	Marks        map[Mark]int   `json:"marks" description:"Initiatives per review mark."`
}

// Add counts n more initiatives of one kind.
func (t *Tally) Add(s Status, m Mark, c Change, trackable bool, n int) {
	if t.Statuses == nil {
		t.Statuses, t.Changes, t.Marks = map[Status]int{}, map[Change]int{}, map[Mark]int{}
	}
	t.Total += n
	t.Statuses[s] += n
	t.Marks[m] += n
	if m.Reviewed() {
		t.Reviewed += n
	}
	if !trackable {
		t.NotTrackable += n
	}
	if c != "" {
		t.Changes[c] += n
	}
}

// Meeting is one event of a forum.
type Meeting struct {
	Ref            string        `json:"ref" description:"Stable reference, such as qscg-2023-12."`
	Forum          string        `json:"forum" description:"Slug of the forum."`
	ForumName      Text          `json:"forum_name"`
	Number         int           `json:"number" description:"Number among all meetings of the forum; 0 when not known."`
	InPersonNumber int           `json:"in_person_number" description:"Number among its meetings in person; 0 when not known."`
	Format         string        `json:"format" enum:"in_person,virtual"`
	City           Text          `json:"city"`
	Country        string        `json:"country" description:"ISO 3166 alpha-2 code of the place; empty for a virtual meeting."`
	StartsOn       Date          `json:"starts_on"`
	EndsOn         Date          `json:"ends_on"`
	Host           string        `json:"host" description:"ISO 3166 alpha-2 code of the host; empty when not known."`
	Note           Text          `json:"note"`
	Confidence     Confidence    `json:"confidence"`
	Sources        []string      `json:"sources"`
	Publications   []Publication `json:"publications"`
	Attendances    []Attendance  `json:"attendances"`
}

// Delegate is a person who represented a country at a meeting. Only facts of the public role are kept.
type Delegate struct {
	Slug        string       `json:"slug"`
	Name        Text         `json:"name"`
	Variants    []string     `json:"variants" description:"Other forms of the name found in the sources."`
	Country     string       `json:"country" description:"ISO 3166 alpha-2 code."`
	Notes       []Text       `json:"notes"`
	Confidence  Confidence   `json:"confidence"`
	Sources     []string     `json:"sources"`
	Offices     []Office     `json:"offices"`
	Attendances []Attendance `json:"attendances"`
}

// Office is a post that a delegate held. An end that no source gives is unknown, not open.
type Office struct {
	Title      Text       `json:"title"`
	Country    string     `json:"country"`
	From       Date       `json:"from"`
	Until      Date       `json:"until"`
	UntilKnown bool       `json:"until_known" description:"False when no source says whether or when the office ended."`
	Confidence Confidence `json:"confidence"`
	Sources    []string   `json:"sources"`
}

// AttendanceRole is what a delegate was at a meeting.
type AttendanceRole string

// The roles at a meeting. A host is also head of the delegation.
const (
	Head   AttendanceRole = "head"
	Host   AttendanceRole = "host"
	Member AttendanceRole = "member"
)

// Attendance is one delegate at one meeting, with the office held then.
type Attendance struct {
	Delegate string         `json:"delegate" description:"Slug of the delegate."`
	Name     Text           `json:"name"`
	Country  string         `json:"country"`
	Meeting  string         `json:"meeting" description:"Ref of the meeting."`
	HeldOn   Date           `json:"held_on" description:"Last day of the meeting."`
	Role     AttendanceRole `json:"role" enum:"head,host,member"`
	Office   Text           `json:"office" description:"Title of the office held then."`
}

// ForumFacts is a forum with its meetings.
type ForumFacts struct {
	Forum
	Meetings []MeetingBrief `json:"meetings" description:"In the order they were held, as far as the view goes."`
}
