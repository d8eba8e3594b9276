package models

// SearchFilter narrows a search: every word is found in the texts of one record.
type SearchFilter struct {
	Words string   // taken literally
	Kinds []string // of SearchKinds; all when empty
	Lang  Lang     // texts in one language alone; both when empty
}

// SearchKinds lists what a search finds, in the order of its results.
var SearchKinds = []string{"initiative", "commitment", "statement", "meeting", "delegate", "evidence"}

// Hit is one record that a search found; of a statement, one paragraph.
type Hit struct {
	Kind     string    `json:"kind" enum:"initiative,commitment,statement,meeting,delegate,evidence"`
	Ref      string    `json:"ref" description:"Reference of the record; a paragraph is written qscg-2023-12#p4."`
	Path     string    `json:"path" description:"Language-neutral address of the record."`
	Title    Text      `json:"title"`
	On       Date      `json:"on" description:"The day from which the record is true; null when not known."`
	Status   Status    `json:"status" description:"Of an initiative, at the time of the view; empty otherwise."`
	Snippets []Snippet `json:"snippets" description:"Where the words stand, at most three."`
}

// Snippet is a part of a text in its original form, cut at the words found.
type Snippet struct {
	Part   string  `json:"part" description:"What the text is, such as title, summary or paragraph."`
	Anchor string  `json:"anchor" description:"Fragment of the address where the text stands; empty for the whole."`
	Lang   Lang    `json:"lang" description:"Language of the text; empty when it has none of its own, such as a name."`
	Pieces []Piece `json:"pieces" description:"Joined, they are the text between its two ends."`
	Before bool    `json:"before" description:"More of the text stands before."`
	After  bool    `json:"after" description:"More of the text stands after."`
}

// Piece is a run of a snippet.
type Piece struct {
	Text  string `json:"text"`
	Found bool   `json:"found"`
}
