package store

import (
	"encoding/json"

	"github.com/followthrough/followthrough/models"
)

// AddCountry adds a country at a place in the order of countries.
func (tx *Tx) AddCountry(c models.Country, position int) error {
	return tx.put("countries", col("iso2", c.ISO2), col("iso3", c.ISO3), text("name", c.Name), col("position", position),
		col("confidence", c.Confidence), texts("sources", c.Sources))
}

// AddForum adds a forum and its members.
func (tx *Tx) AddForum(f models.Forum) error {
	id, err := tx.insert("forums", col("slug", f.Slug), text("name", f.Name), col("position", f.Position))
	if err != nil {
		return err
	}
	for _, m := range f.Members {
		if err := tx.put("forum_members", col("forum_id", id), col("country", m)); err != nil {
			return err
		}
	}
	return nil
}

// AddTopic adds a topic below its parent, which must stand already.
func (tx *Tx) AddTopic(t models.Topic) error {
	parent, err := tx.idOrNull("topics", "parent", t.Parent)
	if err != nil {
		return err
	}
	id, err := tx.insert("topics", col("slug", t.Slug), col("parent_id", parent), text("name", t.Name), text("term", t.Term),
		text("note", t.Note), col("position", t.Position), col("confidence", t.Confidence))
	if err != nil {
		return err
	}
	return translate("place topic "+t.Slug, tx.db.Exec(`INSERT INTO topic_paths (ancestor_id, topic_id)
		SELECT id, id FROM topics WHERE id = ? UNION ALL SELECT ancestor_id, CAST(? AS BIGINT) FROM topic_paths WHERE topic_id = ?`, id, id, parent).Error)
}

// AddMeeting adds a meeting without its publications and attendances.
func (tx *Tx) AddMeeting(m models.Meeting) error {
	forum, err := tx.id("forums", "forum", m.Forum)
	if err != nil {
		return err
	}
	tx.touch("meeting", m.Ref)
	_, err = tx.insert("meetings", col("ref", m.Ref), col("forum_id", forum), col("number", m.Number), col("in_person_number", m.InPersonNumber),
		col("format", m.Format), text("city", m.City), col("country", m.Country), col("starts_on", m.StartsOn.Last()), col("ends_on", m.EndsOn.Last()),
		col("host", m.Host), text("note", m.Note), col("confidence", m.Confidence), texts("sources", m.Sources))
	return err
}

// AddDelegate adds a person with offices and attendances. An attendance names the office by its title.
func (tx *Tx) AddDelegate(d models.Delegate) error {
	notes, err := json.Marshal(d.Notes)
	if err != nil {
		return wrap("encode notes of "+d.Slug, err)
	}
	id, err := tx.insert("delegates", col("slug", d.Slug), text("name", d.Name), texts("variants", d.Variants), col("country", d.Country),
		col("notes", string(notes)), col("confidence", d.Confidence), texts("sources", d.Sources))
	if err != nil {
		return err
	}
	tx.touch("delegate", d.Slug)
	offices := map[models.Text]int64{}
	for _, o := range d.Offices {
		offices[o.Title], err = tx.insert("offices", col("delegate_id", id), col("country", o.Country), text("title", o.Title),
			civil("from", o.From), civil("until", o.Until), col("until_known", o.UntilKnown), col("confidence", o.Confidence), texts("sources", o.Sources))
		if err != nil {
			return err
		}
	}
	for _, a := range d.Attendances {
		meeting, err := tx.id("meetings", "meeting", a.Meeting)
		if err != nil {
			return err
		}
		if err := tx.put("attendances", col("delegate_id", id), col("meeting_id", meeting), col("office_id", offices[a.Office]), col("role", a.Role)); err != nil {
			return err
		}
	}
	return nil
}
