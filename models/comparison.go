package models

import (
	"slices"
	"strconv"
	"strings"
)

// Edition names one wording of a statement: the statement, and which of its editions. Number 0 is the latest.
type Edition struct {
	Statement string
	Number    int
}

// ParseEdition reads a statement's slug, alone or with the number of an edition: qscg-2023-12@2.
func ParseEdition(value string) (Edition, bool) {
	slug, number, given := strings.Cut(value, "@")
	if !given {
		return Edition{Statement: slug}, true
	}
	n, err := strconv.Atoi(number)
	return Edition{slug, n}, err == nil && n > 0 && strconv.Itoa(n) == number
}

// String writes the edition as it is asked for.
func (e Edition) String() string {
	if e.Number == 0 {
		return e.Statement
	}
	return e.Statement + "@" + strconv.Itoa(e.Number)
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

// Compared is what a comparison is made of: two statements, each at an edition, and what ties their commitments.
type Compared struct {
	A, B        ComparedText
	Lineage     map[string][]LineageLink // by the code of the commitment that follows
	Initiatives map[string]Text          // titles by ref, of those that the commitments are tied to
	Choices     []ComparedStatement      // every statement in view, the latest last
}

// ComparedText is a statement at an edition.
type ComparedText struct {
	ComparedStatement
	Languages   []Lang
	Paragraphs  []Paragraph
	Commitments []Commitment
}

// Comparison is the difference of the words of two statements, or of two editions of one.
type Comparison struct {
	A         ComparedStatement   `json:"a" description:"Without a slug when there are not two wordings to compare."`
	B         ComparedStatement   `json:"b"`
	Languages []Lang              `json:"languages" description:"Languages that both have."`
	Rows      []ComparedRow       `json:"rows" description:"In the order of B; what B does not have stands after the paragraph that came before it in A."`
	Summary   ComparisonSummary   `json:"summary"`
	Choices   []ComparedStatement `json:"-"` // every statement in view, the latest last
}

// ComparedStatement is one side of a comparison.
type ComparedStatement struct {
	Slug     string `json:"slug"`
	Edition  int    `json:"edition"`
	Editions int    `json:"editions" description:"How many editions of its words there are."`
	Meeting  string `json:"meeting" description:"Ref of the meeting that issued it."`
	Title    Text   `json:"title"`
	EndsOn   Date   `json:"ends_on" description:"Last day of the meeting."`
}

// ComparedRow is a paragraph of A beside the paragraph of B that it became.
type ComparedRow struct {
	A           string               `json:"a" description:"Reference in A, such as p4; empty when B added it."`
	B           string               `json:"b" description:"Reference in B; empty when it was removed."`
	Relation    string               `json:"relation" enum:"same,changed,moved,added,removed" description:"A paragraph that moved may be changed as well."`
	Texts       map[Lang][]DiffPiece `json:"texts" description:"The pieces of the paragraph: what is same or removed makes A, what is same or added makes B."`
	Strengths   []StrengthChange     `json:"strengths"`
	Initiatives []Reference          `json:"initiatives" description:"Initiatives that commitments of the paragraph are tied to."`
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

// StrengthChange is a verb that is weaker or stronger in the commitment of B than in that of A which it is tied to.
type StrengthChange struct {
	From  string    `json:"from" description:"Code of the commitment of A."`
	To    string    `json:"to" description:"Code of the commitment of B."`
	Was   string    `json:"was" description:"Strength of the verb in A."`
	Is    string    `json:"is" description:"Strength of the verb in B."`
	Verbs [2]string `json:"verbs" description:"The verbs in the words of the texts, that of A first."`
	Turn  string    `json:"turn" enum:"stronger,weaker,other" description:"other when one of the two is not in the list of strengths."`
}

// Turns of a strength.
const (
	TurnStronger = "stronger"
	TurnWeaker   = "weaker"
	TurnOther    = "other"
)

// Turns lists what can become of a strength.
var Turns = []string{TurnStronger, TurnWeaker, TurnOther}

// ComparisonSummary counts what a comparison shows.
type ComparisonSummary struct {
	Same    int     `json:"same" description:"Paragraphs with the same words at the same place."`
	Changed int     `json:"changed"`
	Moved   int     `json:"moved"`
	Added   int     `json:"added"`
	Removed int     `json:"removed"`
	Shared  float64 `json:"shared" description:"Share of the words of both texts that stand in both, 0 to 1."`
	Kept    int     `json:"kept" description:"Commitments of B that follow one of A, by lineage or else by an initiative of both."`
	Fresh   int     `json:"new" description:"Commitments of B that follow none of A."`
	Left    int     `json:"left" description:"Commitments of A that none of B follows."`
}

// other finds what a wording is compared with when nobody said: the nearest statement on one side of it in time, else
// its own first or latest edition, else the nearest on the other side. earlier says which side comes first.
func other(choices []ComparedStatement, than Edition, earlier bool) (Edition, bool) {
	at := slices.IndexFunc(choices, func(c ComparedStatement) bool { return c.Slug == than.Statement })
	if at < 0 {
		return Edition{}, false
	}
	before, after := at-1, at+1
	if !earlier {
		before, after = after, before
	}
	in := func(i int) bool { return i >= 0 && i < len(choices) }
	number := than.Number
	if number == 0 {
		number = choices[at].Editions
	}
	switch {
	case in(before):
		return Edition{Statement: choices[before].Slug}, true
	case earlier && number > 1:
		return Edition{than.Statement, number - 1}, true
	case !earlier && number < choices[at].Editions:
		return Edition{Statement: than.Statement}, true
	case in(after):
		return Edition{Statement: choices[after].Slug}, true
	}
	return Edition{}, false
}

// Sides completes what is to be compared from all statements in view, the latest last: without B the latest, without
// A what comes before B. It reports whether there are two wordings.
func Sides(choices []ComparedStatement, a, b Edition) (Edition, Edition, bool) {
	found := len(choices) > 0
	switch {
	case !found:
	case a.Statement == "" && b.Statement == "":
		b = Edition{Statement: choices[len(choices)-1].Slug}
		a, found = other(choices, b, true)
	case a.Statement == "":
		a, found = other(choices, b, true)
	case b.Statement == "":
		b, found = other(choices, a, false)
	}
	return a, b, found
}
