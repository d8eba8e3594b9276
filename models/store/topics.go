package store

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

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

// topics reads the tree with its tallies and the tally of the whole: one statement.
func (v *view) topics(conds []condition) ([]models.Topic, models.Tally, error) {
	tree, err := v.tree()
	if err != nil {
		return nil, models.Tally{}, err
	}
	m, err := v.match(conds)
	if err != nil {
		return nil, models.Tally{}, err
	}
	counted := keptOf(m.census, "tallies", m.whole(), func() []tallied { return v.tallies(m.census, m.places()) })
	for n, w := range v.words.tree() {
		tree[n].Summary = counted[v.words.numbers.topics[w.ID]].tally()
	}
	return tree, counted[len(counted)-1].tally(), nil
}

// tallied is a tally by the numbers of its codes.
type tallied struct {
	total, untrackable       int
	statuses, marks, changes []int
}

// tallies counts some lines by topic, each also for the topics above its own, and behind the last topic as a whole.
func (v *view) tallies(c *census, places *roaring.Bitmap) []tallied {
	all := make([]tallied, len(v.words.topics)+1)
	for n := range all {
		all[n] = tallied{statuses: make([]int, len(models.Statuses)), marks: make([]int, len(models.Marks)), changes: make([]int, len(models.Changes))}
	}
	whole := &all[len(v.words.topics)]
	for l := range c.within(places) {
		whole.add(l)
		for _, n := range v.words.above(l.topic) {
			all[n].add(l)
		}
	}
	return all
}

func (t *tallied) add(l *line) {
	t.total++
	t.statuses[l.status]++
	t.marks[l.mark]++
	if l.change >= 0 {
		t.changes[l.change]++
	}
	if !l.trackable {
		t.untrackable++
	}
}

func (t *tallied) tally() models.Tally {
	sum := empty()
	sum.Total, sum.NotTrackable = t.total, t.untrackable
	for n, m := range models.Marks {
		if t.marks[n] > 0 && m.Reviewed() {
			sum.Reviewed += t.marks[n]
		}
	}
	codedCounts(sum.Statuses, models.Statuses, t.statuses)
	codedCounts(sum.Marks, models.Marks, t.marks)
	codedCounts(sum.Changes, models.Changes, t.changes)
	return sum
}

// codedCounts gives counts the codes of a scale; those that count nothing are left out.
func codedCounts[T ~string](counts map[T]int, scale []T, numbers []int) {
	for n, code := range scale {
		if numbers[n] > 0 {
			counts[code] = numbers[n]
		}
	}
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
	if r.Commitments, err = v.promised(conds); err != nil {
		return nil, err
	}
	if r.Latest, err = v.latest(conds); err != nil {
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

// promised reads the commitments tied to the initiatives that match; only those that a statement names have any.
func (v *view) promised(conds []condition) ([]models.Commitment, error) {
	m, err := v.match(conds)
	if err != nil {
		return nil, err
	}
	var ids []int64
	for l := range m.within(m.places()) {
		if len(l.statements) > 0 {
			ids = append(ids, l.id)
		}
	}
	some := v.amongIDs("ci.initiative_id", ids)
	return v.commitments(some.sql, some.args)
}

// overTime lays the initiatives of a topic over the latest meetings at which any of them was taken up.
func (v *view) overTime(r *models.TopicRecord) error {
	judged, err := v.judgements(anys(refsOf(r.Initiatives)))
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	var first []judgement // the first of each
	for _, all := range judged {
		for _, j := range all {
			taken[j.meeting] = true
		}
		first = append(first, all[0])
	}
	slices.SortFunc(first, func(a, b judgement) int { return strings.Compare(a.on.Last(), b.on.Last()) })
	var shown []meetingWord
	for _, m := range v.words.meetings {
		if (taken[m.Slug] || v.ownSince(m, first)) && v.held(m) {
			shown = append(shown, m)
		}
	}
	r.Earlier = max(0, len(shown)-models.MaxColumns)
	before := min(r.Earlier, 1) // the status before the first column says what that one changed
	for _, i := range r.Initiatives {
		cells := v.ribbonOver(shown[r.Earlier-before:], judged[i.Ref], taken)
		if before > 0 && len(cells) > 0 && cells[0].Meeting == shown[r.Earlier-before].Slug {
			cells = cells[1:]
		}
		r.Ribbons[i.Ref] = cells
	}
	return nil
}
