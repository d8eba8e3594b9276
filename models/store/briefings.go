package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// mostParts is how many countries are expected to have a part in an initiative.
const mostParts = 20

// Freeze keeps a briefing. write gives its forms once its number is known, so that the words can name their own
// address. Neither the row nor the forms ever change (docs/decisions/0014).
func (s *Store) Freeze(ctx context.Context, actor models.Actor, b models.FrozenBriefing, receipt *models.Receipt, write func(models.FrozenBriefing) ([]models.BriefingFile, error)) error {
	detail := &frozen{Files: map[string]string{}}
	c := Change{Action: "briefing.freeze", Object: "briefing", Detail: detail, Needs: models.PermitEdit, Receipt: receipt}
	return s.Write(ctx, actor, c, func(tx *Tx) error {
		if err := scanRow(tx.db.Raw("SELECT COALESCE(MAX(id), 0) + 1 FROM briefings"), &b.ID); err != nil {
			return translate("number the briefing", err)
		}
		b.FrozenAt, b.Author = tx.at, tx.actor.Name
		files, err := write(b)
		if err != nil {
			return err
		}
		options, err := json.Marshal(b.Options)
		if err != nil {
			return wrap("encode the options of a briefing", err)
		}
		row := sealed{b.ID, b.Heading, string(options), b.AsOf.Last(), b.DataVersion, b.Chain, b.FrozenAt, b.Author}
		detail.Seal = row.hash()
		if err := tx.put("briefings", col("id", row.ID), text("heading", row.Heading), col("options", row.Options), col("as_of", row.AsOf), col("data_version", row.DataVersion),
			col("audit_seq", row.Chain.Seq), col("audit_hash", row.Chain.Hash), col("frozen_at", row.FrozenAt), col("author", row.Author)); err != nil {
			return err
		}
		for _, f := range files {
			sum := sha256.Sum256([]byte(f.Body))
			detail.Files[f.Format] = hex.EncodeToString(sum[:])
			if err := tx.put("briefing_files", col("briefing_id", b.ID), col("format", f.Format), col("body", f.Body), col("sha256", detail.Files[f.Format])); err != nil {
				return err
			}
		}
		detail.Briefing, tx.result = b.ID, strconv.FormatInt(b.ID, 10)
		tx.object = "briefing:" + tx.result
		return nil
	})
}

// Briefings returns one page of the frozen briefings, the latest first, without their content.
func (s *Store) Briefings(ctx context.Context, actor models.Actor, p models.Page) (*models.List[models.FrozenBriefing], error) {
	after, err := cursorOf("briefings", p.After)
	if err != nil {
		return nil, err
	}
	before, err := strconv.ParseInt(after.Ref, 10, 64)
	if err != nil { // the first page
		before = 1 << 62
	}
	var out *models.List[models.FrozenBriefing]
	err = s.view(ctx, models.When{}, func(v *view) error {
		var total int
		if err := scanRow(v.db.Raw("SELECT COUNT(*) FROM briefings"), &total); err != nil {
			return translate("count briefings", err)
		}
		items, err := v.briefings("b.id < ?", before, p.Limit+1)
		if err != nil {
			return err
		}
		out = envelope(v, items, total)
		if len(items) > p.Limit {
			out.Items = items[:p.Limit]
			token := cursor{List: "briefings", Ref: strconv.FormatInt(items[p.Limit-1].ID, 10)}.String()
			out.Next = &token
		}
		return nil
	})
	return out, err
}

// FrozenBriefing returns a frozen briefing with everything that was kept.
func (s *Store) FrozenBriefing(ctx context.Context, actor models.Actor, ref string) (*models.FrozenBriefing, error) {
	id, err := strconv.ParseInt(ref, 10, 64)
	if err != nil || strconv.FormatInt(id, 10) != ref {
		return nil, models.NotFound("briefing", ref)
	}
	var out *models.FrozenBriefing
	err = s.view(ctx, models.When{}, func(v *view) error {
		items, err := v.briefings("b.id = ?", id, 1)
		if err != nil {
			return err
		}
		if len(items) == 0 {
			return models.NotFound("briefing", ref)
		}
		out = &items[0]
		return each("read a briefing", v.db.Raw("SELECT format, body FROM briefing_files WHERE briefing_id = ?", id), func(scan scanner) error {
			var format, body string
			if err := scan(&format, &body); err != nil {
				return err
			}
			for i := range out.Files {
				if out.Files[i].Format == format {
					out.Files[i].Body = body
				}
			}
			if format == "json" {
				out.Content = json.RawMessage(body)
			}
			return nil
		})
	})
	return out, err
}

// briefings reads frozen briefings that a condition on the number names, the latest first, with the hashes of their
// forms: two statements.
func (v *view) briefings(cond string, arg int64, limit int) ([]models.FrozenBriefing, error) {
	all, index, ids := []models.FrozenBriefing{}, map[int64]int{}, []any{}
	err := each("read briefings", v.db.Raw(`SELECT b.id, b.heading_en, b.heading_ja, b.options, b.as_of, b.data_version, b.audit_seq, b.audit_hash, b.frozen_at, b.author
		FROM briefings b WHERE `+cond+` ORDER BY b.id DESC LIMIT ?`, arg, limit), func(scan scanner) error {
		b := models.FrozenBriefing{Files: []models.BriefingFile{}}
		var options, asOf string
		if err := scan(&b.ID, &b.Heading.EN, &b.Heading.JA, &options, &asOf, &b.DataVersion, &b.Chain.Seq, &b.Chain.Hash, &b.FrozenAt, &b.Author); err != nil {
			return err
		}
		b.AsOf = day(asOf)
		index[b.ID] = len(all)
		ids = append(ids, b.ID)
		all = append(all, b)
		return json.Unmarshal([]byte(options), &all[len(all)-1].Options)
	})
	if err != nil || len(ids) == 0 {
		return all, err
	}
	length := "LENGTH(CAST(body AS BLOB))"
	if v.engine == Postgres {
		length = "OCTET_LENGTH(body)"
	}
	return all, each("read the forms of briefings", v.db.Raw("SELECT briefing_id, format, sha256, "+length+" FROM briefing_files WHERE briefing_id IN ("+marks(len(ids))+") ORDER BY briefing_id, format", ids...), func(scan scanner) error {
		var id int64
		var f models.BriefingFile
		if err := scan(&id, &f.Format, &f.SHA256, &f.Size); err != nil {
			return err
		}
		b := &all[index[id]]
		b.Files = append(b.Files, f)
		return nil
	})
}
