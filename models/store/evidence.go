package store

import (
	"context"
	"encoding/json"

	"github.com/followthrough/followthrough/models"
)

const evidenceColumns = `e.ref, e.title, e.publisher, e.kind, e.langs, e.published_on, e.published_precision,
	e.accessed_on, e.accessed_precision, e.url, e.extent, e.note, e.confidence, e.retracted_at, e.retracted_by, e.retraction_en, e.retraction_ja`

// evidenceRow is evidence as the columns above.
type evidenceRow struct {
	models.Evidence
	langs, published, publishedPrecision, accessed, accessedPrecision string
}

func evidenceDest() (*evidenceRow, []any) {
	r := &evidenceRow{}
	return r, []any{&r.Ref, &r.Title, &r.Publisher, &r.Kind, &r.langs, &r.published, &r.publishedPrecision,
		&r.accessed, &r.accessedPrecision, &r.URL, &r.Extent, &r.Note, &r.Confidence, &r.RetractedAt, &r.RetractedBy, &r.Retraction.EN, &r.Retraction.JA}
}

// model leaves out, in a view of the past, when the source was looked at and what was noted on it since.
func (r *evidenceRow) model(at models.At) models.Evidence {
	e := r.Evidence
	e.Langs = []models.Lang{}
	for _, l := range list(r.langs) {
		e.Langs = append(e.Langs, models.Lang(l))
	}
	e.PublishedOn, e.AccessedOn = date(r.published, r.publishedPrecision), date(r.accessed, r.accessedPrecision)
	e.Initiatives = []string{}
	if at.Past() {
		e.AccessedOn, e.Note = models.Date{}, ""
	}
	if at.Past() || at.KnownAt != "" && e.RetractedAt > at.KnownAt { // it still counted then
		e.RetractedAt, e.RetractedBy, e.Retraction = "", "", models.Text{}
	}
	return e
}

// list reads a stored list of texts; Write lets nothing else in.
func list(stored string) []string {
	out := []string{}
	_ = json.Unmarshal([]byte(stored), &out)
	return out
}

// EvidenceList returns one page of the evidence dated by the time of the view, by ref, with the initiatives it
// bears on.
func (s *Store) EvidenceList(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Evidence], error) {
	return listOf(ctx, s, "evidence", w, p, func(v *view, after string, limit int) ([]models.Evidence, int, error) {
		return v.evidence("e.ref > ?", after, limit)
	}, func(e models.Evidence) string { return e.Ref })
}

// Evidence returns one piece of evidence and everything it bears on.
func (s *Store) Evidence(ctx context.Context, actor models.Actor, w models.When, ref string) (*models.Record[models.EvidenceRecord], error) {
	return recordOf(ctx, s, w, "evidence", ref, func(v *view) ([]models.EvidenceRecord, error) {
		found, _, err := v.evidence("e.ref = ?", ref, 1)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		r := models.EvidenceRecord{Evidence: found[0]}
		if r.Bears, err = v.bearings(ref); err != nil {
			return nil, err
		}
		r.Cited, err = v.cited(ref)
		return []models.EvidenceRecord{r}, err
	})
}

// evidence reads rows that a condition on the ref names: two statements and the count of all.
func (v *view) evidence(cond, arg string, limit int) ([]models.Evidence, int, error) {
	all, index, ids, total := []models.Evidence{}, map[int64]int{}, []any{}, 0
	err := each("read evidence", v.raw(`SELECT e.id, (SELECT COUNT(*) FROM evidence a WHERE `+v.datedBy("a")+`), `+evidenceColumns+`
		FROM evidence e WHERE `+v.datedBy("e")+` AND `+cond+` ORDER BY e.ref LIMIT ?`, v.at.Until(), v.at.Until(), arg, limit), func(scan scanner) error {
		var id int64
		r, dest := evidenceDest()
		if err := scan(append([]any{&id, &total}, dest...)...); err != nil {
			return err
		}
		index[id] = len(all)
		ids = append(ids, id)
		all = append(all, r.model(v.at))
		return nil
	})
	if err != nil || len(ids) == 0 {
		return all, total, err
	}
	err = each("read evidence", v.raw(`SELECT DISTINCT c.evidence_id, i.ref FROM citations c JOIN initiatives i ON i.id = c.initiative_id
		WHERE c.evidence_id IN (`+marks(len(ids))+`) AND c.occurred_on <= ? AND i.begins_on <= ? ORDER BY 1, 2`,
		append(append([]any{}, ids...), v.at.Until(), v.at.Until())...), func(scan scanner) error {
		var id int64
		var ref string
		if err := scan(&id, &ref); err != nil {
			return err
		}
		e := &all[index[id]]
		e.Initiatives = append(e.Initiatives, ref)
		return nil
	})
	return all, total, err
}
