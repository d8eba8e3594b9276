package models

// Initiative is a line of work followed across meetings, as one row of a list.
type Initiative struct {
	Ref           string     `json:"ref" description:"Stable reference, such as QSCG-CYBER-CHALLENGE."`
	Title         Text       `json:"title"`
	Kind          string     `json:"kind"`
	Topic         string     `json:"topic" description:"Slug of the topic."`
	TopicName     Text       `json:"topic_name"`
	Status        Status     `json:"status"`
	Since         Date       `json:"since" description:"Civil date from which the status is true."`
	Mark          Mark       `json:"review_mark" description:"How the status got there at the last meeting."`
	Grade         Grade      `json:"grade" description:"Grade of the best evidence under the status."`
	EvidenceCount int        `json:"evidence_count" description:"Pieces of evidence tied to the initiative and its parts."`
	Was           Status     `json:"was" description:"Status at the time compared with; empty when new or not compared."`
	Change        Change     `json:"change" description:"new, forward, back, other or none; empty when not compared."`
	FirstMeeting  string     `json:"first_meeting" description:"Ref of the meeting where it was first promised."`
	BeginsOn      Date       `json:"begins_on"`
	LeadCountry   string     `json:"lead_country" description:"ISO 3166 alpha-2 code; empty when none is named."`
	Trackable     bool       `json:"trackable" description:"False for positions and assessments, which promise no action."`
	Standing      bool       `json:"standing" description:"True when it has no end date by nature."`
	SupersededBy  string     `json:"superseded_by" description:"Ref of the initiative that took its place; empty when none did."`
	DueOn         Date       `json:"due_on"`
	Schedule      Schedule   `json:"schedule" description:"Computed from due_on, never stored."`
	Confidence    Confidence `json:"confidence"`
	Provenance    string     `json:"provenance" description:"imported when the status was proposed by a data set and reviewed by nobody, reviewed when a person judged; empty when nobody did either."`
	Parts         []Part     `json:"parts"`
}

// Part is one country's part in one initiative, judged on the same scale.
type Part struct {
	Initiative    string `json:"initiative" description:"Ref of the initiative."`
	Country       string `json:"country" description:"ISO 3166 alpha-2 code."`
	CountryName   Text   `json:"country_name"`
	Role          string `json:"role" enum:"lead,contributor,not_applicable"`
	Status        Status `json:"status"`
	Since         Date   `json:"since"`
	Grade         Grade  `json:"grade"`
	Was           Status `json:"was"`
	Change        Change `json:"change"`
	Superseded    bool   `json:"superseded" description:"True when an update says that the country's own step was superseded."`
	Note          Text   `json:"note" description:"Note of the update that set the status."`
	EvidenceCount int    `json:"evidence_count"`
}

// Applicable reports whether the country takes part at all.
func (p Part) Applicable() bool { return p.Role != "not_applicable" }

// Update is one append-only judgement on an initiative or on one country's part.
type Update struct {
	ID          int64      `json:"id"`
	Initiative  string     `json:"initiative" description:"Ref of the initiative."`
	Country     string     `json:"country" description:"ISO 3166 alpha-2 code of the part; empty for the whole initiative."`
	Status      Status     `json:"status"`
	Superseded  bool       `json:"superseded"`
	EffectiveOn Date       `json:"effective_on" description:"Civil date from which the judgement is true."`
	Meeting     string     `json:"meeting" description:"Ref of the meeting; empty when it belongs to none."`
	Occasion    Text       `json:"occasion" description:"What it was reported at when not at a meeting."`
	Mark        Mark       `json:"review_mark"`
	ReasonKind  string     `json:"reason_kind" enum:"event,evidence,correction,method"`
	Note        Text       `json:"note"`
	Rationale   Text       `json:"rationale" description:"Why the status was proposed, where it was said."`
	Remark      Text       `json:"remark" description:"An editor's caution about the facts."`
	Scope       Text       `json:"scope" description:"Who acted, in the words of the data set."`
	Grade       Grade      `json:"grade" description:"Of the best evidence; empty for not_assessed without any."`
	Confidence  Confidence `json:"confidence"`
	Provenance  string     `json:"provenance" description:"Where the judgement comes from."`
	SourceRef   string     `json:"source_ref" description:"Reference in the data set it was imported from."`
	RecordedAt  string     `json:"recorded_at,omitempty" description:"UTC instant of recording; left out of a view of the past."`
	Author      string     `json:"author" description:"Who recorded it."`
	InRound     bool       `json:"-"` // made by a round, which alone corrects it
	Replaces    int64      `json:"replaces" description:"ID of the update it corrects; 0 when none."`
	Evidence    []Citation `json:"evidence"`
	SearchNote  string     `json:"search_note" description:"Ref of the search note that it rests on; empty when it rests on none."`
	Searched    SearchNote `json:"-"` // what that note says
}

// Citation ties a piece of evidence to an update or to a context entry.
type Citation struct {
	Evidence
	Stance string `json:"stance" enum:"supports,contradicts,context"`
	Grade  Grade  `json:"grade"`
}

// Context is a wider event that bears on an initiative without giving it a status.
type Context struct {
	Initiative string     `json:"initiative"`
	OccurredOn Date       `json:"occurred_on"`
	Occasion   Text       `json:"occasion"`
	Note       Text       `json:"note"`
	Rationale  Text       `json:"rationale"`
	Remark     Text       `json:"remark"`
	Scope      Text       `json:"scope"`
	Confidence Confidence `json:"confidence"`
	SourceRef  string     `json:"source_ref"`
	Evidence   []Citation `json:"evidence"`
}

// Cell is the status of one initiative at one meeting.
type Cell struct {
	Meeting   string `json:"meeting" description:"Ref of the meeting; empty for a last cell that was set after the meetings."`
	Forum     string `json:"forum"`
	ForumName Text   `json:"forum_name"`
	City      Text   `json:"city"`
	HeldOn    Date   `json:"held_on"`
	Status    Status `json:"status" description:"Empty before the first promise: it did not exist yet."`
	Mark      Mark   `json:"review_mark"`
	Was       Status `json:"was"`
	Change    Change `json:"change"`
	Grade     Grade  `json:"grade"`
	Evidence  int    `json:"evidence_count"`
	Update    int64  `json:"update" description:"ID of the judgement that stands; 0 when none does."`
}

// InitiativeRecord is everything on one initiative.
type InitiativeRecord struct {
	Initiative
	Summary        Text            `json:"summary" description:"Empty in a view of a day before described_on."`
	DescribedOn    Date            `json:"described_on" description:"The day from which the summary is true."`
	Note           Text            `json:"note" description:"An editor's note; left out of a view of the past."`
	Sources        []string        `json:"sources"`
	Version        int64           `json:"version" description:"Grows with every change of the record; the last number of its entity tag."`
	Parent         *Reference      `json:"parent"`
	Children       []Reference     `json:"children"`
	Related        []Reference     `json:"related"`
	Commitments    []Commitment    `json:"commitments"`
	Ribbon         []Cell          `json:"ribbon" description:"Status over the meetings."`
	Updates        []Update        `json:"updates" description:"Newest first, of the initiative and of its parts."`
	Context        []Context       `json:"context"`
	SearchNotes    []SearchNote    `json:"search_notes"`
	Contradictions []Contradiction `json:"contradictions"`
}

// Before is the status that stood before the one that stands, whoever confirmed that since; empty when it is the first.
func (r InitiativeRecord) Before() Status {
	corrected := map[int64]bool{}
	for _, u := range r.Updates { // a correction is newer than what it corrects, or as old
		corrected[u.Replaces] = true
	}
	for _, u := range r.Updates {
		if u.Country == "" && !corrected[u.ID] && u.Status != r.Status {
			return u.Status
		}
	}
	return ""
}

// Reference names an initiative.
type Reference struct {
	Ref   string `json:"ref"`
	Title Text   `json:"title"`
}
