package store

import (
	"cmp"
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/followthrough/followthrough/models"
)

// census holds, for one time of view, a line for each initiative that exists by then: all that filters, facets, tallies
// and orders ask of it. It is read once for a time and data version; reading it anew for every filter made lists a
// hundred times slower at 20,000 initiatives. A line is never changed, so that any number of readers may hold one.
type census struct {
	of      moment
	version int64
	lines   map[int64]*line
	attend  map[int64][]int64 // delegates by the id of the meeting they went to

	mu      sync.Mutex
	orders  map[models.Sort][]*line
	acts    map[int64][]string // of acting
	entries map[int64]*entries // of entered
}

// moment is all of a view that its census depends on, beside the data version.
type moment struct {
	until, compared, anchor, known string
	past                           bool // the last day of the past can be today
}

// line is what is counted of one initiative.
type line struct {
	id, topic, first  int64 // first is the id of the meeting that first promised it; 0 for none
	ref               string
	status            models.Status
	mark              models.Mark
	grade             models.Grade
	change            models.Change
	on                string // effective day of the judgement that stands; empty for none
	trackable         bool
	parts             []string // codes of the countries that have a part
	forums, statement []int64  // ids of the forums that took it up, and of the meetings whose statements name it
}

// censuses are the ones last used. maxLines bounds what they hold together; the latest stays whatever its size.
type censuses struct {
	mu  sync.Mutex
	all []*census // the last used at the end
}

const maxLines = 500_000

// census returns the lines of the time of the view, read anew as far as the record has changed since they were read.
func (v *view) census() (*census, error) {
	of := moment{v.at.Until(), v.compared(), v.anchorStart(), v.known, v.at.Past()}
	if v.counted != nil && v.counted.of == of { // a view of another time may have been made from this one
		return v.counted, nil
	}
	s := &v.store.censuses
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.all, func(c *census) bool { return c.of == of })
	if at >= 0 && s.all[at].version > v.version { // an older snapshot that is still being read
		c, err := v.count(of, nil)
		v.counted = c
		return c, err
	}
	var old *census
	if at >= 0 {
		old = s.all[at]
		s.all = slices.Delete(s.all, at, at+1)
	}
	c := old
	if old == nil || old.version != v.version {
		var err error
		if c, err = v.count(of, old); err != nil {
			return nil, err
		}
	}
	s.all = append(s.all, c)
	held := 0
	for _, one := range s.all {
		held += len(one.lines)
	}
	for held > maxLines && len(s.all) > 1 {
		held -= len(s.all[0].lines)
		s.all = slices.Delete(s.all, 0, 1)
	}
	v.counted = c
	return c, nil
}

// count reads a census: of an older one only the initiatives that changed since.
func (v *view) count(of moment, old *census) (*census, error) {
	c := &census{of: of, version: v.version, lines: map[int64]*line{}, orders: map[models.Sort][]*line{}}
	if old != nil {
		changed, alone, err := v.changedSince(old.version)
		if err != nil {
			return nil, err
		}
		if alone {
			return v.recount(c, old, changed)
		}
	}
	if err := v.readLines(c, "", nil); err != nil {
		return nil, err
	}
	return c, v.readAttending(c)
}

// recount takes over an older census and reads the lines of the changed initiatives.
func (v *view) recount(c, old *census, changed []any) (*census, error) {
	c.attend = old.attend
	for id, l := range old.lines {
		c.lines[id] = l
	}
	old.mu.Lock()
	c.acts, c.entries = maps.Clone(old.acts), maps.Clone(old.entries)
	old.mu.Unlock()
	for _, id := range changed {
		delete(c.lines, id.(int64))
		delete(c.acts, id.(int64))
		delete(c.entries, id.(int64))
	}
	for some := range slices.Chunk(changed, 10*chunk) {
		which := " AND i.id IN (" + marks(len(some)) + ")"
		err := v.readLines(c, which, some)
		if err == nil && c.acts != nil {
			err = v.readActing(c.acts, which, some)
		}
		if err == nil && c.entries != nil {
			err = v.readEntries(c.entries, which, some)
		}
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

// readLines reads the lines of all initiatives, or of those that a condition on i names: four statements.
func (v *view) readLines(c *census, which string, args []any) error {
	from, fromArgs := v.from()
	until := v.at.Until()
	all := append(append(append([]any{v.anchorStart(), v.compared()}, fromArgs...), until), args...)
	err := each("count initiatives", v.raw(`SELECT i.id, i.ref, i.topic_id, COALESCE(i.first_meeting_id, 0), i.trackable, `+statusSQL+`, `+markSQL+`, `+gradeSQL("s")+`, `+v.changeSQL()+`,
		COALESCE(s.effective_on,'')`+from+" WHERE i.begins_on <= ?"+which, all...), func(scan scanner) error {
		l := &line{}
		err := scan(&l.id, &l.ref, &l.topic, &l.first, &l.trackable, &l.status, &l.mark, &l.grade, &l.change, &l.on)
		c.lines[l.id] = l
		return err
	})
	if err != nil {
		return err
	}
	err = each("count parts", v.raw(`SELECT p.initiative_id, p.country FROM parts p JOIN initiatives i ON i.id = p.initiative_id
		WHERE p.role <> 'not_applicable' AND i.begins_on <= ?`+which, append([]any{until}, args...)...), func(scan scanner) error {
		var id int64
		var country string
		err := scan(&id, &country)
		if l := c.lines[id]; l != nil {
			l.parts = append(l.parts, country)
		}
		return err
	})
	if err != nil {
		return err
	}
	err = each("count forums", v.raw(`SELECT i.id, m.forum_id FROM initiatives i JOIN meetings m ON m.id = i.first_meeting_id WHERE i.begins_on <= ?`+which+`
		UNION SELECT u.initiative_id, m.forum_id FROM updates u JOIN initiatives i ON i.id = u.initiative_id JOIN meetings m ON m.id = u.meeting_id
		WHERE u.country = '' AND u.published AND u.effective_on <= ? AND i.begins_on <= ?`+which, append(append(append([]any{until}, args...), until, until), args...)...), func(scan scanner) error {
		var id, forum int64
		err := scan(&id, &forum)
		if l := c.lines[id]; l != nil {
			l.forums = append(l.forums, forum)
		}
		return err
	})
	if err != nil {
		return err
	}
	return each("count statements", v.raw(`SELECT DISTINCT ci.initiative_id, so.meeting_id FROM commitment_initiatives ci JOIN initiatives i ON i.id = ci.initiative_id
		JOIN commitments co ON co.id = ci.commitment_id JOIN statements so ON so.id = co.statement_id JOIN meetings sm ON sm.id = so.meeting_id
		WHERE sm.ends_on <= ?`+which, append([]any{until}, args...)...), func(scan scanner) error {
		var id, meeting int64
		err := scan(&id, &meeting)
		if l := c.lines[id]; l != nil {
			l.statement = append(l.statement, meeting)
		}
		return err
	})
}

// readAttending reads who went to the meetings that issued a statement.
func (v *view) readAttending(c *census) error {
	c.attend = map[int64][]int64{}
	return each("count delegates", v.raw(`SELECT a.meeting_id, a.delegate_id FROM attendances a JOIN delegates d ON d.id = a.delegate_id
		WHERE a.meeting_id IN (SELECT meeting_id FROM statements)`), func(scan scanner) error {
		var meeting, delegate int64
		err := scan(&meeting, &delegate)
		c.attend[meeting] = append(c.attend[meeting], delegate)
		return err
	})
}

// ordered returns all lines in an order, by its keys and then by ref.
func (v *view) ordered(c *census, s models.Sort) []*line {
	c.mu.Lock()
	defer c.mu.Unlock()
	if all, ok := c.orders[s]; ok {
		return all
	}
	key, desc := v.sortKey(s)
	all := make([]*line, 0, len(c.lines))
	for _, l := range c.lines {
		all = append(all, l)
	}
	keys := make(map[int64]string, len(all))
	for _, l := range all {
		keys[l.id] = key(l)
	}
	slices.SortFunc(all, func(a, b *line) int {
		byKey := cmp.Compare(keys[a.id], keys[b.id])
		if desc {
			byKey = -byKey
		}
		return cmp.Or(byKey, cmp.Compare(a.ref, b.ref))
	})
	c.orders[s] = all
	return all
}

// placeAfter is how many lines of an order stand at or before a place.
func placeAfter(all []*line, at cursor, key func(*line) string, desc bool) int {
	return sort.Search(len(all), func(i int) bool {
		k := key(all[i])
		if k != at.Key {
			return k > at.Key != desc
		}
		return all[i].ref > at.Ref
	})
}

// delegates lists who was at the meetings whose statements name the initiative, each once.
func (c *census) delegates(l *line) []int64 {
	if len(l.statement) == 1 {
		return c.attend[l.statement[0]]
	}
	var all []int64
	for _, m := range l.statement {
		all = append(all, c.attend[m]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// test is a condition on a line.
type test struct {
	facet string
	holds func(l *line) bool
}

// tests readies conditions for the lines of the census.
func (v *view) tests(conds []condition) (*census, []test, error) {
	c, err := v.census()
	if err != nil {
		return nil, nil, err
	}
	var all []test
	for _, cond := range conds {
		if cond.match != nil {
			all = append(all, test{cond.facet, func(l *line) bool { return cond.match(c, l) }})
			continue
		}
		refs := map[string]bool{}
		err := each("find what matches", v.raw("SELECT DISTINCT * FROM ("+cond.records+") found", cond.args...), func(scan scanner) error {
			var ref string
			err := scan(&ref)
			refs[ref] = true
			return err
		})
		if err != nil {
			return nil, nil, err
		}
		all = append(all, test{cond.facet, func(l *line) bool { return refs[l.ref] }})
	}
	return c, all, nil
}

// matcher is all conditions in one.
func (v *view) matcher(conds []condition) (*census, func(l *line) bool, error) {
	c, all, err := v.tests(conds)
	return c, func(l *line) bool {
		for _, t := range all {
			if !t.holds(l) {
				return false
			}
		}
		return true
	}, err
}
