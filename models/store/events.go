package store

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// events reads the entries of a page, in the order of their keys: one statement for each place that has any.
func (v *view) events(keys []eventKey) ([]models.Event, error) {
	ids := map[int][]any{}
	index := map[[2]int64]int{}
	for i, k := range keys {
		ids[k.place] = append(ids[k.place], k.record)
		index[[2]int64{int64(k.place), k.record}] = i
	}
	items := make([]models.Event, len(keys))
	for place, read := range map[int]func([]any, func(int64, models.Event)) error{
		placeUpdate: v.updateEvents, placeContext: v.contextEvents, placeNote: v.noteEvents, placeStatement: v.statementEvents,
	} {
		if len(ids[place]) == 0 {
			continue
		}
		err := read(ids[place], func(record int64, e models.Event) {
			i := index[[2]int64{int64(place), record}]
			e.RecordedAt = keys[i].recordedAt // empty in a view of the past
			items[i] = e
		})
		if err != nil {
			return nil, err
		}
	}
	return items, nil
}

// precedingSQL finds the status that an update (u) followed: the one it corrects, or the one that stood before it in the
// order of effect.
const precedingSQL = `COALESCE(CASE WHEN u.replaces_id IS NOT NULL THEN (SELECT r.status FROM updates r WHERE r.id = u.replaces_id)
	ELSE (SELECT p.status FROM updates p WHERE p.initiative_id = u.initiative_id AND p.country = u.country AND p.published
		AND (p.effective_on, p.recorded_at, p.id) < (u.effective_on, u.recorded_at, u.id)
		AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = p.id AND r.published)
		ORDER BY p.effective_on DESC, p.recorded_at DESC, p.id DESC LIMIT 1) END, '')`

// sourcesSQL counts the evidence under an entry that was out by the time of the view. Its argument is until.
func (v *view) sourcesSQL(column, id string) string {
	return "(SELECT COUNT(DISTINCT c.evidence_id) FROM citations c JOIN evidence e ON e.id = c.evidence_id WHERE c." + column + " = " + id + " AND " + v.datedBy("e") + ")"
}

func (v *view) updateEvents(ids []any, add func(int64, models.Event)) error {
	return each("read judgements", v.raw(`SELECT u.id, u.replaces_id IS NOT NULL, i.ref, i.title_en, i.title_ja, u.country, u.status, `+precedingSQL+`, u.mark, `+gradeSQL("u")+`,
		u.effective_on, u.effective_precision, u.author, u.provenance, u.note_en, u.note_ja, `+v.sourcesSQL("update_id", "u.id")+`
		FROM updates u JOIN initiatives i ON i.id = u.initiative_id WHERE u.id IN (`+marks(len(ids))+`)`, append([]any{v.at.Until()}, ids...)...), func(scan scanner) error {
		e := models.Event{Kind: models.EventStatus}
		var id int64
		var corrects bool
		var on, precision string
		if err := scan(&id, &corrects, &e.Initiative, &e.Title.EN, &e.Title.JA, &e.Country, &e.Status, &e.Was, &e.Mark, &e.Grade,
			&on, &precision, &e.Author, &e.Provenance, &e.Note.EN, &e.Note.JA, &e.Sources); err != nil {
			return err
		}
		switch {
		case corrects:
			e.Kind = models.EventCorrection
		case e.Country != "":
			e.Kind = models.EventPart
		}
		if v.at.Past() {
			e.Author = ""
		}
		e.ID, e.On = fmt.Sprintf("update/%d", id), date(on, precision)
		e.Path = fmt.Sprintf("/initiatives/%s#update-%d", e.Initiative, id)
		add(id, e)
		return nil
	})
}

func (v *view) contextEvents(ids []any, add func(int64, models.Event)) error {
	return each("read wider events", v.raw(`SELECT x.id, i.ref, i.title_en, i.title_ja, x.occurred_on, x.occurred_precision, x.note_en, x.note_ja, `+v.sourcesSQL("context_id", "x.id")+`
		FROM contexts x JOIN initiatives i ON i.id = x.initiative_id WHERE x.id IN (`+marks(len(ids))+`)`, append([]any{v.at.Until()}, ids...)...), func(scan scanner) error {
		e := models.Event{Kind: models.EventContext}
		var id int64
		var on, precision string
		if err := scan(&id, &e.Initiative, &e.Title.EN, &e.Title.JA, &on, &precision, &e.Note.EN, &e.Note.JA, &e.Sources); err != nil {
			return err
		}
		e.ID, e.On, e.Path = fmt.Sprintf("context/%d", id), date(on, precision), "/initiatives/"+e.Initiative+"#context"
		add(id, e)
		return nil
	})
}

func (v *view) noteEvents(ids []any, add func(int64, models.Event)) error {
	return each("read searches", v.raw(`SELECT n.id, n.ref, i.ref, i.title_en, i.title_ja, n.suggested, n.searched_on, n.searched_precision, n.result_en, n.result_ja
		FROM search_notes n JOIN initiatives i ON i.id = n.initiative_id WHERE n.id IN (`+marks(len(ids))+`)`, ids...), func(scan scanner) error {
		e := models.Event{Kind: models.EventSearchNote}
		var id int64
		var ref, on, precision string
		if err := scan(&id, &ref, &e.Initiative, &e.Title.EN, &e.Title.JA, &e.Status, &on, &precision, &e.Note.EN, &e.Note.JA); err != nil {
			return err
		}
		e.ID, e.On, e.Path = "search-note/"+ref, date(on, precision), "/search-notes/"+ref
		add(id, e)
		return nil
	})
}

func (v *view) statementEvents(ids []any, add func(int64, models.Event)) error {
	return each("read statements", v.raw(`SELECT st.id, st.slug, st.title_en, st.title_ja, m.ends_on, (SELECT COUNT(*) FROM commitments c WHERE c.statement_id = st.id),
		(SELECT COUNT(DISTINCT i.id) FROM commitments c JOIN commitment_initiatives ci ON ci.commitment_id = c.id JOIN initiatives i ON i.id = ci.initiative_id
			WHERE c.statement_id = st.id AND i.first_meeting_id = st.meeting_id)
		FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE st.id IN (`+marks(len(ids))+`)`, ids...), func(scan scanner) error {
		e := models.Event{Kind: models.EventStatement}
		var id int64
		var slug, on string
		if err := scan(&id, &slug, &e.Title.EN, &e.Title.JA, &on, &e.Commitments, &e.Initiatives); err != nil {
			return err
		}
		e.ID, e.On, e.Path = "statement/"+slug, day(on), "/statements/"+slug
		add(id, e)
		return nil
	})
}
