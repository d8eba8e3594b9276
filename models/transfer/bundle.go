// Package transfer moves whole data sets in and out: a source is parsed into a Bundle, and Apply writes it through
// the store in one transaction. It knows neither SQL nor HTTP.
package transfer

import (
	"context"
	"fmt"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
)

// Bundle is one whole data set. Records name each other by their references.
type Bundle struct {
	Name   string // of the data set
	SHA256 string // of everything it was made from, in hexadecimal

	Countries      []models.Country
	Forums         []models.Forum
	Topics         []models.Topic // each after the one above it
	Meetings       []models.Meeting
	Delegates      []models.Delegate
	Statements     []models.Statement
	Publications   []models.Publication
	Evidence       []models.Evidence
	Initiatives    []models.InitiativeRecord
	Commitments    []models.Commitment
	Updates        []models.Update // in the order they are to be recorded
	Context        []models.Context
	SearchNotes    []models.SearchNote
	Contradictions []models.Contradiction
}

// counts is what the audit entry says of a bundle.
func (b *Bundle) counts() map[string]any {
	return map[string]any{
		"sha256": b.SHA256, "countries": len(b.Countries), "forums": len(b.Forums), "topics": len(b.Topics), "meetings": len(b.Meetings),
		"delegates": len(b.Delegates), "statements": len(b.Statements), "publications": len(b.Publications), "evidence": len(b.Evidence),
		"initiatives": len(b.Initiatives), "commitments": len(b.Commitments), "updates": len(b.Updates), "context": len(b.Context),
		"search_notes": len(b.SearchNotes), "contradictions": len(b.Contradictions),
	}
}

// Apply writes the bundle in one transaction and reports whether it did: a bundle that was applied before changes
// nothing. A different bundle under the same name is refused, because records are never overwritten silently.
func Apply(ctx context.Context, s *store.Store, actor models.Actor, b *Bundle) (bool, error) {
	have, err := s.Dataset(ctx, b.Name)
	if err != nil {
		return false, err
	}
	if have == b.SHA256 {
		return false, nil
	}
	if have != "" {
		return false, fmt.Errorf("data set %s: another version of it (%.12s) is in the record already; this one is %.12s", b.Name, have, b.SHA256)
	}
	change := store.Change{Action: "import", Object: "dataset:" + b.Name, Detail: b.counts(), Needs: models.PermitImport}
	err = s.Write(ctx, actor, change, func(tx *store.Tx) error { return b.write(tx) })
	if err != nil {
		return false, fmt.Errorf("data set %s: %w", b.Name, err)
	}
	return true, nil
}

func (b *Bundle) write(tx *store.Tx) error {
	position := 0
	steps := []func() error{
		func() error {
			return each(b.Countries, func(c models.Country) error { position++; return tx.AddCountry(c, position) })
		},
		func() error { return each(b.Forums, tx.AddForum) },
		func() error { return each(b.Topics, tx.AddTopic) },
		func() error { return each(b.Meetings, tx.AddMeeting) },
		func() error { return each(b.Delegates, tx.AddDelegate) },
		func() error { return each(b.Statements, tx.AddStatement) },
		func() error { return each(b.Publications, tx.AddPublication) },
		func() error { return each(b.Evidence, tx.AddEvidence) },
		func() error { return each(b.Initiatives, tx.AddInitiative) },
		func() error {
			return each(b.Initiatives, func(i models.InitiativeRecord) error { return relate(tx, i) })
		},
		func() error { return each(b.Commitments, tx.AddCommitment) },
		func() error {
			return each(b.Updates, func(u models.Update) error { _, err := tx.AddUpdate(u); return err })
		},
		func() error { return each(b.Context, tx.AddContext) },
		func() error { return each(b.SearchNotes, tx.AddSearchNote) },
		func() error { return each(b.Contradictions, tx.AddContradiction) },
		func() error { return tx.AddDataset(b.Name, b.SHA256) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func relate(tx *store.Tx, i models.InitiativeRecord) error {
	parent := ""
	if i.Parent != nil {
		parent = i.Parent.Ref
	}
	related := make([]string, len(i.Related))
	for n, r := range i.Related {
		related[n] = r.Ref
	}
	return tx.Relate(i.Ref, parent, i.SupersededBy, related)
}

// each adds every record and says which one was refused.
func each[T any](all []T, add func(T) error) error {
	for n, r := range all {
		if err := add(r); err != nil {
			return fmt.Errorf("record %d (%T): %w", n+1, r, err)
		}
	}
	return nil
}
