package store

import (
	"context"
	"slices"

	"github.com/followthrough/followthrough/models"
)

// Topics returns every topic in the order of the tree, each with the tally of its initiatives and of those below it.
func (s *Store) Topics(ctx context.Context, actor models.Actor, w models.When, f models.InitiativeFilter) (*models.List[models.Topic], error) {
	var out *models.List[models.Topic]
	err := s.view(ctx, w, func(v *view) error {
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		topics, _, err := v.topics(conds)
		out = envelope(v, topics, len(topics))
		return err
	})
	return out, err
}

// topics reads the tree with its tallies and the tally of the whole: two statements.
func (v *view) topics(conds []condition) ([]models.Topic, models.Tally, error) {
	tree, err := v.tree()
	if err != nil {
		return nil, models.Tally{}, err
	}
	index := map[string]int{}
	for i, t := range tree {
		index[t.Slug] = i
	}
	c, matches, err := v.matcher(conds)
	if err != nil {
		return nil, models.Tally{}, err
	}
	whole := empty()
	for i := range tree {
		tree[i].Summary = empty()
	}
	type alike struct {
		topic     int64
		status    models.Status
		mark      models.Mark
		change    models.Change
		trackable bool
	}
	groups := map[alike]int{}
	for _, l := range c.lines {
		if matches(l) {
			groups[alike{l.topic, l.status, l.mark, l.change, l.trackable}]++
		}
	}
	slugs := v.words.slugs()
	for g, n := range groups {
		whole.Add(g.status, g.mark, g.change, g.trackable, n)
		for slug := slugs.topics[g.topic]; slug != ""; slug = tree[index[slug]].Parent {
			tree[index[slug]].Summary.Add(g.status, g.mark, g.change, g.trackable, n)
		}
	}
	return tree, whole, nil
}

// empty is a tally whose maps are there, so that they are objects in JSON.
func empty() models.Tally {
	return models.Tally{Statuses: map[models.Status]int{}, Changes: map[models.Change]int{}, Marks: map[models.Mark]int{}}
}

// tree reads all topics, each after the one above it.
func (v *view) tree() ([]models.Topic, error) {
	bySlug := map[string]models.Topic{}
	err := each("read topics", v.raw(`SELECT t.slug, COALESCE(p.slug,''), t.name_en, t.name_ja, t.term_en, t.term_ja, t.note_en, t.note_ja, t.position, t.confidence
		FROM topics t LEFT JOIN topics p ON p.id = t.parent_id`), func(scan scanner) error {
		var t models.Topic
		if err := scan(&t.Slug, &t.Parent, &t.Name.EN, &t.Name.JA, &t.Term.EN, &t.Term.JA, &t.Note.EN, &t.Note.JA, &t.Position, &t.Confidence); err != nil {
			return err
		}
		if v.at.Past() { // an editor's note may speak of later texts
			t.Note, t.Term = models.Text{}, models.Text{} // and the term is the wording of a statement
		}
		bySlug[t.Slug] = t
		return nil
	})
	tree := []models.Topic{}
	for _, w := range v.words.tree() {
		t := bySlug[w.Slug]
		t.Depth = w.Depth
		tree = append(tree, t)
	}
	return tree, err
}

// Topic returns the dashboard of one topic and the topics below it.
func (s *Store) Topic(ctx context.Context, actor models.Actor, w models.When, slug string, f models.InitiativeFilter) (*models.Record[models.TopicRecord], error) {
	var out *models.Record[models.TopicRecord]
	err := s.view(ctx, w, func(v *view) error {
		if _, ok := find(v.words.topics, slug, topicWord.slug); !ok {
			return v.absent("topic", slug)
		}
		f.Topics = []string{slug}
		conds, err := v.conditions(f)
		if err != nil {
			return err
		}
		r, err := v.topicRecord(slug, conds)
		if err != nil {
			return err
		}
		out = single(v, *r)
		return nil
	})
	return out, err
}

func (v *view) topicRecord(slug string, conds []condition) (*models.TopicRecord, error) {
	r := &models.TopicRecord{Path: []models.Topic{}, Children: []models.Topic{}, Ribbons: map[string][]models.Cell{}}
	tree, _, err := v.topics(conds)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(tree, func(t models.Topic) bool { return t.Slug == slug })
	r.Topic = tree[at]
	for i := at - 1; i >= 0; i-- { // a topic stands after the one above it
		if len(r.Path) == 0 && tree[i].Slug == r.Parent || len(r.Path) > 0 && tree[i].Slug == r.Path[0].Parent {
			r.Path = append([]models.Topic{tree[i]}, r.Path...)
		}
	}
	for _, t := range tree {
		if t.Parent == slug {
			r.Children = append(r.Children, t)
		}
	}
	if r.Initiatives, _, err = v.initiatives(conds, models.InitiativeFilter{Limit: topicRows}); err != nil {
		return nil, err
	}
	where, args := v.where(conds, "")
	of := "IN (SELECT i.id" + fromPlain + where + ")"
	if r.Commitments, err = v.commitments("ci.initiative_id "+of, args); err != nil {
		return nil, err
	}
	if r.Latest, err = v.updates("u.initiative_id "+of+" AND "+notReplaced, args, latestRows); err != nil {
		return nil, err
	}
	if err := v.overTime(r); err != nil {
		return nil, err
	}
	r.Delegates = []models.Attendance{}
	if n := len(r.Commitments); n > 0 {
		r.Delegates, err = v.attendances("m.ref = ?", []any{r.Commitments[n-1].Meeting})
	}
	return r, err
}

// overTime lays the initiatives of a topic over the latest meetings at which any of them was taken up.
func (v *view) overTime(r *models.TopicRecord) error {
	judged, err := v.judgements(anys(refsOf(r.Initiatives)))
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, all := range judged {
		for _, j := range all {
			taken[j.meeting] = true
		}
	}
	shown := map[string]bool{}
	for _, i := range r.Initiatives {
		r.Ribbons[i.Ref] = v.ribbon(judged[i.Ref], taken)
		for _, c := range r.Ribbons[i.Ref] {
			shown[c.Meeting] = true
		}
	}
	delete(shown, "") // what was set after the last meeting
	r.Earlier = max(0, len(shown)-models.MaxColumns)
	late := 0
	for _, m := range v.words.meetings { // the earliest first
		if shown[m.Slug] && late < r.Earlier {
			late++
			delete(shown, m.Slug)
		}
	}
	shown[""] = true
	for ref, cells := range r.Ribbons {
		r.Ribbons[ref] = slices.DeleteFunc(cells, func(c models.Cell) bool { return !shown[c.Meeting] })
	}
	return nil
}
