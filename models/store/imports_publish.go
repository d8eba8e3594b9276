package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// sameTexts finds the statements that hold most of the words of a draft byte for byte already.
func (v *view) sameTexts(d models.Draft) ([]models.SameText, error) {
	all, paragraphs := []models.SameText{}, 0
	var hashes []any
	for i, r := range d.Work.Rows {
		if r.Out {
			continue
		}
		paragraphs++
		for l := range r.Cells {
			hashes = append(hashes, hash(d.Words(i, l)))
		}
	}
	if len(hashes) == 0 {
		return all, nil
	}
	counts := map[string]*models.SameText{}
	for some := range slices.Chunk(hashes, maxNames) {
		err := each("look for the same text", v.raw(`SELECT st.slug, st.title_en, st.title_ja, COUNT(DISTINCT p.id) FROM paragraph_texts x JOIN paragraphs p ON p.id = x.paragraph_id
			JOIN statements st ON st.id = p.statement_id WHERE st.removed_at = '' AND x.sha256 IN (`+marks(len(some))+`) GROUP BY st.slug, st.title_en, st.title_ja ORDER BY st.slug`, some...), func(scan scanner) error {
			t := models.SameText{Of: paragraphs}
			if err := scan(&t.Slug, &t.Title.EN, &t.Title.JA, &t.Same); err != nil {
				return err
			}
			if counts[t.Slug] == nil {
				counts[t.Slug] = &models.SameText{Slug: t.Slug, Title: t.Title, Of: paragraphs}
			}
			counts[t.Slug].Same += t.Same
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, t := range counts {
		if t.Same = min(t.Same, t.Of); 2*t.Same > t.Of {
			all = append(all, *t)
		}
	}
	slices.SortFunc(all, func(a, b models.SameText) int { return b.Same - a.Same })
	return all, nil
}

// maxNames is how many values one list of a statement has; engines bound the number of parameters.
const maxNames = 500

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
			err = tx.checkBefore(field, id, held)
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

// checkBefore refuses a commitment of a meeting that was not before a day.
func (tx *Tx) checkBefore(field string, commitment int64, on models.Date) error {
	var code string
	err := scanRow(tx.db.Raw(`SELECT COALESCE(MAX(c.code), '') FROM commitments c JOIN statements st ON st.id = c.statement_id JOIN meetings m ON m.id = st.meeting_id
		WHERE c.id = ? AND m.ends_on >= ?`, commitment, on.Last()), &code)
	if err == nil && code != "" {
		return models.Invalid(models.Field(field, "error.lineage", "value", code))
	}
	return translate("look when it was promised", err)
}

// today is the civil day of the write, in UTC.
func (tx *Tx) today() models.Date { return day(tx.day()) }

// broughtIn is what the audit has of a statement that was brought in.
type broughtIn struct {
	Statement    string                 `json:"statement"`
	Meeting      string                 `json:"meeting"`
	NewMeeting   bool                   `json:"new_meeting"`
	Texts        map[models.Lang]string `json:"texts"` // hashes of the texts supplied
	Paragraphs   int                    `json:"paragraphs"`
	Commitments  []string               `json:"commitments"`
	Initiatives  []string               `json:"initiatives"` // that were made
	NotMentioned []string               `json:"not_mentioned"`
	LeftOut      int                    `json:"left_out"`  // rows
	Undecided    int                    `json:"undecided"` // suggestions nobody decided on
}

// checkConfirmed refuses a publication of which something is not known to the person: suggestions that nobody decided
// on, and a text that the record holds already.
func (tx *Tx) checkConfirmed(d models.Draft, p models.ImportPublication) error {
	var bad []models.FieldError
	if n := d.Undecided(); n != p.Undecided {
		bad = append(bad, models.Field("undecided", "error.undecided", "n", n))
	}
	if !p.Again {
		same, err := (&view{db: tx.db}).sameTexts(d)
		if err != nil {
			return err
		}
		if len(same) > 0 {
			bad = append(bad, models.Field("again", "error.same_text_again", "slug", same[0].Slug, "same", same[0].Same, "of", same[0].Of))
		}
	}
	return models.Invalid(bad...)
}

// PublishImport makes a draft part of the record: its meeting, statement, publications, commitments, initiatives and
// lineage, all of it or none. It returns the slug of the statement.
func (s *Store) PublishImport(ctx context.Context, actor models.Actor, ref string, p models.ImportPublication, receipt *models.Receipt) (string, error) {
	detail := &broughtIn{Texts: map[models.Lang]string{}, Commitments: []string{}, Initiatives: []string{}, NotMentioned: []string{}}
	c := Change{Action: "import.publish", Object: "import:" + ref, Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	err := s.Write(ctx, actor, c, func(tx *Tx) error {
		r, err := tx.openDraft(ref, p.Version)
		if err != nil {
			return err
		}
		if err := tx.checkConfirmed(r.Draft, p); err != nil {
			return err
		}
		if r.EarlierFrom, err = tx.previousStatement(r.Facts); err != nil {
			return err
		}
		if gaps := r.Gaps(); len(gaps) > 0 {
			return models.Invalid(gaps[0].Field)
		}
		if err := models.Together(r.Facts.Validate(s.Today()), tx.checkFacts(r.Facts)); err != nil {
			return err
		}
		if err := tx.publishDraft(&r, detail); err != nil {
			return err
		}
		tx.result = detail.Statement
		if err := tx.exec("forget the steps", "DELETE FROM import_steps WHERE import_id = ?", r.id); err != nil {
			return err
		}
		return tx.exec("close the draft", `UPDATE imports SET state = 'published', author_id = ?, saved_at = ?, version = version + 1,
			statement_id = (SELECT id FROM statements WHERE slug = ?) WHERE id = ?`, tx.author(), tx.at, detail.Statement, r.id)
	})
	if err == nil && detail.Statement == "" {
		detail.Statement = receipt.Result
	}
	return detail.Statement, err
}

// publishDraft writes everything that a draft becomes.
func (tx *Tx) publishDraft(r *importRow, detail *broughtIn) error {
	if e := r.Facts.NewMeeting; e != nil {
		if err := meetingEditor.add(tx, e); err != nil {
			return err
		}
		r.Facts.Meeting, detail.NewMeeting = e.MeetingRef, true
		if err := tx.tell("meeting", e.MeetingRef); err != nil {
			return err
		}
	}
	var ends string
	if err := scanRow(tx.db.Raw("SELECT ends_on FROM meetings WHERE ref = ?", r.Facts.Meeting), &ends); err != nil {
		return translate("read the meeting", err)
	}
	slug, err := tx.freeSlug(r.Facts.Meeting)
	if err != nil {
		return err
	}
	st, commitments := r.Statement(slug)
	detail.Statement, detail.Meeting, detail.Paragraphs, detail.Undecided = slug, r.Facts.Meeting, len(st.Paragraphs), r.Undecided()
	detail.LeftOut = len(r.Work.Rows) - len(st.Paragraphs)
	if err := tx.AddStatement(st); err != nil {
		return err
	}
	id, err := tx.id("statements", "statement", slug)
	if err != nil {
		return err
	}
	if err := tx.putSources("statement_sources", "statement_id", id, r.Sources); err != nil {
		return err
	}
	for _, t := range r.Sources {
		detail.Texts[t.Lang] = t.SHA256
	}
	for _, p := range r.Facts.Publications {
		if err := tx.AddPublication(models.Publication{Meeting: r.Facts.Meeting, Statement: slug, Publisher: p.Publisher, Lang: p.Lang, Title: p.Title, PublishedOn: p.PublishedOn,
			URL: p.URL, Standing: p.Standing, Confidence: models.FromStatement, Sources: []string{}}); err != nil {
			return err
		}
	}
	marked := r.Accepted()
	for _, m := range marked {
		if err := tx.checkMatch(r.Draft, m); err != nil {
			return err
		}
		if m.Initiative == nil {
			continue
		}
		e := m.Initiative.Edit(r.Facts.Meeting, day(ends), m.Trackable)
		if err := initiativeEditor.add(tx, &e); err != nil {
			return err
		}
		tx.touch("initiative", e.InitiativeRef)
		detail.Initiatives = append(detail.Initiatives, e.InitiativeRef)
	}
	for i, c := range commitments {
		if err := tx.AddCommitment(c); err != nil {
			return err
		}
		detail.Commitments = append(detail.Commitments, c.Code)
		if err := tx.follow(slug, c.Code, marked[i], r.EarlierFrom); err != nil {
			return err
		}
	}
	return tx.leave(slug, r.EarlierFrom, detail)
}

// follow writes what a commitment follows: earlier commitments, or none where it was compared with a statement before it.
func (tx *Tx) follow(statement, code string, m models.DraftMark, previous string) error {
	for _, e := range m.Earlier {
		if err := tx.AddLineage(statement, code, e.Code, e.Relation); err != nil {
			return err
		}
	}
	if len(m.Earlier) == 0 && previous != "" {
		return tx.AddLineage(statement, code, "", "new")
	}
	return nil
}

// leave writes which commitments of the previous statement found no successor in this one.
func (tx *Tx) leave(statement, previous string, detail *broughtIn) error {
	if previous == "" {
		return nil
	}
	var codes []string
	err := tx.db.Raw(`SELECT c.code FROM commitments c JOIN statements st ON st.id = c.statement_id WHERE st.slug = ? AND c.removed_at = ''
		AND NOT EXISTS (SELECT 1 FROM lineage l JOIN statements n ON n.id = l.statement_id WHERE l.earlier_id = c.id AND n.slug = ?) ORDER BY c.code`, previous, statement).Scan(&codes).Error
	if err != nil {
		return translate("find what is not mentioned", err)
	}
	for _, code := range codes {
		if err := tx.AddLineage(statement, "", code, "not_mentioned"); err != nil {
			return err
		}
	}
	detail.NotMentioned = append(detail.NotMentioned, codes...)
	return nil
}

// freeSlug names a statement after its meeting; the second one of a meeting gets a number.
func (tx *Tx) freeSlug(meeting string) (string, error) {
	for n := 1; ; n++ {
		slug := meeting
		if n > 1 {
			slug += "-" + strconv.Itoa(n)
		}
		var taken int
		err := scanRow(tx.db.Raw("SELECT (SELECT COUNT(*) FROM statements WHERE slug = ?) + (SELECT COUNT(*) FROM former_slugs WHERE kind = 'statement' AND slug = ?)", slug, slug), &taken)
		if err != nil || taken == 0 {
			return slug, translate("name the statement", err)
		}
	}
}
