package store

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/followthrough/followthrough/models"
)

var meetingEditor = kindOf[models.MeetingEdit]{
	table: "meetings",
	fields: func(e *models.MeetingEdit) []field {
		return []field{{column: "ref", at: &e.MeetingRef}, {column: "forum_id", at: &e.Forum, names: "forums", wire: "forum"}, {column: "number", at: &e.Number},
			{column: "in_person_number", at: &e.InPersonNumber}, {column: "format", at: &e.Format}, {column: "city", at: &e.City}, {column: "country", at: &e.Country},
			{column: "starts_on", at: &e.StartsOn, day: true}, {column: "ends_on", at: &e.EndsOn, day: true}, {column: "host", at: &e.Host}, {column: "note", at: &e.Note},
			{column: "sources", at: &e.Sources}}
	},
	named: func(e *models.MeetingEdit) models.Text {
		return models.Text{EN: e.City.EN + " " + e.StartsOn.String(), JA: e.City.JA + " " + e.StartsOn.String()}
	},
	born: func(e *models.MeetingEdit) []column { return support(e.Sources) },
	lists: func(tx *Tx, id int64, e *models.MeetingEdit) error {
		e.Attendances = []models.AttendanceEdit{}
		return each("read attendances", tx.db.Raw(`SELECT a.office_id, a.role FROM attendances a JOIN delegates d ON d.id = a.delegate_id JOIN countries k ON k.iso2 = d.country
			WHERE a.meeting_id = ? AND d.removed_at = '' ORDER BY k.position, d.slug`, id), func(scan scanner) error {
			var a models.AttendanceEdit
			err := scan(&a.Office, &a.Role)
			e.Attendances = append(e.Attendances, a)
			return err
		})
	},
	keep: keepAttendances,
	rules: func(tx *Tx, id int64, e *models.MeetingEdit) ([]models.FieldError, error) {
		return found(
			func() ([]models.FieldError, error) { return tx.checkRound(id, e) },
			func() ([]models.FieldError, error) { return tx.checkCountries("country", e.Country) },
			func() ([]models.FieldError, error) { return tx.checkCountries("host", e.Host) },
			func() ([]models.FieldError, error) { return tx.checkSources("sources", e.Sources) },
			func() ([]models.FieldError, error) {
				_, bad, err := tx.attending(e.Attendances, e.StartsOn)
				return bad, err
			},
		)
	},
	mentions: func(tx *Tx, r versioned) error {
		tx.touch("meeting", r.ref)
		for kind, query := range map[string]string{
			"statement":  "SELECT slug FROM statements WHERE meeting_id = ?",
			"commitment": "SELECT c.code FROM commitments c JOIN statements st ON st.id = c.statement_id WHERE st.meeting_id = ?",
			"delegate":   "SELECT d.slug FROM attendances a JOIN delegates d ON d.id = a.delegate_id WHERE a.meeting_id = ?",
		} {
			if err := tx.touchAll(kind, query, r.id); err != nil {
				return err
			}
		}
		return nil
	},
	uses: []use{{"statements", "statements", "meeting_id"}, {"updates", "updates", "meeting_id"}, {"rounds", "rounds", "meeting_id"}, {"initiatives", "initiatives", "first_meeting_id"}},
}

// checkRound refuses another forum and other days for a meeting that has a round: its judgements are true from the last
// day, and the forum says who may publish it.
func (tx *Tx) checkRound(id int64, e *models.MeetingEdit) ([]models.FieldError, error) {
	var forum, starts, ends string
	var rounds int
	err := scanRow(tx.db.Raw("SELECT f.slug, m.starts_on, m.ends_on, (SELECT COUNT(*) FROM rounds r WHERE r.meeting_id = m.id) FROM meetings m JOIN forums f ON f.id = m.forum_id WHERE m.id = ?", id), &forum, &starts, &ends, &rounds)
	if errors.Is(err, sql.ErrNoRows) || err == nil && rounds == 0 {
		return nil, nil
	}
	var bad []models.FieldError
	for _, f := range []struct{ field, was, now string }{{"forum", forum, e.Forum}, {"starts_on", starts, e.StartsOn.Last()}, {"ends_on", ends, e.EndsOn.Last()}} {
		if f.was != f.now {
			bad = append(bad, models.Field(f.field, "error.has_round"))
		}
	}
	return bad, translate("look for a round", err)
}

// attending finds who held the offices that attended, and refuses unknown offices, one that had ended by the first day of
// the meeting, and a person who stands twice.
func (tx *Tx) attending(all []models.AttendanceEdit, first models.Date) (map[int64]int64, []models.FieldError, error) {
	of, seen := map[int64]int64{}, map[int64]bool{}
	var bad []models.FieldError
	for i, a := range all {
		var holders []int64
		var until string
		err := each("find the office", tx.db.Raw("SELECT d.id, o.until_on FROM offices o JOIN delegates d ON d.id = o.delegate_id WHERE o.id = ? AND d.removed_at = ''", a.Office), func(scan scanner) error {
			holders = append(holders, 0)
			return scan(&holders[0], &until)
		})
		if err != nil {
			return nil, nil, err
		}
		at := fmt.Sprintf("attendances.%d.office", i)
		switch {
		case len(holders) == 0:
			bad = append(bad, models.Field(at, "error.unknown_value", "value", a.Office))
		case until != "" && until < first.Last():
			bad = append(bad, models.Field(at, "error.office_ended", "value", until))
		case seen[holders[0]]:
			bad = append(bad, models.Field(at, "error.attends_twice"))
		default:
			of[a.Office], seen[holders[0]] = holders[0], true
		}
	}
	return of, bad, nil
}

// keepAttendances writes who attended. Those of a removed person, whom nobody sees, stay.
func keepAttendances(tx *Tx, id int64, e *models.MeetingEdit) error {
	of, _, err := tx.attending(e.Attendances, models.Date{})
	if err != nil {
		return err
	}
	var rows []below
	for _, a := range e.Attendances {
		rows = append(rows, below{of[a.Office], append(col("office_id", a.Office), col("role", a.Role)...)})
	}
	var hidden []int64
	if err := tx.db.Raw("SELECT d.id FROM attendances a JOIN delegates d ON d.id = a.delegate_id WHERE a.meeting_id = ? AND d.removed_at <> ''", id).Scan(&hidden).Error; err != nil {
		return translate("read attendances", err)
	}
	for _, d := range hidden {
		rows = append(rows, below{key: d})
	}
	return tx.keepRows("attendances", "meeting_id", id, "delegate_id", rows)
}

var initiativeEditor = kindOf[models.InitiativeEdit]{
	table: "initiatives",
	fields: func(e *models.InitiativeEdit) []field {
		return []field{{column: "ref", at: &e.InitiativeRef}, {column: "title", at: &e.Title}, {column: "topic_id", at: &e.Topic, names: "topics", wire: "topic"}, {column: "kind", at: &e.Kind},
			{column: "summary", at: &e.Summary}, {column: "described_on", at: &e.DescribedOn, day: true}, {column: "note", at: &e.Note}, {column: "lead_country", at: &e.LeadCountry},
			{column: "first_meeting_id", at: &e.FirstMeeting, names: "meetings", wire: "first_meeting"}, {column: "begins_on", at: &e.BeginsOn, day: true}, {column: "due", at: &e.DueOn},
			{column: "trackable", at: &e.Trackable}, {column: "standing", at: &e.Standing}, {column: "parent_id", at: &e.Parent, names: "initiatives", wire: "parent"},
			{column: "superseded_by_id", at: &e.SupersededBy, names: "initiatives", wire: "superseded_by"}, {column: "sources", at: &e.Sources}}
	},
	named: func(e *models.InitiativeEdit) models.Text { return e.Title },
	born:  func(e *models.InitiativeEdit) []column { return support(e.Sources) },
	lists: readInitiativeLists,
	keep:  keepInitiativeLists,
	rules: func(tx *Tx, id int64, e *models.InitiativeEdit) ([]models.FieldError, error) {
		checks := []func() ([]models.FieldError, error){
			func() ([]models.FieldError, error) { return tx.checkCountries("lead_country", e.LeadCountry) },
			func() ([]models.FieldError, error) { return tx.checkSources("sources", e.Sources) },
			func() ([]models.FieldError, error) {
				return tx.checkUnder("initiatives", "parent_id", id, "parent", e.Parent)
			},
			func() ([]models.FieldError, error) {
				return tx.checkUnder("initiatives", "superseded_by_id", id, "superseded_by", e.SupersededBy)
			},
			func() ([]models.FieldError, error) {
				_, bad, err := tx.initiativesOf("related", e.Related)
				return bad, err
			},
			func() ([]models.FieldError, error) { return tx.checkJudged(id, e) },
		}
		for i, p := range e.Parts {
			checks = append(checks, func() ([]models.FieldError, error) {
				return tx.checkCountries(fmt.Sprintf("parts.%d.country", i), p.Country)
			})
		}
		return found(checks...)
	},
	mentions: func(tx *Tx, r versioned) error { tx.touch("initiative", r.ref); return nil },
}

func readInitiativeLists(tx *Tx, id int64, e *models.InitiativeEdit) error {
	e.DueByMeeting = e.DueOn.Precision() == models.PrecisionMeeting
	e.Related, e.Parts = []string{}, []models.PartEdit{}
	if err := tx.db.Raw("SELECT o.ref FROM initiative_relations x JOIN initiatives o ON o.id = x.related_id WHERE x.initiative_id = ? AND o.removed_at = '' ORDER BY o.ref", id).Scan(&e.Related).Error; err != nil {
		return translate("read relations", err)
	}
	return each("read parts", tx.db.Raw("SELECT p.country, p.role FROM parts p JOIN countries k ON k.iso2 = p.country WHERE p.initiative_id = ? ORDER BY k.position, p.country", id), func(scan scanner) error {
		var p models.PartEdit
		err := scan(&p.Country, &p.Role)
		e.Parts = append(e.Parts, p)
		return err
	})
}

func keepInitiativeLists(tx *Tx, id int64, e *models.InitiativeEdit) error {
	if e.DueByMeeting {
		if err := tx.exec("keep what the due date stands for", "UPDATE initiatives SET due_precision = ? WHERE id = ?", models.PrecisionMeeting, id); err != nil {
			return err
		}
	}
	var parts []below
	for _, p := range e.Parts {
		parts = append(parts, below{p.Country, col("role", p.Role)})
	}
	if err := tx.keepRows("parts", "initiative_id", id, "country", parts); err != nil {
		return err
	}
	ids, _, err := tx.initiativesOf("related", e.Related)
	if err != nil {
		return err
	}
	var hidden []int64 // a removed one, which nobody sees, stays beside it
	if err := tx.db.Raw("SELECT o.id FROM initiative_relations x JOIN initiatives o ON o.id = x.related_id WHERE x.initiative_id = ? AND o.removed_at <> ''", id).Scan(&hidden).Error; err != nil {
		return translate("read relations", err)
	}
	var related []below
	for _, other := range append(ids, hidden...) {
		related = append(related, below{key: other})
	}
	return tx.keepRows("initiative_relations", "initiative_id", id, "related_id", related)
}

// initiativesOf finds the initiatives that a field names.
func (tx *Tx) initiativesOf(field string, refs []string) (ids []int64, bad []models.FieldError, err error) {
	for _, ref := range refs {
		id, err := tx.id("initiatives", field, ref)
		if named := models.InvalidFields(err); named != nil {
			bad = append(bad, named...)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		ids = append(ids, id)
	}
	return ids, bad, nil
}

// checkJudged refuses what would leave judgements without their ground: a beginning after the first of them, and the end
// of a part that was judged or has evidence.
func (tx *Tx) checkJudged(id int64, e *models.InitiativeEdit) ([]models.FieldError, error) {
	var first string
	if err := scanRow(tx.db.Raw("SELECT COALESCE(MIN(effective_on), '') FROM updates WHERE initiative_id = ? AND country = '' AND published", id), &first); err != nil {
		return nil, translate("find the first judgement", err)
	}
	var bad []models.FieldError
	if first != "" && e.BeginsOn.Last() > first {
		bad = append(bad, models.Field("begins_on", "error.begins_after", "value", first))
	}
	keeps := map[string]bool{}
	for _, p := range e.Parts {
		keeps[p.Country] = true
	}
	var judged []string
	if err := tx.db.Raw("SELECT DISTINCT country FROM (SELECT country FROM updates WHERE initiative_id = ? UNION SELECT country FROM citations WHERE initiative_id = ?) g WHERE country <> '' ORDER BY country", id, id).Scan(&judged).Error; err != nil {
		return nil, translate("find judged parts", err)
	}
	for _, country := range judged {
		if !keeps[country] {
			bad = append(bad, models.Field("parts", "error.part_judged", "value", country))
		}
	}
	return bad, nil
}
