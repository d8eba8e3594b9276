package handlers_test

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
)

// states is the number of random states of the filter. Their seed is fixed, so that a failure comes again.
const states = 200

// TestEveryStateOfTheFilterIsOneView reads random states of the filter on the list and on both matrices: the same rows
// in every format, a total and facets that count them, one answer whatever the order of the parameters, and no
// tolerance for values that nobody knows.
func TestEveryStateOfTheFilterIsOneView(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	d := newDice(t, s)
	var seen tally
	t.Run("states", func(t *testing.T) {
		for range states {
			one := d.state()
			t.Run(one.path+"?"+one.query.Encode(), func(t *testing.T) {
				t.Parallel()
				s := site{t, s.h}
				seen.rows.Add(int64(one.checkFormats(t, s)))
				seen.facets.Add(int64(one.checkFacets(t, s)))
				one.checkOrder(t, s)
				one.checkUnknown(t, s)
			})
		}
	})
	t.Logf("%d states with %d rows in four formats, %d facet values followed", states, seen.rows.Load(), seen.facets.Load())
	if seen.rows.Load() < 5*states || seen.facets.Load() < 2*states {
		t.Errorf("%d rows and %d facet values in %d states; the test compared too little", seen.rows.Load(), seen.facets.Load(), states)
	}
}

type tally struct{ rows, facets atomic.Int64 }

// state is one state of the filter, with the choices that its checks make.
type state struct {
	path    string
	query   url.Values
	lang    models.Lang
	shuffle []int    // another order of the parameters
	sample  []uint64 // which facet values are followed
	unknown string   // the field that gets a value nobody knows
}

// view is a list as JSON, as far as the checks need it.
type view struct {
	Items  []struct{ Ref string }
	Total  int
	Next   *string
	Facets map[string][]models.Facet
}

func (s state) refs(v view) []string {
	var all []string
	for _, i := range v.Items {
		all = append(all, i.Ref)
	}
	return all
}

// with returns the query with one parameter replaced; no values remove it.
func (s state) with(name string, values ...string) url.Values {
	q := url.Values{}
	for k, v := range s.query {
		q[k] = slices.Clone(v)
	}
	q[name] = values
	return q
}

func (s state) page(q url.Values) string { return "/" + string(s.lang) + s.path + "?" + q.Encode() }

func (s state) data(format string, q url.Values) string {
	return s.path + "." + format + "?" + q.Encode()
}

func (s state) read(t *testing.T, on site, q url.Values) view {
	var v view
	address := s.data("json", q)
	if err := json.Unmarshal([]byte(on.get(address)), &v); err != nil {
		t.Errorf("%s: %v", address, err)
	}
	return v
}

var statusLine = regexp.MustCompile(`<p class="intro" role="status">([^<]*)</p>`)

// checkFormats holds page, CSV and workbook to the rows of the JSON, of this page of the list and of the next. It
// returns how many there are.
func (s state) checkFormats(t *testing.T, on site) int {
	v := s.read(t, on, s.query)
	want := s.refs(v)
	body := on.get(s.page(s.query))
	if got := rows(body); !slices.Equal(got, want) {
		t.Errorf("%s: the page shows %v, the JSON %v", s.page(s.query), got, want)
	}
	if said := statusLine.FindStringSubmatch(body); said == nil || !slices.Contains(regexp.MustCompile(`\d+`).FindAllString(said[1], -1), strconv.Itoa(v.Total)) {
		t.Errorf("%s: the page says %q; want the total of %d", s.page(s.query), said, v.Total)
	}
	if got := slices.Compact(column(t, on.get(s.data("csv", s.query)), "ref")); !slices.Equal(got, want) {
		t.Errorf("%s: CSV has %v, JSON %v", s.data("csv", s.query), got, want)
	}
	if got := s.workbookRefs(t, on); !slices.Equal(got, want) {
		t.Errorf("%s: XLSX has %v, JSON %v", s.data("xlsx", s.query), got, want)
	}
	every := want
	for page := v; page.Next != nil && len(every) <= v.Total; {
		page = s.read(t, on, s.with("after", *page.Next))
		every = append(every, s.refs(page)...)
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(every))); len(every) != v.Total || len(sorted) != v.Total {
		t.Errorf("%s: the total is %d; its pages have %d rows, %d of them different", s.data("json", s.query), v.Total, len(every), len(sorted))
	}
	return len(want)
}

func (s state) workbookRefs(t *testing.T, on site) []string {
	table := sheet(t, workbook(t, on.get(s.data("xlsx", s.query))), s.path[1:])
	at := slices.Index(table[0], "ref")
	var refs []string
	for _, row := range table[1:] {
		refs = append(refs, row[at])
	}
	return slices.Compact(refs)
}

// checkFacets follows some values of the facets: there are as many rows behind a value as it says.
func (s state) checkFacets(t *testing.T, on site) int {
	v := s.read(t, on, s.query)
	type choice struct {
		field string
		models.Facet
	}
	var all []choice
	for _, field := range []string{"topic", "status", "country", "change", "mark", "grade", "meeting", "forum", "delegate"} {
		for _, f := range v.Facets[field] {
			all = append(all, choice{field, f})
		}
	}
	if len(all) == 0 {
		t.Errorf("%s: no facets", s.data("json", s.query))
		return 0
	}
	for _, n := range s.sample {
		c := all[n%uint64(len(all))]
		q := s.with(c.field, c.Value)
		q.Set("limit", "200")
		if behind := s.read(t, on, q); len(behind.Items) != c.Count || behind.Total != c.Count {
			t.Errorf("%s: %s=%s counts %d rows; behind it are %d of %d", s.data("json", s.query), c.field, c.Value, c.Count, len(behind.Items), behind.Total)
		}
	}
	return len(s.sample)
}

// checkOrder asks for the same with the parameters in another order.
func (s state) checkOrder(t *testing.T, on site) {
	var pairs []string
	for name, values := range s.query {
		for _, v := range values {
			pairs = append(pairs, url.QueryEscape(name)+"="+url.QueryEscape(v))
		}
	}
	slices.Sort(pairs)
	for i, j := range s.shuffle[:len(pairs)] {
		pairs[i], pairs[j%len(pairs)] = pairs[j%len(pairs)], pairs[i]
	}
	other := "?" + strings.Join(pairs, "&")
	for _, address := range []string{"/" + string(s.lang) + s.path, s.path + ".json", s.path + ".csv"} {
		if diff := cmp.Diff(on.get(address+"?"+s.query.Encode()), on.get(address+other)); diff != "" {
			t.Errorf("%s%s answers otherwise than with %s:\n%s", address, other, s.query.Encode(), diff)
		}
	}
	// The parts of a workbook stand in the file in any order.
	a, b := workbook(t, on.get(s.data("xlsx", s.query))), workbook(t, on.get(s.path+".xlsx"+other))
	for _, name := range a.GetSheetList() {
		if diff := cmp.Diff(sheet(t, a, name), sheet(t, b, name)); diff != "" {
			t.Errorf("%s.xlsx%s has another sheet %s than with %s:\n%s", s.path, other, name, s.query.Encode(), diff)
		}
	}
}

// checkUnknown adds a value that nobody knows: data refuse it and name the field, a page leaves it out and says so.
func (s state) checkUnknown(t *testing.T, on site) {
	const nobody = "nobody-knows"
	q := s.with(s.unknown, append(slices.Clone(s.query[s.unknown]), nobody)...)
	without := s.query
	if slices.Contains([]string{"as_of", "vs", "sort", "by", "text", "known_at"}, s.unknown) { // given once
		q, without = s.with(s.unknown, nobody), s.with(s.unknown)
	}
	for _, format := range []string{"json", "csv", "xlsx"} {
		r := on.do("GET", s.data(format, q))
		var p handlers.Problem
		if err := json.Unmarshal([]byte(read(t, r)), &p); err != nil || r.StatusCode != http.StatusBadRequest || len(p.Errors) == 0 || p.Errors[0].Field != s.unknown {
			t.Errorf("%s: %d %+v; want 400 and %s named", s.data(format, q), r.StatusCode, p, s.unknown)
		}
	}
	body := on.get(s.page(q))
	if !strings.Contains(body, "banner-error") || !slices.Equal(rows(body), rows(on.get(s.page(without)))) {
		t.Errorf("%s: want the view without the value, and a message", s.page(q))
	}
}

// dice draws states from the values that the record has.
type dice struct {
	*rand.Rand
	facets map[string][]models.Facet
	words  []string
	days   []string // meetings and civil days, in order
}

func newDice(t *testing.T, s site) *dice {
	d := &dice{Rand: rand.New(rand.NewPCG(7, 11)), words: []string{"cyber", "サイバー", "cable", "IoT label", "ＡＩ", "nothing at all"}}
	var v view
	if err := json.Unmarshal([]byte(s.get("/initiatives.json?limit=1")), &v); err != nil {
		t.Fatal(err)
	}
	d.facets = v.Facets
	meetings := s.get("/meetings.json?limit=200")
	d.days = slices.Concat(items(t, meetings, "ends_on"), items(t, meetings, "ref"), []string{"2023-06-30", "2024", "2024-Q3", "2025-02"})
	return d
}

func (d *dice) one(all []string) string { return all[d.IntN(len(all))] }

// state draws one state.
func (d *dice) state() state {
	q := url.Values{}
	for range d.IntN(3) {
		field := d.one([]string{"topic", "status", "country", "delegate", "forum", "meeting", "mark", "grade", "change"})
		for range 1 + d.IntN(3) { // alternatives, now and then one value twice
			q.Add(field, d.facets[field][d.IntN(len(d.facets[field]))].Value)
		}
	}
	set := func(chance int, name string, values ...string) {
		if d.IntN(chance) == 0 {
			q.Set(name, d.one(values))
		}
	}
	set(2, "as_of", d.days...)
	set(4, "vs", "none", "qls-2021-03", "2019-12-31")
	set(6, "known_at", "2026-11-23", "2026-11-23T18:30:00+09:00")
	set(4, "q", d.words...)
	set(2, "sort", "attention", "recent", "status", "topic", "ref")
	set(2, "limit", "1", "3", "10", "50", "200")
	set(4, "text", "en", "ja", "both")
	if at := strings.TrimLeft(q.Get("as_of"), "qfmlsc-"); at != "" && at < "2021-04" && q.Get("vs") != "none" {
		q.Del("vs") // it must be before as_of, of which this is the day or the month in the ref of the meeting
	}
	s := state{path: "/initiatives", query: q, lang: models.Langs[d.IntN(2)], shuffle: d.Perm(40), sample: []uint64{d.Uint64(), d.Uint64(), d.Uint64()}}
	switch d.IntN(3) {
	case 1:
		s.path = "/matrix"
		set(2, "by", "meetings")
		set(4, "cells", "words", "glyphs")
	case 2:
		s.path = "/matrix"
		q.Set("by", "countries")
	}
	unknown := []string{"topic", "status", "country", "delegate", "forum", "meeting", "mark", "grade", "change", "as_of", "vs", "sort", "text", "known_at"}
	if s.path == "/matrix" {
		unknown = append(unknown, "by")
	}
	s.unknown = d.one(unknown)
	return s
}
