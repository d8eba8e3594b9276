package store_test

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// times are views that a census is read for.
var times = []models.When{{}, {VS: "none"}, {AsOf: "qscg-2023-12"}, {AsOf: "2024-10-15", VS: "2023-06-30"}, {KnownAt: "2026-11-23"}}

// drawn is a filter of up to four fields with values that the record has.
func drawn(r *rand.Rand, facets map[string][]models.Facet) models.InitiativeFilter {
	var f models.InitiativeFilter
	for range r.IntN(5) {
		field := filters[r.IntN(len(filters))]
		if values := facets[field]; len(values) > 0 {
			f = with(f, field, values[r.IntN(len(values))].Value, values[r.IntN(len(values))].Value)
		}
	}
	if r.IntN(4) == 0 {
		f.Words = []string{"cyber", "サイバー", "supply 5G", "cy"}[r.IntN(4)]
	}
	return f
}

func TestCensusMatchesAsTheConditionsSay(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, s *store.Store) {
		r := rand.New(rand.NewPCG(7, 1))
		found := 0
		for n := range 200 {
			w := times[n%len(times)]
			all, err := s.Initiatives(ctx, models.Public, w, models.InitiativeFilter{Limit: 1})
			must(t, err)
			f := drawn(r, all.Facets)
			bySQL, byCensus, err := s.Matched(ctx, w, f)
			must(t, err)
			found += len(bySQL)
			if !slices.Equal(bySQL, byCensus) {
				t.Errorf("%+v %+v: by SQL %v, by the census %v", w, f, bySQL, byCensus)
			}
		}
		if found < 300 {
			t.Errorf("the filters found %d initiatives together; too few to tell", found)
		}
	})
}

// TestCensusFollowsEveryWrite compares, after each of many writes, what three stores on one record say: the one that
// writes, another that has read everything before, as a second process would, and one that begins.
func TestCensusFollowsEveryWrite(t *testing.T) {
	for _, e := range storetest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			options := storetest.QuadOptions(t, e)
			s, other := storetest.Open(t, options), storetest.Open(t, options)
			rao, sato := people(t, s)
			said := func(s *store.Store) (all []string) {
				add := func(answer any) {
					text, err := json.Marshal(answer)
					must(t, err)
					all = append(all, string(text))
				}
				for _, w := range times {
					for _, f := range []models.InitiativeFilter{{Limit: 200}, {Limit: 3, Sort: models.SortRecent, Statuses: []models.Status{models.UnderWay, models.Stalled}}, {Limit: 200, Sort: models.SortTopic, Countries: []string{"JP"}, Topics: []string{"supply-chain"}}} {
						list, err := s.Initiatives(ctx, models.Public, w, f)
						must(t, err)
						add(list)
					}
					o, err := s.Overview(ctx, models.Public, w, models.InitiativeFilter{})
					must(t, err)
					add(o)
					for _, f := range []models.ActivityFilter{{}, {Kinds: []models.EventKind{models.EventStatus}, InitiativeFilter: models.InitiativeFilter{Countries: []string{"JP", "IN"}}}} {
						feed, err := s.Activity(ctx, models.Public, w, f, models.Page{Limit: 5})
						must(t, err)
						add(feed)
					}
				}
				return all
			}
			said(other)
			version := func(ref string) int64 { return initiativeOf(t, s, ref, models.When{}).Version }
			refs := refs(t, s, models.When{}, models.InitiativeFilter{})
			r := rand.New(rand.NewPCG(3, 5))
			var last *models.Update
			judge := func() error {
				ref := refs[r.IntN(len(refs))]
				a := judgementOf(r.IntN(1000))
				a.Status = []models.Status{models.UnderWay, models.Announced, models.Stalled}[r.IntN(3)]
				a.EffectiveOn = models.NewDate(2026, 9+r.IntN(3), 1+r.IntN(20))
				var err error
				last, err = s.Assess(ctx, rao, ref, version(ref), a, nil)
				return err
			}
			for name, write := range map[string]func() error{
				"judgements": func() error {
					for range 5 {
						if err := judge(); err != nil {
							return err
						}
					}
					return nil
				},
				"undo": func() error {
					if err := judge(); err != nil {
						return err
					}
					_, err := s.Undo(ctx, rao, last.ID, nil)
					return err
				},
				"initiative": func() error {
					return edit(t, s, rao, "initiative", "QSCG-CYBER-CHALLENGE", func(e *models.InitiativeEdit) { e.Topic = "supply-chain"; e.Title.EN += "!" })
				},
				"beginning": func() error {
					return edit(t, s, rao, "initiative", "QSCG-AI-ML", func(e *models.InitiativeEdit) { e.FirstMeeting = "" })
				},
				"topic": func() error {
					return edit(t, s, rao, "topic", "supply-chain", func(e *models.TopicEdit) { e.Name.EN = "Chains" })
				},
				"meeting": func() error {
					return edit(t, s, rao, "meeting", "qls-2021-03", func(e *models.MeetingEdit) { e.Forum = "qfmm" })
				},
				"removed and restored": func() error {
					if err := s.Remove(ctx, rao, "initiative", "QSCG-AI-ML", version("QSCG-AI-ML"), models.Text{EN: "Twice."}, nil); err != nil {
						return err
					}
					if diff := cmp.Diff(said(s), said(other)); diff != "" {
						t.Errorf("removed: the other process says (-this +other):\n%s", diff)
					}
					return s.Restore(ctx, sato, "initiative", "QSCG-AI-ML", nil)
				},
			} {
				must(t, write())
				fresh := said(storetest.Open(t, options))
				if diff := cmp.Diff(fresh, said(s)); diff != "" {
					t.Errorf("%s: the store that wrote differs from a new one (-new +this):\n%s", name, diff)
				}
				if diff := cmp.Diff(fresh, said(other)); diff != "" {
					t.Errorf("%s: another process differs from a new one (-new +other):\n%s", name, diff)
				}
			}
		})
	}
}
