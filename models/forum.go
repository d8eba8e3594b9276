package models

// ForumRecord is everything of the record that belongs to one forum, and what that refers to: every reference between
// its lists finds its row in them.
type ForumRecord struct {
	Forum       Forum
	Forums      []Forum      // this one and those of other meetings that are referred to
	Countries   []Country    // members and all that are referred to
	Topics      []Topic      // of the initiatives, and those above
	Meetings    []Meeting    // of the forum with all that hangs on them, others without
	Statements  []Statement  // of meetings of the forum
	Commitments []Commitment // in these statements
	Delegates   []Delegate   // who attended meetings of the forum
	Initiatives []Initiative // taken up at meetings of the forum, tied to these commitments, or successors of these
	Updates     []Update
	SearchNotes []SearchNote
	Evidence    []Evidence // tied to these initiatives
}
