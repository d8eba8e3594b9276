package models

import (
	"slices"
	"strings"
)

// Validate checks what every update must have, whoever makes it. The rules of the status scale that a person's
// update must also meet are NeedsReason and NeedsGrade of its status; an imported update keeps its source's
// judgement and says so.
func (u Update) Validate() error {
	var bad []FieldError
	if !u.Status.Valid() {
		bad = append(bad, Field("status", "error.unknown_value", "value", string(u.Status)))
	}
	if u.EffectiveOn.IsZero() {
		bad = append(bad, Field("effective_on", "error.required"))
	}
	if !u.Mark.Valid() {
		bad = append(bad, Field("review_mark", "error.unknown_value", "value", string(u.Mark)))
	}
	if !slices.Contains(ReasonKinds, u.ReasonKind) {
		bad = append(bad, Field("reason_kind", "error.unknown_value", "value", u.ReasonKind))
	}
	if u.Status.NeedsReason() && u.Note.IsZero() {
		bad = append(bad, Field("note", "error.reason"))
	}
	return Invalid(bad...)
}

// BestGrade returns the grade of the best evidence under the update that does not contradict it and was not retracted.
func (u Update) BestGrade() Grade {
	best := Searched
	for _, c := range u.Evidence {
		if c.Stance != "contradicts" && c.RetractedAt == "" && c.Grade > best {
			best = c.Grade
		}
	}
	return best
}

// ShortOfEvidence reports whether the status asks for a better grade than its evidence has. It can be so for
// imported updates alone.
func (u Update) ShortOfEvidence() bool {
	least, orSearchNote := u.Status.NeedsGrade()
	return least > Searched && u.Grade < least && !orSearchNote
}

// RecordRef names a record of any kind.
type RecordRef struct {
	Kind  string `json:"kind" enum:"initiative,meeting,statement,delegate,country,contradiction"`
	Ref   string `json:"ref"`
	Title Text   `json:"title"`
}

// Concerns splits On into kinds and refs.
func (c Contradiction) Concerns() []RecordRef {
	var all []RecordRef
	for _, on := range c.On {
		kind, ref, _ := strings.Cut(on, ":")
		all = append(all, RecordRef{Kind: kind, Ref: ref})
	}
	return all
}
