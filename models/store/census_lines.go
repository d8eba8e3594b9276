package store

import (
	"slices"

	"github.com/followthrough/followthrough/models"
)

// readLines reads the lines of all initiatives, or of those that a condition on i names, by their ids: four statements.
func (v *view) readLines(which string, args []any) (map[int64]*line, error) {
	lines, numbers := map[int64]*line{}, v.words.numbers
	until := v.at.Until()
	with := func(before []any, more ...any) []any { return append(append(before, args...), more...) }
	from, fromArgs := v.from()
	all := with(append(append([]any{v.anchorStart(), v.compared()}, fromArgs...), until))
	err := each("count initiatives", v.raw(`SELECT i.id, i.ref, i.topic_id, COALESCE(i.first_meeting_id, 0), i.trackable, `+statusSQL+`, `+markSQL+`, `+gradeSQL("s")+`, `+v.changeSQL()+`,
		COALESCE(s.effective_on,'')`+from+" WHERE i.begins_on <= ?"+which, all...), func(scan scanner) error {
		l := &line{}
		var topic, first int64
		var status, mark, grade, change string
		err := scan(&l.id, &l.ref, &topic, &first, &l.trackable, &status, &mark, &grade, &change, &l.on)
		l.topic, l.first = number(numbers.topics, topic), number(numbers.meetings, first)
		l.status, l.mark = slices.Index(models.Statuses, models.Status(status)), slices.Index(models.Marks, models.Mark(mark))
		l.grade, l.change = slices.Index(models.Grades, models.Grade(grade)), slices.Index(models.Changes, models.Change(change))
		lines[l.id] = l
		return err
	})
	if err != nil {
		return nil, err
	}
	// An initiative that began later, or that the view does not show, has no line.
	hang := func(doing, sql string, args []any, on func(l *line, id int64)) error {
		return each(doing, v.raw(sql, args...), func(scan scanner) error {
			var initiative, id int64
			err := scan(&initiative, &id)
			if l := lines[initiative]; l != nil {
				on(l, id)
			}
			return err
		})
	}
	err = each("count parts", v.raw(`SELECT p.initiative_id, p.country FROM parts p JOIN initiatives i ON i.id = p.initiative_id
		WHERE p.role <> 'not_applicable' AND i.begins_on <= ?`+which, with([]any{until})...), func(scan scanner) error {
		var id int64
		var country string
		err := scan(&id, &country)
		if l := lines[id]; l != nil {
			l.parts = append(l.parts, present(number(numbers.countries, country))...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = hang("count forums", `SELECT i.id, m.forum_id FROM initiatives i JOIN meetings m ON m.id = i.first_meeting_id WHERE i.begins_on <= ?`+which+`
		UNION SELECT u.initiative_id, m.forum_id FROM updates u JOIN initiatives i ON i.id = u.initiative_id JOIN meetings m ON m.id = u.meeting_id
		WHERE u.country = '' AND u.published AND u.effective_on <= ? AND i.begins_on <= ?`+which, with(with([]any{until}, until, until)),
		func(l *line, forum int64) { l.forums = append(l.forums, present(number(numbers.forums, forum))...) })
	if err != nil {
		return nil, err
	}
	return lines, hang("count statements", `SELECT DISTINCT ci.initiative_id, so.meeting_id FROM commitment_initiatives ci JOIN initiatives i ON i.id = ci.initiative_id
		JOIN commitments co ON co.id = ci.commitment_id JOIN statements so ON so.id = co.statement_id JOIN meetings sm ON sm.id = so.meeting_id
		WHERE sm.ends_on <= ?`+which, with([]any{until}), func(l *line, meeting int64) { l.statements = append(l.statements, meeting) })
}

// readAttending reads who went to the meetings that issued a statement.
func (v *view) readAttending() (map[int64][]int, error) {
	attend, numbers := map[int64][]int{}, v.words.numbers
	return attend, each("count delegates", v.raw(`SELECT a.meeting_id, a.delegate_id FROM attendances a JOIN delegates d ON d.id = a.delegate_id
		WHERE a.meeting_id IN (SELECT meeting_id FROM statements)`), func(scan scanner) error {
		var meeting, delegate int64
		err := scan(&meeting, &delegate)
		attend[meeting] = append(attend[meeting], present(number(numbers.delegates, delegate))...)
		return err
	})
}

// number is the place of a word in the vocabulary, -1 where it has none.
func number[K comparable](places map[K]int, of K) int {
	if at, ok := places[of]; ok {
		return at
	}
	return -1
}
