package store

import (
	"cmp"
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"

	"github.com/followthrough/followthrough/models"
)

// order is the places of all lines in an order, and the rank in it of the line at each place.
type order struct{ places, ranks []int }

func newOrder(places []int) order {
	o := order{places, make([]int, len(places))}
	for rank, at := range places {
		o.ranks[at] = rank
	}
	return o
}

// ordered returns all lines in an order, by its keys and then by ref.
func (v *view) ordered(c *census, by models.Sort) order {
	c.mu.Lock()
	defer c.mu.Unlock()
	if o, ok := c.orders[by]; ok {
		return o
	}
	places := make([]int, len(c.lines))
	for at := range places {
		places[at] = at
	}
	slices.SortFunc(places, v.comparing(c, by))
	c.orders[by] = newOrder(places)
	return c.orders[by]
}

// comparing compares the lines at two places by the key of an order, then by ref, which is the order of places.
func (v *view) comparing(c *census, by models.Sort) func(a, b int) int {
	key, desc := v.sortKey(by)
	return func(a, b int) int {
		byKey := cmp.Compare(key(c.lines[a]), key(c.lines[b]))
		if desc {
			byKey = -byKey
		}
		return cmp.Or(byKey, cmp.Compare(a, b))
	}
}

// reordered moves the lines that were read anew to their places in an order.
func (v *view) reordered(c *census, by models.Sort, o order, read map[int64]*line) order {
	moved := map[int]bool{}
	for id := range read {
		moved[c.place[id]] = true
	}
	places := slices.DeleteFunc(slices.Clone(o.places), func(at int) bool { return moved[at] })
	compare := v.comparing(c, by)
	for at := range moved {
		rank, _ := slices.BinarySearchFunc(places, at, compare)
		places = slices.Insert(places, rank, at)
	}
	return newOrder(places)
}

// placeAfter is how many lines of an order stand at or before a place.
func (v *view) placeAfter(c *census, o order, by models.Sort, at cursor) int {
	key, desc := v.sortKey(by)
	return sort.Search(len(o.places), func(i int) bool {
		l := c.lines[o.places[i]]
		k := key(l)
		if k != at.Key {
			return k > at.Key != desc
		}
		return l.ref > at.Ref
	})
}

// first lists up to a number of the places of a set that come first in an order from a rank on.
func (o order) first(of *roaring.Bitmap, from, limit int) []int {
	n := int(of.GetCardinality())
	if n*n > limit*len(o.places) { // many: the order is walked until there are enough
		some := make([]int, 0, limit)
		for _, at := range o.places[from:] {
			if len(some) == limit {
				break
			}
			if of.ContainsInt(at) {
				some = append(some, at)
			}
		}
		return some
	}
	ranks := make([]int, 0, n)
	of.Iterate(func(at uint32) bool {
		if rank := o.ranks[at]; rank >= from {
			ranks = append(ranks, rank)
		}
		return true
	})
	slices.Sort(ranks)
	ranks = ranks[:min(limit, len(ranks))]
	for i, rank := range ranks {
		ranks[i] = o.places[rank]
	}
	return ranks
}
