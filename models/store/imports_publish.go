package store

import (
	"context"
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
	codes, err := tx.unfollowed(previous, statement)
	if err != nil {
		return err
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
