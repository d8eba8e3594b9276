package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Updates returns one page of every judgement that the view shows, whether it stands or not, in the order of recording.
func (s *Store) Updates(ctx context.Context, actor models.Actor, w models.When, p models.Page) (*models.List[models.Update], error) {
	if !models.May(actor, models.PermitRead) {
		return nil, forbidden()
	}
	return listOf(ctx, s, "updates", w, p, func(v *view, after string, limit int) ([]models.Update, int, error) {
		last, err := strconv.ParseInt(cmp.Or(after, "0"), 10, 64)
		if err != nil {
			return nil, 0, models.Invalid(models.Field("after", "error.token", "value", p.After))
		}
		total, err := v.countUpdates()
		if err != nil {
			return nil, 0, err
		}
		ids, until := []any{}, v.at.Until()
		err = each("find updates", v.raw("SELECT u.id FROM "+judgedSQL+" AND u.id > ? ORDER BY u.id LIMIT ?", until, until, last, limit), func(scan scanner) error {
			var id int64
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
		if err != nil || len(ids) == 0 {
			return []models.Update{}, total, err
		}
		all, err := v.updates("u.id IN ("+marks(len(ids))+")", ids, len(ids))
		slices.SortFunc(all, func(a, b models.Update) int { return cmp.Compare(a.ID, b.ID) })
		return all, total, err
	}, func(u models.Update) string { return strconv.FormatInt(u.ID, 10) })
}

// countUpdates counts every judgement that the view shows.
func (v *view) countUpdates() (int, error) {
	c, err := v.census()
	if err != nil {
		return 0, err
	}
	recorded, err := v.entered(c)
	if err != nil {
		return 0, err
	}
	return keptOf(c, "updates", true, func() (n int) {
		for _, all := range recorded {
			if all == nil {
				continue
			}
			for _, e := range all.counts {
				switch models.EventKinds[e.kind] {
				case models.EventStatus, models.EventPart, models.EventCorrection:
					n += e.n
				}
			}
		}
		return n
	}), nil
}

// judgedSQL are the judgements that a view shows; its arguments are the last day, twice.
const judgedSQL = "updates u JOIN initiatives i ON i.id = u.initiative_id WHERE u.published AND u.effective_on <= ? AND i.begins_on <= ?"

// atOnce is how many judgements one reading transaction of EachUpdate has.
const atOnce = 5000

// EachUpdate calls f with every judgement that Updates lists, without its evidence, in the same order. They are read
// some at a time, and f is called between the transactions, so that a slow reader holds none open. The last one is
// that which was the last at the beginning: a judgement never changes and none is recorded before another, so that what is
// added meanwhile alters nothing. f must not keep what it gets.
func (s *Store) EachUpdate(ctx context.Context, actor models.Actor, w models.When, f func(u *models.Update) error) error {
	if !models.May(actor, models.PermitRead) {
		return forbidden()
	}
	var end int64
	past := false
	err := s.view(ctx, w, func(v *view) error {
		past = v.at.Past()
		return translate("find the last update", scanRow(v.db.Raw("SELECT COALESCE(MAX(id), 0) FROM updates"), &end))
	})
	if err != nil {
		return err
	}
	var u models.Update
	var rows []string
	parts := make([]string, len(packed))
	for last := int64(0); last < end; {
		err := s.view(ctx, w, func(v *view) error {
			rows = rows[:0] // what a replica began to read is read again by the primary
			return v.packedUpdates(last, end, &rows)
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := unpack(row, parts); err != nil {
				return err
			}
			if err := unpacked(&u, parts, past); err != nil {
				return err
			}
			if err := f(&u); err != nil {
				return err
			}
			last = u.ID
		}
		if len(rows) < atOnce {
			return nil
		}
	}
	return nil
}

// packed are the columns of a judgement, which are read as one text each row: taking them over one by one costs more than
// all else. separator stands between them; a row with another number of parts is refused, because a text holds it.
var packed = []string{"u.id", "i.ref", "u.country", "u.status", "CASE WHEN u.superseded THEN 'true' ELSE 'false' END", "u.effective_on", "u.effective_precision", "COALESCE(m.ref,'')",
	"u.occasion_en", "u.occasion_ja", "u.mark", "u.reason_kind", "u.note_en", "u.note_ja", "u.rationale_en", "u.rationale_ja", "u.remark_en", "u.remark_ja", "u.scope_en", "u.scope_ja",
	gradeSQL("u"), "u.confidence", "u.provenance", "u.source_ref", "u.recorded_at", "u.author", "COALESCE(u.replaces_id,0)", "COALESCE(n.ref,'')"}

const separator = "\x1f"

// packedUpdates reads the next judgements behind one.
func (v *view) packedUpdates(last, end int64, rows *[]string) error {
	from := strings.Replace(judgedSQL, " WHERE ", " LEFT JOIN meetings m ON m.id = u.meeting_id LEFT JOIN search_notes n ON n.id = u.search_note_id AND n.searched_on <= ? WHERE ", 1)
	until := v.at.Until()
	return each("read updates", v.raw("SELECT concat_ws(?, "+strings.Join(packed, ", ")+") FROM "+from+" AND u.id > ? AND u.id <= ? ORDER BY u.id LIMIT ?",
		separator, until, until, until, last, end, atOnce), func(scan scanner) error {
		var row string
		err := scan(&row)
		*rows = append(*rows, row)
		return err
	})
}

// unpack cuts a row into its parts.
func unpack(row string, parts []string) error {
	for i := range parts[1:] {
		part, rest, found := strings.Cut(row, separator)
		if !found {
			return fmt.Errorf("an update has %d parts, not %d", i+1, len(parts))
		}
		parts[i], row = part, rest
	}
	if strings.Contains(row, separator) {
		return fmt.Errorf("an update has more than %d parts", len(parts))
	}
	parts[len(parts)-1] = row
	return nil
}

// unpacked reads a judgement from its parts, as a view of the present or the past shows it.
func unpacked(u *models.Update, p []string, past bool) (err error) {
	text := func(i int) models.Text { return models.Text{EN: p[i], JA: p[i+1]} }
	*u = models.Update{Initiative: p[1], Country: p[2], Status: models.Status(p[3]), Superseded: p[4] == "true", EffectiveOn: date(p[5], p[6]), Meeting: p[7],
		Occasion: text(8), Mark: models.Mark(p[10]), ReasonKind: p[11], Note: text(12), Rationale: text(14), Remark: text(16), Scope: text(18),
		Grade: models.Grade(p[20]), Confidence: models.Confidence(p[21]), Provenance: p[22], SourceRef: p[23], RecordedAt: p[24], Author: p[25], SearchNote: p[27]}
	if past {
		u.RecordedAt, u.Remark, u.Rationale = "", models.Text{}, models.Text{}
	}
	if u.ID, err = strconv.ParseInt(p[0], 10, 64); err != nil {
		return err
	}
	u.Replaces, err = strconv.ParseInt(p[26], 10, 64)
	return err
}
