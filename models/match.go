package models

// Proposal is what an accepted mark of a draft resembles. A person chooses.
type Proposal struct {
	Initiatives []Candidate `json:"initiatives" description:"The likeliest first."`
	Earlier     []Candidate `json:"earlier" description:"Commitments of the previous statement, the likeliest first."`
}

// Candidate is an initiative or an earlier commitment that a mark resembles.
type Candidate struct {
	Ref      string      `json:"ref" description:"Ref of the initiative, or code of the commitment."`
	Title    Text        `json:"title"`
	Lang     Lang        `json:"lang" description:"Language in which the two were compared."`
	Words    string      `json:"words" description:"Its words that are most alike."`
	Score    float64     `json:"score" description:"How much of the words is the same, 0 to 1."`
	Shared   []string    `json:"shared" description:"The words that both have."`
	Relation string      `json:"relation" description:"For an earlier commitment, the relation that its words and verb suggest: reaffirmed, advanced or reworded."`
	Pieces   []DiffPiece `json:"pieces" description:"What turns its words into those of the mark."`
}
