package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Briefing reads what a briefing says: everything in it is of one snapshot of the record.
func (s *Store) Briefing(ctx context.Context, actor models.Actor, o models.BriefingOptions) (*models.Record[models.Briefing], error) {
	var out *models.Record[models.Briefing]
	err := s.view(ctx, o.When(), func(v *view) error {
		b := models.Briefing{Options: o, PreparedOn: v.at.Today, Topics: []models.BriefingTopic{}, Countries: []models.BriefingCountry{}, Commitments: []models.Commitment{}}
		conds, err := v.conditions(o.Filter())
		if err := models.Together(o.Validate(v.at.Today), v.prepares(&b), v.sections(o.ByCountry), err); err != nil {
			return err
		}
		if b.Last, b.Compared, err = v.anchors(); err != nil {
			return err
		}
		if b.Chain, err = v.auditHead(); err != nil {
			return err
		}
		if err := v.briefed(&b, conds); err != nil {
			return err
		}
		if err := v.quoted(&b, conds); err != nil {
			return err
		}
		b.Choices.Facets, _, err = v.facets(conds)
		out = single(v, b)
		return err
	})
	return out, err
}

// prepares finds the meeting that the briefing prepares for, and those it could: of each forum the meetings that are
// planned, and the next one, whose date nobody has announced. What is planned now was not in the past.
func (v *view) prepares(b *models.Briefing) error {
	chosen := func(c models.BriefingFor, forum forumWord) {
		b.Choices.For = append(b.Choices.For, c)
		if c.Value == b.Options.For || b.Options.For == "" {
			b.Options.For, b.Meeting = c.Value, c.Meeting
			b.Forum = models.Reference{Ref: forum.Slug, Title: forum.Text}
		}
	}
	for _, f := range v.words.forums {
		for _, m := range v.words.meetings {
			if m.Forum == f.ID && m.Starts.After(v.at.Today) && !v.at.Past() {
				chosen(models.BriefingFor{Value: m.Slug, Forum: f.Text, Meeting: brief(m)}, f)
			}
		}
		chosen(models.BriefingFor{Value: f.Slug, Forum: f.Text}, f)
	}
	if b.Options.For != "" && b.Forum.Ref == "" {
		return models.Invalid(models.Field("for", "error.unknown_value", "value", b.Options.For))
	}
	return nil
}

// sections checks the countries that are to have a section of their own.
func (v *view) sections(countries []string) error {
	var bad []models.FieldError
	lookup(v.words.countries, "by_country", countries, func(w word) any { return w.Slug }, &bad)
	return models.Invalid(bad...)
}

// auditHead is the last entry of the audit in the snapshot.
func (v *view) auditHead() (h models.AuditHead, err error) {
	err = scanRow(v.db.Raw("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"), &h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return h, nil
	}
	return h, translate("read the audit head", err)
}

// briefed reads the initiatives with what their statuses rest on, and sorts them into what moved, what is in trouble,
// topics and countries.
func (v *view) briefed(b *models.Briefing, conds []condition) error {
	items, _, err := v.initiatives(conds, b.Options.Filter())
	if err != nil {
		return err
	}
	about, err := v.about("u.initiative_id", conds)
	if err != nil {
		return err
	}
	sql, args := and(about)
	standing, err := v.updates("u.id = "+latestSQL("u.initiative_id", "u.country")+sql, append([]any{v.at.Until()}, args...), (1+mostParts)*models.MaxBriefed)
	if err != nil {
		return err
	}
	judged := map[string]models.Update{}
	for _, u := range standing {
		judged[u.Initiative+"/"+u.Country] = u
	}
	b.Summary, b.Initiatives = empty(), []models.BriefingItem{}
	for _, i := range items {
		b.Summary.Add(i.Status, i.Mark, i.Change, i.Trackable, 1)
		b.Initiatives = append(b.Initiatives, b.Rest(i, judged))
	}
	if b.Suggestions, err = v.suggestions(conds); err != nil {
		return err
	}
	b.Sort()
	v.byTopic(b)
	v.byCountry(b)
	return nil
}

// byTopic puts the initiatives under the topics at the top of the tree.
func (v *view) byTopic(b *models.Briefing) {
	top := map[string]topicWord{}
	var root topicWord
	for _, t := range v.words.tree() {
		if t.Depth == 0 {
			root = t
		}
		top[t.Slug] = root
	}
	for _, i := range b.Initiatives {
		t := top[i.Topic]
		n := len(b.Topics)
		if n == 0 || b.Topics[n-1].Topic.Ref != t.Slug {
			b.Topics = append(b.Topics, models.BriefingTopic{Topic: models.Reference{Ref: t.Slug, Title: t.Text}, Summary: empty()})
			n++
		}
		b.Topics[n-1].Summary.Add(i.Status, i.Mark, i.Change, i.Trackable, 1)
		b.Topics[n-1].Initiatives = append(b.Topics[n-1].Initiatives, i.Ref)
	}
}

// byCountry collects, for each country with a section, the initiatives in which it has a part.
func (v *view) byCountry(b *models.Briefing) {
	for _, w := range v.words.countries {
		if !slices.Contains(b.Options.ByCountry, w.Slug) {
			continue
		}
		c := models.BriefingCountry{Country: models.Reference{Ref: w.Slug, Title: w.Text}, Initiatives: []string{}}
		for _, i := range b.Initiatives {
			at := slices.IndexFunc(i.Parts, func(p models.Part) bool { return p.Country == w.Slug && p.Applicable() })
			if at < 0 {
				continue
			}
			c.Applicable++
			if i.Parts[at].Status.ShowsAction() {
				c.Action++
			}
			c.Initiatives = append(c.Initiatives, i.Ref)
		}
		b.Countries = append(b.Countries, c)
	}
}

// quoted reads the words of commitments and of the latest statement of the forum, where they are asked for.
func (v *view) quoted(b *models.Briefing, conds []condition) (err error) {
	if b.Options.Holds(models.BriefingWording) {
		about, err := v.about("x.initiative_id", conds)
		if err != nil {
			return err
		}
		sql, args := and(about)
		if b.Commitments, err = v.commitments("c.id IN (SELECT x.commitment_id FROM commitment_initiatives x WHERE 1 = 1"+sql+")", args); err != nil {
			return err
		}
	}
	if !b.Options.Holds(models.BriefingStatement) {
		return nil
	}
	names, err := v.statementNames("m.forum_id IN (SELECT id FROM forums WHERE slug = ?)", []any{b.Forum.Ref})
	if err != nil || len(names) == 0 {
		return err
	}
	found, err := v.statements("st.slug = ?", []any{names[0].Ref}, 1)
	if err == nil && len(found) > 0 {
		b.Statement = &found[0]
	}
	return err
}
