package store

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// facet is a field whose values have sets of lines, or are counted line by line.
type facet int

const (
	byStatus facet = iota
	byGrade
	byMark
	byChange
	byTopic // of a topic and of those below it
	byCountry
	byForum
	setCount // those before have sets: their values are few
)

const (
	byMeeting = setCount + iota
	byDelegate
	facetCount
)

// facetNames are the fields of a filter.
var facetNames = [facetCount]string{"status", "grade", "mark", "change", "topic", "country", "forum", "meeting", "delegate"}

// sets are the places of the lines behind each value of a facet, by its number.
type sets [setCount][]*roaring.Bitmap

// sizes are how many values each facet has.
func (v *view) sizes() [facetCount]int {
	return [facetCount]int{len(models.Statuses), len(models.Grades), len(models.Marks), len(models.Changes), len(v.words.topics), len(v.words.countries),
		len(v.words.forums), len(v.words.meetings), len(v.words.delegates)}
}

// values lists the numbers of a line in a facet that has sets.
func (v *view) values(l *line, f facet) []int {
	switch f {
	case byStatus:
		return present(l.status)
	case byGrade:
		return present(l.grade)
	case byMark:
		return present(l.mark)
	case byChange:
		return present(l.change)
	case byTopic:
		return v.words.above(l.topic)
	case byCountry:
		return l.parts
	case byForum:
		return l.forums
	}
	return nil
}

// present is the list of a number; none for -1.
func present(n int) []int {
	if n < 0 {
		return nil
	}
	return []int{n}
}

// setsOf sorts lines by their values.
func (v *view) setsOf(lines []*line) sets {
	var all sets
	sizes := v.sizes()
	for f := range setCount {
		places := make([][]uint32, sizes[f])
		for at, l := range lines {
			for _, n := range v.values(l, f) {
				places[n] = append(places[n], uint32(at))
			}
		}
		all[f] = make([]*roaring.Bitmap, sizes[f])
		for n := range places {
			all[f][n] = roaring.BitmapOf(places[n]...)
			all[f][n].RunOptimize()
		}
	}
	return all
}

// resettled moves the lines that were read anew to the sets of their present values; the other sets are shared.
func (v *view) resettled(old *census, read map[int64]*line) sets {
	all := old.sets
	for f := range setCount {
		own := map[int]bool{}
		change := func(n int) *roaring.Bitmap {
			if len(own) == 0 {
				all[f] = slices.Clone(all[f])
			}
			if !own[n] {
				own[n], all[f][n] = true, all[f][n].Clone()
			}
			return all[f][n]
		}
		for id, l := range read {
			at := old.place[id]
			was, is := v.values(old.lines[at], f), v.values(l, f)
			if slices.Equal(was, is) {
				continue
			}
			for _, n := range was {
				change(n).Remove(uint32(at))
			}
			for _, n := range is {
				change(n).Add(uint32(at))
			}
		}
	}
	return all
}

// foundBy is the lines that meet the conditions of one field.
type foundBy struct {
	facet  string
	places *roaring.Bitmap
}

// matches are the lines that meet each condition of a filter.
type matches struct {
	*census
	found []foundBy
}

// match finds the lines that meet each condition.
func (v *view) match(conds []condition) (matches, error) {
	c, err := v.census()
	if err != nil {
		return matches{}, err
	}
	m := matches{census: c}
	for _, cond := range conds {
		places := (*roaring.Bitmap)(nil)
		if cond.places != nil {
			places = cond.places(c)
		} else if places, err = v.placesOf(c, cond); err != nil {
			return matches{}, err
		}
		m.found = append(m.found, foundBy{cond.facet, places})
	}
	return m, nil
}

// placesOf finds the lines whose refs a condition selects.
func (v *view) placesOf(c *census, cond condition) (*roaring.Bitmap, error) {
	places := roaring.New()
	err := each("find what matches", v.raw("SELECT DISTINCT * FROM ("+cond.records+") found", cond.args...), func(scan scanner) error {
		var ref string
		err := scan(&ref)
		c.add(places, ref)
		return err
	})
	return places, err
}

// byRef finds the place of a line by its ref.
func (c *census) byRef(ref string) (int, bool) {
	return slices.BinarySearchFunc(c.lines, ref, func(l *line, ref string) int {
		switch {
		case l.ref < ref:
			return -1
		case l.ref > ref:
			return 1
		}
		return 0
	})
}

// add adds the place of a ref to a set, where there is one.
func (c *census) add(places *roaring.Bitmap, ref string) {
	if at, ok := c.byRef(ref); ok {
		places.Add(uint32(at))
	}
}

// whole reports whether nothing narrows.
func (m matches) whole() bool { return len(m.found) == 0 }

// places are the lines that meet every condition.
func (m matches) places() *roaring.Bitmap { return m.without("") }

// without are the lines that meet every condition but those of one field.
func (m matches) without(facet string) *roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, f := range m.found {
		if f.facet != facet {
			all = append(all, f.places)
		}
	}
	switch len(all) {
	case 0:
		return m.all
	case 1:
		return all[0]
	}
	return roaring.FastAnd(all...)
}

// asks reports whether a field has a condition.
func (m matches) asks(facet string) bool {
	return slices.ContainsFunc(m.found, func(f foundBy) bool { return f.facet == facet })
}

// within walks the lines of some places.
func (c *census) within(places *roaring.Bitmap) func(yield func(*line) bool) {
	return func(yield func(*line) bool) {
		places.Iterate(func(at uint32) bool { return yield(c.lines[at]) })
	}
}
