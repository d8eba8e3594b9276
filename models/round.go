package models

import (
	"fmt"
	"slices"
	"strings"
)

// RoundState is how far a round has come.
type RoundState string

// The states of a round. A published round is locked; it is corrected once an update of it was replaced.
const (
	RoundDraft     RoundState = "draft"
	RoundInReview  RoundState = "in_review"
	RoundPublished RoundState = "published"
	RoundCorrected RoundState = "corrected"
)

// RoundStates lists the states in their order.
var RoundStates = []RoundState{RoundDraft, RoundInReview, RoundPublished, RoundCorrected}

// Public reports whether everybody sees what the round set.
func (s RoundState) Public() bool { return s == RoundPublished || s == RoundCorrected }

// ItemState is what was done with one initiative in a round.
type ItemState string

// The states of an item. A draft is typed and not saved; it counts as not reviewed.
const (
	ItemTodo      ItemState = "todo"
	ItemDraft     ItemState = "draft"
	ItemConfirmed ItemState = "confirmed"
	ItemChanged   ItemState = "changed"
)

// Reviewed reports whether somebody looked and decided.
func (s ItemState) Reviewed() bool { return s == ItemConfirmed || s == ItemChanged }

// Round is the set of updates made for one meeting.
type Round struct {
	Meeting      MeetingBrief `json:"meeting"`
	State        RoundState   `json:"state" enum:"draft,in_review,published,corrected"`
	OpenedAt     string       `json:"opened_at" description:"UTC instant."`
	PublishedAt  string       `json:"published_at" description:"UTC instant; empty until it is published."`
	SecondPerson bool         `json:"second_person" description:"True when the forum wants somebody else to publish than who handed it in."`
	SubmittedBy  string       `json:"submitted_by" description:"Who handed it in; empty until then."`
	PublishedBy  string       `json:"published_by"`
	Version      int64        `json:"version" description:"Grows with every item that is saved; publishing can name it."`
	Reviewed     int          `json:"reviewed"`
	Total        int          `json:"total"`
	Items        []RoundItem  `json:"items" description:"Every initiative that existed at the end of the meeting, by topic."`
}

// Item returns the item of an initiative.
func (r Round) Item(ref string) (RoundItem, bool) {
	i := slices.IndexFunc(r.Items, func(i RoundItem) bool { return i.Initiative == ref })
	if i < 0 {
		return RoundItem{}, false
	}
	return r.Items[i], true
}

// Next returns the first item after ref, and then from the beginning, that nobody has reviewed; empty when all are.
func (r Round) Next(ref string) string {
	at := slices.IndexFunc(r.Items, func(i RoundItem) bool { return i.Initiative == ref })
	for n := range r.Items {
		if i := r.Items[(at+1+n)%len(r.Items)]; !i.State.Reviewed() && i.Initiative != ref {
			return i.Initiative
		}
	}
	return ""
}

// Drafts lists the items that are typed and not saved.
func (r Round) Drafts() []RoundItem {
	return slices.DeleteFunc(slices.Clone(r.Items), func(i RoundItem) bool { return i.State != ItemDraft })
}

// Unreviewed lists the items that nobody has reviewed.
func (r Round) Unreviewed() []RoundItem {
	return slices.DeleteFunc(slices.Clone(r.Items), func(i RoundItem) bool { return i.State.Reviewed() })
}

// RoundItem is one initiative in a round.
type RoundItem struct {
	Initiative string    `json:"initiative" description:"Ref of the initiative."`
	Title      Text      `json:"title"`
	Topic      string    `json:"topic"`
	TopicName  Text      `json:"topic_name"`
	Status     Status    `json:"status" description:"At the end of the meeting, before the round."`
	State      ItemState `json:"state" enum:"todo,draft,confirmed,changed"`
	Becomes    Status    `json:"becomes" description:"Status that the round sets; empty when nobody has reviewed it."`
	Parts      []string  `json:"parts" description:"Countries whose parts the round judges."`
	SameStatus bool      `json:"same_status" description:"True when every judgement of the round has the status that stood before it: only notes and evidence are new."`
	Later      []string  `json:"later" description:"Evidence of the judgement that was published later than the meeting, by ref or address."`
	Author     string    `json:"author"`
	SavedAt    string    `json:"saved_at"`
	Version    int64     `json:"version"`

	BasedOn  int64     `json:"-"` // the update that stood when it was confirmed
	AuthorID int64     `json:"-"`
	Form     string    `json:"-"` // as it was typed; read for one item alone
	Before   string    `json:"-"` // as it was typed before that
	Work     RoundWork `json:"work" description:"What is decided; empty until it is saved."`
}

// The decisions on an item.
const (
	DecideSave    = "save"
	DecideConfirm = "confirm"
	DecideDraft   = "draft"
)

// RoundWork is what is decided on one initiative in a round: a judgement on the whole, on parts, or that nothing
// changed. The judgements are true from the last day of the meeting.
type RoundWork struct {
	Decision   string          `json:"decision" enum:"save,confirm,draft" description:"save takes the judgements, confirm says that somebody looked and nothing changed, draft keeps what is typed."`
	Status     Status          `json:"status,omitempty" scale:"status" description:"Left out when the whole initiative stands as before."`
	Reason     string          `json:"reason,omitempty" enum:"event,evidence,correction,method" description:"event when left out."`
	Note       Text            `json:"note,omitempty"`
	Evidence   []CitedEvidence `json:"evidence,omitempty" description:"What all judgements of the item rest on."`
	SearchNote *NewSearchNote  `json:"search_note,omitempty"`
	Parts      []PartWork      `json:"parts,omitempty"`
	Correction Text            `json:"correction,omitempty" description:"Why a published round is corrected."`
}

// PartWork is the judgement on one country's part in a round.
type PartWork struct {
	Country string `json:"country"`
	Status  Status `json:"status,omitempty" scale:"status" description:"Left out when the part stands as before."`
	Note    Text   `json:"note,omitempty"`
}

// Assessments returns the judgements of the item, each with the prefix that its fields have in the work.
func (w RoundWork) Assessments(m MeetingBrief) map[string]Assessment {
	reason := w.Reason
	if reason == "" {
		reason = "event"
	}
	base := Assessment{EffectiveOn: m.EndsOn, Reason: reason, Meeting: m.Ref, Evidence: w.Evidence, SearchNote: w.SearchNote}
	all := map[string]Assessment{}
	if w.Status != "" {
		whole := base
		whole.Status, whole.Note = w.Status, w.Note
		all[""] = whole
	}
	for i, p := range w.Parts {
		if p.Status != "" {
			part := base
			part.Country, part.Status, part.Note = p.Country, p.Status, p.Note
			all[fmt.Sprintf("parts.%d.", i)] = part
		}
	}
	return all
}

// Check checks the judgements of a saved item; today is the last day a source can be dated.
func (w RoundWork) Check(m MeetingBrief, today Date) error {
	if w.Decision == DecideConfirm {
		return nil
	}
	for i, p := range w.Parts {
		field := fmt.Sprintf("parts.%d.country", i)
		if p.Country == "" {
			return Invalid(Field(field, "error.required"))
		}
		if slices.ContainsFunc(w.Parts[:i], func(o PartWork) bool { return o.Country == p.Country }) {
			return Invalid(Field(field, "error.given_twice"))
		}
	}
	all := w.Assessments(m)
	if len(all) == 0 {
		return Invalid(Field("status", "error.nothing_judged"))
	}
	var bad []FieldError
	for prefix, a := range all {
		err, _ := a.Validate(today).(*Error)
		if err == nil {
			continue
		}
		for _, f := range err.Fields {
			if prefix != "" && (f.Field == "status" || f.Field == "note.en" || f.Field == "note.ja") {
				f.Field = prefix + f.Field
			}
			if !slices.ContainsFunc(bad, func(b FieldError) bool { return b.Field == f.Field }) {
				bad = append(bad, f)
			}
		}
	}
	slices.SortFunc(bad, func(a, b FieldError) int { return strings.Compare(a.Field, b.Field) })
	return Invalid(bad...)
}
