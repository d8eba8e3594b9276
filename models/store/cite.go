package store

import (
	"database/sql"
	"errors"
	"net/url"
	"sort"
	"strconv"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// checkCited refuses evidence that is not in the record, or that no longer counts.
func (tx *Tx) checkCited(field, ref string) error {
	if _, err := tx.id("evidence", field, ref); err != nil {
		return err
	}
	var retracted string
	err := scanRow(tx.db.Raw("SELECT retracted_at FROM evidence WHERE ref = ?", ref), &retracted)
	if err == nil && retracted != "" {
		return models.Invalid(models.Field(field, "error.struck_out", "value", ref))
	}
	return translate("find "+ref, err)
}

// cited finds the evidence of a citation, or adds it. An address that is in the record already is not kept twice.
func (tx *Tx) cited(field string, e models.CitedEvidence) (models.Citation, error) {
	c := models.Citation{Stance: e.Stance, Grade: e.Grade}
	c.Ref = e.Ref
	if e.Ref != "" {
		return c, tx.checkCited(field, e.Ref)
	}
	err := scanRow(tx.db.Raw("SELECT ref FROM evidence WHERE url = ? AND retracted_at = '' ORDER BY id LIMIT 1", e.URL), &c.Ref)
	if err == nil || !errors.Is(err, sql.ErrNoRows) {
		return c, translate("look for the address", err)
	}
	c.Evidence = models.Evidence{Title: strings.TrimSpace(e.Title), Publisher: strings.TrimSpace(e.Publisher), Kind: e.Kind, PublishedOn: e.PublishedOn, URL: e.URL, Confidence: models.Verified}
	if c.Kind == "" {
		c.Kind = "other"
	}
	if e.Lang != "" {
		c.Langs = []models.Lang{e.Lang}
	}
	if c.AccessedOn, err = models.ParseDate(tx.day()); err != nil {
		return c, err
	}
	if c.Ref, err = tx.free("evidence", evidenceRef(e, tx.day())); err != nil {
		return c, err
	}
	return c, tx.AddEvidence(c.Evidence)
}

// day is the civil day of the write in UTC.
func (tx *Tx) day() string { return tx.at[:len("2006-01-02")] }

// evidenceRef names evidence after its host and date, as an analyst would.
func evidenceRef(e models.CitedEvidence, today string) string {
	host := "source"
	if u, err := url.Parse(e.URL); err == nil && u.Hostname() != "" {
		host = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	on := e.PublishedOn.Last()
	if on == "" {
		on = today
	}
	return slug(host) + "-" + on
}

// slug keeps the letters and digits of ASCII and joins them with hyphens.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return "source"
	}
	return strings.Join(words, "-")
}

// free returns the reference, with a number behind it when it is taken: one behind taken ones, found in few steps however
// many there are.
func (tx *Tx) free(table, ref string) (string, error) {
	candidate := func(n int) string {
		if n == 1 {
			return ref
		}
		return ref + "-" + strconv.Itoa(n)
	}
	var failed error
	taken := func(n int) bool {
		var some int
		if err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM "+table+" WHERE "+refColumns[table]+" = ?", candidate(n)), &some); err != nil {
			failed = translate("look for a free reference", err)
		}
		return some > 0
	}
	last := 1
	for taken(last) {
		last *= 2
	}
	first := last/2 + 1
	n := first + sort.Search(last-first, func(i int) bool { return !taken(first + i) })
	return candidate(n), failed
}

// searched finds the search note under a judgement, or adds it, and returns its reference.
func (tx *Tx) searched(i versioned, a models.Assessment) (string, error) {
	n := a.SearchNote
	if n.Ref != "" {
		return n.Ref, tx.checkNote(i, n.Ref)
	}
	ref, err := tx.free("search_notes", "note-"+slug(i.ref)+"-"+n.SearchedOn.Last())
	if err != nil {
		return "", err
	}
	suggested := a.Status
	if a.Country != "" { // it says nothing of the whole
		suggested = ""
	}
	return ref, tx.AddSearchNote(models.SearchNote{Ref: ref, Initiative: i.ref, SearchedOn: n.SearchedOn, Where: strings.TrimSpace(n.Where), Queries: n.Queries, Result: n.Result, Suggested: suggested})
}

// checkNote refuses a search note on another initiative.
func (tx *Tx) checkNote(i versioned, ref string) error {
	var own int
	err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM search_notes WHERE ref = ? AND initiative_id = ?", ref, i.id), &own)
	if err == nil && own == 0 {
		return models.Invalid(models.Field("search_note.ref", "error.unknown_value", "value", ref))
	}
	return translate("find the search note", err)
}
