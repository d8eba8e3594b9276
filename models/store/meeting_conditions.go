package store

import "github.com/followthrough/followthrough/models"

// meetingConditions turns a filter of meetings (m) into SQL and reports every value that it does not know.
func (v *view) meetingConditions(f models.MeetingFilter) ([]clause, error) {
	var bad []models.FieldError
	until := v.at.Until()
	all := in("m.id", lookup(v.words.meetings, "meeting", f.Refs, func(w meetingWord) any { return w.ID }, &bad), "")
	all = append(all, in("m.forum_id", lookup(v.words.forums, "forum", f.Forums, func(w forumWord) any { return w.ID }, &bad), "")...)
	all = append(all, in(`EXISTS (SELECT 1 FROM (SELECT a.meeting_id, d.country FROM attendances a JOIN delegates d ON d.id = a.delegate_id
		UNION SELECT o.id, fm.country FROM forum_members fm JOIN meetings o ON o.forum_id = fm.forum_id) present WHERE present.meeting_id = m.id AND present.country`,
		lookup(v.words.countries, "country", f.Countries, func(w word) any { return w.Slug }, &bad), ")")...)
	all = append(all, in(`EXISTS (SELECT 1 FROM (
		SELECT u.meeting_id, u.initiative_id FROM updates u WHERE u.published AND u.effective_on <= ?
		UNION SELECT st.meeting_id, ci.initiative_id FROM statements st JOIN commitments co ON co.statement_id = st.id JOIN commitment_initiatives ci ON ci.commitment_id = co.id
		UNION SELECT p.first_meeting_id, p.id FROM initiatives p) spoken
		JOIN initiatives si ON si.id = spoken.initiative_id JOIN topic_paths tp ON tp.topic_id = si.topic_id WHERE spoken.meeting_id = m.id AND tp.ancestor_id`,
		lookup(v.words.topics, "topic", f.Topics, func(t topicWord) any { return t.ID }, &bad), ")", until)...)
	return all, models.Invalid(bad...)
}
