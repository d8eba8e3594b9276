package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// maxFindings is how many findings a check names; one fault often shows in many places.
const maxFindings = 100

// Verify compares the whole record with what was written: the chain of the audit and the heads kept outside the
// database, references between rows, current statuses with the updates, texts with their hashes, what people judged
// with the hashes in the audit, and frozen briefings with theirs.
func (s *Store) Verify(ctx context.Context, actor models.Actor) (*models.Verification, error) {
	if !models.May(actor, models.PermitAudit) {
		return nil, forbidden()
	}
	heads, err := s.head.read() // before the snapshot, which then holds every entry they name
	if err != nil {
		return nil, err
	}
	check := &verifier{Verification: models.Verification{Findings: []models.Finding{}}, hashes: map[int64]string{}, contents: map[int64]string{}, frozen: map[int64]frozen{}}
	err = s.view(ctx, models.When{}, func(v *view) error {
		check.view = &view{store: v.store, db: v.db, engine: v.engine, words: v.words, at: v.at, version: v.version} // what is removed is checked as well
		for _, step := range []func() error{check.chain, check.anchored(heads), check.references, check.statuses, check.texts, check.judgements, check.seals, check.frozenBriefings} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return &check.Verification, err
}

type verifier struct {
	models.Verification
	view     *view
	hashes   map[int64]string // of the entries, by number
	contents map[int64]string // of the updates that people made, by id, as the audit has them
	frozen   map[int64]frozen // hashes of briefings, by number, as the audit has them
}

func (c *verifier) found(record, what string) {
	if len(c.Findings) < maxFindings {
		c.Findings = append(c.Findings, models.Finding{Record: record, What: what})
	}
}

// chain recomputes every hash of the audit from the first entry on.
func (c *verifier) chain() error {
	last := models.AuditEntry{}
	return each("read the audit", c.view.db.Raw("SELECT seq, at, actor, action, object, detail, hash FROM audit ORDER BY seq"), func(scan scanner) error {
		var e models.AuditEntry
		if err := scan(&e.Seq, &e.At, &e.Actor, &e.Action, &e.Object, &e.Detail, &e.Hash); err != nil {
			return err
		}
		record := fmt.Sprintf("audit:%d", e.Seq)
		switch {
		case e.Seq != last.Seq+1:
			c.found(fmt.Sprintf("audit:%d", last.Seq+1), "missing")
		case e.Hash != auditHash(last.Hash, e):
			c.found(record, "hash")
		}
		c.hashes[e.Seq], last = e.Hash, e
		c.Entries, c.Head = e.Seq, e.Hash
		c.remember(e)
		return nil
	})
}

// remember keeps the hash of the update that an entry speaks of.
func (c *verifier) remember(e models.AuditEntry) {
	_, change := e.Split()
	var d struct {
		updateDetail
		Updates []updateDetail `json:"updates"` // of a round
		frozen
	}
	if json.Unmarshal([]byte(change), &d) != nil {
		return // an entry of something else
	}
	if d.Briefing != 0 {
		c.frozen[d.Briefing] = d.frozen
	}
	for _, one := range append(d.Updates, d.updateDetail) {
		if one.Update != 0 && one.Content != "" {
			c.contents[one.Update] = one.Content
		}
	}
}

// anchored compares the heads that were kept outside the database.
func (c *verifier) anchored(all []anchor) func() error {
	return func() error {
		for _, a := range all {
			c.Anchors++
			if c.hashes[a.seq] == "" {
				c.found(fmt.Sprintf("audit:%d", max(c.Entries, 0)+1), "missing")
				return nil
			}
			if c.hashes[a.seq] != a.hash {
				c.found(fmt.Sprintf("audit:%d", a.seq), "anchor")
				return nil
			}
		}
		return nil
	}
}

// references finds rows that name a row which is not there. PostgreSQL never lets one in; SQLite can be told to.
func (c *verifier) references() error {
	if c.view.engine == Postgres {
		return nil
	}
	return each("check references", c.view.db.Raw("SELECT \"table\", COALESCE(rowid, 0), parent FROM pragma_foreign_key_check"), func(scan scanner) error {
		var table, parent string
		var row int64
		err := scan(&table, &row, &parent)
		c.found(fmt.Sprintf("%s:%d", table, row), "reference")
		return err
	})
}

// statuses compares the maintained current statuses with their definition.
func (c *verifier) statuses() error {
	if err := scanRow(c.view.db.Raw("SELECT COUNT(*) FROM current_statuses"), &c.Statuses); err != nil {
		return translate("count current statuses", err)
	}
	return each("check current statuses", c.view.db.Raw(differingSQL, "9999-12-31", "9999-12-31"), func(scan scanner) error {
		var ref, country string
		err := scan(&ref, &country)
		if country != "" {
			ref += "/" + country
		}
		c.found("initiative:"+ref, "status")
		return err
	})
}

// texts compares the paragraphs of statements, as they stand and as they stood before, with the hashes stored beside them.
func (c *verifier) texts() error {
	return each("check texts", c.view.db.Raw(`SELECT st.slug || '#' || p.ref || '/' || t.lang, t.body, t.sha256
		FROM (SELECT paragraph_id, lang, edition, body, sha256 FROM paragraph_texts UNION ALL SELECT paragraph_id, lang, edition, body, sha256 FROM former_texts) t
		JOIN paragraphs p ON p.id = t.paragraph_id JOIN statements st ON st.id = p.statement_id
		UNION ALL SELECT st.slug || '/' || s.lang, s.body, s.sha256 FROM statement_sources s JOIN statements st ON st.id = s.statement_id ORDER BY 1`), func(scan scanner) error {
		var place, body, hash string
		if err := scan(&place, &body, &hash); err != nil {
			return err
		}
		c.Texts++
		if sum := sha256.Sum256([]byte(body)); hex.EncodeToString(sum[:]) != hash {
			c.found("statement:"+place, "text")
		}
		return nil
	})
}

// judgements compares what people judged with the hashes that the audit has of it.
func (c *verifier) judgements() error {
	ids := make([]int64, 0, len(c.contents))
	for id := range c.contents {
		ids = append(ids, id)
	}
	for n := 0; n < len(ids); n += chunk {
		some := ids[n:min(n+chunk, len(ids))]
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id
		}
		all, err := c.view.updates("u.id IN ("+marks(len(some))+")", args, len(some))
		if err != nil {
			return err
		}
		left := map[int64]bool{}
		for _, id := range some {
			left[id] = true
		}
		for _, u := range all {
			c.Updates++
			delete(left, u.ID)
			if contentHash(u) != c.contents[u.ID] {
				c.found("update:"+strconv.FormatInt(u.ID, 10), "content")
			}
		}
		for id := range left {
			c.found("update:"+strconv.FormatInt(id, 10), "missing")
		}
	}
	return nil
}

// updateDetail is what the audit has of a judgement.
type updateDetail struct {
	Update  int64         `json:"update"`
	Country string        `json:"country"`
	From    models.Status `json:"from"` // empty when nothing stood
	To      models.Status `json:"to"`
	Content string        `json:"content"` // SHA-256 of what was judged and on what
}

// contentHash is the SHA-256 of what was judged, field after field with its length before it, and of the evidence and
// the search note it rests on, with their own words.
func contentHash(u models.Update) string {
	fields := []string{u.Initiative, u.Country, string(u.Status), u.EffectiveOn.String(), u.Meeting, string(u.Mark), u.ReasonKind, u.Note.EN, u.Note.JA,
		string(u.Grade), u.Author, strconv.FormatInt(u.Replaces, 10), u.RecordedAt, strconv.FormatBool(u.Superseded), string(u.Confidence), u.Provenance, u.SourceRef,
		u.Occasion.EN, u.Occasion.JA, u.Rationale.EN, u.Rationale.JA, u.Remark.EN, u.Remark.JA, u.Scope.EN, u.Scope.JA}
	for _, c := range u.Evidence {
		fields = append(fields, c.Ref, c.Stance, string(c.Grade), c.Title, c.Publisher, c.URL, c.PublishedOn.String())
	}
	n := u.Searched
	fields = append(append(fields, u.SearchNote, n.SearchedOn.String(), n.Where, n.Result.EN, n.Result.JA), n.Queries...)
	return hashFields(fields...)
}

// hashFields is the SHA-256 of texts, each with its length before it, so that no two different lists have the same bytes.
func hashFields(fields ...string) string {
	h := sha256.New()
	for _, f := range fields {
		fmt.Fprintf(h, "%d:%s", len(f), f)
	}
	return hex.EncodeToString(h.Sum(nil))
}
