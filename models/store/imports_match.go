package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// previousStatement is the statement before that of a draft: the latest of the forum's earlier meetings that has one.
func (tx *Tx) previousStatement(f models.DraftFacts) (string, error) {
	forum, before := "(SELECT forum_id FROM meetings WHERE ref = ?)", "(SELECT starts_on FROM meetings WHERE ref = ?)"
	args := []any{f.Meeting, f.Meeting}
	if f.NewMeeting != nil {
		forum, before = "(SELECT id FROM forums WHERE slug = ?)", "?"
		args = []any{f.NewMeeting.Forum, f.NewMeeting.StartsOn.Last()}
	}
	var slugs []string
	err := tx.db.Raw(`SELECT st.slug FROM statements st JOIN meetings m ON m.id = st.meeting_id WHERE st.removed_at = '' AND m.removed_at = ''
		AND m.forum_id = `+forum+` AND m.ends_on < `+before+` ORDER BY m.ends_on DESC, st.slug DESC LIMIT 1`, args...).Scan(&slugs).Error
	if err != nil || len(slugs) == 0 {
		return "", translate("find the previous statement", err)
	}
	return slugs[0], nil
}

// InitiativeWords returns every initiative of the record with the words it can be recognised by.
func (s *Store) InitiativeWords(ctx context.Context, actor models.Actor) ([]models.InitiativeWords, error) {
	if !models.May(actor, models.PermitEdit) {
		return nil, forbidden()
	}
	all, index := []models.InitiativeWords{}, map[string]int{}
	err := s.view(ctx, models.When{}, func(v *view) error {
		err := each("read the initiatives", v.raw(`SELECT i.ref, i.title_en, i.title_ja, i.summary_en, i.summary_ja, COALESCE(cs.status, 'not_assessed') FROM initiatives i
			LEFT JOIN current_statuses cs ON cs.initiative_id = i.id AND cs.country = '' WHERE i.superseded_by_id IS NULL ORDER BY i.ref`), func(scan scanner) error {
			i := models.InitiativeWords{Words: map[models.Lang][]string{}}
			if err := scan(&i.Ref, &i.Title.EN, &i.Title.JA, &i.Summary.EN, &i.Summary.JA, &i.Status); err != nil {
				return err
			}
			index[i.Ref] = len(all)
			all = append(all, i)
			return nil
		})
		if err != nil {
			return err
		}
		return each("read the words of commitments", v.raw(`SELECT i.ref, k.lang, k.exact FROM commitment_initiatives ci JOIN initiatives i ON i.id = ci.initiative_id
			JOIN commitments c ON c.id = ci.commitment_id JOIN marks k ON k.commitment_id = c.id ORDER BY c.code, k.lang`), func(scan scanner) error {
			var ref, words string
			var l models.Lang
			err := scan(&ref, &l, &words)
			if at, ok := index[ref]; ok && err == nil {
				all[at].Words[l] = append(all[at].Words[l], words)
			}
			return err
		})
	})
	return all, err
}

// checkMatches refuses initiatives and earlier commitments that are not in the record, and new initiatives that cannot
// be made. Only marks that differ from what they were are looked at.
func (tx *Tx) checkMatches(was, is models.Draft) error {
	before := map[int]models.DraftMark{}
	for _, m := range was.Work.Marks {
		before[m.ID] = m
	}
	var checks []error
	for _, m := range is.Accepted() {
		if b := before[m.ID]; b.Track == m.Track && slices.Equal(b.Refs, m.Refs) && b.Initiative == m.Initiative && slices.Equal(b.Earlier, m.Earlier) {
			continue
		}
		checks = append(checks, tx.checkMatch(is, m))
	}
	return models.Together(checks...)
}

func (tx *Tx) checkMatch(d models.Draft, m models.DraftMark) error {
	var checks []error
	for i, ref := range m.Refs {
		_, err := tx.id("initiatives", fmt.Sprintf("initiatives.%d", i), ref)
		checks = append(checks, err)
	}
	held, err := tx.heldOn(d.Facts)
	if err != nil {
		return err
	}
	for i, e := range m.Earlier {
		field := fmt.Sprintf("earlier.%d.code", i)
		id, err := tx.id("commitments", field, e.Code)
		if err == nil && !held.IsZero() {
			err = tx.checkEarlier(field, id, held)
		}
		checks = append(checks, err)
	}
	if m.Initiative != nil {
		e := m.Initiative.Edit("", held, m.Trackable)
		if held.IsZero() { // what is due is looked at once the meeting is known
			e.BeginsOn, e.DueOn = tx.today(), held
		}
		err = models.Together(e.Validate(tx.today()), tx.checkFree("initiative", &e), initiativeEditor.check(tx, 0, &e))
		if slices.ContainsFunc(d.Accepted(), func(o models.DraftMark) bool {
			return o.ID != m.ID && o.Initiative != nil && o.Initiative.Ref == e.InitiativeRef
		}) {
			err = models.Together(err, models.Invalid(models.Field("ref", "error.taken", "value", e.InitiativeRef)))
		}
		checks = append(checks, models.Under("initiative.", err))
	}
	return models.Together(checks...)
}

// heldOn is the last day of the meeting of a draft; zero while nobody said which it is.
func (tx *Tx) heldOn(f models.DraftFacts) (models.Date, error) {
	if f.NewMeeting != nil {
		return f.NewMeeting.EndsOn, nil
	}
	var ends []string
	err := tx.db.Raw("SELECT ends_on FROM meetings WHERE ref = ?", f.Meeting).Scan(&ends).Error
	if err != nil || len(ends) == 0 {
		return models.Date{}, translate("read the meeting", err)
	}
	return day(ends[0]), nil
}
