package store

import (
	"slices"
	"time"

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
	store   *Store
	db      *gorm.DB
	engine  Engine
	base    string // of the store
	known   string // instant by which what is shown had been recorded; empty for everything
	lens    string // hides what was not known by then, and what is removed
	words   *vocabulary
	at      models.At
	version int64
	counted *census // of the time of the view, once something asked for it
}

// view runs f on one snapshot with the time of the request resolved. A time that makes no sense counts as the present
// while f looks at the rest, so that everything that is wrong is said at once.
func (s *Store) view(ctx ctxt, w models.When, f func(v *view) error) error {
	return s.read(ctx, func(db *gorm.DB, version int64) error {
		known, unknown := knownAt(w.KnownAt)
		var err error
		v := &view{store: s, db: db, engine: s.engine, base: s.base, known: known, version: version}
		if v.words, err = s.vocabulary(v, version); err != nil {
			return err
		}
		v.lens = lens(s.base, known, v.words.removed)
		v.at, err = v.words.resolve(w, s.Today())
		v.at.KnownAt = known
		timeless := append(models.InvalidFields(err), models.InvalidFields(unknown)...)
		if err = f(v); len(timeless) == 0 {
			return err
		}
		return models.Invalid(append(timeless, models.InvalidFields(err)...)...) // what f says else is of a time that nobody asked for
	})
}

// knownAt reads the instant of a view: with a time of day and its offset, or a civil day, which stands for its end in
// UTC. Empty stands for everything recorded.
func knownAt(value string) (string, error) {
	if value == "" {
		return "", nil
	}
	if t, err := time.Parse(time.RFC3339Nano, value); err == nil && t.UTC().Year() >= 0 && t.UTC().Year() <= 9999 {
		return instant(t), nil
	}
	if d, err := models.ParseDate(value); err == nil && !d.IsZero() {
		return d.Last() + "T23:59:59.999999Z", nil
	}
	return "", models.Invalid(models.Field("known_at", "error.unknown_instant", "value", value))
}

// asked is a time that a request asked for on a day.
type asked struct {
	models.When
	today string
}

type resolved struct {
	at  models.At
	err error
}

// keptTimes bounds the resolved times of one vocabulary; when there are more, all are resolved anew.
const keptTimes = 64

// resolve turns the names of a request into days, once for each that is asked for: it looks through all meetings.
func (v *vocabulary) resolve(w models.When, today models.Date) (models.At, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	key := asked{w, today.Last()}
	if r, ok := v.times[key]; ok {
		return r.at, r.err
	}
	if len(v.times) >= keptTimes || v.times == nil {
		v.times = map[asked]resolved{}
	}
	at, err := v.resolveAnew(w, today)
	v.times[key] = resolved{at, err}
	return at, err
}

// resolveAnew compares a view, without vs, with the last meeting of the record's own forum (the first one) before it.
func (v *vocabulary) resolveAnew(w models.When, today models.Date) (models.At, error) {
	at := models.At{Today: today}
	if len(v.forums) > 0 {
		at.Forum = v.forums[0].Text
	}
	for _, f := range v.forums {
		at.Forums = append(at.Forums, models.Reference{Ref: f.Slug, Title: f.Text})
	}
	var bad []models.FieldError
	at.AsOf, _ = v.day("as_of", w.AsOf, &bad)
	limit := today
	if at.Past() {
		limit = at.AsOf
	}
	held, strictly := limit, at.Past() // a meeting that is still to come was not held, whatever the time of the view
	if held.After(today) {
		held, strictly = today, false
	}
	switch w.VS {
	case "none":
	case "":
		if m, ok := v.lastBefore(held, strictly); ok {
			at.VS, at.VSMeeting, at.VSChosen = m.Ends, m.Slug, true
		}
	default:
		at.VS, at.VSMeeting = v.day("vs", w.VS, &bad)
		if !at.VS.IsZero() && !limit.After(at.VS) {
			bad = append(bad, models.Field("vs", "error.vs_not_before", "value", w.VS))
			at.VS, at.VSMeeting = models.Date{}, ""
		}
	}
	at.Meetings, at.Places = v.heldBy(held), v.numbers.refs
	if len(at.Meetings) > 0 {
		at.Anchor, at.AnchorOn = at.Meetings[0].Ref, at.Meetings[0].StartsOn
	}
	if i := slices.IndexFunc(v.meetings, func(m meetingWord) bool { return m.ForumOf.ID == v.forums[0].ID && m.Starts.After(today) }); i >= 0 && !at.Past() {
		at.Next = brief(v.meetings[i])
	}
	return at, models.Invalid(bad...)
}

// heldBy lists the meetings that ended by a day, the latest first. All times share one list, as far as no meeting that
// began before others ended after them.
func (v *vocabulary) heldBy(day models.Date) []models.MeetingBrief {
	if v.latestFirst == nil {
		for _, m := range slices.Backward(v.meetings) {
			v.latestFirst = append(v.latestFirst, *brief(m))
		}
	}
	over := func(m models.MeetingBrief) bool { return !m.EndsOn.After(day) }
	first := max(0, slices.IndexFunc(v.latestFirst, over))
	held := v.latestFirst[first:]
	if slices.ContainsFunc(held, func(m models.MeetingBrief) bool { return !over(m) }) {
		held = slices.DeleteFunc(slices.Clone(held), func(m models.MeetingBrief) bool { return !over(m) })
	}
	return held
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

// datedBy is the condition that a dated text was out by the time of the view. One without a date is shown in the past
// from the day on which somebody read it, where the record knows that day; nobody can say that it was out before. Its
// argument is until.
func (v *view) datedBy(alias string) string {
	switch {
	case !v.at.Past():
		return alias + ".published_on <= ?"
	case alias == publications:
		return alias + ".published_on <= ? AND " + alias + ".published_on <> ''"
	}
	out := "COALESCE(NULLIF(" + alias + ".published_on, ''), " + alias + ".accessed_on)"
	return out + " <= ? AND " + out + " <> ''"
}

// publications is the alias of the releases of statements, of which nobody says when they were read.
const publications = "p"

// latestSQL finds the id of the update that stood at the end of a day for one initiative and country: the latest
// published one by effective date, then by record time, leaving out those that a published one replaces. It is one
// seek in an index, whatever the number of updates. Its argument is the day.
func latestSQL(initiative, country string) string {
	return `(SELECT x.id FROM updates x WHERE x.initiative_id = ` + initiative + ` AND x.country = ` + country + ` AND x.published AND x.effective_on <= ?
		AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = x.id AND r.published)
		ORDER BY x.effective_on DESC, x.recorded_at DESC, x.id DESC LIMIT 1)`
}

// live reports whether the view is of the present with everything recorded, which the maintained table answers.
func (v *view) live() bool { return !v.at.Past() && v.known == "" }

// standing joins, as alias, the status at the time of the view: from the maintained table in the present, from the
// updates in the past. CheckCurrent compares the two.
func (v *view) standing(alias, initiative, country string) (string, []any) {
	if v.live() {
		return ` LEFT JOIN current_statuses ` + alias + ` ON ` + alias + `.initiative_id = ` + initiative + ` AND ` + alias + `.country = ` + country, nil
	}
	return ` LEFT JOIN updates ` + alias + ` ON ` + alias + `.id = ` + latestSQL(initiative, country), []any{v.at.Until()}
}

// was joins, as alias, the update that stood at the time compared with.
func (v *view) was(alias, initiative, country string) (string, []any) {
	return ` LEFT JOIN updates ` + alias + ` ON ` + alias + `.id = ` + latestSQL(initiative, country), []any{v.compared()}
}

// from joins an initiative (i) with its topic (t), its status (s) and the status compared with (w).
func (v *view) from() (string, []any) {
	now, nowArgs := v.standing("s", "i.id", "''")
	then, thenArgs := v.was("w", "i.id", "''")
	return ` FROM initiatives i JOIN topics t ON t.id = i.topic_id` + now + then, append(nowArgs, thenArgs...)
}

// compared returns the day compared with; before every day when there is none.
func (v *view) compared() string {
	if v.at.VS.IsZero() {
		return "0000-00-00"
	}
	return v.at.VS.Last()
}
