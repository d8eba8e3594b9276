package models

// MeetingRecord is a meeting with what it led to.
type MeetingRecord struct {
	Meeting
	Previous       *MeetingBrief   `json:"previous" description:"The meeting of the forum before."`
	Next           *MeetingBrief   `json:"next" description:"The meeting of the forum after, once held."`
	Statements     []Reference     `json:"statements" description:"The statements whose words are in the record, by slug."`
	Commitments    []Commitment    `json:"commitments"`
	Summary        Tally           `json:"summary" description:"All initiatives at the end of its last day; changes are since the previous meeting of the forum."`
	TakenUp        []Initiative    `json:"taken_up" description:"Initiatives judged at the meeting, with the status after it and at the meeting before."`
	Contradictions []Contradiction `json:"contradictions"`
}

// StatementRecord is a statement with what is noted on its words.
type StatementRecord struct {
	Statement
	Place          MeetingBrief    `json:"place" description:"The meeting that issued it."`
	NotMentioned   []Commitment    `json:"not_mentioned" description:"Commitments of earlier statements that were looked for in this one and not found."`
	Initiatives    []Initiative    `json:"initiatives" description:"The initiatives that its commitments are tied to, at the time of the view."`
	Contradictions []Contradiction `json:"contradictions" description:"Each says in on where it stands: the statement, or a paragraph as statement:slug#p4."`
}

// CountryRecord is a country with its parts.
type CountryRecord struct {
	Country
	ActionWas      int             `json:"action_was" description:"The number of action at the time compared with."`
	Initiatives    []Initiative    `json:"initiatives" description:"Those in which it has a part and that match the filter."`
	OnlyLacking    []string        `json:"only_lacking" description:"Refs of initiatives in which every other country with a part has announced something and this one has not."`
	Alone          []string        `json:"alone" description:"Refs of initiatives in which this country alone has announced something."`
	Topics         []Reference     `json:"topics" description:"The topics that the filter takes."`
	Delegates      []Attendance    `json:"delegates" description:"Who represented it, the latest meeting first."`
	Statements     []Reference     `json:"statements" description:"Statements of meetings that its delegates attended."`
	SourceLangs    map[Lang]int    `json:"sources_by_language" description:"Pieces of evidence on its parts per language; one in two languages counts in each."`
	Latest         []Update        `json:"latest" description:"Latest judgements on its parts."`
	Contradictions []Contradiction `json:"contradictions"`
}

// DelegateRecord is a person in a public role with what was promised at the meetings attended.
type DelegateRecord struct {
	Delegate
	Seats          []Seat          `json:"seats"`
	Since          Date            `json:"since" description:"Last day of the last meeting attended; was of the initiatives is the status then."`
	Initiatives    []Initiative    `json:"initiatives" description:"With a commitment in a statement of a meeting that the person attended: no claim that the person is responsible."`
	Contradictions []Contradiction `json:"contradictions"`
}

// Seat is the place of a country at the table of a forum, held by one head of delegation after another.
type Seat struct {
	Forum     string      `json:"forum"`
	ForumName Text        `json:"forum_name"`
	Before    *Attendance `json:"before" description:"The head of delegation before; null when none is in the record."`
	After     *Attendance `json:"after" description:"The head of delegation after; null when none is in the record."`
}

// EvidenceRecord is a piece of evidence with everything it bears on.
type EvidenceRecord struct {
	Evidence
	Bears []Bearing   `json:"bears" description:"Judgements and wider events that cite it, the latest first."`
	Cited []RecordRef `json:"cited" description:"Other records that name it among their sources; left out of a view of the past."`
}

// Bearing is one use of a piece of evidence.
type Bearing struct {
	Initiative string `json:"initiative"`
	Title      Text   `json:"title"`
	Country    string `json:"country" description:"Of the part; empty for the whole initiative."`
	Update     int64  `json:"update" description:"ID of the judgement; 0 for a wider event."`
	Status     Status `json:"status" description:"Empty for a wider event."`
	On         Date   `json:"on"`
	Note       Text   `json:"note"`
	Stance     string `json:"stance" enum:"supports,contradicts,context"`
	Grade      Grade  `json:"grade"`
}
