package models

// Matrix is one page of initiatives over meetings or over countries, by topic.
type Matrix struct {
	List[MatrixRow]
	By      string         `json:"by" enum:"meetings,countries"`
	Columns []MatrixColumn `json:"columns"`
	Earlier int            `json:"earlier_columns" description:"Meetings before the first column that were left out; a view of an earlier day shows them."`
}

// MaxColumns is how many meetings a matrix lays out, the latest.
const MaxColumns = 24

// MatrixColumn is a meeting, the present, the whole or a country, with the tally of its cells.
type MatrixColumn struct {
	Key       string `json:"key" description:"Ref of a meeting, ISO 3166 alpha-2 code of a country, now for the time of the view, all for the initiative as a whole."`
	Label     Text   `json:"label" description:"City of the meeting or name of the country."`
	Forum     Text   `json:"forum" description:"Forum of the meeting."`
	HeldOn    Date   `json:"held_on" description:"Last day of the meeting; null otherwise."`
	Summary   Tally  `json:"summary" description:"The cells of this page that have a status."`
	Evidenced int    `json:"evidenced" description:"Cells with at least one piece of evidence."`
}

// Keys of the columns that are neither a meeting nor a country.
const (
	ColumnNow = "now"
	ColumnAll = "all"
)

// MatrixRow is one initiative with a cell for each column.
type MatrixRow struct {
	Ref       string       `json:"ref"`
	Title     Text         `json:"title"`
	Topic     string       `json:"topic" description:"Slug of the topic; rows stand in the order of the tree."`
	TopicName Text         `json:"topic_name"`
	Trackable bool         `json:"trackable"`
	Cells     []MatrixCell `json:"cells" description:"One for each column, in their order."`
}

// MatrixCell is a status in a matrix.
type MatrixCell struct {
	Column   string `json:"column" description:"Key of the column."`
	Status   Status `json:"status" description:"Empty when there is none: before the first promise, or when the country takes no part."`
	Mark     Mark   `json:"review_mark" description:"How the status got there; empty for a country's part."`
	Was      Status `json:"was" description:"Status at the meeting before; in the last column and of countries, at the time compared with."`
	Change   Change `json:"change"`
	Grade    Grade  `json:"grade"`
	Evidence int    `json:"evidence_count"`
	Update   int64  `json:"update" description:"ID of the judgement that stands; 0 when none does or of a country's part."`
	Role     string `json:"role" description:"Of the country: lead, contributor or not_applicable; empty otherwise."`
}
