package store

import (
	"fmt"

	"github.com/followthrough/followthrough/models"
)

// support says how well a record that a person adds is supported.
func support(sources []string) []column {
	if len(sources) == 0 {
		return col("confidence", models.Unsourced)
	}
	return col("confidence", models.Verified)
}

var forumEditor = kindOf[models.ForumEdit]{
	table: "forums",
	fields: func(e *models.ForumEdit) []field {
		return []field{{column: "slug", at: &e.Slug}, {column: "name", at: &e.Name}, {column: "position", at: &e.Position}}
	},
	named:  func(e *models.ForumEdit) models.Text { return e.Name },
	placed: func(e *models.ForumEdit) *int { return &e.Position },
	lists: func(tx *Tx, id int64, e *models.ForumEdit) error {
		e.Members = []string{}
		return translate("read members", tx.db.Raw("SELECT fm.country FROM forum_members fm JOIN countries k ON k.iso2 = fm.country WHERE fm.forum_id = ? ORDER BY k.position, k.iso2", id).Scan(&e.Members).Error)
	},
	keep: func(tx *Tx, id int64, e *models.ForumEdit) error {
		rows := make([]below, len(e.Members))
		for i, m := range e.Members {
			rows[i] = below{key: m}
		}
		return tx.keepRows("forum_members", "forum_id", id, "country", rows)
	},
	rules: func(tx *Tx, _ int64, e *models.ForumEdit) ([]models.FieldError, error) {
		return tx.checkCountries("members", e.Members...)
	},
	mentions: func(tx *Tx, r versioned) error {
		return tx.touchAll("meeting", "SELECT ref FROM meetings WHERE forum_id = ?", r.id)
	},
	uses: []use{{"meetings", "meetings", "forum_id"}},
}

var countryEditor = kindOf[models.CountryEdit]{
	table: "countries",
	fields: func(e *models.CountryEdit) []field {
		return []field{{column: "iso2", at: &e.ISO2}, {column: "iso3", at: &e.ISO3}, {column: "name", at: &e.Name}, {column: "position", at: &e.Position}, {column: "sources", at: &e.Sources}}
	},
	named:  func(e *models.CountryEdit) models.Text { return e.Name },
	born:   func(e *models.CountryEdit) []column { return support(e.Sources) },
	placed: func(e *models.CountryEdit) *int { return &e.Position },
	rules: func(tx *Tx, _ int64, e *models.CountryEdit) ([]models.FieldError, error) {
		return found(
			func() ([]models.FieldError, error) { return tx.checkSources("sources", e.Sources) },
			func() ([]models.FieldError, error) {
				var n int
				err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM countries WHERE iso3 = ? AND iso2 <> ?", e.ISO3, e.ISO2), &n)
				if err == nil && n > 0 {
					return []models.FieldError{models.Field("iso3", "error.taken", "value", e.ISO3)}, nil
				}
				return nil, translate("look for "+e.ISO3, err)
			})
	},
	uses: []use{
		{"forums", "forum_members", "country"}, {"delegates", "delegates", "country"}, {"delegates", "offices", "country"}, {"meetings", "meetings", "country"}, {"meetings", "meetings", "host"},
		{"initiatives", "parts", "country"}, {"initiatives", "initiatives", "lead_country"}, {"updates", "updates", "country"},
	},
}

var topicEditor = kindOf[models.TopicEdit]{
	table: "topics",
	fields: func(e *models.TopicEdit) []field {
		return []field{{column: "slug", at: &e.Slug}, {column: "parent_id", at: &e.Parent, names: "topics", wire: "parent"}, {column: "name", at: &e.Name},
			{column: "term", at: &e.Term}, {column: "note", at: &e.Note}, {column: "position", at: &e.Position}}
	},
	named:  func(e *models.TopicEdit) models.Text { return e.Name },
	born:   func(*models.TopicEdit) []column { return support(nil) },
	placed: func(e *models.TopicEdit) *int { return &e.Position },
	keep:   func(tx *Tx, _ int64, _ *models.TopicEdit) error { return tx.placeTopics() },
	rules: func(tx *Tx, id int64, e *models.TopicEdit) ([]models.FieldError, error) {
		return tx.checkUnder("topics", "parent_id", id, "parent", e.Parent)
	},
	mentions: func(tx *Tx, r versioned) error {
		return tx.touchAll("initiative", "SELECT ref FROM initiatives WHERE topic_id = ?", r.id)
	},
	uses: []use{{"initiatives", "initiatives", "topic_id"}, {"topics", "topics", "parent_id"}},
}

// placeTopics writes anew which topics stand above which.
func (tx *Tx) placeTopics() error {
	if err := tx.exec("place topics", "DELETE FROM topic_paths"); err != nil {
		return err
	}
	return tx.exec("place topics", `INSERT INTO topic_paths (ancestor_id, topic_id)
		WITH RECURSIVE up(ancestor_id, topic_id) AS (SELECT id, id FROM topics UNION SELECT t.parent_id, up.topic_id FROM up JOIN topics t ON t.id = up.ancestor_id WHERE t.parent_id IS NOT NULL)
		SELECT ancestor_id, topic_id FROM up`)
}

var delegateEditor = kindOf[models.DelegateEdit]{
	table: "delegates",
	fields: func(e *models.DelegateEdit) []field {
		return []field{{column: "slug", at: &e.Slug}, {column: "name", at: &e.Name}, {column: "variants", at: &e.Variants}, {column: "country", at: &e.Country},
			{column: "notes", at: &e.Notes}, {column: "sources", at: &e.Sources}}
	},
	named: func(e *models.DelegateEdit) models.Text { return e.Name },
	born:  func(e *models.DelegateEdit) []column { return support(e.Sources) },
	lists: readOffices,
	keep:  keepOffices,
	rules: func(tx *Tx, id int64, e *models.DelegateEdit) ([]models.FieldError, error) {
		checks := []func() ([]models.FieldError, error){
			func() ([]models.FieldError, error) { return tx.checkCountries("country", e.Country) },
			func() ([]models.FieldError, error) { return tx.checkSources("sources", e.Sources) },
			func() ([]models.FieldError, error) { return tx.checkOffices(id, e.Offices) },
			func() ([]models.FieldError, error) { return tx.checkCountryStays(id, e.Country) },
		}
		for i, o := range e.Offices {
			checks = append(checks, func() ([]models.FieldError, error) {
				return tx.checkSources(fmt.Sprintf("offices.%d.sources", i), o.Sources)
			})
		}
		return found(checks...)
	},
	mentions: func(tx *Tx, r versioned) error { tx.touch("delegate", r.ref); return nil },
}

func readOffices(tx *Tx, id int64, e *models.DelegateEdit) error {
	e.Offices = []models.OfficeEdit{}
	return each("read offices", tx.db.Raw("SELECT id, title_en, title_ja, from_on, from_precision, until_on, until_precision, until_known, sources FROM offices WHERE delegate_id = ? ORDER BY from_on, id", id), func(scan scanner) error {
		var o models.OfficeEdit
		var from, fromP, until, untilP, sources string
		err := scan(&o.ID, &o.Title.EN, &o.Title.JA, &from, &fromP, &until, &untilP, &o.UntilKnown, &sources)
		o.From, o.Until, o.Sources = date(from, fromP), date(until, untilP), list(sources)
		e.Offices = append(e.Offices, o)
		return err
	})
}

func keepOffices(tx *Tx, id int64, e *models.DelegateEdit) error {
	var rows []below
	for i := range e.Offices {
		o := &e.Offices[i]
		columns := append(append(append(append(append(col("country", e.Country), text("title", o.Title)...), civil("from", o.From)...), civil("until", o.Until)...), col("until_known", o.UntilKnown)...), texts("sources", o.Sources)...)
		if o.ID == 0 {
			var err error
			if o.ID, err = tx.insert("offices", col("delegate_id", id), columns, support(o.Sources)); err != nil {
				return err
			}
		}
		rows = append(rows, below{o.ID, columns})
	}
	return tx.keepRows("offices", "delegate_id", id, "id", rows)
}

// checkOffices refuses offices of somebody else, and to take one away that the person attended a meeting with.
func (tx *Tx) checkOffices(delegate int64, offices []models.OfficeEdit) ([]models.FieldError, error) {
	own, used := map[int64]bool{}, map[int64]bool{}
	err := each("read offices", tx.db.Raw("SELECT o.id, (SELECT COUNT(*) FROM attendances a WHERE a.office_id = o.id) FROM offices o WHERE o.delegate_id = ?", delegate), func(scan scanner) error {
		var id, n int64
		err := scan(&id, &n)
		own[id], used[id] = true, n > 0
		return err
	})
	var bad []models.FieldError
	for i, o := range offices {
		if o.ID != 0 && !own[o.ID] { // somebody else's, or one that stands twice
			bad = append(bad, models.Field(fmt.Sprintf("offices.%d.id", i), "error.unknown_value", "value", o.ID))
		}
		delete(own, o.ID)
		delete(used, o.ID)
	}
	for _, attended := range used {
		if attended {
			return append(bad, models.Field("offices", "error.office_used")), err
		}
	}
	return bad, err
}

// checkCountryStays refuses another country for somebody who attended a meeting: it would say who represented whom then.
func (tx *Tx) checkCountryStays(delegate int64, country string) ([]models.FieldError, error) {
	var n int
	err := scanRow(tx.db.Raw("SELECT COUNT(*) FROM delegates d WHERE d.id = ? AND d.country <> ? AND EXISTS (SELECT 1 FROM attendances a WHERE a.delegate_id = d.id)", delegate, country), &n)
	if err == nil && n > 0 {
		return []models.FieldError{models.Field("country", "error.country_attended")}, nil
	}
	return nil, translate("look at the meetings attended", err)
}
