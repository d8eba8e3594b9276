package models

import "strings"

// Statement is the text that a meeting issued, in aligned paragraphs.
type Statement struct {
	Slug         string        `json:"slug"`
	Meeting      string        `json:"meeting" description:"Ref of the meeting that issued it."`
	Title        Text          `json:"title"`
	IssuedOn     Date          `json:"issued_on" description:"The day that the text itself gives."`
	Languages    []Lang        `json:"languages"`
	Paragraphs   []Paragraph   `json:"paragraphs"`
	Publications []Publication `json:"publications"`
	Commitments  []Commitment  `json:"commitments"`
	Sources      []string      `json:"sources" description:"Refs of the evidence that the words were taken from; left out of a view of the past."`

	Version  int64              `json:"version" description:"Grows with every change of the record and of its words; the last number of its entity tag."`
	Edition  int                `json:"edition" description:"Number of the wording: 1 as it was brought in, one more with every correction."`
	Editions []StatementEdition `json:"editions" description:"The corrections of the wording, oldest first; empty while it is as it was brought in."`
}

// Wording is the text in one language, with an empty line between paragraphs. Each paragraph is byte for byte as stored.
func (s Statement) Wording(l Lang) string {
	var all []string
	for _, p := range s.Paragraphs {
		if body := p.Texts[l]; body != "" {
			all = append(all, body)
		}
	}
	return strings.Join(all, "\n\n") + "\n"
}

// StatementEdition is a correction of the words of a statement.
type StatementEdition struct {
	Edition    int    `json:"edition" description:"Number of the wording that it made, 2 and up."`
	RecordedAt string `json:"recorded_at" description:"UTC instant."`
	Reason     Text   `json:"reason"`
	Author     string `json:"author"`
}

// Paragraph is one paragraph of a statement in every language it has, stored byte for byte as supplied.
type Paragraph struct {
	Ref    string          `json:"ref" description:"Reference within the statement, such as p4; p0 is the issuer's preface."`
	Texts  map[Lang]string `json:"texts" description:"Wording per language."`
	Hashes map[Lang]string `json:"sha256" description:"SHA-256 of the UTF-8 bytes of each wording, in hexadecimal."`
}

// Publication is one publisher's release of a text of a meeting. Each keeps its own title and date.
type Publication struct {
	Meeting     string     `json:"meeting" description:"Ref of the meeting."`
	Statement   string     `json:"statement" description:"Slug of the statement it releases; empty when the text is not in the record."`
	Publisher   string     `json:"publisher"`
	Lang        Lang       `json:"lang"`
	Title       string     `json:"title"`
	PublishedOn Date       `json:"published_on" description:"The publisher's own date; null when not known."`
	PublishedAt string     `json:"published_at" description:"The publisher's own time stamp with its offset; empty when none is given."`
	URL         string     `json:"url" description:"Address as found; empty when none was found."`
	Standing    string     `json:"standing" description:"What the publisher calls it: statement, readout or text."`
	Note        Text       `json:"note"`
	Confidence  Confidence `json:"confidence"`
	Sources     []string   `json:"sources"`
}

// Commitment is what a marked span of a statement binds its authors to.
type Commitment struct {
	Code               string          `json:"code" description:"Stable code, such as QSCG-2023-12-P04-1."`
	Statement          string          `json:"statement" description:"Slug of the statement."`
	Meeting            string          `json:"meeting" description:"Ref of the meeting."`
	MadeOn             Date            `json:"made_on" description:"Last day of the meeting."`
	Paragraph          string          `json:"paragraph" description:"Reference of the paragraph, such as p4."`
	Kind               string          `json:"kind" description:"Kind of passage: commitment, political commitment, framework, workstream, campaign, position or assessment."`
	Verb               string          `json:"verb" description:"The verb of the English text."`
	Strength           string          `json:"strength" description:"The editor's reading of the verb."`
	Trackable          bool            `json:"trackable"`
	NotTrackableReason Text            `json:"not_trackable_reason"`
	Note               Text            `json:"note"`
	Actor              string          `json:"actor" description:"Who binds themselves, in the words of the text; empty when it does not say."`
	Addressee          string          `json:"addressee" description:"Towards whom, in the words of the text; empty when it does not say."`
	Due                string          `json:"due" description:"By when, in the words of the text; empty when it does not say."`
	Measure            string          `json:"measure" description:"A number or an output to measure by, in the words of the text; empty when there is none."`
	OfficialLine       string          `json:"official_line" description:"Lineage: new, reaffirmed, advanced, reworded, merged or not_mentioned; empty when not compared with an earlier statement."`
	Initiatives        []string        `json:"initiatives" description:"Refs of the initiatives it is tied to."`
	Words              map[Lang]Marked `json:"words" description:"The paragraph in each language with the marked span."`
	Sources            []Publication   `json:"publications"`

	Version int64               `json:"version" description:"Grows with every change of the record; the last number of its entity tag."`
	Earlier []EarlierCommitment `json:"earlier" description:"The commitments of earlier statements that it continues."`
	Later   []LaterCommitment   `json:"later" description:"What became of it in later statements that were compared with it."`
}

// EarlierCommitment is a commitment that another one continues.
type EarlierCommitment struct {
	Code      string `json:"code"`
	Statement string `json:"statement" description:"Slug of its statement."`
	Relation  string `json:"relation" enum:"reaffirmed,advanced,reworded,merged"`
}

// LaterCommitment is what became of a commitment in a later statement.
type LaterCommitment struct {
	Code      string `json:"code" description:"Code of the commitment that continues it; empty when the statement does not mention it."`
	Statement string `json:"statement" description:"Slug of the later statement."`
	Meeting   string `json:"meeting" description:"Ref of its meeting."`
	Strength  string `json:"strength" description:"The editor's reading of the verb of the later commitment; empty when there is none."`
	Relation  string `json:"relation" enum:"reaffirmed,advanced,reworded,merged,not_mentioned"`
}

// Marked is a paragraph cut at its mark: Prefix + Exact + Suffix is the paragraph as stored.
type Marked struct {
	Prefix           string `json:"prefix"`
	Exact            string `json:"exact" description:"The marked words; empty when they are no longer in the paragraph."`
	Suffix           string `json:"suffix"`
	NeedsReanchoring bool   `json:"needs_reanchoring" description:"The text was corrected and the marked words are gone; somebody must mark anew."`
	Sought           string `json:"sought" description:"The words that were marked, when they are gone; empty otherwise."`
}

// Cut cuts a paragraph at a mark. Words that are gone leave it whole and say so.
func (m TextMark) Cut(body string) Marked {
	at, found := m.Anchor(body)
	if !found {
		return Marked{Prefix: body, NeedsReanchoring: true, Sought: m.Exact}
	}
	return Marked{Prefix: body[:at.From], Exact: m.Exact, Suffix: body[at.To:]}
}
