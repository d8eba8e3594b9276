package frontend

import (
	"net/url"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// RoundPage is the list of a round.
type RoundPage struct {
	Round models.Round
	Form  Form
	Topic string // slug that the list is narrowed to; empty for all
	Todo  bool   // only what nobody has reviewed
}

// atHand are the meetings that have a round, and the latest of each forum; the others are earlier.
func atHand(all []models.Round) (now, earlier []models.Round) {
	seen := map[models.Text]bool{}
	for _, r := range all { // the latest first
		if r.State != "" || !seen[r.Meeting.Forum] {
			now = append(now, r)
		} else {
			earlier = append(earlier, r)
		}
		seen[r.Meeting.Forum] = true
	}
	return now, earlier
}

// did says what became of an item: in an open round what is left to do, in a published one what happened.
func did(f Frame, r models.Round, i models.RoundItem) string {
	if r.State.Public() && !i.State.Reviewed() {
		return f.T("item.carried")
	}
	return f.T("item." + string(i.State))
}

// itemTitles lists items by name.
func itemTitles(f Frame, items []models.RoundItem) string {
	all := make([]string, len(items))
	for n, i := range items {
		all[n] = f.Plain(i.Title)
	}
	return f.List(all)
}

// shown lists the items that the page is narrowed to.
func (p RoundPage) shown() []models.RoundItem {
	return slices.DeleteFunc(slices.Clone(p.Round.Items), func(i models.RoundItem) bool {
		return p.Topic != "" && i.Topic != p.Topic || p.Todo && i.State.Reviewed()
	})
}

// left counts, by topic, what nobody has reviewed yet.
func (p RoundPage) left(f Frame) []LeadPart {
	counts, names, order := map[string]int{}, map[string]string{}, []string{}
	for _, i := range p.Round.Unreviewed() {
		if counts[i.Topic] == 0 {
			order = append(order, i.Topic)
		}
		counts[i.Topic]++
		names[i.Topic] = f.Plain(i.TopicName)
	}
	all := make([]LeadPart, len(order))
	for n, topic := range order {
		all[n] = LeadPart{Text: f.T("round.left", "topic", names[topic], "n", counts[topic]), URL: f.To("/rounds/"+p.Round.Meeting.Ref, "topic", topic, "show", "todo")}
	}
	return all
}

// RoundForm is the form of one initiative in a round: an update of the whole and of parts, all at the meeting.
type RoundForm struct {
	UpdateForm
	Round models.Round
	Item  models.RoundItem
	Last  models.Date // last day of the meeting before; what came since is new
}

// Open fills the form with what was typed before, or with nothing decided.
func (p *RoundForm) Open() {
	v := p.Form.Values
	for i, e := range citable(p.Record) {
		v.Set(row(i, "stance"), e.Stance)
		v.Set(row(i, "grade"), string(max(e.Grade, models.MemberStatement)))
	}
	if p.Round.State.Public() && !p.Item.State.Reviewed() {
		return // a draft that was left is no part of a correction
	}
	typed, err := url.ParseQuery(p.Item.Form)
	if err != nil {
		return // what cannot be read is shown as nothing typed
	}
	for name, values := range p.seated(typed) {
		if name != "decision" && !strings.HasPrefix(name, "form.") && !strings.HasPrefix(name, "correction.") { // each correction has its own reason
			v[name] = values
		}
	}
}

// Conflict lays what was typed beside what somebody else saved in the same item meanwhile.
func (p *RoundForm) Conflict(typed url.Values) {
	before, _ := url.ParseQuery(p.Item.Before) // what cannot be read is shown as nothing
	theirs, _ := url.ParseQuery(p.Item.Form)
	before, theirs, typed = p.seated(before), p.seated(theirs), p.seated(typed)
	for name := range typed { // a choice that only one side made differs as well
		if !theirs.Has(name) {
			theirs.Set(name, "")
		}
	}
	for name := range theirs {
		if name == "decision" || strings.HasPrefix(name, "form.") || strings.HasSuffix(name, ".stance") || strings.HasSuffix(name, ".grade") || strings.HasSuffix(name, ".kind") {
			theirs.Del(name) // no judgement of its own
		}
	}
	p.lay(before, theirs, typed)
	p.Others = slices.DeleteFunc(p.Others, func(h HiddenField) bool { return h.Name == "decision" })
}

// said lists the commitments that the statement of the meeting has on the initiative.
func (p RoundForm) said() []models.Commitment {
	return slices.DeleteFunc(slices.Clone(p.Record.Commitments), func(c models.Commitment) bool { return c.Meeting != p.Round.Meeting.Ref })
}

// later reports whether a source was published later than the meeting of the round.
func (p RoundForm) later(e models.Citation) bool { return e.PublishedOn.After(p.Round.Meeting.EndsOn) }

// fresh lists the evidence that was published since the meeting before.
func (p RoundForm) fresh() []models.Citation {
	return slices.DeleteFunc(citable(p.Record), func(e models.Citation) bool {
		return e.PublishedOn.IsZero() || !e.PublishedOn.After(p.Last)
	})
}

// partStatuses lists the statuses of a part, beside leaving it as it stands.
func (p RoundForm) partStatuses(f Frame, name string, now models.Status) []Option {
	all := []Option{{Label: f.T("round.as_before", "status", f.T("status."+string(now))), Selected: p.Form.Value(name) == ""}}
	for _, s := range models.Statuses {
		all = append(all, Option{Value: string(s), Label: f.T("status." + string(s)), Selected: p.Form.Value(name) == string(s)})
	}
	return all
}

// applicable lists the parts that can be judged.
func (p RoundForm) applicable() []models.Part {
	return slices.DeleteFunc(slices.Clone(p.Record.Parts), func(part models.Part) bool { return !part.Applicable() })
}

// Publication is the page that says what publishing a round will change, or what discarding it will lose.
type Publication struct {
	Round models.Round
	Form  Form
}

// changes lists the items whose status changes, of the whole or of a part.
func (p Publication) changes() []models.RoundItem {
	return p.items(func(i models.RoundItem) bool { return i.State == models.ItemChanged && !i.SameStatus })
}

// notes lists the items that have a new judgement of the same status.
func (p Publication) notes() []models.RoundItem {
	return p.items(func(i models.RoundItem) bool { return i.State == models.ItemChanged && i.SameStatus })
}

// confirms lists the items that somebody reviewed without a change.
func (p Publication) confirms() []models.RoundItem {
	return p.items(func(i models.RoundItem) bool { return i.State == models.ItemConfirmed })
}

// touched lists the items on which something was decided or typed.
func (p Publication) touched() []models.RoundItem {
	return p.items(func(i models.RoundItem) bool { return i.State != models.ItemTodo })
}

func (p Publication) items(keep func(models.RoundItem) bool) []models.RoundItem {
	return slices.DeleteFunc(slices.Clone(p.Round.Items), func(i models.RoundItem) bool { return !keep(i) })
}

func roundTitle(f Frame, r models.Round) string {
	return f.T("round.title", "meeting", f.Place(r.Meeting))
}

// itemTitle is the title of the page of one item; what is published is corrected there.
func itemTitle(f Frame, p RoundForm) string {
	key := "round.item_title"
	if p.Round.State.Public() {
		key = "round.correction_title"
	}
	return f.T(key, "title", f.Plain(p.Item.Title), "meeting", f.Place(p.Round.Meeting))
}

// neighbour is the address of the item before or after this one, or of the list.
func neighbour(f Frame, p RoundForm, step int) string {
	at := slices.IndexFunc(p.Round.Items, func(i models.RoundItem) bool { return i.Initiative == p.Item.Initiative }) + step
	if at < 0 || at >= len(p.Round.Items) {
		return f.To("/rounds/" + p.Round.Meeting.Ref)
	}
	return f.To("/rounds/"+p.Round.Meeting.Ref+"/"+p.Round.Items[at].Initiative) + "#item"
}

// draftAddress is where a half-filled form is kept; empty where nothing is.
func draftAddress(p RoundForm) string {
	if p.Round.State != models.RoundDraft {
		return ""
	}
	return "/rounds/" + p.Round.Meeting.Ref + "/" + p.Item.Initiative + "/draft"
}
