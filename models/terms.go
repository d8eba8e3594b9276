package models

// The closed lists of codes that have no type of their own, each in the order it is explained. The schema and the
// enumerations of the JSON form hold the same codes; a test compares them.
var (
	// ReasonKinds says why an update was made.
	ReasonKinds = []string{"event", "evidence", "correction", "method"}
	// PartRoles is what a country is in an initiative.
	PartRoles = []string{"lead", "contributor", "not_applicable"}
	// Stances is how evidence bears on an update.
	Stances = []string{"supports", "contradicts", "context"}
	// EvidenceKinds is what evidence is.
	EvidenceKinds = []string{"official_primary", "official_secondary", "media", "other"}
	// ContradictionKinds is where two readings part.
	ContradictionKinds = []string{"between_sources", "between_languages", "quirk"}
	// Lineages is how a commitment relates to an earlier one.
	Lineages = []string{"new", "reaffirmed", "advanced", "reworded", "merged", "not_mentioned"}
	// EarlierRelations is how a commitment can follow an earlier one.
	EarlierRelations = []string{"reaffirmed", "advanced", "reworded", "merged"}
	// Kinds is what an initiative or a passage of a statement is.
	Kinds = []string{"commitment", "political_commitment", "framework", "workstream", "campaign", "position", "assessment", "initiative"}
	// Strengths is how binding the verb of a commitment reads, strongest first.
	Strengths = []string{"commit", "will", "undertake", "agree", "intend", "reaffirm", "support", "welcome", "recognise", "urge", "discuss", "express_concern"}
	// SuggestionTypes is what a suggested passage promises: an act that can be finished, work without an end by nature,
	// a stance, or a reading of how things stand. Only the first two can be tracked.
	SuggestionTypes = []string{"action", "standing", "position", "assessment"}
	// SourceFormats is how a supplied text is read: what kind of file it is, or how a file of two languages is laid out.
	SourceFormats = []string{"text", "markdown", "html", "docx", "pipes", "table", "alternating"}
	// Flags stand beside a status and are none.
	Flags = []string{"not_trackable", "superseded", "standing"}
)

// Confidences lists the confidences, best first.
var Confidences = []Confidence{FromStatement, Verified, Recalled, Unsourced}

// AttendanceRoles lists what a delegate can be at a meeting.
var AttendanceRoles = []AttendanceRole{Head, Host, Member}

// Precisions lists how exactly a date can be known, from exact to coarse.
var Precisions = []Precision{PrecisionDay, PrecisionMonth, PrecisionQuarter, PrecisionYear, PrecisionMeeting}
