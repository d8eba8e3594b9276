package store

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Meeting returns one meeting with publications, attendances, commitments and the state of the record after it.
func (s *Store) Meeting(ctx context.Context, actor models.Actor, w models.When, ref string) (*models.Record[models.MeetingRecord], error) {
	return recordOf(ctx, s, w, "meeting", ref, func(v *view) ([]models.MeetingRecord, error) {
		found, err := v.meetings("m.ref = ?", []any{ref}, 1)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		r := models.MeetingRecord{Meeting: found[0], Statements: []models.Reference{}}
		after, err := v.afterMeeting(&r)
		if err != nil {
			return nil, err
		}
		if r.Commitments, err = v.commitments("m.ref = ?", []any{ref}); err != nil {
			return nil, err
		}
		if r.Statements, err = v.statementNames("m.ref = ?", []any{ref}); err != nil {
			return nil, err
		}
		if _, r.Summary, err = after.topics(nil); err != nil {
			return nil, err
		}
		taken := condition{facet: "taken", records: `SELECT xi.ref FROM updates x JOIN meetings xm ON xm.id = x.meeting_id JOIN initiatives xi ON xi.id = x.initiative_id
			WHERE x.country = '' AND x.published AND xm.ref = ?`, args: []any{ref}}
		if r.TakenUp, _, err = after.initiatives([]condition{taken}, models.InitiativeFilter{Sort: models.SortTopic, Limit: models.MaxLimit}); err != nil {
			return nil, err
		}
		r.Contradictions, err = v.contradictions("meeting", ref)
		return []models.MeetingRecord{r}, err
	})
}

// afterMeeting finds the meetings of the forum before and after, and the view of the end of the meeting compared with
// the one before.
func (v *view) afterMeeting(r *models.MeetingRecord) (*view, error) {
	at := slices.IndexFunc(v.words.meetings, func(m meetingWord) bool { return m.Slug == r.Ref })
	same := func(m meetingWord) bool { return m.Forum == v.words.meetings[at].Forum }
	for _, m := range v.words.meetings[:at] {
		if same(m) && v.words.meetings[at].Ends.After(m.Ends) {
			r.Previous = brief(m)
		}
	}
	for _, m := range v.words.meetings[at+1:] {
		if same(m) && v.held(m) && r.Next == nil {
			r.Next = brief(m)
		}
	}
	w := models.When{AsOf: r.Ref, VS: "none"}
	if r.Previous != nil {
		w.VS = r.Previous.Ref
	}
	after := *v
	var err error
	after.at, err = v.words.resolve(w, v.at.Today)
	after.at.KnownAt = v.at.KnownAt
	return &after, err
}

func brief(m meetingWord) *models.MeetingBrief {
	return &models.MeetingBrief{Ref: m.Slug, Forum: m.ForumOf.Text, City: m.Text, StartsOn: m.Starts, EndsOn: m.Ends}
}

// statementNames lists the statements of the meetings (m) that a condition names, the latest first.
func (v *view) statementNames(cond string, args []any) ([]models.Reference, error) {
	all := []models.Reference{}
	err := each("name statements", v.raw(`SELECT st.slug, st.title_en, st.title_ja FROM statements st JOIN meetings m ON m.id = st.meeting_id
		WHERE m.ends_on <= ? AND `+cond+` ORDER BY m.ends_on DESC, st.slug`, append([]any{v.at.Until()}, args...)...), func(scan scanner) error {
		var r models.Reference
		if err := scan(&r.Ref, &r.Title.EN, &r.Title.JA); err != nil {
			return err
		}
		all = append(all, r)
		return nil
	})
	return all, err
}
