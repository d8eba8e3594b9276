package seed

import (
	"fmt"
	"strings"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/transfer"
)

// statementSlug names the one statement whose words are in the data set.
const statementSlug = "qscg-2023-12"

// statementSource is the source that its words were taken from.
const statementSource = "qscg-2023-12-text"

// Quad returns the data set of the Quad Senior Cyber Group. It is the same at every call.
func Quad() (*transfer.Bundle, error) {
	b, sum, err := load()
	if err != nil {
		return nil, fmt.Errorf("quad data set: %w", err)
	}
	out := &transfer.Bundle{Name: "quad", SHA256: sum}
	steps := []func(*transfer.Bundle) error{
		b.countries, b.forums, b.topics, b.meetings, b.delegates, b.statements, b.evidence, b.initiatives, b.commitments, b.events, b.notes,
	}
	for _, step := range steps {
		if err := step(out); err != nil {
			return nil, fmt.Errorf("quad data set: %w", err)
		}
	}
	return out, nil
}

// confidence translates the dossier's word; "seed" is its word for the statement itself.
func confidence(word string) models.Confidence {
	if word == "seed" {
		return models.FromStatement
	}
	return models.Confidence(word)
}

// known returns a text unless the dossier only recalls it: what is recalled is not shown as fact.
func known(text, confidence string) string {
	if confidence == string(models.Recalled) {
		return ""
	}
	return text
}

func (b *builder) countries(out *transfer.Bundle) error {
	for _, c := range b.d.Countries {
		out.Countries = append(out.Countries, models.Country{ISO2: c.ISO2, ISO3: c.ISO3, Name: models.Text{EN: c.NameEn, JA: c.NameJa},
			Confidence: confidence(c.Confidence), Sources: c.Sources})
	}
	return nil
}

func (b *builder) forums(out *transfer.Bundle) error {
	var members []string
	for _, c := range b.d.Countries {
		members = append(members, c.ISO2)
	}
	for n, f := range b.ed.Forums {
		out.Forums = append(out.Forums, models.Forum{Slug: f.Slug, Name: models.Text{EN: f.EN, JA: f.JA}, Position: n, Members: members})
	}
	return nil
}

func (b *builder) topics(out *transfer.Bundle) error {
	for n, t := range b.d.Topics {
		out.Topics = append(out.Topics, models.Topic{Slug: t.ID, Parent: t.Parent, Name: models.Text{EN: t.DisplayEn, JA: t.DisplayJa},
			Term: models.Text{EN: t.NameEn, JA: t.NameJa}, Note: models.Text{EN: t.Note, JA: b.ja.Topics[t.ID]}, Position: n, Confidence: confidence(t.Confidence)})
	}
	return nil
}

func (b *builder) meetings(out *transfer.Bundle) error {
	slugs := map[string]string{}
	for _, f := range b.ed.Forums {
		slugs[f.Dossier] = f.Slug
	}
	for _, m := range b.d.Meetings {
		starts, err := models.ParseDate(m.StartDate)
		if err != nil {
			return err
		}
		ends, err := models.ParseDate(m.EndDate)
		if err != nil {
			return err
		}
		heads, _ := m.Heads.(string) // otherwise a list of delegates, who stand on their own
		ja := b.ja.Meetings[m.ID]
		out.Meetings = append(out.Meetings, models.Meeting{
			Ref: m.ID, Forum: slugs[m.Forum], Number: m.Ordinal.Number, InPersonNumber: m.Ordinal.InPersonNumber,
			Format: strings.ReplaceAll(m.Format, "-", "_"), City: models.Text{EN: m.City, JA: b.ed.Cities[m.City]}, Country: m.Country,
			StartsOn: starts, EndsOn: ends, Host: known(m.Host, m.HostConfidence),
			Note:       models.Text{EN: join(" ", m.Note, m.Ordinal.Note, m.Result, heads), JA: join("", ja["note"], ja["ordinal"], ja["result"], ja["heads"])},
			Confidence: confidence(m.Confidence), Sources: m.Sources,
		})
		for _, p := range m.Statements {
			on, err := models.ParseDate(p.PublicationDate)
			if err != nil {
				return err
			}
			release := models.Publication{Meeting: m.ID, Publisher: p.Publisher, Lang: models.Lang(p.Lang), Title: p.Title, PublishedOn: on,
				PublishedAt: p.PublishedTime, URL: p.URL, Standing: p.Kind, Note: models.Text{EN: p.Note, JA: b.ja.Publications[p.Note]},
				Confidence: confidence(p.Confidence), Sources: p.Sources}
			if release.Standing == "" {
				release.Standing = "text"
			}
			if m.ID == statementSlug && p.Kind == "statement" {
				release.Statement = statementSlug
			}
			out.Publications = append(out.Publications, release)
		}
	}
	return nil
}

func join(sep string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, sep)
}

func (b *builder) delegates(out *transfer.Bundle) error {
	roles := map[string]models.AttendanceRole{
		"head of delegation": models.Head, "head of delegation and host": models.Host, "leader or minister": models.Head,
	}
	for _, d := range b.d.Delegates {
		name := models.Text{EN: known(d.NameEn, d.NameEnConfidence), JA: known(d.NameJa, d.NameJaConfidence)}
		office := models.Office{Title: models.Text{EN: d.TitleEn, JA: known(d.TitleJa, d.TitleJaConfidence)}, Country: d.Country,
			Confidence: confidence(d.Confidence), Sources: d.Sources}
		if known, ok := b.ed.Offices[d.ID]; ok {
			var err error
			if office.From, err = models.ParseDate(known.From); err != nil {
				return err
			}
			if office.Until, err = models.ParseDate(known.Until); err != nil {
				return err
			}
			office.UntilKnown = !office.Until.IsZero()
			office.Sources = append(append([]string{}, office.Sources...), known.Sources...)
		}
		delegate := models.Delegate{Slug: slug(name.EN, d.ID), Name: name, Variants: variants(d.NameVariants), Country: d.Country, Notes: []models.Text{},
			Confidence: confidence(d.Confidence), Sources: d.Sources, Offices: []models.Office{office}}
		for n, note := range d.Notes {
			delegate.Notes = append(delegate.Notes, models.Text{EN: note, JA: b.ja.Delegates[d.ID][n]})
		}
		for _, m := range d.Meetings {
			delegate.Attendances = append(delegate.Attendances, models.Attendance{Meeting: m, Role: roles[d.Role], Office: office.Title})
		}
		out.Delegates = append(out.Delegates, delegate)
	}
	return nil
}

// variants are the other forms of a name, without the dossier's remarks in brackets.
func variants(all []string) []string {
	var names []string
	for _, v := range all {
		name, _, _ := strings.Cut(v, " (")
		names = append(names, name)
	}
	return names
}

// slug writes a name as lower-case Latin words joined by hyphens; without a Latin name the dossier's own id serves.
func slug(name, id string) string {
	if name == "" {
		return id
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r < 'a' || r > 'z' })
	return strings.Join(words, "-")
}

// ref is the stable reference of an initiative: the forum of the record and the dossier's id.
func ref(id string) string { return "QSCG-" + strings.ToUpper(id) }
