package store

import (
	"net/url"
	"unicode/utf8"

	"github.com/followthrough/followthrough/models"
)

// AddInitiative adds an initiative with its parts. Its first meeting and the day it begins are those given; an
// earlier update moves them back.
func (tx *Tx) AddInitiative(i models.InitiativeRecord) error {
	topic, err := tx.id("topics", "topic", i.Topic)
	if err != nil {
		return err
	}
	meeting, err := tx.idOrNull("meetings", "first_meeting", i.FirstMeeting)
	if err != nil {
		return err
	}
	if n := utf8.RuneCountInString(i.Title.EN) + utf8.RuneCountInString(i.Title.JA); n == 0 || n > 2*models.MaxTitle {
		return models.Invalid(models.Field("title", "error.length", "value", n, "max", models.MaxTitle))
	}
	begins := i.BeginsOn.Last()
	if begins == "" {
		begins = "9999-12-31" // until its first update
	}
	id, err := tx.insert("initiatives", col("ref", i.Ref), col("topic_id", topic), col("kind", i.Kind), text("title", i.Title), text("summary", i.Summary),
		col("described_on", i.DescribedOn.Last()), text("note", i.Note), col("lead_country", i.LeadCountry), col("first_meeting_id", meeting),
		col("begins_on", begins), col("trackable", i.Trackable), col("standing", i.Standing), civil("due", i.DueOn),
		col("confidence", i.Confidence), texts("sources", i.Sources))
	if err != nil {
		return err
	}
	tx.touch("initiative", i.Ref)
	for _, p := range i.Parts {
		if err := tx.put("parts", col("initiative_id", id), col("country", p.Country), col("role", p.Role)); err != nil {
			return err
		}
	}
	return nil
}

// Relate places an initiative below its parent, behind the one that superseded it and beside its related ones, all
// of which must stand already. Parent and successor may be empty.
func (tx *Tx) Relate(ref, parent, successor string, related []string) error {
	id, err := tx.id("initiatives", "initiative", ref)
	if err != nil {
		return err
	}
	above, err := tx.idOrNull("initiatives", "parent", parent)
	if err != nil {
		return err
	}
	behind, err := tx.idOrNull("initiatives", "superseded_by", successor)
	if err != nil {
		return err
	}
	if err := tx.db.Exec("UPDATE initiatives SET parent_id = ?, superseded_by_id = ? WHERE id = ?", above, behind, id).Error; err != nil {
		return translate("place "+ref, err)
	}
	for _, r := range related {
		other, err := tx.id("initiatives", "related", r)
		if err != nil {
			return err
		}
		if err := tx.put("initiative_relations", col("initiative_id", id), col("related_id", other)); err != nil {
			return err
		}
	}
	return nil
}

// AddEvidence adds a piece of evidence. Its address must be http or https; nothing is fetched.
func (tx *Tx) AddEvidence(e models.Evidence) error {
	if u, err := url.Parse(e.URL); err != nil || len(e.URL) > models.MaxURL || e.URL != "" && u.Scheme != "http" && u.Scheme != "https" {
		return models.Invalid(models.Field("url", "error.url", "value", e.URL))
	}
	langs := make([]string, len(e.Langs))
	for i, l := range e.Langs {
		langs[i] = string(l)
	}
	_, err := tx.insert("evidence", col("ref", e.Ref), col("title", e.Title), col("publisher", e.Publisher), col("kind", e.Kind), texts("langs", langs),
		civil("published", e.PublishedOn), civil("accessed", e.AccessedOn), col("url", e.URL), col("archived_url", ""), col("quotation", ""),
		col("extent", e.Extent), col("note", e.Note), col("confidence", e.Confidence), col("retracted_at", ""), text("retraction", models.Text{}))
	tx.touch("evidence", e.Ref)
	return err
}

// AddUpdate appends a judgement with its evidence, keeps the current status in step and, for the whole initiative,
// the day it begins. It returns the id of the update.
func (tx *Tx) AddUpdate(u models.Update) (int64, error) {
	if err := u.Validate(); err != nil {
		return 0, err
	}
	initiative, err := tx.id("initiatives", "initiative", u.Initiative)
	if err != nil {
		return 0, err
	}
	meeting, err := tx.idOrNull("meetings", "meeting", u.Meeting)
	if err != nil {
		return 0, err
	}
	note, err := tx.idOrNull("search_notes", "search_note", u.SearchNote)
	if err != nil {
		return 0, err
	}
	var replaces *int64
	if u.Replaces != 0 {
		replaces = &u.Replaces
	}
	id, err := tx.insert("updates", col("initiative_id", initiative), col("country", u.Country), col("status", u.Status), col("superseded", u.Superseded),
		civil("effective", u.EffectiveOn), col("meeting_id", meeting), text("occasion", u.Occasion), col("mark", u.Mark), col("reason_kind", u.ReasonKind),
		text("note", u.Note), text("rationale", u.Rationale), text("remark", u.Remark), text("scope", u.Scope), col("grade", u.BestGrade()),
		col("confidence", u.Confidence), col("provenance", u.Provenance), col("source_ref", u.SourceRef), col("round_id", tx.roundID), col("author_id", tx.author()), col("author", tx.judge().Name), col("replaces_id", replaces), col("search_note_id", note), col("published", true))
	if err != nil {
		return 0, err
	}
	tx.judged[u.Initiative] = append(tx.judged[u.Initiative], id)
	if err := tx.citeUnder("update_id", id, initiative, u.Country, u.EffectiveOn, u.Evidence); err != nil {
		return 0, err
	}
	return id, tx.settle(initiative, u, meeting)
}

// author is the account that judges; nil for the program itself.
func (tx *Tx) author() *int64 {
	id := tx.judge().ID
	if id == 0 {
		return nil
	}
	return &id
}

// judge is who judges: the actor, or who decided what the actor publishes.
func (tx *Tx) judge() models.Actor {
	if tx.decided != nil {
		return *tx.decided
	}
	return tx.actor
}

// settle rewrites the current status of one initiative or part from its updates, in the transaction that added one.
func (tx *Tx) settle(initiative int64, u models.Update, meeting *int64) error {
	if err := tx.db.Exec("DELETE FROM current_statuses WHERE initiative_id = ? AND country = ?", initiative, u.Country).Error; err != nil {
		return translate("keep the current status", err)
	}
	err := tx.db.Exec(`INSERT INTO current_statuses (initiative_id, country, update_id, status, superseded, effective_on, effective_precision, mark, grade)
		SELECT u.initiative_id, u.country, u.id, u.status, u.superseded, u.effective_on, u.effective_precision, u.mark, u.grade FROM updates u
		WHERE u.initiative_id = ? AND u.country = ? AND u.published AND NOT EXISTS (SELECT 1 FROM updates r WHERE r.replaces_id = u.id AND r.published)
		ORDER BY u.effective_on DESC, u.recorded_at DESC, u.id DESC LIMIT 1`, initiative, u.Country).Error
	if err != nil || u.Country != "" {
		return translate("keep the current status", err)
	}
	began := tx.db.Exec(`UPDATE initiatives SET begins_on = ?, first_meeting_id = COALESCE(?, first_meeting_id)
		WHERE id = ? AND begins_on > ?`, u.EffectiveOn.Last(), meeting, initiative, u.EffectiveOn.Last())
	if began.RowsAffected > 0 {
		tx.touch("initiative", u.Initiative) // none of its texts is true before
	}
	return translate("keep the beginning", began.Error)
}

// AddContext adds a wider event with its evidence; it gives no status.
func (tx *Tx) AddContext(c models.Context) error {
	initiative, err := tx.id("initiatives", "initiative", c.Initiative)
	if err != nil {
		return err
	}
	id, err := tx.insert("contexts", col("initiative_id", initiative), civil("occurred", c.OccurredOn), text("occasion", c.Occasion), text("note", c.Note),
		text("rationale", c.Rationale), text("remark", c.Remark), text("scope", c.Scope), col("confidence", c.Confidence), col("source_ref", c.SourceRef))
	if err != nil {
		return err
	}
	tx.touch("initiative", c.Initiative)
	return tx.citeUnder("context_id", id, initiative, "", c.OccurredOn, c.Evidence)
}

func (tx *Tx) citeUnder(column string, id, initiative int64, country string, on models.Date, all []models.Citation) error {
	for n, c := range all {
		evidence, err := tx.id("evidence", "evidence", c.Ref)
		if err != nil {
			return err
		}
		if _, err := tx.insert("citations", col("evidence_id", evidence), col("initiative_id", initiative), col("country", country), col(column, id),
			col("stance", c.Stance), col("grade", c.Grade), col("occurred_on", on.Last()), col("position", n)); err != nil {
			return err
		}
	}
	return nil
}

// AddSearchNote adds what was looked for and not found.
func (tx *Tx) AddSearchNote(n models.SearchNote) error {
	initiative, err := tx.id("initiatives", "initiative", n.Initiative)
	if err != nil {
		return err
	}
	if n.Ref == "" {
		return models.Invalid(models.Field("ref", "error.required"))
	}
	tx.touch("initiative", n.Initiative)
	_, err = tx.insert("search_notes", col("ref", n.Ref), col("initiative_id", initiative), civil("searched", n.SearchedOn), col("place", n.Where),
		texts("queries", n.Queries), text("result", n.Result), text("caution", n.Caution), col("suggested", n.Suggested))
	return err
}

// AddContradiction adds a place where sources or languages disagree, on the records named as kind:ref.
func (tx *Tx) AddContradiction(c models.Contradiction) error {
	id, err := tx.insert("contradictions", col("slug", c.Slug), col("kind", c.Kind), text("subject", c.Subject), text("reading_a", c.ReadingA),
		text("reading_b", c.ReadingB), text("advice", c.Advice), col("known_from", c.KnownFrom.Last()), col("known_precision", string(c.KnownFrom.Precision())),
		col("confidence", c.Confidence), texts("sources", c.Sources))
	if err != nil {
		return err
	}
	for _, on := range c.Concerns() {
		if err := tx.put("contradiction_records", col("contradiction_id", id), col("kind", on.Kind), col("ref", on.Ref)); err != nil {
			return err
		}
	}
	return nil
}
