package store

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// census holds, for one time of view, a line for each initiative that exists by then: all that filters, facets, tallies
// and orders ask of it. It is read once for a time and data version; reading it anew for every filter made lists a
// hundred times slower at 20,000 initiatives. Lines and sets are never changed, so that any number of readers may hold
// them; a census of a newer version shares those that stayed.
type census struct {
	of      moment
	version int64
	lines   []*line         // by ref
	place   map[int64]int   // of a line among them, by the id of its initiative
	attend  map[int64][]int // delegates who went to a meeting that issued a statement, by its id
	all     *roaring.Bitmap // every place
	sets    sets

	mu      sync.Mutex
	orders  map[models.Sort]order
	acts    [][]int    // of acting
	entries []*entries // of entered
	newest  []string   // of judged
	kept    map[string]any
}

// moment is all of a view that its census depends on, beside the data version.
type moment struct {
	until, compared, anchor, known string
	past                           bool // the last day of the past can be today
}

// line is what is counted of one initiative. Values are numbers: those of codes are their places on their scales, those
// of topics, meetings, countries and forums their places in the vocabulary; -1 stands for none.
type line struct {
	id                          int64
	ref                         string
	status, grade, mark, change int
	topic, first                int    // first is the meeting that first promised it
	on                          string // effective day of the judgement that stands; empty for none
	trackable                   bool
	parts, forums               []int   // countries that have a part, forums that took it up
	statements                  []int64 // ids of the meetings whose statements name it
}

// censuses are the ones last used. maxLines bounds what they hold together; the latest stays whatever its size.
type censuses struct {
	mu  sync.Mutex
	all []*counted // the last used at the end
}

// counted is the census of one time. Readers of other times do not wait while it is read.
type counted struct {
	of   moment
	size int // lines of the census; those of all kept ones together are bounded
	mu   sync.Mutex
	*census
}

const maxLines = 500_000

// use finds the place of the census of a time and moves it to the end.
func (s *censuses) use(of moment) *counted {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := slices.IndexFunc(s.all, func(c *counted) bool { return c.of == of })
	if at < 0 {
		s.all = append(s.all, &counted{of: of})
		return s.all[len(s.all)-1]
	}
	c := s.all[at]
	s.all = append(slices.Delete(s.all, at, at+1), c)
	return c
}

// bound lets go of the censuses that were not used longest, as long as there are too many lines.
func (s *censuses) bound(c *counted, lines int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.size = lines
	held := 0
	for _, one := range s.all {
		held += max(one.size, 1) // one that is being read for the first time, too
	}
	for held > maxLines && len(s.all) > 1 {
		held -= max(s.all[0].size, 1)
		s.all = slices.Delete(s.all, 0, 1)
	}
}

// census returns the lines of the time of the view, read anew as far as the record has changed since they were read.
func (v *view) census() (*census, error) {
	of := moment{v.at.Until(), v.compared(), v.anchorStart(), v.known, v.at.Past()}
	if v.counted != nil && v.counted.of == of { // a view of another time may have been made from this one
		return v.counted, nil
	}
	kept := v.store.censuses.use(of)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	old := kept.census
	if old == nil || old.version != v.version {
		newer := old != nil && old.version > v.version // this is an older snapshot, which is still being read
		if newer {
			old = nil
		}
		c, err := v.count(of, old)
		if err != nil { // what was kept stays: a reader who left must not cost the next one everything
			return nil, err
		}
		if v.counted = c; newer {
			return c, nil
		}
		kept.census = c
		v.store.censuses.bound(kept, len(c.lines))
	}
	v.counted = kept.census
	return v.counted, nil
}

// count reads a census: of an older one only the initiatives that changed since.
func (v *view) count(of moment, old *census) (*census, error) {
	c := &census{of: of, version: v.version, orders: map[models.Sort]order{}, kept: map[string]any{}}
	if old != nil {
		changed, alone, err := v.changedSince(old.version)
		if err != nil {
			return nil, err
		}
		if alone {
			return c, v.recount(c, old, changed)
		}
	}
	read, err := v.readLines("", nil)
	if err == nil {
		c.attend, err = v.readAttending()
	}
	if err != nil {
		return nil, err
	}
	c.lineUp(slices.Collect(maps.Values(read)))
	c.sets = v.setsOf(c.lines)
	return c, nil
}

// lineUp puts the lines in their places.
func (c *census) lineUp(lines []*line) {
	slices.SortFunc(lines, func(a, b *line) int { return cmp.Compare(a.ref, b.ref) })
	c.lines, c.place, c.all = lines, make(map[int64]int, len(lines)), roaring.New()
	for at, l := range lines {
		c.place[l.id] = at
	}
	c.all.AddRange(0, uint64(len(lines)))
}

// recount takes over an older census and reads the lines of the changed initiatives.
func (v *view) recount(c, old *census, changed []any) error {
	read := map[int64]*line{}
	for some := range slices.Chunk(changed, 10*chunk) {
		part, err := v.readLines(idsIn(some), some)
		if err != nil {
			return err
		}
		maps.Copy(read, part)
	}
	old.mu.Lock()
	acts, entries, newest, orders := old.acts, old.entries, old.newest, maps.Clone(old.orders)
	old.mu.Unlock()
	c.attend = old.attend
	moved := slices.ContainsFunc(changed, func(id any) bool {
		at, was := old.place[id.(int64)]
		is := read[id.(int64)]
		return was != (is != nil) || was && old.lines[at].ref != is.ref
	})
	if moved {
		lines := slices.DeleteFunc(slices.Clone(old.lines), func(l *line) bool { return slices.Contains(changed, any(l.id)) })
		c.lineUp(slices.AppendSeq(lines, maps.Values(read)))
		c.sets = v.setsOf(c.lines)
		c.acts, c.entries, c.newest = replaced(c, old, acts), replaced(c, old, entries), replaced(c, old, newest)
	} else {
		c.place, c.all, c.lines = old.place, old.all, slices.Clone(old.lines)
		for _, l := range read {
			c.lines[c.place[l.id]] = l
		}
		c.sets = v.resettled(old, read)
		for by, o := range orders {
			c.orders[by] = v.reordered(c, by, o, read)
		}
		c.acts, c.entries, c.newest = slices.Clone(acts), slices.Clone(entries), slices.Clone(newest)
	}
	return v.reread(c, changed)
}

// replaced moves what is kept by place to the places of a newer census.
func replaced[T any](c, old *census, kept []T) []T {
	if kept == nil {
		return nil
	}
	all := make([]T, len(c.lines))
	for at, l := range c.lines {
		if was, ok := old.place[l.id]; ok {
			all[at] = kept[was]
		}
	}
	return all
}

// reread reads anew, of the changed initiatives, what was asked of the older census beside its lines.
func (v *view) reread(c *census, changed []any) error {
	forget(c, c.acts, changed)
	forget(c, c.entries, changed)
	forget(c, c.newest, changed)
	for some := range slices.Chunk(changed, 10*chunk) {
		which := idsIn(some)
		if c.acts != nil {
			if err := v.readActing(c, c.acts, which, some); err != nil {
				return err
			}
		}
		if c.entries != nil {
			if err := v.readEntries(c, c.entries, which, some); err != nil {
				return err
			}
		}
		if c.newest != nil {
			if err := v.readNewest(c, c.newest, which, some); err != nil {
				return err
			}
		}
	}
	return nil
}

// forget empties what is kept of some initiatives.
func forget[T any](c *census, kept []T, changed []any) {
	var none T
	for _, id := range changed {
		if at, ok := c.place[id.(int64)]; ok && kept != nil {
			kept[at] = none
		}
	}
}

// idsIn is the condition that an initiative (i) is one of some.
func idsIn(some []any) string { return " AND i.id IN (" + marks(len(some)) + ")" }

// keptOf returns what was found of the whole census before; of a part it is found anew. what names it.
func keptOf[T any](c *census, what string, whole bool, find func() T) T {
	if !whole {
		return find()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if kept, ok := c.kept[what]; ok {
		return kept.(T)
	}
	found := find()
	c.kept[what] = found
	return found
}

// delegates lists who was at the meetings whose statements name the initiative, each once.
func (c *census) delegates(l *line) []int {
	if len(l.statements) == 1 {
		return c.attend[l.statements[0]]
	}
	var all []int
	for _, m := range l.statements {
		all = append(all, c.attend[m]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
