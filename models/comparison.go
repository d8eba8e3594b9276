package models

// Edition names one wording of a statement: the statement, and which of its editions. Number 0 is the latest.
type Edition struct {
	Statement string
	Number    int
}

// How a paragraph of one text stands to the other.
const (
	ParagraphSame    = "same"
	ParagraphChanged = "changed"
	ParagraphMoved   = "moved" // and changed or not
	ParagraphAdded   = "added"
	ParagraphRemoved = "removed"
)

// ParagraphRelations lists how a paragraph of one text can stand to the other.
var ParagraphRelations = []string{ParagraphSame, ParagraphChanged, ParagraphMoved, ParagraphAdded, ParagraphRemoved}

// Comparison is the difference of the words of two statements, or of two editions of one.
type Comparison struct {
	A         ComparedStatement `json:"a"`
	B         ComparedStatement `json:"b"`
	Languages []Lang            `json:"languages" description:"Languages that both have."`
	Rows      []ComparedRow     `json:"rows" description:"In the order of B; what B does not have stands after the paragraph that came before it in A."`
	Summary   ComparisonSummary `json:"summary"`
}

// ComparedStatement is one side of a comparison.
type ComparedStatement struct {
	Slug     string `json:"slug"`
	Edition  int    `json:"edition"`
	Editions int    `json:"editions" description:"How many editions of its words there are."`
	Meeting  string `json:"meeting"`
	Title    Text   `json:"title"`
	EndsOn   Date   `json:"ends_on" description:"Last day of the meeting."`
}

// ComparedRow is a paragraph of A beside the paragraph of B that it became.
type ComparedRow struct {
	A           string               `json:"a" description:"Reference in A, such as p4; empty when B added it."`
	B           string               `json:"b" description:"Reference in B; empty when it was removed."`
	Relation    string               `json:"relation" enum:"same,changed,moved,added,removed"`
	Texts       map[Lang][]DiffPiece `json:"texts" description:"The pieces of the paragraph: what is same or removed makes A, what is same or added makes B."`
	Strengths   []StrengthChange     `json:"strengths"`
	Initiatives []string             `json:"initiatives" description:"Refs of the initiatives that commitments of the paragraph are tied to."`
}

// DiffPiece is a piece of text in a comparison.
type DiffPiece struct {
	Op   string `json:"op" enum:"same,removed,added"`
	Text string `json:"text"`
}

// Operations of a piece of text.
const (
	OpSame    = "same"
	OpRemoved = "removed"
	OpAdded   = "added"
)

// StrengthChange is a verb that became weaker or stronger from one commitment to the one that follows it.
type StrengthChange struct {
	From  string    `json:"from" description:"Code of the earlier commitment."`
	To    string    `json:"to" description:"Code of the later commitment."`
	Was   string    `json:"was" description:"Strength of the earlier verb."`
	Is    string    `json:"is"`
	Verbs [2]string `json:"verbs" description:"The verbs in the words of the texts, earlier first."`
	Turn  string    `json:"turn" enum:"stronger,weaker,other"`
}

// ComparisonSummary counts what a comparison shows.
type ComparisonSummary struct {
	Same    int     `json:"same"`
	Changed int     `json:"changed"`
	Moved   int     `json:"moved"`
	Added   int     `json:"added"`
	Removed int     `json:"removed"`
	Shared  float64 `json:"shared" description:"Share of the words of both texts that stand in both, 0 to 1."`
}
