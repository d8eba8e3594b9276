package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"github.com/followthrough/followthrough/models"
)

// frozen is what the audit has of a briefing: the hash of its row and of each form in which it was kept.
type frozen struct {
	Briefing int64             `json:"briefing"`
	Seal     string            `json:"briefing_seal"` // SHA-256 of sealed; earlier entries have none
	Files    map[string]string `json:"briefing_files"`
}

// sealed is the row of a frozen briefing exactly as the database has it: what the page prints beside the forms.
type sealed struct {
	ID          int64
	Heading     models.Text
	Options     string
	AsOf        string
	DataVersion int64
	Chain       models.AuditHead
	FrozenAt    string
	Author      string
}

// hash is the SHA-256 over the row.
func (r sealed) hash() string {
	return hashFields(strconv.FormatInt(r.ID, 10), r.Heading.EN, r.Heading.JA, r.Options, r.AsOf, strconv.FormatInt(r.DataVersion, 10),
		strconv.FormatInt(r.Chain.Seq, 10), r.Chain.Hash, r.FrozenAt, r.Author)
}

// seals compares the row of every frozen briefing with the hash in the audit. An entry from before there were seals
// has none; its briefing is compared by its forms alone.
func (c *verifier) seals() error {
	return each("check the seals of briefings", c.view.db.Raw("SELECT id, heading_en, heading_ja, options, as_of, data_version, audit_seq, audit_hash, frozen_at, author FROM briefings ORDER BY id"), func(scan scanner) error {
		var r sealed
		if err := scan(&r.ID, &r.Heading.EN, &r.Heading.JA, &r.Options, &r.AsOf, &r.DataVersion, &r.Chain.Seq, &r.Chain.Hash, &r.FrozenAt, &r.Author); err != nil {
			return err
		}
		if seal := c.frozen[r.ID].Seal; seal != "" && seal != r.hash() {
			c.found("briefing:"+strconv.FormatInt(r.ID, 10), "content")
		}
		return nil
	})
}

// frozenBriefings compares every form of every frozen briefing with its hash, and that with the hash in the audit.
func (c *verifier) frozenBriefings() error {
	seen := map[int64]int{}
	err := each("check briefings", c.view.db.Raw("SELECT b.id, COALESCE(f.format, ''), COALESCE(f.body, ''), COALESCE(f.sha256, '') FROM briefings b LEFT JOIN briefing_files f ON f.briefing_id = b.id ORDER BY b.id, f.format"), func(scan scanner) error {
		var id int64
		var format, body, hash string
		if err := scan(&id, &format, &body, &hash); err != nil {
			return err
		}
		if seen[id]++; seen[id] == 1 {
			c.Briefings++
		}
		sum := sha256.Sum256([]byte(body))
		if is := hex.EncodeToString(sum[:]); is != hash || hash != c.frozen[id].Files[format] {
			c.found("briefing:"+strconv.FormatInt(id, 10)+"."+format, "text")
		}
		return nil
	})
	for id, entry := range c.frozen {
		if seen[id] != len(entry.Files) {
			c.found("briefing:"+strconv.FormatInt(id, 10), "missing")
		}
	}
	return err
}
