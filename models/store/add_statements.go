package store

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// AddStatement adds a statement and its paragraphs, byte for byte, each with the hash of its bytes.
func (tx *Tx) AddStatement(s models.Statement) error {
	meeting, err := tx.id("meetings", "meeting", s.Meeting)
	if err != nil {
		return err
	}
	id, err := tx.insert("statements", col("slug", s.Slug), col("meeting_id", meeting), text("title", s.Title), civil("issued", s.IssuedOn), texts("sources", s.Sources))
	if err != nil {
		return err
	}
	tx.touch("statement", s.Slug)
	for i, p := range s.Paragraphs {
		paragraph, err := tx.insert("paragraphs", col("statement_id", id), col("ref", p.Ref), col("position", i))
		if err != nil {
			return err
		}
		for lang, body := range p.Texts {
			if !utf8.ValidString(body) || strings.ContainsRune(body, 0) {
				return models.Invalid(models.Field("paragraphs", "error.text", "value", p.Ref))
			}
			if err := tx.put("paragraph_texts", col("paragraph_id", paragraph), col("lang", lang), col("body", body), col("sha256", hash(body))); err != nil {
				return err
			}
		}
	}
	return nil
}

func hash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// AddPublication adds one publisher's release.
func (tx *Tx) AddPublication(p models.Publication) error {
	meeting, err := tx.id("meetings", "meeting", p.Meeting)
	if err != nil {
		return err
	}
	statement, err := tx.idOrNull("statements", "statement", p.Statement)
	if err != nil {
		return err
	}
	tx.touch("meeting", p.Meeting)
	_, err = tx.insert("publications", col("meeting_id", meeting), col("statement_id", statement), col("publisher", p.Publisher), col("lang", p.Lang),
		col("title", p.Title), civil("published", p.PublishedOn), col("published_at", p.PublishedAt), col("url", p.URL), col("standing", p.Standing),
		text("note", p.Note), col("confidence", p.Confidence), texts("sources", p.Sources))
	return err
}

// AddCommitment adds a commitment with its marks and ties it to initiatives. Words[lang].Exact must stand in the
// paragraph: where Prefix and Suffix make it whole, or else at the first place.
func (tx *Tx) AddCommitment(c models.Commitment) error {
	statement, err := tx.id("statements", "statement", c.Statement)
	if err != nil {
		return err
	}
	var paragraphs []int64
	if err := tx.db.Raw("SELECT id FROM paragraphs WHERE statement_id = ? AND ref = ?", statement, c.Paragraph).Scan(&paragraphs).Error; err != nil {
		return translate("find paragraph "+c.Paragraph, err)
	}
	if len(paragraphs) == 0 {
		return models.Invalid(models.Field("paragraph", "error.unknown_value", "value", c.Paragraph))
	}
	if !c.Trackable && c.NotTrackableReason.IsZero() {
		return models.Invalid(models.Field("not_trackable_reason", "error.required"))
	}
	id, err := tx.insert("commitments", col("code", c.Code), col("statement_id", statement), col("paragraph_id", paragraphs[0]), col("kind", c.Kind),
		col("verb", c.Verb), col("strength", c.Strength), col("trackable", c.Trackable), text("reason", c.NotTrackableReason), text("note", c.Note),
		col("actor", c.Actor), col("addressee", c.Addressee), col("due", c.Due), col("measure", c.Measure))
	if err != nil {
		return err
	}
	tx.touch("commitment", c.Code)
	for lang, words := range c.Words {
		if err := tx.mark(id, paragraphs[0], lang, words); err != nil {
			return err
		}
	}
	for _, ref := range c.Initiatives {
		initiative, err := tx.id("initiatives", "initiatives", ref)
		if err != nil {
			return err
		}
		if err := tx.put("commitment_initiatives", col("commitment_id", id), col("initiative_id", initiative)); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) mark(commitment, paragraph int64, lang models.Lang, words models.Marked) error {
	var bodies []string
	if err := tx.db.Raw("SELECT body FROM paragraph_texts WHERE paragraph_id = ? AND lang = ?", paragraph, lang).Scan(&bodies).Error; err != nil {
		return translate("find the words of a mark", err)
	}
	field := "words." + string(lang)
	if len(bodies) == 0 {
		return models.Invalid(models.Field(field, "error.not_in_paragraph", "value", words.Exact))
	}
	at := models.Span{From: len(words.Prefix), To: len(words.Prefix) + len(words.Exact)}
	if words.Prefix+words.Exact+words.Suffix != bodies[0] { // only the words are given
		at.From = strings.Index(bodies[0], words.Exact)
		at.To = at.From + len(words.Exact)
	}
	if at.From < 0 || at.Empty() {
		return models.Invalid(models.Field(field, "error.not_in_paragraph", "value", words.Exact))
	}
	return tx.put("marks", col("commitment_id", commitment), col("paragraph_id", paragraph), col("lang", lang), markColumns(models.NewTextMark(bodies[0], at)))
}

// markColumns is a mark as it is stored.
func markColumns(m models.TextMark) []column {
	return slices.Concat(col("exact", m.Exact), col("prefix", m.Prefix), col("suffix", m.Suffix), col("start_hint", m.Hint), col("rival", m.Rival))
}
