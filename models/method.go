package models

// Method is how the record is kept: every code with its definition, the rules, and how other published scales read
// beside ours. Its words stand in the locales.
type Method struct {
	Chapters  []Chapter        `json:"chapters"`
	Crosswalk []PublishedScale `json:"crosswalk" description:"Scales that others publish, each step beside the statuses of ours that come closest. A reading aid, not a conversion."`
	// Suggestions are not part of the outline: whoever knows the rules fills them in.
	Suggestions []SuggestionRules `json:"suggestions" description:"The rules that suggest commitments in a statement, per language."`
}

// Chapter is one subject of the method.
type Chapter struct {
	Code   string  `json:"code"`
	Title  Text    `json:"title"`
	Scales []Scale `json:"scales"`
	Rules  []Rule  `json:"rules"`
}

// Rule is one rule in words.
type Rule struct {
	Code       string `json:"code"`
	Anchor     string `json:"anchor" description:"Fragment of the rule on the page /method."`
	Title      Text   `json:"title"`
	Paragraphs []Text `json:"paragraphs"`
}

// Scale is one closed list of codes.
type Scale struct {
	Code  string `json:"code" description:"Name of the list; the anchors of its terms begin with it."`
	Title Text   `json:"title"`
	Terms []Term `json:"terms"`
}

// Term is one code with its definition.
type Term struct {
	Code       string      `json:"code"`
	Anchor     string      `json:"anchor" description:"Fragment of the term on the page /method."`
	Label      Text        `json:"label"`
	Definition Text        `json:"definition"`
	Status     *StatusRule `json:"status,omitempty" description:"What goes with a status; left out for other codes."`
	Reviewed   *bool       `json:"reviewed,omitempty" description:"Whether a review mark counts as reviewed; left out for other codes."`
}

// StatusRule is what the program knows of a status.
type StatusRule struct {
	NeedsGrade   Grade `json:"needs_grade" description:"Least grade of evidence that the status asks for."`
	OrSearchNote bool  `json:"or_search_note" description:"A search note will do instead."`
	NeedsReason  bool  `json:"needs_reason" description:"An update without a written reason is refused."`
	Rank         *int  `json:"rank" description:"Place among better and worse; null for none, so that it changes sideways only."`
	Action       bool  `json:"shows_action" description:"Counts as a step of its own in a country's part."`
}

// RuleOf returns what the program knows of a status.
func RuleOf(s Status) *StatusRule {
	r := &StatusRule{NeedsReason: s.NeedsReason(), Action: s.ShowsAction()}
	r.NeedsGrade, r.OrSearchNote = s.NeedsGrade()
	if rank, ok := s.Rank(); ok {
		r.Rank = &rank
	}
	return r
}

// Scale returns the closed list of that name.
func (m Method) Scale(code string) Scale {
	for _, c := range m.Chapters {
		for _, s := range c.Scales {
			if s.Code == code {
				return s
			}
		}
	}
	return Scale{Code: code, Terms: []Term{}}
}

// Outline is the order of the method, in codes. Handlers give it its words.
type Outline struct {
	Chapter string
	Scales  []Codes
	Rules   []string
}

// Codes is one closed list: its name, the family of messages that label its codes, and the codes.
type Codes struct {
	Scale, Labels string
	Codes         []string
}

// Numbers lists the numbers that pages print and the method explains.
var Numbers = []string{"total", "not_trackable", "reviewed", "changes", "attention", "action", "evidence", "facet"}

// ScopeFilters lists the filters whose meaning is not plain.
var ScopeFilters = []string{"topic", "country", "delegate", "forum", "meeting"}

// MethodOutline returns the chapters of the method in their order.
func MethodOutline() []Outline {
	return []Outline{
		{"status", []Codes{
			{"status", "status", plain(Statuses)}, {"flag", "flag", Flags}, {"role", "role", PartRoles}, {"reason", "reason", ReasonKinds},
		}, []string{"judged", "needs", "imported", "parts", "reasons"}},
		{"evidence", []Codes{
			{"grade", "grade", plain(Grades)}, {"stance", "stance", Stances}, {"evidence", "evidence", EvidenceKinds},
			{"contradiction", "contradiction", ContradictionKinds}, {"confidence", "confidence", plain(Confidences)},
		}, []string{"grading", "short", "absence", "contradiction"}},
		{"review", []Codes{{"mark", "mark", plain(Marks)}}, []string{"reviewed"}},
		{"change", []Codes{{"change", "change", plain(Changes)}}, []string{"ranks"}},
		{"schedule", []Codes{{"schedule", "schedule", plain(Schedules)}}, []string{"due"}},
		{"number", []Codes{{"number", "number", Numbers}}, []string{"counting"}},
		{"time", nil, []string{"as_of", "vs", "effective", "hidden"}},
		{"dates", []Codes{{"precision", "precision", plain(Precisions)}}, nil},
		{"filter", []Codes{{"filter", "facet", ScopeFilters}}, []string{"filtering"}},
		{"words", []Codes{
			{"kind", "kind", Kinds}, {"strength", "strength", Strengths}, {"lineage", "lineage", Lineages}, {"attendance", "role", plain(AttendanceRoles)},
		}, []string{"verbatim", "official_line", "comparing"}},
		{"suggestions", []Codes{{"type", "type", SuggestionTypes}}, []string{"suggesting", "suggested_verbs", "suggested_others", "suggested_right"}},
		{"identity", nil, []string{"references", "corrections"}},
		{"limits", nil, []string{"not_built", "not_promised"}},
	}
}

// CodesOf returns the codes of the closed list of that name, and whether there is one.
func CodesOf(scale string) ([]string, bool) {
	for _, c := range MethodOutline() {
		for _, s := range c.Scales {
			if s.Scale == scale {
				return s.Codes, true
			}
		}
	}
	return nil, false
}

func plain[T ~string](codes []T) []string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = string(c)
	}
	return all
}
