package models

import "encoding/json"

// AuditEntry is one line of the append-only account of who changed what.
type AuditEntry struct {
	Seq    int64  `json:"seq"`
	At     string `json:"at" description:"UTC instant."`
	Actor  string `json:"actor"`
	Action string `json:"action"`
	Object string `json:"object" description:"kind:ref of what was changed."`
	Detail string `json:"detail" description:"JSON object with the change."`
	Hash   string `json:"hash" description:"SHA-256 over this entry and the hash before it, in hexadecimal."`
}

// AuditDetail is the detail of an entry that a person left.
type AuditDetail struct {
	Address string `json:"address" description:"Network address of the request."`
	Change  any    `json:"change"`
}

// Split returns where the request of an entry came from, and the change alone. What the program did has no address.
func (e AuditEntry) Split() (address, change string) {
	var d struct {
		Address string          `json:"address"`
		Change  json.RawMessage `json:"change"`
	}
	if err := json.Unmarshal([]byte(e.Detail), &d); err != nil || d.Address == "" {
		return "", e.Detail
	}
	return d.Address, string(d.Change)
}

// AuditActions lists the actions of the audit, by what they change.
var AuditActions = []string{
	"import", "assess", "undo", "evidence.retract",
	"round.start", "round.item", "round.submit", "round.return", "round.publish", "round.correct", "round.discard",
	"import.start", "import.describe", "import.step", "import.undo", "import.discard", "import.publish",
	"forum.create", "forum.edit", "forum.remove", "forum.restore",
	"country.create", "country.edit", "country.remove", "country.restore",
	"topic.create", "topic.edit", "topic.remove", "topic.restore",
	"delegate.create", "delegate.edit", "delegate.remove", "delegate.restore",
	"meeting.create", "meeting.edit", "meeting.remove", "meeting.restore",
	"initiative.create", "initiative.edit", "initiative.remove", "initiative.restore",
	"statement.edit", "statement.correct", "statement.remove", "statement.restore",
	"briefing.freeze",
	"commitment.create", "commitment.edit", "commitment.remove", "commitment.restore",
	"user.set_up", "user.add", "user.invite", "user.withdraw", "user.accept", "user.change", "user.renew", "user.passphrase", "user.second_factor", "user.keys",
	"token.add", "token.revoke", "session.begin", "session.end", "session.end_all", "setting.change",
}

// AuditSubject is what the object of an entry stands for, where the object names a number alone.
type AuditSubject struct {
	Object     string
	UserID     int64 // of the account that it is or belongs to; 0 without one
	Name       string
	Email      string
	Initiative string // ref of that which an update judges
}

// AuditFilter narrows the audit; an empty field takes everything.
type AuditFilter struct {
	Actor  string // part of the name
	Action string
	Object string // part of kind:ref
	From   Date
	Until  Date
}

// Receipt makes sending a change twice harmless: the second time, what the first made is given back.
type Receipt struct {
	Key         string // chosen by the sender, and its own
	Fingerprint string // of the whole change: the same key with another change is refused

	Result   string // ref of what was made
	Replayed bool   // true when it had been made before
}

// Verification is what a check of the whole record found.
type Verification struct {
	Entries   int64     `json:"entries" description:"Entries of the audit; they are numbered from 1 without a gap."`
	Head      string    `json:"head" description:"Hash of the last entry."`
	Anchors   int       `json:"anchors" description:"Heads kept outside the database that were compared."`
	Statuses  int       `json:"statuses" description:"Current statuses compared with the updates."`
	Texts     int       `json:"texts" description:"Paragraphs of statements compared with their hashes."`
	Updates   int       `json:"updates" description:"Updates by people compared with the hashes in the audit."`
	Briefings int       `json:"briefings" description:"Frozen briefings compared with their hashes and those in the audit."`
	Findings  []Finding `json:"findings" description:"What is wrong, the first first; empty when nothing is."`
}

// Finding is a record that is not as it was written.
type Finding struct {
	Record string `json:"record" description:"kind:ref."`
	What   string `json:"what" enum:"hash,missing,anchor,reference,status,text,content" description:"What is wrong with it."`
}
