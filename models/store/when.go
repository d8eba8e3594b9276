package store

import (
	"slices"

	"github.com/followthrough/followthrough/models"
	"gorm.io/gorm"
)

// At resolves the time of a request on its own, for pages that show nothing else of the record.
func (s *Store) At(ctx ctxt, w models.When) (at models.At, err error) {
	err = s.view(ctx, w, func(v *view) error { at = v.at; return nil })
	return at, err
}

// view is one reading of the record: a snapshot, its vocabulary and the time it speaks of.
type view struct {
	db      *gorm.DB
	words   *vocabulary
	at      models.At
	version int64
}

// view runs f on one snapshot with the time of the request resolved.
func (s *Store) view(ctx ctxt, w models.When, f func(v *view) error) error {
	return s.read(ctx, func(db *gorm.DB, version int64) error {
		words, err := s.vocabulary(db, version)
		if err != nil {
			return err
		}
		at, err := words.resolve(w, s.Today())
		if err != nil {
			return err
		}
		return f(&view{db, words, at, version})
	})
}

// resolve turns the names of a request into days. Without vs, a view is compared with the last meeting of the
// record's own forum (the first one) before it.
func (v *vocabulary) resolve(w models.When, today models.Date) (models.At, error) {
	at := models.At{Today: today}
	if len(v.forums) == 0 {
		return at, nil
	}
	at.Forum = v.forums[0].Text
	var bad []models.FieldError
	at.AsOf, at.AsOfMeeting = v.day("as_of", w.AsOf, &bad)
	limit := today
	if at.Past() {
		limit = at.AsOf
	}
	switch w.VS {
	case "none":
	case "":
		if m, ok := v.lastBefore(limit, at.Past()); ok {
			at.VS, at.VSMeeting, at.VSChosen = m.Ends, m.Slug, true
		}
	default:
		at.VS, at.VSMeeting = v.day("vs", w.VS, &bad)
		if !at.VS.IsZero() && !limit.After(at.VS) {
			bad = append(bad, models.Field("vs", "error.vs_not_before", "value", w.VS))
			at.VS, at.VSMeeting = models.Date{}, ""
		}
	}
	for _, m := range v.meetings {
		if !m.Ends.After(limit) {
			at.Anchor, at.AnchorOn = m.Slug, m.Starts
			at.Meetings = append(at.Meetings, models.MeetingBrief{Ref: m.Slug, Forum: m.ForumOf.Text, Own: m.Forum == v.forums[0].ID,
				City: m.Text, StartsOn: m.Starts, EndsOn: m.Ends})
		}
	}
	slices.Reverse(at.Meetings)
	return at, models.Invalid(bad...)
}

// day reads a meeting ref, which stands for the last day of the meeting, or a civil date.
func (v *vocabulary) day(field, value string, bad *[]models.FieldError) (models.Date, string) {
	if value == "" {
		return models.Date{}, ""
	}
	if m, ok := find(v.meetings, value, meetingWord.slug); ok {
		return m.Ends, m.Slug
	}
	d, err := models.ParseDate(value)
	if err != nil || d.IsZero() {
		*bad = append(*bad, models.Field(field, "error.unknown_time", "value", value))
		return models.Date{}, ""
	}
	return models.NewDate(d.Year(), d.Month(), d.Day()), ""
}

// lastBefore finds the last meeting of the record's own forum that ended before the day; a view of the present is
// compared with a meeting that ends today as well.
func (v *vocabulary) lastBefore(day models.Date, strictly bool) (meetingWord, bool) {
	var last meetingWord
	for _, m := range v.meetings {
		if m.ForumOf.ID != v.forums[0].ID || m.Ends.After(day) || (strictly && m.Ends.Last() == day.Last()) {
			continue
		}
		last = m
	}
	return last, last.ID != 0
}

// anchorStart is the first day of the last meeting; a status that is true since then was set at it or after it.
func (v *view) anchorStart() string { return v.at.AnchorOn.Last() }

// datedBy is the condition that a dated text was out by the time of the view. One without a date is shown in the
// present alone, because nobody can say that it was out before. Its argument is until.
func (v *view) datedBy(alias string) string {
	if v.at.Past() {
		return alias + ".published_on <= ? AND " + alias + ".published_on <> ''"
	}
	return alias + ".published_on <= ?"
}

// standing returns the common table expressions "standing" (the status of each initiative and part at the time of
// the view) and "was" (the same at the time compared with), with their arguments. In the present the first is the
// maintained table; it is compared with this definition by CheckCurrent.
func (v *view) standing() (string, []any) {
	now, args := presentSQL, []any{}
	if v.at.Past() {
		now, args = pastSQL, []any{v.at.AsOf.Last()}
	}
	was := v.at.VS.Last()
	if was == "" {
		was = "0000-00-00" // before everything: nothing was yet
	}
	return "WITH standing AS (" + now + "), was AS (" + pastSQL + ") ", append(args, was)
}

const presentSQL = `SELECT initiative_id, country, update_id, status, superseded, effective_on, effective_precision, mark, grade FROM current_statuses`

// pastSQL is the definition of the current status: the latest published update by effective date, then by record
// time, leaving out those that a published one replaces.
const pastSQL = `SELECT initiative_id, country, id AS update_id, status, superseded, effective_on, effective_precision, mark, grade FROM (
	SELECT u.*, ROW_NUMBER() OVER (PARTITION BY initiative_id, country ORDER BY effective_on DESC, recorded_at DESC, id DESC) AS place
	FROM updates u WHERE u.published AND u.effective_on <= ? AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)
) latest WHERE place = 1`
